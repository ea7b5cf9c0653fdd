import type { NoticeDraft, NoticeFacts, NoticeKind } from '../agreement/notice.ts';
import { mailSeat } from '../agreement/parties.ts';
import { noticeMoment } from '../notice-time.ts';
import { rungsAfter } from '../process/rungs.ts';
import type { Instant } from '../time.ts';
import { isSeat, subjectOf, unacknowledged, whoOf } from './standing.ts';
import type { Evaluated, EvaluationState } from './state.ts';

/** Days before the end of the window for objections on which the subject is reminded; ours. */
const OBJECTION_LEAD_DAYS = [1];

/** One notice to each of these seats that has somebody; nobody is written to about their own act (design §4). */
export function told(
  state: EvaluationState,
  kind: NoticeKind,
  to: readonly string[],
  { atMs, by, facts, clauses }: { atMs: Instant; by?: string; facts?: NoticeFacts; clauses?: string[] },
): NoticeDraft[] {
  const { input } = state;
  const { calendar, zone, noticeHours, rules } = input;
  const seats = [...new Set(to.map((seat) => mailSeat(input, seat)))];
  return seats
    .filter((seat) => seat !== by && input.seats.includes(seat))
    .map((seat) => ({
      kind,
      ...subjectOf(input),
      seat,
      role: seat,
      atMs: noticeMoment(atMs, calendar, zone, noticeHours),
      clauses: clauses ?? rules.clauses,
      facts: { process: input.reference, ...facts },
    }));
}

/** What a notice of somebody's result says: sums of points, codes and dates. */
export function resultFacts({ subject, total, band, verdict, objectionsUntil }: Evaluated): NoticeFacts {
  return {
    about: subject,
    ...(total === null ? {} : { value: total }),
    ...(band === null ? {} : { kind: band }),
    ...(verdict === null ? {} : { verdict }),
    ...(objectionsUntil === null ? {} : { dueAtMs: objectionsUntil.dueAtMs, localDate: objectionsUntil.localDate }),
  };
}

/** Where mail about somebody evaluated goes: to its seat, or to whoever organises for staff, which is handed on. */
export function subjectSeats({ input }: EvaluationState, { subject }: Pick<Evaluated, 'subject'>): string[] {
  if (subject === 'agreement') return input.parties;
  const who = whoOf(subject);
  return [isSeat(input, who) ? who : input.rules.organiser];
}

/**
 * The next reminder, put by one at a time: of the evaluation itself where it fulfils no duty (a duty has its own ladder), of the
 * window for objections, and of a missing acknowledgement.
 */
export function remindersOf(
  state: EvaluationState,
  waiting: readonly NoticeDraft[],
  afterMs: Instant,
  nowMs: Instant,
): NoticeDraft[] {
  const { calendar, zone, noticeHours: hours } = state.input;
  const context = { calendar, zone, hours };
  return state.subjects.flatMap((one): NoticeDraft[] => {
    const until = one.objectionsUntil;
    if (until === null || one.stage !== 'provisional' || until.dueAtMs <= afterMs) return [];
    const isWaiting = (draft: NoticeDraft): boolean =>
      draft.kind === 'evaluation-objection-reminder' && draft.facts.about === one.subject && draft.atMs > afterMs;
    if (waiting.some(isWaiting)) return [];
    const { atMs, rungs } = rungsAfter(until, OBJECTION_LEAD_DAYS, context, afterMs, nowMs);
    if (atMs >= until.dueAtMs) return [];
    return told(state, 'evaluation-objection-reminder', subjectSeats(state, one), {
      atMs,
      facts: resultFacts(one),
      clauses: state.input.rules.objectionClauses,
    }).map((draft) => ({ ...draft, rungs }));
  });
}

/** Whether a notice that waits still asks for something, or tells what is so. */
export function stillToThePoint({ kind, seat, facts }: NoticeDraft, state: EvaluationState): boolean {
  const one = state.subjects.find(({ subject }) => subject === facts.about);
  switch (kind) {
    case 'evaluation-scheme-missing':
      return state.scheme === null;
    case 'evaluation-scheme-request':
      return unacknowledged(state).some((party) => mailSeat(state.input, party) === seat);
    case 'evaluation-objection-reminder':
      return one?.stage === 'provisional' && one.objectionsUntil?.dueAtMs === facts.dueAtMs;
    default:
      return state.status !== 'ended' || kind === 'evaluation-final';
  }
}
