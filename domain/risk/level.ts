import type { Rating } from './command.ts';
import { type CompiledRisks, RISK_LEVELS, type RiskLevel, SCALE_MAX } from './compiled.ts';

/**
 * The level of a risk: probability × impact, held against the agreed scale (S001c-57). With 5 and 12, 2 × 2 = 4 is LOW,
 * 1 × 5 = 5 and 3 × 3 = 9 are MEDIUM, 3 × 4 = 12 is HIGH.
 */
export function levelOf({ scale }: Pick<CompiledRisks, 'scale'>, { probability, impact }: Rating): RiskLevel {
  const product = probability * impact;
  if (product >= scale.highFrom) return 'HIGH';
  return product >= scale.mediumFrom ? 'MEDIUM' : 'LOW';
}

/** Whether a level is this one or a higher one. */
export function isAtLeast(level: RiskLevel, than: RiskLevel): boolean {
  return RISK_LEVELS.indexOf(level) >= RISK_LEVELS.indexOf(than);
}

/** Whether both are whole numbers on the scale. */
export function isOnScale({ probability, impact }: Rating): boolean {
  return [probability, impact].every((one) => Number.isInteger(one) && one >= 1 && one <= SCALE_MAX);
}
