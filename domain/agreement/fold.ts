import type { Instant } from '../time.ts';
import type { Decision } from './decision.ts';
import type { Event } from './event.ts';
import { evolve } from './evolve.ts';
import type { Notice, NoticeDraft } from './notice.ts';
import type { AgreementState, CommandOutcome } from './state.ts';
import { merge } from './summary.ts';

/** How many answers are kept so that a repeated message gets the same one; older ones are in Postgres. */
const ANSWERS_KEPT = 200;

/**
 * Folds a decision into the state: events get their sequence, notices their number, later ones are put by.
 * @returns the new state and what is to be recorded of this step
 */
export function fold(
  state: AgreementState,
  decision: Decision,
  recordedAtMs: Instant,
): { state: AgreementState; events: Event[]; notices: Notice[] } {
  const events: Event[] = decision.events.map((event, index) => ({
    ...event,
    sequence: state.sequence + index + 1,
    recordedAtMs,
  }));
  let next = events.reduce<AgreementState>(
    (folded, event) => ({ ...evolve(folded, event), sequence: event.sequence }),
    state,
  );
  const notices: Notice[] = decision.issue.map((draft, index) => ({
    ...draft,
    id: `agreement/${state.agreement.id}/n${state.delivery.noticeNumber + index + 1}`,
  }));
  const { scheduleThroughMs } = decision;
  const waiting = state.delivery.scheduled.filter(
    ({ atMs }) => scheduleThroughMs === undefined || atMs > scheduleThroughMs,
  );
  next = {
    ...next,
    obligations: next.obligations.map((obligation) => {
      const climb = decision.climbed.find(
        (climbed) => climbed.obligation === obligation.id && climbed.occurrence === obligation.occurrence,
      );
      return climb ? { ...obligation, ladderThroughMs: climb.throughMs } : obligation;
    }),
    delivery: {
      ...state.delivery,
      noticeNumber: state.delivery.noticeNumber + notices.length,
      scheduled: decision.schedule.reduce(put, waiting),
      open: [...state.delivery.open, ...notices.map(({ id }) => id)],
    },
  };
  return { state: next, events, notices };
}

/** One summary a seat: what was missed later joins the one that waits already. */
function put(scheduled: NoticeDraft[], draft: NoticeDraft): NoticeDraft[] {
  const same = scheduled.find(
    ({ kind, seat, role }) =>
      kind === 'summary' && draft.kind === 'summary' && seat === draft.seat && role === draft.role,
  );
  if (!same) return [...scheduled, draft];
  return scheduled.map((waiting) => (waiting === same ? merge(same, draft) : waiting));
}

/** Keeps the answer to a command, bounded. */
export function answer(state: AgreementState, id: string, outcome: CommandOutcome): AgreementState {
  const answered = [...state.delivery.answered, { id, outcome }].slice(-ANSWERS_KEPT);
  return { ...state, delivery: { ...state.delivery, answered } };
}

export function answerTo(state: AgreementState, id: string): CommandOutcome | undefined {
  return state.delivery.answered.find((given) => given.id === id)?.outcome;
}

/** A notice has been delivered, or refused for good. */
export function delivered(state: AgreementState, noticeId: string): AgreementState {
  const open = state.delivery.open.filter((id) => id !== noticeId);
  return { ...state, delivery: { ...state.delivery, open } };
}

/** The agreement has ended and nobody waits for a notice of it. */
export function isOver(state: AgreementState): boolean {
  const ended = state.status === 'terminated' || state.status === 'expired';
  return ended && state.delivery.scheduled.length === 0 && state.delivery.open.length === 0;
}
