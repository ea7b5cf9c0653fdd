import { Big } from 'big.js';
import { type CompiledGoal, isRelative } from './compiled.ts';
import { neededFor } from './judgement.ts';

/**
 * Goals of a survey that no answer on this scale could ever reach, or miss: what they need, or what was there before, lies off
 * it. Those that are laid onto 0 to 100 hang on no scale; of what is not known yet nothing is said.
 */
export function offScaleGoals(
  goals: readonly CompiledGoal[],
  { obligation }: { obligation: string },
  { min, max }: { min: number; max: number },
): { goal: CompiledGoal; needed: string }[] {
  return goals.flatMap((goal) => {
    const { measure, scale, survey, baseline, target } = goal;
    const isHeld = measure === 'satisfaction-score' && scale === 'questionnaire' && target !== null;
    if (!isHeld || (survey !== null && survey !== obligation)) return [];
    const before = isRelative(goal) ? baseline : null;
    const known = [neededFor(goal, before), before === null ? null : new Big(before)];
    const off = known.find((one) => one !== null && (one.lt(min) || one.gt(max)));
    return off ? [{ goal, needed: off.toFixed() }] : [];
  });
}

/** The first of these scales on which all goals of the survey can be judged; none: the first. */
export function fittingScale<S extends { min: number; max: number }>(
  goals: readonly CompiledGoal[],
  survey: { obligation: string },
  scales: readonly [S, ...S[]],
): S {
  return scales.find((scale) => offScaleGoals(goals, survey, scale).length === 0) ?? scales[0];
}
