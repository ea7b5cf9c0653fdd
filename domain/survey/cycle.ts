import type { Actor } from '../agreement/command.ts';
import type { NoticeFacts, NoticeKind, NoticeDraft } from '../agreement/notice.ts';
import { COORDINATOR, answersFor, mailSeat } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { type Subject, teller } from '../agreement/telling.ts';
import type { ProcessCommandEnvelope, ProcessEventEnvelope } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import type { SurveyInput } from './compiled.ts';
import type { SurveyState } from './state.ts';

/** The duty and the occurrence that the cycle is of. */
export function subjectOf({ survey, occurrence }: SurveyInput): Subject {
  return { obligation: survey.obligation, ...(occurrence === null ? {} : { occurrence }) };
}

/** What every event bears of what somebody asked for; `clauses` are the survey's where nothing more exact is meant. */
export function eventOf(
  { input }: SurveyState,
  { actor, receivedAtMs, id }: ProcessCommandEnvelope,
  clauses: string[] = input.survey.clauses,
): ProcessEventEnvelope & Subject {
  return { ...subjectOf(input), occurredAtMs: receivedAtMs, actor, clauses, commandId: id };
}

export function todayOf({ zone }: SurveyInput, atMs: Instant): LocalDate {
  return localDateAt(zone, atMs);
}

/** The clauses of several provisions, each once. */
export function clausesOf(...provisions: { clauses: string[] }[]): string[] {
  return [...new Set(provisions.flatMap(({ clauses }) => clauses))];
}

/** One notice to each of these seats, or to whoever gets their mail; the coordinator's where there is nobody. */
export function noticesTo(
  input: SurveyInput,
  seats: string[],
  { kind, atMs, clauses, facts }: { kind: NoticeKind; atMs: Instant; clauses: string[]; facts: NoticeFacts },
): NoticeDraft[] {
  const tell = teller(input, atMs, clauses, subjectOf(input));
  const mailed = seats.map((seat) => mailSeat(input, seat));
  const reached = mailed.map((seat) => (input.seats.includes(seat) ? seat : COORDINATOR));
  return [...new Set(reached)]
    .filter((seat) => input.seats.includes(seat))
    .map((seat) => tell(kind, seat, { process: input.reference, ...facts }));
}

/** Why this act is not that seat's; undefined where it is. */
export function notBy(input: SurveyInput, actor: Actor, seat: string, clauses: string[]): Rejection | undefined {
  if (answersFor(input, actor, seat)) return undefined;
  return { rejected: 'not-responsible', message: `${input.reference}: this is for ${seat} to do`, clauses };
}

/** Which of these seats speaks: for itself, nobody enters it for another. Its own one first, else one not in `given`. */
export function speakerOf(input: SurveyInput, actor: Actor, seats: string[], given: string[]): string | undefined {
  if (actor.onBehalfOf !== undefined) return undefined;
  const own = seats.filter((seat) => answersFor(input, actor, seat));
  return own.find((seat) => seat === actor.seat) ?? own.find((seat) => !given.includes(seat)) ?? own[0];
}

/** Whether it can still be designed, drawn, published. */
export function isPlanned({ status }: SurveyState): boolean {
  return status === 'planned' || status === 'missed';
}

/** Why nothing of a cycle changes any more: it was done by hand, or the agreement is over. */
export function notAlive({ input, status, ended }: SurveyState): Rejection | undefined {
  if (status === 'elsewhere') {
    return { rejected: 'already-fulfilled', message: `${input.reference} was handed in by hand` };
  }
  if (status !== 'cancelled' && !ended) return undefined;
  return { rejected: 'agreement-ended', message: `${input.reference} ended with its agreement` };
}

/** Why questionnaire, date and sample do not change any more. */
export function notPlanned(state: SurveyState): Rejection | undefined {
  const ended = notAlive(state);
  if (ended || isPlanned(state)) return ended;
  return {
    rejected: 'already-published',
    message: `${state.input.reference} is published: questionnaire, date and sample stay as they are`,
  };
}

/** Why something cannot be said of the answers yet. */
export function notPublished(state: SurveyState): Rejection | undefined {
  const ended = notAlive(state);
  if (ended || !isPlanned(state)) return ended;
  return { rejected: 'not-published', message: `${state.input.reference} has not been published` };
}

/** When a cycle took its last answer that counts, be its close recorded yet or not; null: it still takes them, or never did. */
export function closedAsOf(
  { status, closes, closedAtMs }: Pick<SurveyState, 'status' | 'closes' | 'closedAtMs'>,
  atMs: Instant,
): Instant | null {
  if (closedAtMs !== null) return closedAtMs;
  return status === 'open' && closes !== null && closes.dueAtMs <= atMs ? closes.dueAtMs : null;
}
