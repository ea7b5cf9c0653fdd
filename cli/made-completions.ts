import type { Instant } from '../domain/time.ts';
import { instantAt } from '../domain/zone.ts';
import type { Plan } from './survey-finding.ts';
import type { SurveyStep } from './survey-step.ts';

/** When owners report what they have done on its last day. */
const AT = '10:00';

/**
 * The first of the reports that owners make of their measures on the last day, up to an instant: made where a script checks
 * or verifies plans and nobody in it says that a measure is done.
 */
export function madeCompletion(
  steps: readonly { do: string }[],
  plans: readonly Plan[],
  { sinceMs, throughMs }: { sinceMs: Instant; throughMs: Instant },
): SurveyStep | undefined {
  const said = steps.flatMap((step) => (step.do === 'survey' ? [(step as SurveyStep).said.do] : []));
  if (said.includes('complete') || !said.some((one) => one === 'check' || one === 'verify')) return undefined;
  const open = plans
    .filter(({ state }) => state.status === 'approved')
    .flatMap(({ state: { input, measures } }) =>
      measures
        .filter(({ completedAtMs }) => completedAtMs === null)
        .map(({ id: measure, owner, dueOn }): SurveyStep => ({
          do: 'survey',
          path: `${input.reference}.${measure}`,
          atMs: Math.max(sinceMs, instantAt(input.zone, dueOn, AT)),
          as: owner,
          said: { do: 'complete', plan: input.reference, measure },
          answers: [],
        })),
    )
    .filter(({ atMs }) => atMs <= throughMs);
  return open.sort((a, b) => a.atMs - b.atMs || (a.path < b.path ? -1 : 1))[0];
}
