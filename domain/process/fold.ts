import type { Notice } from '../agreement/notice.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { Instant } from '../time.ts';
import type { Delivery, ProcessDecision, ProcessRules, ProcessState, ProcessStep, Recorded } from './process.ts';

export function emptyDelivery(): Delivery {
  return { noticeNumber: 0, scheduled: [], open: [], answered: [] };
}

export function processDecision<E>(parts: Partial<ProcessDecision<E>>): ProcessDecision<E> {
  return { events: [], schedule: [], errands: [], ...parts };
}

export function isRefused<E>(answer: ProcessDecision<E> | Rejection): answer is Rejection {
  return 'rejected' in answer;
}

/**
 * Folds a decision into a process's state: events get their sequence, notices that leave now their number, later ones
 * are put by.
 *
 * @param atMs what is scheduled up to this instant leaves now
 */
export function foldProcess<S extends ProcessState, E>(
  rules: Pick<ProcessRules<S, never, E>, 'evolve' | 'stillToThePoint' | 'isOver' | 'together'>,
  state: S,
  decision: ProcessDecision<E>,
  { workflowId, atMs, recordedAtMs }: { workflowId: string; atMs: Instant; recordedAtMs: Instant },
): { state: S } & ProcessStep<E> {
  const events = decision.events.map((event, index): Recorded<E> => ({
    ...event,
    sequence: state.sequence + index + 1,
    recordedAtMs,
  }));
  const evolved = events.reduce<S>(
    (folded, event) => ({ ...rules.evolve(folded, event), sequence: event.sequence }),
    state,
  );
  const waiting = [...state.delivery.scheduled, ...decision.schedule];
  const leaving = waiting.filter((draft) => draft.atMs <= atMs && rules.stillToThePoint(draft, evolved));
  const told = rules.together ? rules.together(leaving) : leaving;
  const notices = told.map((draft, index): Notice => ({
    ...draft,
    id: `${workflowId}/n${state.delivery.noticeNumber + index + 1}`,
  }));
  const delivery: Delivery = {
    ...state.delivery,
    noticeNumber: state.delivery.noticeNumber + notices.length,
    // Of what is over, only what still has a point is waited for.
    scheduled: waiting.filter(
      (draft) => draft.atMs > atMs && (!rules.isOver(evolved) || rules.stillToThePoint(draft, evolved)),
    ),
    open: [...state.delivery.open, ...notices.map(({ id }) => id)],
  };
  return { state: { ...evolved, delivery }, events, notices, errands: decision.errands };
}
