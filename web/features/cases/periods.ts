/** Periods that figures are shown of, the quarter under way first: quarters, then months, then years back to the effect. */
export function periodsUpTo(today: string, inForceOn = today): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const [first = year, firstMonth = 1] = inForceOn.split('-').map(Number);
  const back = Math.min(36, Math.max(0, (year - first) * 12 + month - firstMonth));
  const months = Array.from({ length: back + 1 }, (_, index) => {
    const number = year * 12 + month - 1 - index;
    return { year: Math.floor(number / 12), month: (number % 12) + 1 };
  });
  const quarters = months.map((one) => `${String(one.year)}-Q${String(Math.ceil(one.month / 3))}`);
  const years = months.map((one) => String(one.year));
  const named = months.map((one) => `${String(one.year)}-${String(one.month).padStart(2, '0')}`);
  return [...new Set([...quarters, ...named, ...years])];
}
