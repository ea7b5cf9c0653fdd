import type { Actor, CarryMatter, OpenMatter } from '../agreement/command.ts';
import type { CompiledLife, CompiledRequest } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { Due, MatterCarried, MatterOpened, MatterOverdue } from '../agreement/event.ts';
import type { Matter, MatterKind, MatterStatus } from '../agreement/matter.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import {
  CLOCK,
  COORDINATOR,
  actingParty,
  answersFor,
  bindsSeat,
  boundParty,
  hasCoordinator,
  mailSeat,
  partyOf,
  partySeats,
} from '../agreement/parties.ts';
import { willOccur } from '../agreement/opening.ts';
import { type Part, notProvided } from '../agreement/part.ts';
import { agreementEnded, isConcluded, phaseOf } from '../agreement/phase.ts';
import { type ObligationReference, readReference } from '../agreement/reference.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { dueAfterDays } from '../deadline.ts';
import { survivingSecrecy } from '../life/afterwards.ts';
import { addDays } from '../local-date.ts';
import type { LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';

type Step = CarryMatter['step'];

/** Who may take a step, and what becomes of the matter by where it stands; what is not listed is not possible. */
interface Move {
  by: 'asker' | 'asked' | 'anyone';
  to: Partial<Record<MatterStatus, MatterStatus>>;
}

const NEVER: Move = { by: 'anyone', to: {} };

/**
 * What can be done about each kind of matter. A dispute's answer does not end its negotiation; a meeting that is refused
 * was not held; what is decided is put on record and the matter goes on.
 */
export const MOVES: Record<MatterKind, Record<Step, Move>> = {
  request: {
    answer: { by: 'asked', to: { open: 'answered', overdue: 'answered' } },
    refuse: { by: 'asked', to: { open: 'refused', overdue: 'refused' } },
    decide: NEVER,
    escalate: NEVER,
    close: { by: 'asker', to: { open: 'closed', overdue: 'closed', answered: 'closed', refused: 'closed' } },
  },
  incident: {
    answer: { by: 'asked', to: { open: 'answered' } },
    refuse: NEVER,
    decide: { by: 'anyone', to: { open: 'open', answered: 'answered' } },
    escalate: NEVER,
    close: { by: 'asker', to: { open: 'closed', answered: 'closed' } },
  },
  dispute: {
    answer: { by: 'asked', to: { open: 'open', overdue: 'overdue' } },
    refuse: { by: 'asked', to: { open: 'refused', overdue: 'refused' } },
    decide: {
      by: 'anyone',
      to: { open: 'open', overdue: 'overdue', refused: 'refused', escalated: 'escalated' },
    },
    escalate: { by: 'anyone', to: { open: 'escalated', overdue: 'escalated', refused: 'escalated' } },
    close: { by: 'asker', to: { open: 'closed', overdue: 'closed', refused: 'closed', escalated: 'closed' } },
  },
  meeting: {
    answer: NEVER,
    refuse: { by: 'anyone', to: { open: 'refused' } },
    decide: { by: 'anyone', to: { open: 'open' } },
    escalate: NEVER,
    close: { by: 'anyone', to: { open: 'closed' } },
  },
};

/** Where nothing is awaited any more. */
const ENDED: Record<MatterKind, readonly MatterStatus[]> = {
  request: ['answered', 'refused', 'closed'],
  incident: ['closed'],
  dispute: ['closed'],
  meeting: ['refused', 'closed'],
};

/** The rules of the contract that a kind of matter can rest on. */
const RULES: Record<MatterKind, (life: CompiledLife) => { id: string; clauses: string[] }[]> = {
  request: ({ requests }) => requests,
  incident: ({ confidentiality }) => confidentiality,
  dispute: ({ disputes }) => disputes,
  meeting: ({ meetings }) => meetings,
};

/**
 * A request between the parties (S000-10, S000-20, S003-K-08), a confidentiality incident, a dispute (S001b-88,
 * S003-C-17) or a meeting (S000-38, S001b-46) begins. An open request moves no date of the other side by itself.
 */
export function openMatter(command: OpenMatter, state: AgreementState): Decision | Rejection {
  const { kind, actor, receivedAtMs, documents } = command;
  const { agreement } = state;
  if (isTooLate(kind, state)) return agreementEnded(state);
  const rule = ruleMeant(command, state);
  if ('rejected' in rule) return rule;
  const from = openedBy(command, rule.id, state);
  if (typeof from !== 'string') return from;
  const to = sentTo(command, rule.id, from, state);
  if (to !== null && typeof to !== 'string') return to;
  const unknown = unknownSubject(command.about, state);
  if (unknown) return unknown;

  const today = localDateAt(agreement.zone, receivedAtMs);
  const days = clockOf(kind, rule.id, agreement.life);
  const number = state.matters.filter((one) => one.kind === kind).length + 1;
  const matter: Matter = {
    id: `${kind}-${number}`,
    kind,
    status: 'open',
    rule: rule.id,
    clauses: rule.clauses,
    from,
    to,
    about: command.about ?? null,
    openedAtMs: receivedAtMs,
    due: days === null ? null : dueAfterDays(today, days, ACTS, agreement.calendar, agreement.zone),
    on: kind === 'meeting' ? (command.on ?? today) : null,
    commandId: command.id,
    decisions: [],
    endedAtMs: null,
  };
  const base = { occurredAtMs: receivedAtMs, actor, clauses: matter.clauses, commandId: command.id };
  const tell = teller(agreement, receivedAtMs, matter.clauses, subjectOf(matter, state));
  const replies = to === null ? null : mailSeat(agreement, to);
  return decision({
    events: [{ ...base, type: 'matter-opened', matter, documents }],
    schedule: [
      ...exceptOwn(actor, concerned(matter, state)).map((seat) => ({
        ...tell('matter-opened', seat, factsOf(matter)),
        ...(seat === replies ? { act: 'reply' as const } : {}),
      })),
      ...reminders(matter, today, state),
    ],
  });
}

/** A request that is not answered is recalled so often; what silence means does not change by it. */
const MOST_REMINDERS = 3;

/** Whoever is asked is reminded while a request waits, as often as agreed, before its time to reply is over (S003-K-16). */
function reminders(matter: Matter, openedOn: LocalDate, state: AgreementState): NoticeDraft[] {
  const { agreement } = state;
  const { rule, to, due, clauses } = matter;
  const request = matter.kind === 'request' ? requestOf(agreement.life, rule ?? '') : undefined;
  const { remindDays, silence } = request ?? {};
  const seat = to === null ? undefined : mailSeat(agreement, to);
  if (remindDays === undefined || seat === undefined || !agreement.seats.includes(seat)) return [];
  return Array.from({ length: MOST_REMINDERS }, (_, index) => (index + 1) * remindDays)
    .map((days): NoticeDraft => {
      const tell = teller(agreement, instantAt(agreement.zone, addDays(openedOn, days), '00:00'), clauses);
      const meaning = silence === undefined ? {} : { verdict: silence };
      return { ...tell('matter-reminder', seat, { ...factsOf(matter), ...meaning, days }), act: 'reply' };
    })
    .filter(({ atMs }) => due === null || atMs < due.dueAtMs);
}

/** An answer, a refusal, a decision, the way to the forum agreed on, or the end. */
export function carryMatter(command: CarryMatter, state: AgreementState): Decision | Rejection {
  const { step, actor, receivedAtMs, documents, owner, dueOn } = command;
  const { agreement } = state;
  const matter = state.matters.find(({ id }) => id === command.matter);
  if (!matter) return { rejected: 'unknown-matter', message: `no matter ${command.matter}` };
  if (isTooLate(matter.kind, state)) return agreementEnded(state);
  const { clauses } = matter;
  const move = MOVES[matter.kind][step];
  const status = move.to[matter.status];
  if (status === undefined) {
    return { rejected: 'matter-closed', message: `${matter.id} is ${matter.status}: no ${step}`, clauses };
  }
  const by = carriedBy(command, move.by, matter, state);
  if (typeof by !== 'string') return by;
  const gate = step === 'escalate' ? closedGate(matter, state) : undefined;
  if (gate) return gate;
  if (owner !== undefined && ![...agreement.seats, ...agreement.parties].includes(owner)) {
    return { rejected: 'unknown-seat', message: `nobody carries it out as ${owner}` };
  }
  const decided = step === 'decide' ? { ...(owner ? { owner } : {}), ...(dueOn ? { dueOn } : {}) } : {};
  const event: MatterCarried = {
    type: 'matter-carried',
    occurredAtMs: receivedAtMs,
    actor,
    clauses,
    commandId: command.id,
    matter: matter.id,
    step,
    status,
    by,
    ...decided,
    documents,
  };
  const tell = teller(agreement, receivedAtMs, clauses, subjectOf(matter, state));
  const { owner: against, dueOn: localDate } = event;
  const carriedOut = {
    ...(against === undefined ? {} : { against }),
    ...(localDate === undefined ? {} : { localDate, dueAtMs: instantAt(agreement.zone, localDate, '24:00') }),
  };
  const facts: NoticeFacts = { about: matter.id, kind: matter.kind, status: step, by, ...carriedOut };
  return decision({
    events: [event],
    schedule: exceptOwn(actor, concerned(matter, state)).map((seat) => tell('matter-carried', seat, facts)),
  });
}

export function evolveMatters(
  state: AgreementState,
  event: MatterOpened | MatterCarried | MatterOverdue,
): AgreementState {
  if (event.type === 'matter-opened') return { ...state, matters: [...state.matters, event.matter] };
  return {
    ...state,
    matters: state.matters.map((matter) => {
      if (matter.id !== event.matter) return matter;
      const { status, occurredAtMs } = event;
      const endedAtMs = matter.endedAtMs ?? (ENDED[matter.kind].includes(status) ? occurredAtMs : null);
      if (event.type === 'matter-overdue' || event.step !== 'decide') return { ...matter, status, endedAtMs };
      const { commandId = '', owner = null, dueOn = null } = event;
      return { ...matter, status, endedAtMs, decisions: [...matter.decisions, { commandId, owner, dueOn }] };
    }),
  };
}

/**
 * The time to reply, or to negotiate, is over. A request stays open, late; one for a permission is refused by silence
 * (S003-K-16). Both sides are told, and the coordinator.
 */
export const MATTERS: Part = {
  moments: (state) => clocks(state).map(({ due }) => ({ atMs: due.dueAtMs, consequence: true })),
  dueEvents(state, atMs) {
    const { agreement } = state;
    const late = clocks(state).filter(({ due }) => due.dueAtMs <= atMs);
    return {
      events: late.map(({ matter, due }): MatterOverdue => {
        const { id, clauses } = matter;
        const status = lapsedTo(matter, agreement.life);
        const occurredAtMs = due.dueAtMs;
        return { type: 'matter-overdue', occurredAtMs, actor: CLOCK, clauses, matter: id, due, status };
      }),
      schedule: late.flatMap(({ matter, due }): NoticeDraft[] => {
        const status = lapsedTo(matter, agreement.life);
        const tell = teller(agreement, due.dueAtMs, matter.clauses, subjectOf(matter, state));
        const seats = [...concerned(matter, state), ...(hasCoordinator(agreement) ? [COORDINATOR] : [])];
        const replies = matter.kind === 'request' && status === 'overdue' && matter.to !== null;
        return unique(seats).map((seat) => ({
          ...tell('matter-overdue', seat, factsOf({ ...matter, status })),
          ...(replies && seat === mailSeat(agreement, matter.to ?? '') ? { act: 'reply' as const } : {}),
        }));
      }),
    };
  },
};

/** Whether what a notice says of a matter is still so: a reply that was given is not asked for. */
export function isMatterSo({ kind, facts }: NoticeDraft, state: AgreementState): boolean {
  const matter = state.matters.find(({ id }) => id === facts.about);
  if (!matter) return false;
  if (kind === 'matter-overdue') return matter.status === facts.status;
  if (kind === 'matter-reminder' && isTooLate(matter.kind, state)) return false;
  return matter.status === 'open' || matter.status === 'overdue';
}

/** Once nothing of the agreement is left to do, only secrecy lives on (S003-K-21). */
function isTooLate(kind: MatterKind, state: AgreementState): boolean {
  return kind !== 'incident' && isConcluded(state);
}

/** Deadlines of replies and negotiations are for acts: they roll over. */
const ACTS = { rollover: 'next-working-day', dayEnd: '24:00' } as const;

function ruleMeant(
  { kind, rule: id, actor }: OpenMatter,
  state: AgreementState,
): { id: string; clauses: string[] } | Rejection {
  const { agreement } = state;
  const known = agreement.life ? RULES[kind](agreement.life) : [];
  const rules = isConcluded(state) ? known.filter((one) => survivingSecrecy(state).includes(one.id)) : known;
  if (id !== undefined) return rules.find((one) => one.id === id) ?? notProvided(`${kind} ${id}`);
  const requests = agreement.life?.requests ?? [];
  const own = kind === 'request' ? requests.filter(({ from }) => answersFor(agreement, actor, from)) : rules;
  const [only] = own;
  if (only && own.length === 1) return only;
  if (rules.length === 0) return notProvided(kind);
  if (own.length === 0) {
    return { rejected: 'not-responsible', message: `asked for by ${requests.map(({ from }) => from).join(', ')}` };
  }
  return { rejected: 'rule-missing', message: `name one of ${own.map((one) => one.id).join(', ')}` };
}

/** The side whose matter it is. A coordinator brings incidents and meetings up without a side, too. */
function openedBy(
  { kind, actor, documents }: OpenMatter,
  ruleId: string,
  { agreement }: AgreementState,
): string | Rejection {
  const own = kind === 'incident' || kind === 'meeting';
  if (own && isCoordinator(actor)) return COORDINATOR;
  const unproven = evidenceMissing(actor, documents.length);
  const request = kind === 'request' ? requestOf(agreement.life, ruleId) : undefined;
  if (request) {
    const may = answersFor(agreement, actor, request.from);
    if (!may) return { rejected: 'not-responsible', message: `${request.from} asks`, clauses: request.clauses };
    return unproven ?? request.from;
  }
  const side = speakerOf(kind, actor, agreement);
  if (side === undefined) return { rejected: 'not-responsible', message: 'a party brings it up' };
  return unproven ?? side;
}

/** To whom it goes: of an incident always the side that is bound to secrecy; of a meeting nobody in particular. */
function sentTo(
  { kind, to }: OpenMatter,
  ruleId: string,
  from: string,
  { agreement }: AgreementState,
): string | null | Rejection {
  const fits = (options: string[]): string | null | Rejection => {
    if (to === undefined) {
      const others = options.filter((one) => one !== from);
      const [only] = others;
      if (only !== undefined && (others.length === 1 || kind === 'incident')) return only;
      if (kind === 'incident') return options[0] ?? null;
      return { rejected: 'unknown-seat', message: `say to whom: ${others.join(', ')}` };
    }
    const known = [...agreement.seats, ...agreement.parties].includes(to);
    if (known && (options.includes(to) || options.includes(partyOf(agreement, to)))) return to;
    return { rejected: 'unknown-seat', message: `it goes to ${options.join(', ')}` };
  };
  switch (kind) {
    case 'request': {
      const asked = requestOf(agreement.life, ruleId)?.to ?? '';
      return to === undefined ? asked : fits([asked]);
    }
    case 'incident':
      return fits(agreement.life?.confidentiality.find(({ id }) => id === ruleId)?.bound ?? []);
    case 'dispute': {
      // It binds the party that answers it, whatever department it was addressed to.
      const side = fits(agreement.parties.filter((party) => party !== from));
      return typeof side === 'string' ? partyOf(agreement, side) : side;
    }
    case 'meeting':
      if (to === undefined) return null;
      return { rejected: 'unknown-seat', message: 'a meeting is for all: it goes to nobody in particular' };
  }
}

/** What a matter is about exists: a duty, of a recurring one an occurrence, a claim, another matter. */
function unknownSubject(about: string | undefined, state: AgreementState): Rejection | undefined {
  if (about === undefined || state.matters.some(({ id }) => id === about)) return undefined;
  if (about.startsWith('claim:')) {
    const known = state.claims.some(({ id }) => about === `claim:${id}`);
    return known ? undefined : { rejected: 'unknown-claim', message: `no ${about}` };
  }
  const { obligation, occurrence } = readReference(about);
  const rule = state.agreement.obligations.find(({ id }) => id === obligation);
  const known =
    occurrence === undefined
      ? rule !== undefined
      : state.obligations.some((one) => one.id === obligation && one.occurrence === occurrence) ||
        (rule !== undefined && willOccur(state, rule, occurrence));
  return known ? undefined : { rejected: 'unknown-obligation', message: `no obligation ${about}` };
}

function carriedBy(
  { actor, documents }: CarryMatter,
  by: Move['by'],
  { kind, from, to, clauses }: Matter,
  { agreement }: AgreementState,
): string | Rejection {
  const addressed = by === 'asker' ? from : to;
  const seat = kind === 'dispute' && addressed !== null ? partyOf(agreement, addressed) : addressed;
  if (by === 'anyone') {
    if (isCoordinator(actor)) return COORDINATOR;
    const side = speakerOf(kind, actor, agreement);
    if (side === undefined) return { rejected: 'not-responsible', message: 'a party carries it on', clauses };
    return evidenceMissing(actor, documents.length) ?? side;
  }
  if (seat === COORDINATOR && isCoordinator(actor)) return COORDINATOR;
  const speaks = kind === 'dispute' ? bindsSeat : answersFor;
  if (seat === null || seat === COORDINATOR || !speaks(agreement, actor, seat)) {
    return { rejected: 'not-responsible', message: `that is for ${seat ?? ''}`, clauses };
  }
  return evidenceMissing(actor, documents.length) ?? seat;
}

/** To the forum agreed on, and where days of negotiation are agreed, not before they are over (S001b-88). */
function closedGate({ rule, status, due, clauses }: Matter, { agreement }: AgreementState): Rejection | undefined {
  const dispute = agreement.life?.disputes.find(({ id }) => id === rule);
  if (!dispute?.hasForum) return notProvided('forum');
  if (status !== 'open' || due === null) return undefined;
  return { rejected: 'gate-closed', message: `negotiated until ${due.localDate}`, clauses };
}

export function clockOf(kind: MatterKind, ruleId: string, life: CompiledLife | undefined): number | null {
  if (kind === 'request') return requestOf(life, ruleId)?.replyDays ?? null;
  return kind === 'dispute' ? (life?.disputes.find(({ id }) => id === ruleId)?.negotiationDays ?? null) : null;
}

/** What silence means: late, or, of a permission, no (S003-K-16). */
function lapsedTo({ kind, rule }: Matter, life: CompiledLife | undefined): MatterStatus {
  const refused = kind === 'request' && requestOf(life, rule ?? '')?.silence === 'refused';
  return refused ? 'refused' : 'overdue';
}

function requestOf(life: CompiledLife | undefined, ruleId: string): CompiledRequest | undefined {
  return life?.requests.find(({ id }) => id === ruleId);
}

/** Matters whose time is running. They outlive the agreement's end, not its close. */
function clocks(state: AgreementState): { matter: Matter; due: Due }[] {
  if (phaseOf(state) === 'over') return [];
  return state.matters.flatMap((matter) =>
    matter.status === 'open' && matter.due !== null ? [{ matter, due: matter.due }] : [],
  );
}

/** The seats that a matter concerns: its two sides; of a meeting or an incident all parties, and the coordinator of that. */
function concerned({ kind, from, to }: Matter, { agreement }: AgreementState): string[] {
  const sides = [from, ...(to === null ? [] : [to])].map((seat) =>
    seat === COORDINATOR ? seat : mailSeat(agreement, seat),
  );
  const all = kind === 'meeting' || kind === 'incident' ? partySeats(agreement) : [];
  const watcher = (kind === 'incident' || kind === 'dispute') && hasCoordinator(agreement) ? [COORDINATOR] : [];
  return unique([...sides, ...all, ...watcher]).filter((seat) => agreement.seats.includes(seat));
}

/** One's own act is answered on the page. */
function exceptOwn(actor: Actor, seats: string[]): string[] {
  return seats.filter((seat) => seat !== actor.seat && seat !== actingParty(actor));
}

/** The duty that it is about, where it is one. */
function subjectOf({ about }: Matter, { agreement }: AgreementState): ObligationReference | undefined {
  const subject = about === null ? undefined : readReference(about);
  return agreement.obligations.some(({ id }) => id === subject?.obligation) ? subject : undefined;
}

function factsOf({ id, kind, status, from, to, due, on }: Matter): NoticeFacts {
  return {
    about: id,
    kind,
    status,
    by: from,
    ...(to === null ? {} : { against: to }),
    ...(due === null ? {} : { dueAtMs: due.dueAtMs, localDate: due.localDate }),
    ...(on === null ? {} : { localDate: on }),
  };
}

function isCoordinator({ seat, onBehalfOf }: Actor): boolean {
  return seat === COORDINATOR && onBehalfOf === undefined;
}

/** For whom somebody speaks: of a dispute the party itself, of all else whoever is on its side. */
function speakerOf(kind: MatterKind, actor: Actor, agreement: AgreementState['agreement']): string | undefined {
  if (kind !== 'dispute') return sideOf(actor, agreement);
  const party = boundParty(actor);
  return party !== undefined && agreement.parties.includes(party) ? party : undefined;
}

/** The party on whose side somebody acts, if any. */
function sideOf(actor: Actor, agreement: AgreementState['agreement']): string | undefined {
  const seat = actingParty(actor);
  const party = seat === undefined ? undefined : partyOf(agreement, seat);
  return party !== undefined && agreement.parties.includes(party) ? party : undefined;
}

function evidenceMissing({ seat, onBehalfOf }: Actor, documents: number): Rejection | undefined {
  const entered = seat === COORDINATOR && onBehalfOf !== undefined;
  if (!entered || documents > 0) return undefined;
  return { rejected: 'evidence-missing', message: 'what is entered for a party needs its document' };
}

function unique(seats: string[]): string[] {
  return [...new Set(seats)];
}
