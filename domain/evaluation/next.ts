import type { Instant, LocalDate } from '../time.ts';
import type { CompiledScheme } from './compiled.ts';
import { isComputed } from './errands.ts';
import type { Evaluated, EvaluationState } from './state.ts';

export const NEXT_STEPS = [
  'scheme',
  'enrol',
  'acknowledge',
  'self-assess',
  'explain',
  'score',
  'conclude',
  'object',
  'answer',
  'correct',
  'confirm',
  'decide',
  'publish',
] as const;

/** What happens next, of whom, and which seats or people must act. */
export interface NextStep {
  what: (typeof NEXT_STEPS)[number];
  who: string[];
  about: string | null;
  due: { dueAtMs: Instant; localDate: LocalDate } | null;
  indicators: string[];
}

/** What people still have to score, or to leave out; recorded figures come by themselves, what has no weight is not scored. */
export function missingOf(scheme: CompiledScheme | null, { scores, leftOut }: Evaluated): string[] {
  return (scheme?.indicators ?? [])
    .filter((indicator) => {
      const { id, weight, bonus } = indicator;
      return (
        weight !== null &&
        !bonus &&
        !isComputed(indicator) &&
        !leftOut.includes(id) &&
        !scores.some(({ indicator }) => indicator === id)
      );
    })
    .map(({ id }) => id);
}

/** What an evaluation waits for, one step for each of those that are evaluated, as its rules and its state say. */
export function nextSteps(state: EvaluationState): NextStep[] {
  const { status, scheme, subjects, due, acknowledgedBy } = state;
  const { rules } = state.input;
  const step = (what: NextStep['what'], who: string[], rest: Partial<NextStep> = {}): NextStep => {
    return { what, who, about: null, due, indicators: [], ...rest };
  };
  if (status === 'complete' || status === 'ended') return [];
  const isScored = rules.form === 'scored';
  if (isScored && scheme === null) return [step('scheme', [rules.organiser])];
  if (subjects.length === 0) return [step('enrol', [rules.organiser])];
  const unread = rules.acknowledgers.filter(
    (seat) => !acknowledgedBy.some((one) => one.seat === seat && one.version === scheme?.version),
  );
  if (isScored && unread.length > 0 && subjects.every(({ concludedAtMs }) => concludedAtMs === null)) {
    return [step('acknowledge', unread)];
  }
  const own = subjects.flatMap((one): NextStep[] => {
    const next = isScored ? nextOf(state, one) : nextOfLate(state, one);
    return next === null ? [] : [step(next.what, next.who, { about: one.subject, ...next.rest })];
  });
  const isFinal = subjects.every(({ finalAtMs }) => finalAtMs !== null);
  const publication =
    isFinal && rules.publishTo.length > 0 && state.publishedAtMs === null ? [step('publish', [rules.organiser])] : [];
  return [...own, ...publication];
}

type Own = { what: NextStep['what']; who: string[]; rest?: Partial<NextStep> } | null;

function nextOf({ input: { rules }, scheme }: EvaluationState, one: Evaluated): Own {
  const { stage, objections } = one;
  if (stage === 'self') return { what: 'self-assess', who: [one.subject] };
  if (stage === 'manager') {
    const indicators = missingOf(scheme, one);
    return indicators.length > 0
      ? { what: 'score', who: rules.scorers, rest: { indicators } }
      : { what: 'conclude', who: [rules.organiser] };
  }
  const waiting = objections.find(({ verdict }) => verdict === null);
  if (waiting) return { what: 'answer', who: [rules.confirmer ?? rules.organiser] };
  const upheld = objections.find(({ verdict, settled }) => verdict === 'uphold' && !settled);
  if (upheld) {
    const indicators = upheld.indicator === null ? [] : [upheld.indicator];
    return { what: 'correct', who: rules.scorers, rest: { indicators } };
  }
  if (stage === 'provisional' && one.objectionsUntil) {
    return { what: 'object', who: [one.subject], rest: { due: one.objectionsUntil } };
  }
  if (stage !== 'final' && rules.confirmer !== null && one.confirmedBy === null) {
    return { what: 'confirm', who: [rules.confirmer] };
  }
  return undecided(one) ? { what: 'decide', who: [rules.decider] } : null;
}

function nextOfLate({ input: { rules } }: EvaluationState, one: Evaluated): Own {
  if (one.explainedAtMs === null && one.finalAtMs === null) return { what: 'explain', who: [one.subject] };
  return undecided(one) ? { what: 'decide', who: [rules.decider] } : null;
}

function undecided({ consequences }: Evaluated): boolean {
  return consequences.some(({ verdict }) => verdict === null);
}
