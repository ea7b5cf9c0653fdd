import type { NoticeDraft, NoticeFacts, NoticeKind } from '../agreement/notice.ts';
import { COORDINATOR, mailSeat } from '../agreement/parties.ts';
import { noticeMoment } from '../notice-time.ts';
import { daysLateOn } from '../penalty.ts';
import { rungsAfter } from '../process/rungs.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { subjectOf } from './standing.ts';
import type { VisitState } from './state.ts';

/** Days before the planned day, and before the report is due, on which whoever leads is reminded; ours. */
const LEAD_DAYS = { visit: [7, 1], report: [1] };

/** What every notice of a visit says: which one, to whom, and on what day. */
function factsOf({ input, plannedOn }: VisitState): NoticeFacts {
  return { process: input.reference, customer: input.customerId, kind: input.kind, localDate: plannedOn };
}

/** One notice to whoever leads, a copy to who takes part; nobody is written to about their own act (design §4). */
export function told(
  state: VisitState,
  kind: NoticeKind,
  { atMs, by, facts, copies = [] }: { atMs: Instant; by?: string; facts?: NoticeFacts; copies?: string[] },
): NoticeDraft[] {
  const { input } = state;
  const { calendar, zone, noticeHours, rules } = input;
  const leader = mailSeat(input, rules.leader);
  const seats = [leader, ...input.departments.map((seat) => mailSeat(input, seat)), ...copies];
  return [...new Set(seats)]
    .filter((seat) => seat !== by && input.seats.includes(seat))
    .map((seat) => ({
      kind,
      ...subjectOf(input),
      seat,
      role: seat === leader ? seat : 'copy',
      atMs: noticeMoment(atMs, calendar, zone, noticeHours),
      clauses: rules.clauses,
      facts: { ...factsOf(state), ...facts },
    }));
}

/**
 * The next reminder, put by one at a time: of the planned day to whoever leads and takes part, of the report to whoever
 * leads, and late to the coordinator too.
 */
export function remindersOf(
  state: VisitState,
  waiting: readonly NoticeDraft[],
  afterMs: Instant,
  nowMs: Instant,
): NoticeDraft[] {
  const { status, due, reportDue, input } = state;
  if (waiting.some((notice) => notice.rungs && notice.atMs > afterMs && isOfClock(notice, state))) return [];
  const { calendar, zone, noticeHours: hours } = input;
  const context = { calendar, zone, hours };
  if (status === 'planned') {
    const { atMs, rungs } = rungsAfter(due, LEAD_DAYS.visit, context, afterMs, nowMs);
    if (atMs >= due.dueAtMs) return [];
    return told(state, 'visit-reminder', { atMs, facts: { dueAtMs: due.dueAtMs } }).map((one) => ({ ...one, rungs }));
  }
  if (status !== 'held' || reportDue === null) return [];
  const { atMs, rungs } = rungsAfter(reportDue, LEAD_DAYS.report, context, afterMs, nowMs);
  const daysLate = daysLateOn(reportDue, localDateAt(zone, atMs));
  const isLate = rungs.some((rung) => rung.startsWith('overdue-'));
  const facts = { dueAtMs: reportDue.dueAtMs, until: reportDue.localDate, daysLate, ...heldFacts(state) };
  return told({ ...state, input: { ...input, departments: [] } }, 'visit-report-reminder', {
    atMs,
    facts,
    copies: isLate ? [COORDINATOR] : [],
  }).map((one) => ({ ...one, rungs }));
}

function heldFacts({ heldOn }: VisitState): NoticeFacts {
  return heldOn === null ? {} : { localDate: heldOn };
}

function isOfClock({ kind, facts }: NoticeDraft, { status, due, reportDue }: VisitState): boolean {
  if (kind === 'visit-reminder') return status === 'planned' && facts.dueAtMs === due.dueAtMs;
  return kind === 'visit-report-reminder' && status === 'held' && facts.dueAtMs === reportDue?.dueAtMs;
}

/** Whether a notice that waits still asks for something, or tells what is so. */
export function stillToThePoint(notice: NoticeDraft, state: VisitState): boolean {
  const { kind, facts } = notice;
  switch (kind) {
    case 'visit-announced':
      if (facts.status === 'cancelled') return state.status === 'cancelled';
      return state.status === 'planned' && facts.localDate === state.plannedOn;
    case 'visit-missed':
      return state.status === 'missed';
    default:
      return isOfClock(notice, state);
  }
}
