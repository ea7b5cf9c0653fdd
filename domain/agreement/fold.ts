import type { Instant } from '../time.ts';
import type { Decision } from './decision.ts';
import type { Event } from './event.ts';
import { evolve } from './evolve.ts';
import type { Notice, NoticeDraft } from './notice.ts';
import type { AgreementState, CommandOutcome } from './state.ts';
import { isSameDigest, mergeGoals } from '../goal/digest.ts';
import { survivingSecrecy } from '../life/afterwards.ts';
import { isConcluded, isOwing } from './phase.ts';
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

/** One summary a seat: what was missed later joins the one that waits already. Verdicts of one moment are one mail, too. */
function put(scheduled: NoticeDraft[], draft: NoticeDraft): NoticeDraft[] {
  const digest = scheduled.find((waiting) => isSameDigest(waiting, draft));
  if (digest) return scheduled.map((waiting) => (waiting === digest ? mergeGoals(digest, draft) : waiting));
  const same = scheduled.find(
    ({ kind, seat, role }) =>
      kind === 'summary' && draft.kind === 'summary' && seat === draft.seat && role === draft.role,
  );
  if (!same) return [...scheduled, draft];
  return scheduled.map((waiting) => (waiting === same ? merge(same, draft) : waiting));
}

/** What an agreement and its processes have in common: notices that wait, and answers that were given. */
export interface Delivering {
  delivery: Pick<AgreementState['delivery'], 'open' | 'answered'>;
}

/** Keeps the answer to a command, bounded. */
export function answer<S extends Delivering>(state: S, id: string, outcome: CommandOutcome): S {
  const answered = [...state.delivery.answered, { id, outcome }].slice(-ANSWERS_KEPT);
  return { ...state, delivery: { ...state.delivery, answered } };
}

export function answerTo(state: Delivering, id: string): CommandOutcome | undefined {
  return state.delivery.answered.find((given) => given.id === id)?.outcome;
}

/** A notice has been delivered, or refused for good. */
export function delivered<S extends Delivering>(state: S, noticeId: string): S {
  const open = state.delivery.open.filter((id) => id !== noticeId);
  return { ...state, delivery: { ...state.delivery, open } };
}

/**
 * The agreement has ended, nothing is to be done about it any more, nobody waits for a notice of it, no money is owed that
 * could be paid, and no secrecy without end survives it, whose incidents it would have to take (S003-K-21).
 */
export function isOver(state: AgreementState): boolean {
  const { scheduled, open } = state.delivery;
  const isAwaited = isOwing(state) || survivingSecrecy(state).length > 0;
  return isConcluded(state) && !isAwaited && scheduled.length === 0 && open.length === 0;
}
