import type { Actor } from '../domain/agreement/command.ts';
import type { EventType, LedgerLine } from '../domain/agreement/event.ts';
import type { NoticeKind } from '../domain/agreement/notice.ts';
import type { RejectionCode } from '../domain/agreement/rejection.ts';
import type { AgreementState } from '../domain/agreement/state.ts';
import { accruedLines, describeObligations } from '../domain/agreement/view.ts';
import { addMoney } from '../domain/money.ts';
import type { Instant, LocalDate } from '../domain/time.ts';
import { isoAt } from '../domain/zone.ts';
import type { OpenTerm } from '../templates/terms.ts';
import type { Act } from './scenario.ts';

/** Which obligation, and of a recurring one which occurrence. */
interface About {
  obligation?: string;
  occurrence?: string;
}

export interface LivedEvent extends About {
  /** ISO 8601 with the zone's offset, as all `at` here. */
  at: string;
  type: EventType;
  /** Missing where time itself caused it. */
  actor?: Pick<Actor, 'seat' | 'party' | 'onBehalfOf' | 'via'>;
  clauses: string[];
}

export interface LivedNotice extends About {
  at: string;
  /** E-mail address. */
  to: string | null;
  role: string;
  kind: NoticeKind;
  /** The last of `rungs`. */
  rung?: string;
  rungs?: string[];
  /** Missing where no mail was written. */
  subject?: string;
  clauses: string[];
}

export interface LivedLine extends About {
  at: string;
  kind: LedgerLine['kind'];
  debtor: string;
  creditor: string;
  /** Signed decimal: a credit note is negative. */
  amount: string;
  currency: string;
  days?: number;
  base?: string;
  rate?: string;
  clauses: string[];
  /** Accrued at the end and not posted: computed for the reader. */
  posted?: false;
}

export interface LivedObligation {
  id: string;
  occurrence?: string;
  status: string;
  dueAt: string | null;
  fulfilledAt?: string;
  daysLate: number;
}

/** What was refused, in the order of the script. */
export interface RefusedAct extends About {
  at: string;
  do: string;
  /** Who tried, as the scenario says it. */
  as: string;
  code: RejectionCode;
  message: string;
  clauses?: string[];
}

/** What happened to an agreement up to an instant. */
export interface Life {
  agreement: {
    template: string;
    status: string;
    inForceOn: LocalDate | null;
    expiresOn: LocalDate | null;
    endedOn: LocalDate | null;
  };
  events: LivedEvent[];
  notices: LivedNotice[];
  ledger: LivedLine[];
  obligations: LivedObligation[];
}

/** A scenario's life: what `abide simulate` prints but for the runs. */
export interface LivedScenario extends Life {
  rejections: RefusedAct[];
  open: OpenTerm[];
}

/** What is known of a life before it is written out, wherever it was read from. */
export interface LifeRecord {
  state: AgreementState;
  events: (About & { atMs: Instant; type: EventType; actor: Actor; clauses: string[] })[];
  /** Ascending. */
  notices: (About & Omit<LivedNotice, 'at' | 'rung'> & { atMs: Instant })[];
  ledger: (Omit<LivedLine, 'at' | 'posted'> & { atMs: Instant })[];
}

/** Writes a life out, up to and including `untilDate`, which ends at `untilMs`. */
export function describeLife(
  { state, events, notices, ledger }: LifeRecord,
  { untilMs, untilDate }: { untilMs: Instant; untilDate: LocalDate },
): Life {
  const at = (instant: Instant): string => isoAt(state.agreement.zone, instant);
  const about = ({ obligation, occurrence }: About): About => present({ obligation, occurrence });
  // What opens as the last day ends belongs to the day after.
  const later = ({ type, atMs }: { type: EventType; atMs: Instant }): boolean =>
    type === 'obligation-opened' && atMs >= untilMs;
  const notYet = new Set(events.filter(later).map(referenceOf));
  return {
    agreement: {
      template: state.agreement.template,
      status: state.status,
      inForceOn: state.inForceOn,
      expiresOn: state.expiresOn,
      endedOn: state.endedOn,
    },
    events: events
      .filter((event) => !later(event))
      .map((event) => ({
        at: at(event.atMs),
        type: event.type,
        ...about(event),
        ...actorOf(event.actor),
        clauses: event.clauses,
      })),
    notices: notices.map(({ atMs, to, role, kind, obligation, occurrence, rungs = [], subject, clauses }) => ({
      at: at(atMs),
      to,
      role,
      kind,
      ...present({ obligation, occurrence }),
      ...(rungs.length === 0 ? {} : { ...present({ rung: rungs.at(-1) }), rungs }),
      ...present({ subject }),
      clauses,
    })),
    ledger: [
      ...ledger.map(({ atMs, kind, debtor, creditor, amount, currency, days, base, rate, clauses, ...subject }) => ({
        at: at(atMs),
        kind,
        ...about(subject),
        debtor,
        creditor,
        amount,
        currency,
        ...present({ days, base, rate }),
        clauses,
      })),
      ...accruedLines(state, untilDate).map(({ obligation, occurrence, clauses, kind, ...line }) => ({
        at: at(untilMs),
        kind,
        obligation,
        ...present({ occurrence }),
        ...line,
        clauses,
        posted: false as const,
      })),
    ],
    obligations: describeObligations(state, untilMs - 1)
      .filter(({ id, occurrence }) => !notYet.has(referenceOf({ obligation: id, ...present({ occurrence }) })))
      .map((view) => ({
        id: view.id,
        ...present({ occurrence: view.occurrence }),
        status: view.status,
        dueAt: view.due && at(view.due.dueAtMs),
        ...(view.fulfilledAtMs === null ? {} : { fulfilledAt: at(view.fulfilledAtMs) }),
        daysLate: view.daysLate,
      })),
  };
}

/** What one side owes the other at the end, posted or accrued: the sum of the ledger's lines, by pair and currency. */
export function balancesOf(ledger: readonly LivedLine[]): {
  debtor: string;
  creditor: string;
  currency: string;
  amount: string;
}[] {
  const balances: { debtor: string; creditor: string; currency: string; amount: string }[] = [];
  for (const { debtor, creditor, currency, amount } of ledger) {
    const same = balances.find(
      (one) => one.debtor === debtor && one.creditor === creditor && one.currency === currency,
    );
    if (same) same.amount = addMoney(same.amount, amount);
    else balances.push({ debtor, creditor, currency, amount });
  }
  return balances;
}

/** `id`, or `id#occurrence`. */
export function referenceOf({ obligation, occurrence }: About): string {
  return occurrence === undefined ? (obligation ?? '') : `${obligation ?? ''}#${occurrence}`;
}

/** An act that was refused, and what it was about. */
export function refusedAct(
  act: Act,
  at: string,
  { code, message, clauses }: { code: RejectionCode; message: string; clauses?: string[] },
): RefusedAct {
  const { obligation, occurrence }: About = 'obligation' in act ? act : {};
  return {
    at,
    do: act.do,
    as: act.as,
    ...present({ obligation, occurrence }),
    code,
    message,
    ...present({ clauses }),
  };
}

/** Time itself is no actor for a reader. */
function actorOf({ seat, party, onBehalfOf, via }: Actor): Pick<LivedEvent, 'actor'> {
  if (seat === 'clock') return {};
  return { actor: { seat, ...present({ party, onBehalfOf }), via } };
}

/** The fields that say something. */
export function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
