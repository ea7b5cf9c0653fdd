import { awaitedOfAgreement } from '../../domain/awaited/of-agreement.ts';
import { createHash } from 'node:crypto';
import { listedCustomers } from '../../cli/drawn-sample.ts';
import { commandOf, obligationOf } from '../../cli/act-command.ts';
import { patchOf } from '../../cli/amending.ts';
import { bringsDocument } from '../../cli/life-acts.ts';
import { present } from '../../domain/fields.ts';
import {
  type LivedScenario,
  type RefusedAct,
  describeLife,
  eventGoal,
  eventPeople,
  inTime,
  refusedAct,
  refusedNounAct,
  refusedStep,
} from '../../cli/life.ts';
import type { LivableScenario } from '../../cli/livable.ts';
import { madeCompletion } from '../../cli/made-completions.ts';
import { asItStands } from '../../cli/meant.ts';
import { type Act, type Step, isOwnAct } from '../../cli/scenario.ts';
import type { SurveyStep } from '../../cli/survey-step.ts';
import { obligationContexts } from '../../domain/agreement/obligations.ts';
import type { Actor, PersonCommand, Served } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { errandsOf } from '../../domain/agreement/errands.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { isRejection } from '../../domain/agreement/decision.ts';
import type { Event } from '../../domain/agreement/event.ts';
import { fold } from '../../domain/agreement/fold.ts';
import { THIRD } from '../../domain/agreement/parties.ts';
import { lineOf } from '../../domain/ledger/balance.ts';
import { standInFor } from '../../domain/agreement/seating.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import { arrived } from '../../domain/agreement/service.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { nextDue } from '../../domain/agreement/tick.ts';
import { wholeSuspension } from '../../domain/life/standstill.ts';
import type { Instant } from '../../domain/time.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import { compileDraft, seatAddresses } from '../../templates/draft.ts';
import { ExampleProcesses } from './example-processes.ts';

/** What a database would have of a life: the agreement as it was started, its events, the commands of people by id. */
export interface RawRecord {
  agreement: CompiledAgreement;
  events: Event[];
  said: Record<string, PersonCommand>;
}

/**
 * A scenario lived by the pure rules alone, in the order of the shell: what is due by an act's moment first, then the
 * act, then what time brings at once. The answer is that of `abide simulate`, without subjects of mails and runs.
 */
export function liveInMemory(scenario: LivableScenario, watch?: (record: RawRecord) => void): LivedScenario {
  const { draft, acts, firstMs, untilMs, until } = scenario;
  const { zone } = draft;
  const agreement = compileDraft(draft, {
    id: '00000000-0000-7000-8000-000000000001',
    year: Number(localDateAt(zone, firstMs).slice(0, 4)),
  });
  const addresses = seatAddresses(draft);
  const mailOf: Record<string, string> = Object.fromEntries(
    listedCustomers(scenario.customers).flatMap(({ id, row }) => (row.email ? [[id, row.email]] : [])),
  );
  let state = initialState(agreement);
  const events: Event[] = [];
  /** With the address that each goes to. */
  const notices: (Notice & { to: string | null })[] = [];
  const rejections: RefusedAct[] = [];
  const said: Record<string, PersonCommand> = {};
  /** Written notices that the other side's mail server has accepted: at once. */
  const arrivals: Served[] = [];

  /** Whoever stands in for the seat that day, or fills it, else for the coordinator's; people are known by their address. */
  const addressOf = ({ seat, addressee, obligation, atMs }: Notice): string | null => {
    if (addressee !== undefined) return mailOf[addressee] ?? addressee;
    const own = processes.ownSeats[seat];
    if (own !== undefined) return own;
    const filled = [seat, 'coordinator'].find((one) => typeof state.seated[one] === 'string') ?? seat;
    const standIn = standInFor(state.standIns, { seat: filled, on: localDateAt(zone, atMs), obligation });
    return standIn?.deputy ?? state.seated[filled] ?? null;
  };
  const tellAgreement = (command: PersonCommand & { receivedAtMs: Instant }, nowMs: Instant): void => {
    // At equal instants time goes first, as in the shell.
    for (let due = nextDue(state); due !== undefined && due.atMs <= command.receivedAtMs; due = nextDue(state)) {
      apply(decide({ type: 'tick', atMs: due.atMs, nowMs }, state), nowMs);
    }
    const decided = decide(command, state);
    if (!isRejection(decided)) apply(decided, nowMs);
  };
  const processes = new ExampleProcesses(scenario, agreement, tellAgreement);
  const apply = (decided: ReturnType<typeof decide>, nowMs: Instant): void => {
    if (isRejection(decided)) throw new Error(`refused: ${decided.rejected}`);
    const before = state;
    const folded = fold(state, decided, nowMs);
    state = folded.state;
    awaitedOfAgreement(state); // whatever is recorded says what it waits for
    const from = wholeSuspension(state)?.from;
    processes.standstill = from === undefined ? {} : { suspendedFrom: from };
    events.push(...folded.events);
    notices.push(...folded.notices.map((notice) => ({ ...notice, to: addressOf(notice) })));
    for (const { id: noticeId, seat, facts } of folded.notices) {
      if (facts.serves !== undefined) arrivals.push(arrived({ noticeId, serves: facts.serves, seat, sentAtMs: nowMs }));
    }
    processes.duties = obligationContexts(state).map(({ rule, state: duty }) => ({
      ...duty,
      responsible: rule.responsible,
    }));
    const id = `agreement/${agreement.id}`;
    for (const errand of errandsOf(before, state, nowMs)) processes.perform(errand, id, nowMs);
    processes.overdueDuties = state.obligations.filter(({ status }) => status === 'overdue').length;
    processes.recorded({ workflowId: id, events: folded.events, notices: folded.notices }, nowMs);
  };
  /** Time passes up to and including an instant; `nowMs` is when the shell got to it. */
  const pass = (throughMs: Instant, nowMs?: Instant): void => {
    for (;;) {
      const due = nextDue(state)?.atMs ?? Infinity;
      const processDue = processes.nextDueMs() ?? Infinity;
      const atMs = Math.min(due, processDue);
      if (atMs > throughMs) break;
      const at = Math.max(atMs, nowMs ?? atMs);
      if (due === atMs) apply(decide({ type: 'tick', atMs, nowMs: at }, state), at);
      else processes.pass(atMs, at);
    }
    notices.push(...processes.notices.splice(0).map((notice) => ({ ...notice, to: addressOf(notice) })));
  };
  const actorOf = (act: Step): Actor => {
    const { as, for: onBehalfOf } = act;
    const party = as in draft.parties ? as : as in processes.ownSeats ? THIRD : draft.seats[as]?.party;
    const obligation = isOwnAct(act) ? obligationOf(act)?.obligation : undefined;
    const standIn = standInFor(state.standIns, { seat: as, on: localDateAt(zone, act.atMs), obligation });
    const personId = standIn?.deputy ?? state.seated[as] ?? processes.ownSeats[as] ?? as;
    return { personId, seat: as, ...present({ party, onBehalfOf, deputyFor: standIn?.absent }), via: 'cli' };
  };
  const namedIn = (act: Act): string => {
    if (act.do !== 'replace' && act.do !== 'delegate') return '';
    const entry = act.do === 'replace' ? act.by : act.to;
    return typeof entry === 'string' ? (state.seated[entry] ?? entry) : entry.email.toLowerCase();
  };

  const coordinator: Actor = { personId: 'coordinator', seat: 'coordinator', via: 'cli' };
  const seated = Object.fromEntries(Object.entries(addresses).map(([seat, to]) => [seat, to.toLowerCase()]));
  apply(decide({ type: 'start', id: 'start', receivedAtMs: firstMs, actor: coordinator, seated }, state), firstMs);
  pass(firstMs, firstMs);
  let sinceMs = firstMs;
  const liveStep = (step: SurveyStep, name: string): boolean => {
    pass(step.atMs);
    const refused = processes.act(step, actorOf(step), name);
    pass(step.atMs, step.atMs);
    rejections.push(...refused.map((refusal) => refusedStep(step, isoAt(zone, step.atMs), refusal)));
    sinceMs = step.atMs;
    return refused.length === 0;
  };
  const reportDone = (throughMs: Instant): void => {
    for (let number = 0; ; number++) {
      const made = madeCompletion(acts, processes.plans, { sinceMs, throughMs });
      if (!made || !liveStep(made, `made-${made.path}-${number}`)) return;
    }
  };
  for (const [index, act] of acts.entries()) {
    reportDone(act.atMs);
    sinceMs = act.atMs;
    pass(act.atMs);
    if (act.do === 'survey') {
      liveStep(act, String(index));
      continue;
    }
    if (act.do === 'noun') {
      const refusal = processes.actNoun(act, actorOf(act), `act-${index}`, state);
      if (refusal) rejections.push(refusedNounAct(act, isoAt(zone, act.atMs), refusal));
      pass(act.atMs, act.atMs);
      continue;
    }
    const envelope = { id: `act-${index}`, actor: actorOf(act) };
    const patch = act.do === 'propose' ? patchOf(scenario, act, state) : null;
    const command = {
      ...commandOf(asItStands(act, state), envelope, documentsOf(act, index), namedIn(act), patch),
      receivedAtMs: act.atMs,
    } as PersonCommand;
    const decided = decide(command, state);
    if (isRejection(decided)) {
      const { rejected: code, ...why } = decided;
      rejections.push(refusedAct(act, isoAt(zone, act.atMs), { code, ...why }));
      continue;
    }
    said[command.id] = command;
    apply(decided, act.atMs);
    pass(act.atMs, act.atMs);
    for (const arrival of arrivals.splice(0)) {
      apply(decide(arrival, state), act.atMs);
      pass(act.atMs, act.atMs);
    }
  }
  reportDone(untilMs);
  pass(untilMs);
  watch?.({ agreement, events, said });

  const record = {
    state,
    events: events.map(
      ({ obligation, occurrence, ...event }: Event & { obligation?: string; occurrence?: string }) => ({
        ...present({ obligation, occurrence }),
        ...eventPeople(event as Event),
        ...eventGoal(event as Event),
        type: event.type,
        actor: event.actor,
        clauses: event.clauses,
        atMs: event.occurredAtMs,
      }),
    ),
    notices: notices.filter(({ atMs }) => atMs <= untilMs).sort(inNoticeOrder),
    ledger: events.flatMap((event) => {
      const line = lineOf(event);
      const { obligation, occurrence } = event as { obligation?: string; occurrence?: string };
      return line
        ? [{ atMs: event.occurredAtMs, ...present({ obligation, occurrence }), ...line, clauses: event.clauses }]
        : [];
    }),
  };
  const life = describeLife(record, { untilMs, untilDate: until });
  return {
    ...life,
    notices: inTime([...life.notices, ...processes.invitations()]),
    ...processes.describe(),
    ...processes.describeNouns(),
    rejections,
    open: draft.terms.open,
  };
}

/** By time, number and name, as the record is read. */
function inNoticeOrder(a: Notice, b: Notice): number {
  const numberOf = ({ id }: Notice): number => Number(id.slice(id.lastIndexOf('/n') + 2));
  return a.atMs - b.atMs || numberOf(a) - numberOf(b) || (a.id < b.id ? -1 : 1);
}

/** As many documents as the simulation would bring. */
function documentsOf(act: Act, index: number): { sha256: string; size: number }[] {
  const isBrought = bringsDocument(act) || ('file' in act && act.file !== undefined);
  return isBrought ? [{ sha256: createHash('sha256').update(`document ${index}`).digest('hex'), size: 1 }] : [];
}
