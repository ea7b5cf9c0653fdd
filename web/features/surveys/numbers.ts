/** `0.8125` → `81.3%`. */
export function percentText(fraction: string | number): string {
  return `${(Math.round(Number(fraction) * 1000) / 10).toFixed(1)}%`;
}

/** Answered of drawn, as a fraction; null where nobody was drawn. */
export function rateOf({ answered, drawn }: { answered: number; drawn: number | null }): number | null {
  return drawn === null || drawn === 0 ? null : answered / drawn;
}

/** `4.2500` → `4.25`, `-12.0000` → `-12.0`: two places for scores, one for net promoter scores. */
export function figureText(decimal: string, places: number): string {
  return Number(decimal).toFixed(places);
}

/** Where a value lies on a scale, from 0 to 100. */
export function positionOn(value: string, { min, max }: { min: number; max: number }): number {
  return Math.min(100, Math.max(0, ((Number(value) - min) / (max - min)) * 100));
}

/** `0.4` → `40`, `0.3333` → `33.33`. */
export function percentOf(fraction: string): string {
  return String(Math.round(Number(fraction) * 1e8) / 1e6);
}

/** `40` → `0.4`; null where it is no share of 100 with at most four places. */
export function fractionOf(percent: string): string | null {
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(percent.trim())) return null;
  const value = Number(percent);
  return value > 100 ? null : String(Math.round(value * 1e4) / 1e6);
}

/** Whether fractions make up a whole. */
export function addUp(fractions: string[]): boolean {
  return Math.round(fractions.reduce((sum, one) => sum + Number(one), 0) * 1e12) === 1e12;
}

/** The dimension that asks for the satisfaction as a whole. */
export const OVERALL = 'overall-satisfaction';

/** Dimensions that share the weight: satisfaction as a whole does where it was given a weight. */
export function weighedOf<D extends { id: string }>(asked: D[], weights: Record<string, string>): D[] {
  return asked.filter(({ id }) => id !== OVERALL || Number(weights[id] ?? 0) > 0);
}

/** Whether all dimensions have a weight, and the weights make up a whole. */
export function isWhole(weights: Record<string, string>, dimensions: { id: string }[]): boolean {
  const said = dimensions.flatMap(({ id }) => weights[id] ?? []);
  return said.length === dimensions.length && said.every((one) => one !== '') && addUp(said);
}
