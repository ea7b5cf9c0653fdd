/** Periods to report on, the one that a day lies in first: quarters of two years, half-years, years; as the API names them. */
export function periodsBefore(today: string): string[] {
  const year = Number(today.slice(0, 4));
  const quarter = Math.ceil(Number(today.slice(5, 7)) / 3);
  const half = quarter > 2 ? 2 : 1;
  const back = (count: number, of: number, current: number, letter: string): string[] =>
    Array.from({ length: count }, (_, index) => {
      const number = year * of + (current - 1) - index;
      return `${String(Math.floor(number / of))}-${letter}${String((number % of) + 1)}`;
    });
  return [...back(8, 4, quarter, 'Q'), ...back(4, 2, half, 'H'), String(year), String(year - 1)];
}
