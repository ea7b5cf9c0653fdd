import type { NoticeDraft, NoticeFacts, NoticeKind } from '../agreement/notice.ts';
import { COORDINATOR, mailSeat } from '../agreement/parties.ts';
import { noticeMoment, plannedRungs } from '../notice-time.ts';
import type { Due } from '../agreement/event.ts';
import type { Instant } from '../time.ts';
import { clocksOf, isOfClock } from './clock.ts';
import { hasEnded, subjectOf, takesPart, traineeOf } from './standing.ts';
import type { TrainingState } from './state.ts';

/** As what somebody is written to who takes part; no seat of the agreement. */
const TRAINEE = 'trainee';

/** So many days before it, whoever takes part is reminded; ours. */
const TRAINEE_LEAD_DAYS = 1;

type Cause = { receivedAtMs: Instant };

/** What every notice of a session says: which one it is. */
export function subjectFacts({ input }: TrainingState): NoticeFacts {
  return { process: input.reference };
}

/** Whoever organises it, or whoever gets its mail. */
function organiserSeat({ input }: TrainingState): string {
  const seat = mailSeat(input, input.training.organiser);
  return input.seats.includes(seat) ? seat : COORDINATOR;
}

/** One mail to each of these people, in notice hours. They need not fill a seat. */
export function toTrainees(
  state: TrainingState,
  { receivedAtMs }: Cause,
  kind: NoticeKind,
  { to, clauses, facts }: { to: string[]; clauses?: string[]; facts?: NoticeFacts },
): NoticeDraft[] {
  const { calendar, zone, noticeHours, training } = state.input;
  return to.map((addressee) => ({
    kind,
    ...subjectOf(state.input),
    seat: TRAINEE,
    role: TRAINEE,
    addressee,
    atMs: noticeMoment(receivedAtMs, calendar, zone, noticeHours),
    clauses: clauses ?? training.clauses,
    facts: { ...subjectFacts(state), ...facts },
  }));
}

/** Each is invited to the day, and reminded of it before it comes (S001b-13). */
export function invited(state: TrainingState, cause: Cause, to: string[], due: Due, moved: boolean): NoticeDraft[] {
  const { calendar, zone, noticeHours: hours } = state.input;
  const facts: NoticeFacts = { ...due, topics: state.input.topics, ...(moved ? { status: 'moved' } : {}) };
  const reminders = plannedRungs(due, [TRAINEE_LEAD_DAYS], { calendar, zone, hours }).filter(
    ({ atMs, rung }) => rung !== 'due' && atMs > cause.receivedAtMs,
  );
  return [
    ...toTrainees(state, cause, 'training-invitation', { to, facts }),
    ...reminders.flatMap(({ atMs, rung }) =>
      toTrainees(state, cause, 'training-reminder', { to, facts }).map((notice) => ({
        ...notice,
        atMs,
        rungs: [rung],
      })),
    ),
  ];
}

/** It does not take place, or not with them. */
export function calledOff(state: TrainingState, cause: Cause, to: string[], status: 'withdrawn' | 'cancelled') {
  const facts: NoticeFacts = { ...(state.due ?? {}), topics: state.input.topics, status };
  return toTrainees(state, cause, 'training-cancelled', { to, facts });
}

/** The manager learns of every failure (S001b-16), also where they entered it themselves: the mail is their proof. */
export function toOrganiser(
  state: TrainingState,
  { receivedAtMs }: Cause,
  kind: NoticeKind,
  { clauses, facts }: { clauses: string[]; facts: NoticeFacts },
): NoticeDraft[] {
  const { calendar, zone, noticeHours, seats } = state.input;
  const seat = organiserSeat(state);
  const atMs = noticeMoment(receivedAtMs, calendar, zone, noticeHours);
  const notice = { kind, ...subjectOf(state.input), atMs, clauses, facts: { ...subjectFacts(state), ...facts } };
  const copies = [COORDINATOR, ...(state.input.training.escalateTo === null ? [] : [state.input.training.escalateTo])];
  return [
    { ...notice, seat, role: seat },
    ...[...new Set(copies.map((copy) => mailSeat(state.input, copy)))]
      .filter((copy) => copy !== seat && seats.includes(copy))
      .map((copy) => ({ ...notice, seat: copy, role: 'copy' })),
  ];
}

/** Whether a notice that waits still asks for something, or tells what is so. */
export function stillToThePoint(notice: NoticeDraft, state: TrainingState): boolean {
  const { kind, addressee, facts } = notice;
  switch (kind) {
    case 'training-invitation':
      return isAwaited(state, addressee, facts.dueAtMs);
    case 'training-reminder':
      return addressee === undefined
        ? clocksOf(state).some((clock) => isOfClock(notice, clock))
        : isAwaited(state, addressee, facts.dueAtMs);
    case 'exam-reminder':
    case 'retake-reminder':
      return clocksOf(state).some((clock) => isOfClock(notice, clock));
    case 'training-feedback-request':
      return !hasEnded(state) && traineeOf(state, addressee ?? '')?.feedback === null;
    default:
      return true;
  }
}

/** Somebody is still expected on that day. */
function isAwaited(state: TrainingState, personId: string | undefined, dueAtMs: Instant | undefined): boolean {
  const isOpen = state.status === 'planned' || state.status === 'missed';
  return (
    isOpen &&
    state.due?.dueAtMs === dueAtMs &&
    state.trainees.some((one) => one.personId === personId && takesPart(one))
  );
}
