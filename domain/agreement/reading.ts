import { rulesOf } from '../obligations/registry.ts';
import type { Instant } from '../time.ts';
import type { Acknowledge, Actor, Circulate, Remind } from './command.ts';
import { type Decision, decision, isRejection } from './decision.ts';
import type { NoticeDraft, NoticeFacts } from './notice.ts';
import { obligationContexts } from './obligations.ts';
import { COORDINATOR, answersFor } from './parties.ts';
import { readReference } from './reference.ts';
import type { Rejection } from './rejection.ts';
import type { AgreementState } from './state.ts';
import { teller } from './telling.ts';

/**
 * Who was asked to read one version of something, and who has (S004-29, S001c-16, S001b-94). `what` is `agreement`, or an
 * obligation: what was handed in for it, or the date that it promises.
 */
export interface Reading {
  what: string;
  version: number;
  /** Seats, or `person:<id>` for people who fill none. */
  readers: { reader: string; askedAtMs: Instant | null; readAtMs: Instant | null; by: string | null }[];
}

/** All of the contract or policy, rather than one obligation of it. */
export const WHOLE = 'agreement';

const PERSON = /^person:(.+)$/;

/** The person whom a reader's name means, where it is no seat. */
export function personOf(reader: string): string | undefined {
  return PERSON.exec(reader)?.[1];
}

/** The reader whom a request to read something asks. */
export function readerAsked({ seat, addressee }: Pick<NoticeDraft, 'seat' | 'addressee'>): string {
  return addressee === undefined ? seat : `person:${addressee}`;
}

/** Whether somebody has confirmed the latest version. */
export function hasRead(state: AgreementState, what: string, reader: string): boolean {
  const entry = latestReading(state, what)?.readers.find((one) => one.reader === reader);
  return entry !== undefined && entry.readAtMs !== null;
}

/** The latest version of something that was circulated. */
export function latestReading(state: AgreementState, what: string): Reading | undefined {
  return state.readings.filter((one) => one.what === what).at(-1);
}

/**
 * The coordinator asks people to read something, or a process of the agreement does, where the contract wants its report
 * to be acknowledged.
 */
export function circulate(command: Circulate, state: AgreementState): Decision | Rejection {
  const { what, readers, actor, documents = [] } = command;
  if (actor.seat !== COORDINATOR && actor.via !== 'workflow')
    return { rejected: 'not-responsible', message: 'only the coordinator circulates' };
  const refused = unknownMatter(state, what);
  if (refused) return refused;
  const strangers = readers.filter((one) => personOf(one) === undefined && !state.agreement.seats.includes(one));
  if (readers.length === 0 || strangers.length > 0) {
    return { rejected: 'unknown-seat', message: `nobody reads as ${strangers.join(', ') || 'nobody'}` };
  }
  const version = (latestReading(state, what)?.version ?? 0) + 1;
  return decision({
    events: [
      {
        ...base(command, state, what),
        type: 'circulated',
        what,
        version,
        readers: [...new Set(readers)],
        ...(documents.length > 0 ? { documents } : {}),
      },
    ],
    schedule: asked(state, command, [...new Set(readers)]),
  });
}

/** Who has not read the latest version is asked once more. */
export function remind(command: Remind, state: AgreementState): Decision | Rejection {
  const { what, actor } = command;
  if (actor.seat !== COORDINATOR) return { rejected: 'not-responsible', message: 'only the coordinator reminds' };
  const reading = latestReading(state, what);
  if (!reading) return { rejected: 'not-circulated', message: `${what} was not circulated` };
  const missing = reading.readers.filter(({ readAtMs }) => readAtMs === null).map(({ reader }) => reader);
  return decision({ schedule: asked(state, command, missing) });
}

/** What a seat was asked to read, in its latest version, and has not. */
export function unreadBy(state: AgreementState, seat: string): string[] {
  return state.readings
    .filter((reading) => reading === latestReading(state, reading.what))
    .filter(({ readers }) => readers.some((one) => one.reader === seat && one.askedAtMs !== null && !one.readAtMs))
    .map(({ what }) => what);
}

/**
 * Whoever follows in a seat is asked for what it has not read: the first request went to the one before, unless it has
 * not left yet.
 */
export function askSuccessor(state: AgreementState, seat: string, atMs: Instant): NoticeDraft[] {
  const leaves = (what: string): boolean =>
    state.delivery.scheduled.some(
      (one) => one.kind === 'acknowledgement-request' && readerAsked(one) === seat && one.facts.what === what,
    );
  return unreadBy(state, seat)
    .filter((what) => !leaves(what))
    .flatMap((what) => asked(state, { what, receivedAtMs: atMs }, [seat]));
}

/**
 * Somebody confirms having read something; again, nothing changes. A duty that consists in acknowledging or learning is
 * fulfilled by it, with the parts of its checklist that are confirmed too. A coordinator enters it for a seat, with its document.
 */
export function acknowledge(command: Acknowledge, state: AgreementState): Decision | Rejection {
  const { what, actor } = command;
  const refused = unknownMatter(state, what);
  if (refused) return refused;
  const reading = latestReading(state, what);
  const reader = readerOf(actor, reading, state);
  if (personOf(reader) === undefined && !isSeat(state, reader)) {
    return { rejected: 'unknown-seat', message: `nobody reads as ${reader}` };
  }
  if (reader !== actor.seat && personOf(reader) === undefined && command.documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'what is confirmed for somebody else needs its document' };
  }
  const fulfilled = fulfilment(command, state, reading);
  if (isRejection(fulfilled)) return fulfilled;
  if (hasRead(state, what, reader)) return fulfilled;
  const version = reading?.version ?? 1;
  return decision({
    ...fulfilled,
    events: [{ ...base(command, state, what), type: 'acknowledged', what, version, reader }, ...fulfilled.events],
  });
}

/**
 * As whom somebody reads: the seat that a coordinator enters it for; themselves where they were asked so, or fill no seat;
 * else their seat.
 */
function readerOf(actor: Actor, reading: Reading | undefined, state: AgreementState): string {
  const { seat, onBehalfOf, personId } = actor;
  if (seat === COORDINATOR && onBehalfOf !== undefined) return onBehalfOf;
  const themselves = `person:${personId}`;
  const isAsked = (reader: string): boolean => reading?.readers.some((one) => one.reader === reader) ?? false;
  return !isSeat(state, seat) || (isAsked(themselves) && !isAsked(seat)) ? themselves : seat;
}

/** A seat that somebody fills, or a party whose departments do. */
function isSeat({ agreement }: AgreementState, reader: string): boolean {
  return [...agreement.seats, ...agreement.parties, COORDINATOR].includes(reader);
}

function fulfilment(command: Acknowledge, state: AgreementState, reading: Reading | undefined): Decision | Rejection {
  const { obligation, occurrence } = readReference(command.what);
  const { actor, id, receivedAtMs, documents, parts = [] } = command;
  const context = obligationContexts(state).find(
    ({ rule, state: progress }) =>
      rule.id === obligation &&
      (occurrence === undefined ? rulesOf(rule).isOpen(progress) : progress.occurrence === occurrence),
  );
  const consists = context && ['acknowledgement', 'training'].includes(context.rule.kind);
  if (!consists || !answersFor(state.agreement, actor, context.rule.responsible)) return decision({});
  if (!rulesOf(context.rule).isOpen(context.state)) return decision({});
  // To have read what was circulated is not to have brought its parts; without being asked, the answer names them.
  if (context.rule.checklist && parts.length === 0 && reading?.readers.some(({ askedAtMs }) => askedAtMs !== null))
    return decision({});
  const submit = { type: 'submit' as const, id, receivedAtMs, actor, obligation, documents, parts };
  return rulesOf(context.rule).submit(context, submit);
}

/** Nothing that could be read: no such obligation, or it has not begun. */
function unknownMatter(state: AgreementState, what: string): Rejection | undefined {
  if (what === WHOLE) return undefined;
  const { obligation, occurrence } = readReference(what);
  const rule = state.agreement.obligations.find(({ id }) => id === obligation);
  if (!rule) return { rejected: 'unknown-obligation', message: `no obligation ${obligation} is run here` };
  const begun = state.obligations.some(
    (one) => one.id === obligation && one.due !== null && (occurrence === undefined || one.occurrence === occurrence),
  );
  return begun ? undefined : { rejected: 'not-open-yet', message: `${what} has not begun`, clauses: rule.clauses };
}

function asked(
  state: AgreementState,
  { what, receivedAtMs }: Pick<Circulate, 'what' | 'receivedAtMs'>,
  readers: string[],
): NoticeDraft[] {
  const { clauses, subject } = matter(state, what);
  const tell = teller(state.agreement, receivedAtMs, clauses, subject);
  const due = dueOf(state, what);
  return readers.map((reader) => {
    const personId = personOf(reader);
    const notice = { ...tell('acknowledgement-request', personId === undefined ? reader : 'reader', { what, ...due }) };
    return { ...notice, act: 'acknowledge' as const, ...(personId === undefined ? {} : { addressee: personId }) };
  });
}

/** The date that an obligation promises, where it has one. */
function dueOf(state: AgreementState, what: string): NoticeFacts {
  if (what === WHOLE) return {};
  const { obligation, occurrence } = readReference(what);
  const found = state.obligations.find(
    (one) => one.id === obligation && (occurrence === undefined || one.occurrence === occurrence),
  );
  return found?.due ? { dueAtMs: found.due.dueAtMs, localDate: found.due.localDate } : {};
}

/** The clauses of what is read, and the obligation where it is one. */
function matter({ agreement }: AgreementState, what: string) {
  if (what === WHOLE) return { clauses: agreement.clauses.inForce, subject: undefined };
  const subject = readReference(what);
  return { clauses: agreement.obligations.find(({ id }) => id === subject.obligation)?.clauses ?? [], subject };
}

function base({ id, receivedAtMs, actor }: Circulate | Acknowledge, state: AgreementState, what: string) {
  const { clauses, subject } = matter(state, what);
  return { ...subject, occurredAtMs: receivedAtMs, actor, clauses, commandId: id };
}
