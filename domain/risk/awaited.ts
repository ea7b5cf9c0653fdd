import { type Awaited, awaited } from '../awaited/awaited.ts';
import { localDateAt } from '../zone.ts';
import { isOver } from './standing.ts';
import type { RiskState } from './state.ts';

/** What a risk waits for: its first measure, its reviews, its measures, answers to its warning, its checklist. */
export function awaitedOfRisk(state: RiskState): Awaited[] {
  if (isOver(state)) return [];
  const { input, response, review, measureReview, measures, warning, occurrence, status } = state;
  const { owner, zone } = input;
  const coming = (act: string, due: Awaited['due']): Awaited[] =>
    due === null ? [] : [awaited('risk', act, [owner], { due })];
  const answers =
    warning !== null && warning.waiting.length > 0
      ? [
          awaited('risk', 'risk-warning', warning.waiting, {
            due:
              warning.dueAtMs === null
                ? null
                : { dueAtMs: warning.dueAtMs, localDate: localDateAt(zone, warning.dueAtMs - 1) },
          }),
        ]
      : [];
  const steps = status === 'occurred' ? (occurrence?.steps ?? []) : [];
  return [
    ...coming('risk-respond', response.due),
    ...coming('risk-review', review.due),
    ...coming('risk-review-measures', measureReview.due),
    ...measures
      .filter((measure) => measure.status === 'open')
      .map(({ measure, owner: who, due }) => awaited('risk', 'risk-measure', [who], { about: measure, due })),
    ...answers,
    ...steps
      .filter(({ doneAtMs }) => doneAtMs === null)
      .map(({ id, seat }) => awaited('risk', 'risk-step', [seat], { about: id })),
  ];
}
