/** What is left until an instant, as the two units that say most: 1 d 4 h, 3 h 20 min, 12 min; `late` once it has passed. */
export function timeLeft(
  dueAt: string,
  nowMs: number,
): { late: boolean; days: number; hours: number; minutes: number } {
  const leftMs = Date.parse(dueAt) - nowMs;
  const minutes = Math.floor(Math.abs(leftMs) / 60_000);
  return {
    late: leftMs <= 0,
    days: Math.floor(minutes / 1_440),
    hours: Math.floor((minutes % 1_440) / 60),
    minutes: minutes % 60,
  };
}
