import type { Actor } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { NoticeDraft, NoticeFacts, NoticeKind } from '../agreement/notice.ts';
import { mailSeat } from '../agreement/parties.ts';
import { noticeMoment } from '../notice-time.ts';
import type { Instant } from '../time.ts';
import { clocksOf, isOfClock } from './clock.ts';
import type { Measure } from './command.ts';
import { subjectFacts, subjectOf } from './reminder.ts';
import { hasEnded } from './standing.ts';
import type { ImprovementState } from './state.ts';

/** One notice to each of these seats, in notice hours; nobody is written to about their own act (design §4). */
export function told(
  state: ImprovementState,
  { receivedAtMs, actor }: { receivedAtMs: Instant; actor: Actor },
  kind: NoticeKind,
  { to, copies = [], clauses, facts }: { to: string[]; copies?: string[]; clauses: string[]; facts?: NoticeFacts },
): NoticeDraft[] {
  const { input } = state;
  const atMs = noticeMoment(receivedAtMs, input.calendar, input.zone, input.noticeHours);
  const asked = to.map((seat) => mailSeat(input, seat));
  const seats = [...new Set([...asked, ...copies.map((seat) => mailSeat(input, seat))])];
  return seats
    .filter((seat) => seat !== actor.seat && input.seats.includes(seat))
    .map((seat) => ({
      kind,
      ...subjectOf(state),
      seat,
      role: asked.includes(seat) ? seat : 'copy',
      atMs,
      clauses,
      facts: { ...subjectFacts(state), ...facts },
    }));
}

/** Whose act it is, as a mail names them: a coordinator enters it for somebody. */
export function speakerOf({ seat, onBehalfOf }: Actor): string {
  return onBehalfOf ?? seat;
}

/** Each owner learns of their measures, with the dates. */
export function assigned(
  state: ImprovementState,
  cause: { receivedAtMs: Instant; actor: Actor },
  measures: (Measure & { due: Due })[],
  verdict?: 'behind',
): NoticeDraft[] {
  const { clauses } = state.input.rules;
  return measures.flatMap(({ id, owner, due }) =>
    told(state, cause, 'measure-reminder', {
      to: [owner],
      clauses,
      facts: { about: id, dueAtMs: due.dueAtMs, localDate: due.localDate, ...(verdict ? { verdict } : {}) },
    }),
  );
}

/** Who is asked for the next step: the classification by whoever classifies, then the plan by its department. */
export function assignedTo({ status, department, input: { rules } }: ImprovementState): string {
  return status === 'raised' ? (rules.classifier ?? rules.planner) : (department ?? rules.planner);
}

/** Whether a notice that waits still asks for something, or tells what is so. */
export function stillToThePoint(notice: NoticeDraft, state: ImprovementState): boolean {
  const { about, round, status } = notice.facts;
  switch (notice.kind) {
    case 'plan-decided':
    case 'results-published':
      return true;
    case 'customer-answer': // of a round that did not hold, nobody gets the answer any more
      return notice.addressee !== undefined && state.answeredCustomers.includes(notice.addressee);
    case 'finding-assigned':
      return state.status === status && mailSeat(state.input, assignedTo(state)) === notice.seat;
    case 'plan-submitted':
      return state.status === 'planned' && about === `version-${state.version}`;
    case 'plan-reopened':
      return state.round === round && !hasEnded(state);
    default:
      return clocksOf(state).some((clock) => isOfClock(notice, clock));
  }
}
