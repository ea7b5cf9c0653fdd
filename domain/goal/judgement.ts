import { Big } from 'big.js';
import { type CompiledGoal, type GoalMeasure, isRelative } from './compiled.ts';
import { type GoalFigure, isValid, measures } from './figure.ts';

/**
 * Why there is no verdict: the baseline is not entered and confirmed; nothing was measured; too few answered; what is needed
 * or was there before lies outside the scale; the goal is a grade, which people judge.
 */
export const NO_VERDICTS = ['no-baseline', 'no-data', 'below-minimum', 'off-scale', 'by-grade'] as const;
export type NoVerdict = (typeof NO_VERDICTS)[number];

/** A goal held against what was measured: whatever its formula says stands here, so that nothing is reckoned anew. */
export interface Judgement {
  verdict: 'reached' | 'not-reached' | 'no-verdict';
  /** Of no verdict. */
  why?: NoVerdict;
  target: string | null;
  baseline: string | null;
  /** What must be measured, exactly; null where that is not known. */
  needed: string | null;
  /** What was measured, on the goal's scale: at most four places. */
  measured: string | null;
  /** What it rests on; of no verdict, what was there and is not enough. */
  data: GoalFigure | null;
}

/**
 * Holds a goal against the last valid figure of those given (S000-08): raise or reduce by units or by percent of the baseline
 * (ambiguities S000 1.1: percent is relative), reach, or stay at most. Exact decimals; at the mark it is reached (S002-04).
 *
 * @param figures those of the span that is judged; others are not looked at
 * @param baseline confirmed, in the measure's unit; null: none is
 */
export function judge(
  goal: CompiledGoal,
  { baseline, figures }: { baseline: string | null; figures: readonly GoalFigure[] },
): Judgement {
  const own = figures.filter((figure) => measures(goal, figure)).sort((a, b) => a.atMs - b.atMs);
  const data = own.findLast(isValid) ?? own.at(-1) ?? null;
  const against = isRelative(goal) ? baseline : null;
  const needed = neededFor(goal, against);
  const known = { target: goal.target, baseline: against, needed: needed?.toFixed() ?? null, measured: null, data };
  const none = (why: NoVerdict): Judgement => ({ verdict: 'no-verdict', why, ...known });
  if (goal.target === null) return none('by-grade');
  if (needed === null) return none('no-baseline');
  const bounds = boundsOf(goal, data);
  if (bounds && [needed, ...(against === null ? [] : [new Big(against)])].some((one) => !lies(one, bounds))) {
    return none('off-scale');
  }
  if (data === null || data.n === 0) return none('no-data');
  const { value } = data;
  if (value === null || !isValid(data)) return none('below-minimum');
  const measured = onScale(goal, data, value);
  const isReached = goal.how === 'at-most' || goal.how === 'reduce' ? measured.lte(needed) : measured.gte(needed);
  return { verdict: isReached ? 'reached' : 'not-reached', ...known, measured: measured.toFixed() };
}

/** What must be measured; null without the baseline that it is reckoned from. */
export function neededFor({ how, by, target }: CompiledGoal, baseline: string | null): Big | null {
  if (target === null) return null;
  if (how === 'reach' || how === 'at-most') return new Big(target);
  if (baseline === null) return null;
  const before = new Big(baseline);
  const change = by === 'percent' ? before.times(target).div(100) : new Big(target);
  return how === 'raise' ? before.plus(change) : before.minus(change);
}

/** A score on the goal's scale: as it is, or laid onto 0 to 100; four places, half-up. */
export function onScale(
  { measure, scale }: Pick<CompiledGoal, 'measure' | 'scale'>,
  { scale: own }: GoalFigure,
  value: string,
): Big {
  if (measure !== 'satisfaction-score' || scale === 'questionnaire' || own === null) return new Big(value);
  const { min, max } = own;
  return new Big(value)
    .minus(min)
    .times(100)
    .div(max - min)
    .round(4, Big.roundHalfUp);
}

interface Bounds {
  min: number;
  max: number | null;
}

const BOUNDS: Record<Exclude<GoalMeasure, 'satisfaction-score'>, Bounds> = {
  'satisfaction-rate': { min: 0, max: 100 },
  // One customer may complain more than once.
  'complaint-rate': { min: 0, max: null },
  'first-response': { min: 0, max: null },
  'first-contact-resolution': { min: 0, max: 100 },
  'resolution-rate': { min: 0, max: 100 },
  'renewal-rate': { min: 0, max: 100 },
};

/** What a figure can be at all; null while it is not known, of a score before any survey. */
function boundsOf({ measure, scale }: CompiledGoal, data: GoalFigure | null): Bounds | null {
  if (measure !== 'satisfaction-score') return BOUNDS[measure];
  return scale === 'percentage' ? { min: 0, max: 100 } : (data?.scale ?? null);
}

function lies(value: Big, { min, max }: Bounds): boolean {
  return value.gte(min) && (max === null || value.lte(max));
}
