import { instantAt, localDateAt } from '../zone.ts';
import { addDays } from '../local-date.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { Actor, Serve, Served, Undelivered } from './command.ts';
import { type Decision, decision } from './decision.ts';
import type { Due } from './event.ts';
import type { NoticeDraft, NoticeFacts, NoticeKind } from './notice.ts';
import { notOnOwnWord } from './own-word.ts';
import { COORDINATOR, hasCoordinator, mailSeat } from './parties.ts';
import type { Rejection } from './rejection.ts';
import type { AgreementState } from './state.ts';
import { type Subject, teller } from './telling.ts';

/** Who says that a notice was not served, or was: mail itself. */
const POSTMASTER: Actor = { personId: 'postmaster', seat: 'postmaster', via: 'mail' };

/** What its agreement is asked to take note of when a notice could not be served, for the reason that the code names. */
export function returned(
  { id: noticeId, seat, kind, facts }: { id: string; seat: string; kind: string; facts: unknown },
  code: string,
): Omit<Undelivered, 'id' | 'receivedAtMs'> {
  const { serves } = facts as NoticeFacts;
  const said = { noticeId, seat, kind: kind as NoticeKind, code };
  return { type: 'undelivered', actor: POSTMASTER, ...said, ...(serves === undefined ? {} : { serves }) };
}

/** A notice came back: it was not served, and the coordinator is told (design §6). Again, nothing changes. */
export function cameBack(command: Undelivered, state: AgreementState): Decision {
  const { noticeId, seat, kind, code } = command;
  if (!isServed(state, noticeId)) return decision({});
  const clauses = state.agreement.clauses.start;
  const tell = teller(state.agreement, command.receivedAtMs, clauses);
  const base = { occurredAtMs: command.receivedAtMs, actor: command.actor, clauses, commandId: command.id };
  return decision({
    events: [{ ...base, type: 'notice-undelivered', noticeId, seat, kind, code }],
    schedule:
      hasCoordinator(state.agreement) && seat !== COORDINATOR
        ? [tell('notice-undelivered', COORDINATOR, { seat, undelivered: kind, returned: noticeId })]
        : [],
  });
}

/** Whether a notice may count as served: it did not come back. Rules that need proof of service ask this. */
export function isServed({ unserved }: AgreementState, noticeId: string): boolean {
  return !unserved.includes(noticeId);
}

/** A mail that brought a written notice of the contract to its address, and when the server there took it. */
export interface ServedNotice {
  noticeId: string;
  serves: string;
  /** Whose address it was. */
  seat: string;
  sentAtMs: Instant;
}

/** What its agreement is told of it; by the notice's id it is folded once, and no key of a person has a space. */
export function arrived({ noticeId, serves, seat, sentAtMs }: ServedNotice): Served {
  const said = { noticeId, serves, seat };
  return { type: 'served', id: `served ${noticeId}`, receivedAtMs: sentAtMs, actor: POSTMASTER, ...said };
}

/** What a written notice says, and to whom. */
interface Written {
  kind: NoticeKind;
  /** `breach-1`, `termination-1` */
  id: string;
  /** Role keys; each is written to. */
  to: string[];
  clauses: string[];
  facts: NoticeFacts;
  subject?: Subject;
}

/**
 * The mail of a written notice: it leaves at once, whatever the hour, because it takes effect when it is received (Civil
 * Code 137, 565). What was handed over by hand is sent for information. The coordinator gets a copy of what others serve.
 */
export function writtenNotice(
  { agreement, seated }: AgreementState,
  { actor, receivedAtMs, servedOn }: Serve,
  { kind, id, to, clauses, facts, subject }: Written,
): Pick<Decision, 'issue' | 'schedule'> | Rejection {
  const tell = teller(agreement, receivedAtMs, clauses, subject);
  const said = { ...facts, about: id };
  const [only] = to.length === 1 ? to : [];
  const copied = only === undefined ? said : { ...said, against: only };
  const copies =
    hasCoordinator(agreement) && actor.seat !== COORDINATOR
      ? [{ ...tell(kind, COORDINATOR, copied), role: 'copy' }]
      : ([] as NoticeDraft[]);
  const addressed = to.map((party) => ({ party, seat: mailSeat(agreement, party) }));
  const written = addressed.filter(({ seat }) => agreement.seats.includes(seat) && seated[seat] !== null);
  if (servedOn !== undefined) {
    const informed = written.map(({ party, seat }) => tell(kind, seat, { ...said, against: party }));
    return { issue: [], schedule: [...informed, ...copies] };
  }
  const unwritten = addressed.filter((one) => !written.includes(one)).map(({ party }) => party);
  if (unwritten.length > 0) {
    return {
      rejected: 'evidence-missing',
      message: `${unwritten.join(', ')} has no address: serve it by hand, with a document`,
      clauses,
    };
  }
  const issue = written.map(({ party, seat }) => ({
    ...tell(kind, seat, { ...said, against: party, serves: id }),
    atMs: receivedAtMs,
  }));
  return { issue, schedule: copies };
}

/**
 * Why a notice cannot have been given by hand on that day, or without its document; undefined where it can. Of an earlier
 * day the coordinator has the receipt: else whoever gives notice would say itself that its period is over.
 *
 * @param clauses those of the rule that the notice rests on
 */
export function notByHand(
  { actor, servedOn, documents, receivedAtMs }: Serve,
  { agreement, inForceOn }: AgreementState,
  clauses: string[],
): Rejection | undefined {
  if (servedOn === undefined) return undefined;
  const today = localDateAt(agreement.zone, receivedAtMs);
  if (servedOn > today || servedOn < (inForceOn ?? today)) {
    return { rejected: 'date-out-of-range', message: `served between ${inForceOn ?? today} and ${today}` };
  }
  if (documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'what is served by hand needs the receipt' };
  }
  const said = { day: servedOn, today, clauses };
  return notOnOwnWord(actor, said, 'the coordinator enters an earlier day with the receipt; or serve it anew');
}

/** Why it cannot have been given by hand on that day: what it is about had not come about. @param since that day */
export function servedTooEarly({ servedOn }: Serve, since: LocalDate | null, clauses: string[]): Rejection | undefined {
  if (servedOn === undefined || since === null || servedOn >= since) return undefined;
  return { rejected: 'date-out-of-range', message: `what it is about came about on ${since}`, clauses };
}

/** The end of a day; of a day that is over already, now: what comes to light later takes effect at once. */
export function endOfDay({ agreement }: AgreementState, localDate: LocalDate, nowMs: Instant): Due {
  return { dueAtMs: Math.max(instantAt(agreement.zone, addDays(localDate, 1), '00:00'), nowMs), localDate };
}
