import { THIRD, isThirdSeat } from '../domain/agreement/parties.ts';
import type { Actor } from '../domain/agreement/command.ts';
import type { Change, EventBody, EventType, LedgerLine } from '../domain/agreement/event.ts';
import type { NoticeKind } from '../domain/agreement/notice.ts';
import { readReference, referenceOf } from '../domain/agreement/reference.ts';
import type { RejectionCode } from '../domain/agreement/rejection.ts';
import type { Matter } from '../domain/agreement/matter.ts';
import type { AgreementState, Amendment, Claim } from '../domain/agreement/state.ts';
import { accruedLines, describeObligations } from '../domain/agreement/view.ts';
import { present } from '../domain/fields.ts';
import type { Judgement, NoVerdict } from '../domain/goal/judgement.ts';
import { addMoney, isZeroMoney } from '../domain/money.ts';
import type { AnswerRefusal } from '../domain/survey/vocabulary.ts';
import type { Instant, LocalDate } from '../domain/time.ts';
import { isoAt } from '../domain/zone.ts';
import type { OpenTerm } from '../templates/terms.ts';
import { obligationOf } from './act-command.ts';
import type { LivedProcesses } from './lived-surveys.ts';
import type { NounRefusal, NounStep } from './nouns/noun.ts';
import { nounOfType } from './nouns/registry.ts';
import type { LivedNouns } from './nouns/rows.ts';
import type { Act } from './scenario.ts';
import type { ResponseRefused } from './survey-response.ts';
import type { SurveyStep } from './survey-step.ts';

/** Which obligation, and of a recurring one which occurrence. */
interface About {
  obligation?: string;
  occurrence?: string;
}

export interface LivedEvent extends About, EventPeople, EventGoal {
  /** ISO 8601 with the zone's offset, as all `at` here. */
  at: string;
  type: EventType;
  /** Missing where time itself caused it. Where a deputy acted, both are named, by address. */
  actor?: Pick<Actor, 'seat' | 'party' | 'onBehalfOf' | 'via'> & { person?: string; deputyFor?: string };
  clauses: string[];
}

export interface LivedNotice extends About {
  at: string;
  /** E-mail address. */
  to: string | null;
  role: string;
  kind: NoticeKind | 'survey-invitation' | 'survey-reminder';
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
  /** Days that did not count because of suspensions. */
  excludedDays?: number;
  /** What it rests on beside an obligation: `claim:<id>`, `booking:<id>`, `waiver:<number>`. */
  basis?: string;
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
  /** Of an act about a finding or a plan: which. */
  plan?: string;
  engagement?: string;
  case?: string;
  evaluation?: string;
  risk?: string;
  code: RejectionCode | AnswerRefusal;
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
  claims: LivedClaim[];
  /** In their order: what was proposed, what paused, what else the parties have between them. */
  amendments: LivedAmendment[];
  suspensions: LivedSuspension[];
  matters: LivedMatter[];
}

export interface LivedClaim extends About {
  claim: string;
  status: Claim['status'];
  by: string;
  against: string;
  amount: string;
  currency: string;
  lossOn: LocalDate;
  answerDueAt: string | null;
  /** After cap and set-off, once it is agreed. */
  payable?: string;
  recovered?: string;
}

export interface LivedAmendment {
  amendment: string;
  status: Amendment['status'];
  by: string;
  acceptedBy: string[];
  effectiveOn: LocalDate;
  changes: Change[];
}

export interface LivedSuspension {
  number: number;
  ground: string;
  /** Empty: all. */
  obligations: string[];
  from: LocalDate;
  /** The first day that counts again. */
  until: LocalDate | null;
}

export interface LivedMatter {
  matter: string;
  kind: Matter['kind'];
  status: Matter['status'];
  from: string;
  to?: string;
  about?: string;
  openedAt: string;
  dueAt: string | null;
}

/** A scenario's life: what `abide simulate` prints but for the runs. */
export interface LivedScenario extends Life, LivedProcesses, LivedNouns {
  rejections: RefusedAct[];
  open: OpenTerm[];
}

/** Of `goal-judged`: which goal as of when, and what came of it; decimals. */
export interface EventGoal {
  goal?: string;
  asOf?: LocalDate;
  verdict?: Judgement['verdict'];
  why?: NoVerdict;
  needed?: string;
  measured?: string;
  /** What it rests on: `quarterly-survey#2027-Q1`. */
  source?: string;
}

/** Of an event about people: the seat and who they are, by address; of a record, by opaque id. */
export interface EventPeople {
  seat?: string;
  /** Who fills the seat now, or stands in. */
  person?: string;
  /** Of `seat-replaced`, `seat-vacated`: who filled it until then. */
  before?: string;
  /** Of `delegation-made`: who is absent, the first and the last day, and for what; empty: all that the seat has to do. */
  absent?: string;
  from?: LocalDate;
  until?: LocalDate;
  obligations?: string[];
}

export function eventGoal(event: EventBody): EventGoal {
  if (event.type !== 'goal-judged') return {};
  const { goal, localDate: asOf, verdict, why, needed, measured, data } = event;
  return { goal, asOf, verdict, ...present({ why, needed, measured, source: data?.source }) };
}

/** Who an event is about: of a delegation the deputy. */
export function eventPeople(event: EventBody): EventPeople {
  switch (event.type) {
    case 'seat-replaced':
      return { seat: event.seat, person: event.after, ...present({ before: event.before }) };
    case 'delegation-made': {
      const { seat, deputy: person, absent, from, until, obligations } = event;
      return { seat, person, absent, from, until, obligations };
    }
    case 'seat-vacated':
      return { seat: event.seat, ...present({ before: event.before }) };
    case 'delegation-ended':
      return { seat: event.seat };
    case 'acknowledged':
      return { seat: event.reader };
    default:
      return {};
  }
}

/** What is known of a life before it is written out, wherever it was read from. */
export interface LifeRecord {
  state: AgreementState;
  events: (About & EventPeople & EventGoal & { atMs: Instant; type: EventType; actor: Actor; clauses: string[] })[];
  /** Ascending. */
  notices: (About & Omit<LivedNotice, 'at' | 'rung'> & { atMs: Instant })[];
  ledger: (Omit<LivedLine, 'at' | 'posted' | 'basis'> & { atMs: Instant; about?: string })[];
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
  const notYet = new Set(events.filter(later).map(aboutText));
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
        ...peopleOf(event),
        ...goalOf(event),
        clauses: event.clauses,
      })),
    notices: notices.map(({ atMs, to, role, kind, obligation, occurrence, rungs = [], subject, clauses }) => ({
      at: at(atMs),
      to,
      // By the word that scripts act under; which of several third parties, `to` says.
      role: isThirdSeat(role) ? THIRD : role,
      kind,
      ...present({ obligation, occurrence }),
      ...(rungs.length === 0 ? {} : { ...present({ rung: rungs.at(-1) }), rungs }),
      ...present({ subject }),
      clauses,
    })),
    ledger: [
      ...ledger.map(({ atMs, kind, debtor, creditor, amount, currency, days, base, rate, clauses, ...rest }) => ({
        at: at(atMs),
        kind,
        ...about(rest),
        debtor: isThirdSeat(debtor) ? THIRD : debtor,
        creditor: isThirdSeat(creditor) ? THIRD : creditor,
        amount,
        currency,
        ...present({ days, base, rate, excludedDays: rest.excludedDays, basis: rest.about }),
        clauses,
      })),
      ...accruedLines(state, untilDate).map(({ obligation, occurrence, clauses, kind, about: _about, ...line }) => ({
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
      .filter(({ id, occurrence }) => !notYet.has(referenceOf({ obligation: id, occurrence })))
      .map((view) => ({
        id: view.id,
        ...present({ occurrence: view.occurrence }),
        status: view.status,
        dueAt: view.due && at(view.due.dueAtMs),
        ...(view.fulfilledAtMs === null ? {} : { fulfilledAt: at(view.fulfilledAtMs) }),
        daysLate: view.daysLate,
      })),
    claims: state.claims.map(({ id, status, by, against, amount, currency, lossOn, answerDue, ...claim }) => ({
      claim: id,
      status,
      by,
      against,
      ...(claim.obligation === null ? {} : readReference(claim.obligation)),
      amount,
      currency,
      lossOn,
      answerDueAt: answerDue && at(answerDue.dueAtMs),
      ...present({ payable: claim.payable }),
      ...(isZeroMoney(claim.recovered) ? {} : { recovered: claim.recovered }),
    })),
    amendments: state.amendments.map(({ id, status, by, acceptedBy, effectiveOn, changes }) => ({
      amendment: id,
      status,
      by,
      acceptedBy,
      effectiveOn,
      changes,
    })),
    suspensions: state.suspensions.map(({ number, ground, obligations, from, until }) => ({
      number,
      ground,
      obligations,
      from,
      until,
    })),
    matters: state.matters.map(({ id, kind, status, from, to, about: subject, openedAtMs, due }) => ({
      matter: id,
      kind,
      status,
      from,
      ...present({ to, about: subject }),
      openedAt: at(openedAtMs),
      dueAt: due && at(due.dueAtMs),
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

/** The obligation that a line is about, as `id` or `id#occurrence`; empty where it is about none. */
export function aboutText({ obligation, occurrence }: About): string {
  return obligation === undefined ? '' : referenceOf({ obligation, occurrence });
}

/** An act that was refused, and what it was about. */
export function refusedAct(
  act: Act,
  at: string,
  { code, message, clauses }: { code: RejectionCode; message: string; clauses?: string[] },
): RefusedAct {
  const { obligation, occurrence }: About = obligationOf(act) ?? {};
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

/** An act of a survey that was refused; `reference` is the cycle or the plan that it was about. */
export function refusedStep(
  { said, as }: SurveyStep,
  at: string,
  { code, message, clauses, reference }: ResponseRefused & { reference?: string },
): RefusedAct {
  const { survey, occurrence } = said as { survey?: string; occurrence?: string };
  const isCycle = reference !== undefined && !reference.includes('/') && readReference(reference).obligation === survey;
  const about = isCycle ? readReference(reference) : { ...present({ obligation: survey, occurrence }) };
  return {
    at,
    do: said.do,
    as,
    ...about,
    ...(reference === undefined || isCycle ? {} : { plan: reference }),
    code,
    message,
    ...present({ clauses }),
  };
}

/** An act of a noun that was refused, under the name of what it was about. */
export function refusedNounAct(
  { noun: type, said, as }: NounStep,
  at: string,
  { refused, message, clauses, reference }: NounRefusal,
): RefusedAct {
  const { name } = nounOfType(type);
  const about = reference ?? said[name];
  return {
    at,
    do: said.do,
    as,
    ...(typeof about === 'string' ? { [name]: about } : {}),
    code: refused as RejectionCode,
    message,
    ...present({ clauses }),
  };
}

/** Rows in the order of time; those of one instant as they stand. */
export function inTime<T extends { at: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function peopleOf({ seat, person, before, absent, from, until, obligations }: EventPeople): EventPeople {
  return present({ seat, person, before, absent, from, until, obligations });
}

function goalOf({ goal, asOf, verdict, why, needed, measured, source }: EventGoal): EventGoal {
  return present({ goal, asOf, verdict, why, needed, measured, source });
}

/** Time itself is no actor for a reader. */
function actorOf({ seat, party, onBehalfOf, via, personId, deputyFor }: Actor): Pick<LivedEvent, 'actor'> {
  if (seat === 'clock') return {};
  const deputy = deputyFor === undefined ? {} : { person: personId, deputyFor };
  return { actor: { seat, ...present({ party, onBehalfOf }), via, ...deputy } };
}
