import type { Approve, Resume, Suspend } from '../agreement/command.ts';
import type { CompiledAgreement, CompiledLife } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type {
  AgreementResumed,
  AgreementSuspended,
  EventBody,
  Redated,
  SuspensionProposed,
} from '../agreement/event.ts';
import { evolve } from '../agreement/evolve.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import { callingOf } from '../agreement/opening.ts';
import { notOnOwnWord } from '../agreement/own-word.ts';
import { COORDINATOR, allSeats, boundParty, partySeats } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import { isInForce } from '../agreement/phase.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, ObligationState, Pause, PauseProposal, Suspension } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { addDays } from '../local-date.ts';
import { compareMoney } from '../money.ts';
import { isPaused, subjectOf } from '../obligations/deliverable-state.ts';
import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import { type Clock, handInClock, lostDays, lostSoFar, movedDue, redated, reviewClock } from './clock.ts';

/** What is longer ago than this cannot be suspended any more: it would undo what was reckoned with. */
const DAYS_BACK = 30;

/**
 * Clocks stop, of all obligations or of those named: for force majeure at either side's word with its evidence, for a pause
 * when both agree to it (S001a-37, S001b-67). What had fallen due before stays due, but its suspended days are no late days.
 * On one side's own word it begins today, not before. The coordinator enters either with its document, for nobody in
 * particular where it concerns both.
 */
export function suspend(command: Suspend, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const { ground } = command;
  const obligations = [...new Set(command.obligations)];
  const rule = ruleFor(agreement.life, ground);
  if (!rule) return notProvided(`suspension for ${ground}`);
  const unknown = obligations.find((id) => !agreement.obligations.some((one) => one.id === id));
  if (unknown !== undefined) return { rejected: 'unknown-obligation', message: `no obligation ${unknown}` };
  const by = sideOf(agreement, command);
  const isEntered = isEnteredForAll(command);
  if (by === undefined && !isEntered) return notASide(agreement, rule.clauses);
  if (needsDocument(command) && command.documents.length === 0) {
    return { rejected: 'evidence-missing', message: `${ground} needs its evidence`, clauses: rule.clauses };
  }
  const hindered = by === undefined ? undefined : notHindered(agreement, command, by, rule.clauses);
  if (hindered) return hindered;
  const today = localDateAt(agreement.zone, command.receivedAtMs);
  const from = command.from ?? today;
  if (from > today || from < addDays(today, -DAYS_BACK) || from < (state.inForceOn ?? from)) {
    return {
      rejected: 'date-out-of-range',
      message: `a suspension begins by ${today}, at most ${DAYS_BACK} days before, and not before the effect`,
    };
  }
  if (ground !== 'agreed-pause') {
    const cure = 'the coordinator enters an earlier day with the evidence, or both agree to a pause';
    const ownWord = notOnOwnWord(command.actor, { day: from, today, clauses: rule.clauses }, cure);
    if (ownWord) return ownWord;
  }
  const covering = state.suspensions.find(
    (one) => one.until === null && one.ground === ground && one.from <= from && covers(suspendedIn(one), obligations),
  );
  if (covering) {
    return { rejected: 'already-suspended', message: `suspension ${covering.number} runs since ${covering.from}` };
  }
  if (ground !== 'agreed-pause' || isEntered) {
    return begun(command, state, { ground, obligations, from, by: by ?? COORDINATOR, clauses: rule.clauses });
  }
  return proposed(command, state, { obligations, from, by: by ?? '', clauses: rule.clauses });
}

/** Whether a pause still waits for the side that a notice went to; any other notice is none of this. */
export function isPauseAwaited({ seat, facts }: NoticeDraft, { pauseProposals }: AgreementState): boolean {
  const [word, number] = (facts.about ?? '').split(':');
  return (
    word !== 'suspension' ||
    pauseProposals.some((one) => [String(one.number), undefined].includes(number) && !one.agreedBy.includes(seat))
  );
}

/** The proposals of a state of before they were counted, with their numbers. */
export function numberedPauses(
  state: Pick<AgreementState, 'pauseProposals'> | null,
): Partial<Pick<AgreementState, 'pauseProposals' | 'pausesProposed'>> {
  if (state === null || !('pauseProposals' in state) || 'pausesProposed' in state) return {};
  const pauseProposals = state.pauseProposals.map((one, index) => ({ ...one, number: index + 1 }));
  return { pauseProposals, pausesProposed: pauseProposals.length };
}

/**
 * One side more agrees to the pause that another proposed: `suspension:<number>` to the one that it was shown, `suspension`
 * to the latest that waits for it.
 */
export function approveSuspension(command: Approve, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const rule = ruleFor(agreement.life, 'agreed-pause');
  if (!rule) return notProvided('pause');
  const by = sideOf(agreement, command);
  if (by === undefined) return notASide(agreement, rule.clauses);
  if (command.actor.seat === COORDINATOR && command.documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'a consent entered for a party needs its document' };
  }
  const [, shown] = command.what.split(':');
  const waiting = state.pauseProposals.findLast(
    (one) =>
      isInForce(state) &&
      (shown === undefined || shown === String(one.number)) &&
      !one.agreedBy.includes(by) &&
      !isStale(agreement, one, command.receivedAtMs),
  );
  if (!waiting) return { rejected: 'nothing-to-approve', message: `no pause waits for ${by}` };
  const { obligations, from } = waiting;
  return proposed(command, state, { obligations, from, by, clauses: rule.clauses });
}

/** A side proposes a pause, or agrees to one: with the last consent it begins, on the later of the days that they named. */
function proposed(
  command: Suspend | Approve,
  state: AgreementState,
  { obligations, from, by, clauses }: { obligations: string[]; from: LocalDate; by: string; clauses: string[] },
): Decision | Rejection {
  const { agreement } = state;
  const same = state.pauseProposals.find(
    (one) => isSame(one.obligations, obligations) && !isStale(agreement, one, command.receivedAtMs),
  );
  if (same?.agreedBy.includes(by)) {
    return { rejected: 'already-approved', message: `${by} has agreed to this pause` };
  }
  const start = same && same.from > from ? same.from : from;
  const missing = agreement.signatories.filter((party) => party !== by && !same?.agreedBy.includes(party));
  if (missing.length === 0) {
    return begun(command, state, {
      ground: 'agreed-pause',
      obligations,
      from: start,
      by: same?.agreedBy[0] ?? by,
      clauses,
    });
  }
  const tell = teller(agreement, command.receivedAtMs, clauses);
  // Whoever was asked for another day has not been asked for this one.
  const number = same?.from === start ? same.number : state.pausesProposed + 1;
  const facts: NoticeFacts = {
    about: `suspension:${number}`,
    ground: 'agreed-pause',
    by,
    from: start,
    ...dutiesOf(obligations),
  };
  return decision({
    events: [
      {
        ...base(command),
        clauses,
        type: 'suspension-proposed',
        number,
        obligations,
        from: start,
        by,
        documents: command.documents,
      },
    ],
    schedule: partySeats(agreement)
      .filter((party) => missing.includes(party))
      .map((seat) => ({ ...tell('approval-request', seat, facts), act: 'approve' as const })),
  });
}

type Beginning = Pick<AgreementSuspended, 'ground' | 'obligations' | 'from' | 'by' | 'clauses'>;

/** The suspension begins; what it makes undone, because it began in the past, is withdrawn and credited. */
function begun(
  command: Suspend | Approve,
  state: AgreementState,
  { ground, obligations, from, by, clauses }: Beginning,
): Decision {
  const { agreement } = state;
  const number = state.suspensions.length + 1;
  const events: EventBody[] = [
    {
      ...base(command),
      clauses,
      type: 'agreement-suspended',
      number,
      ground,
      obligations,
      from,
      by,
      documents: command.documents,
    },
  ];
  const schedule = told(agreement, command, clauses, 'agreement-suspended', {
    by,
    ground,
    from,
    about: String(number),
    ...dutiesOf(obligations),
  });
  const undone = withdrawals(events.reduce(evolve, state), number, command);
  return decision({ events: [...events, ...undone.events], schedule: [...schedule, ...undone.schedule] });
}

/** What fell due on a day that turned out to be suspended did not fall due, and costs nothing. */
function withdrawals(
  suspended: AgreementState,
  number: number,
  command: Suspend | Approve,
): Pick<Decision, 'events' | 'schedule'> {
  const { agreement } = suspended;
  const on = localDateAt(agreement.zone, command.receivedAtMs);
  const events: EventBody[] = [];
  const schedule: NoticeDraft[] = [];
  let state = suspended;
  for (const {
    rule,
    state: { occurrence, due, status, pauses },
  } of obligationContexts(suspended)) {
    const pause = pauses.find((one) => one.number === number);
    if (!pause || !due) continue;
    const subject = subjectOf({ rule, state: { occurrence } });
    if (status === 'overdue' && pause.fromMs < due.dueAtMs) {
      const withdrawn: EventBody = { ...base(command), ...subject, clauses: rule.clauses, type: 'overdue-withdrawn' };
      events.push(withdrawn);
      state = evolve(state, withdrawn);
      const tell = teller(agreement, command.receivedAtMs, rule.clauses, subject);
      const facts = { dueAtMs: due.dueAtMs, localDate: due.localDate };
      schedule.push(...partySeats(agreement).map((seat) => tell('overdue-withdrawn', seat, facts)));
    }
    const credited = creditsOf(state, rule.id, occurrence, on, command);
    events.push(...credited);
    state = credited.reduce(evolve, state);
  }
  return { events, schedule };
}

/** What was posted for days that do not count goes back as a credit note; what is owed is posted in its time. */
export function creditsOf(
  state: AgreementState,
  id: string,
  occurrence: string | null,
  on: LocalDate,
  { receivedAtMs, actor, id: commandId }: Pick<Suspend, 'receivedAtMs' | 'actor' | 'id'>,
): EventBody[] {
  const context = obligationContexts(state).find((one) => one.rule.id === id && one.state.occurrence === occurrence);
  if (!context) return [];
  const rules = rulesOf(context.rule);
  const line = rules.accruedLine(context, on);
  if (!line || compareMoney(line.amount, '0') >= 0) return [];
  return rules.postAccrued(context, on, receivedAtMs, actor, commandId);
}

/**
 * Clocks run again from this day on: each loses the local dates, or of hours the time, that it stood still, and its last
 * day rolls over once (design §4).
 */
export function resume(command: Resume, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  if (!agreement.life || agreement.life.suspension.length === 0) return notProvided('suspension');
  const open = state.suspensions.filter(({ until }) => until === null);
  const named = [...new Set(command.obligations)];
  const unknown = named.find((id) => !isKnown(state, id));
  if (unknown !== undefined) return { rejected: 'unknown-obligation', message: `no obligation ${unknown}` };
  const ending = open.filter((one) => named.length === 0 || suspendedIn(one).some((id) => named.includes(id)));
  // Of a suspension of several duties, one may run again before the others.
  const isInPart = named.length > 0 && ending.some((one) => !isWithin(suspendedIn(one), named));
  if (ending.length === 0) return { rejected: 'not-suspended', message: 'no suspension names these obligations' };
  const by = sideOf(agreement, command);
  const isCoordinator = command.actor.seat === COORDINATOR;
  if (by === undefined && !isCoordinator) return notASide(agreement, []);
  // Whoever invoked it lets it go; that the obstacle is gone the others, and the coordinator, show with a document.
  const isOwn = !isCoordinator && ending.every((one) => one.by === by || one.ground === 'agreed-pause');
  if (!isOwn && command.documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'ending a suspension of another needs a document' };
  }
  const clauses = [...new Set(ending.flatMap(({ ground }) => ruleFor(agreement.life, ground)?.clauses ?? []))];
  const event: AgreementResumed = {
    ...base(command),
    clauses,
    type: 'agreement-resumed',
    numbers: ending.map(({ number }) => number),
    ...(isInPart ? { obligations: named } : {}),
    on: localDateAt(agreement.zone, command.receivedAtMs),
    redated: [],
  };
  event.redated = redatedClocks(evolve(state, event), event);
  const facts: NoticeFacts = {
    ...(by === undefined ? {} : { by }),
    from: event.on,
    about: event.numbers.join('+'),
    ...dutiesOf(event.obligations ?? []),
    redated: event.redated.map(({ obligation, occurrence, before, due }) => ({
      obligation,
      occurrence,
      before: before.localDate,
      after: due.localDate,
    })),
  };
  return decision({ events: [event], schedule: told(agreement, command, clauses, 'agreement-resumed', facts) });
}

/** The clocks that run again now, with their new due times. */
function redatedClocks(
  resumed: AgreementState,
  { numbers, occurredAtMs }: AgreementResumed,
): AgreementResumed['redated'] {
  const calling = callingOf(resumed);
  if (!calling) return [];
  return obligationContexts(resumed).flatMap((context) => {
    const { rule, state } = context;
    const resumes = state.pauses.some(({ number, untilMs }) => numbers.includes(number) && untilMs === occurredAtMs);
    if (!resumes || isPaused(state)) return [];
    const name = { obligation: rule.id, occurrence: state.occurrence };
    const dated = state.status === 'in-review' ? reviewMoved(context) : handInMoved(context, calling);
    return dated ? [{ ...name, ...dated }] : [];
  });
}

function handInMoved(
  context: ObligationContext,
  calling: Parameters<typeof handInClock>[1],
): (Omit<Redated, 'obligation' | 'occurrence'> & { lostDays: number }) | null {
  const { agreement, state } = context;
  const { due, pauses } = state;
  // What is lawfully held back is not overdue, though its time was up before.
  if (!due || !isWaiting(state) || stillSince(pauses) >= due.dueAtMs) return null;
  const clock = handInClock(context, calling);
  return clock && movedFrom(agreement, state, clock, due, false);
}

function reviewMoved(
  context: ObligationContext,
): (Omit<Redated, 'obligation' | 'occurrence'> & { lostDays: number }) | null {
  const { agreement, state } = context;
  const clock = reviewClock(context);
  const isOver = state.reviewOverdue && stillSince(state.pauses) >= (state.review?.dueAtMs ?? 0);
  if (!clock || !state.review || isOver) return null;
  const moved = movedFrom(agreement, state, clock, state.review, true);
  return moved && { ...moved, review: true };
}

/** The due time after what was lost; null where that changes nothing. */
function movedFrom(
  agreement: CompiledAgreement,
  state: ObligationState,
  clock: Clock,
  before: Redated['before'],
  review: boolean,
): (Omit<Redated, 'obligation' | 'occurrence'> & { lostDays: number }) | null {
  const due = movedDue(clock, state.pauses, agreement);
  const lost = lostDays(clock, state.pauses) - lostSoFar(state, review);
  return due.dueAtMs > before.dueAtMs ? { before, due, lostDays: lost } : null;
}

/** Since when the clock stood still without a break, as the last of its suspensions ends. */
function stillSince(pauses: readonly Pause[]): Instant {
  let since = pauses.reduce((last, { untilMs }) => Math.max(last, untilMs ?? 0), 0);
  for (;;) {
    const from = since;
    const before = pauses.find(({ fromMs, untilMs }) => fromMs < from && (untilMs ?? from) >= from);
    if (!before) return since;
    since = before.fromMs;
  }
}

/** Its clock runs and has not run out. */
function isWaiting({ status }: ObligationState): boolean {
  return status === 'pending' || status === 'rework';
}

export function evolveSuspensions(
  state: AgreementState,
  event: SuspensionProposed | AgreementSuspended | AgreementResumed,
): AgreementState {
  switch (event.type) {
    case 'suspension-proposed': {
      const { number = state.pausesProposed + 1, obligations, from, by, occurredAtMs: atMs } = event;
      const same = state.pauseProposals.find(
        (one) => isSame(one.obligations, obligations) && !isStale(state.agreement, one, atMs),
      );
      const agreedBy = [...(same?.agreedBy ?? []), by];
      const others = state.pauseProposals.filter((one) => !isSame(one.obligations, obligations));
      const proposal = { number, obligations, from, agreedBy, atMs: same?.atMs ?? atMs };
      return {
        ...state,
        pauseProposals: [...others, proposal],
        pausesProposed: Math.max(state.pausesProposed, number),
      };
    }
    case 'agreement-suspended': {
      const { number, ground, obligations, from, by } = event;
      const suspensions = [...state.suspensions, { number, ground, obligations, from, until: null, by }];
      const pause = { number, ground, from, until: null, fromMs: startMs(state, event), untilMs: null };
      return {
        ...state,
        status: obligations.length === 0 ? 'suspended' : state.status,
        suspensions,
        pauseProposals:
          ground === 'agreed-pause'
            ? state.pauseProposals.filter((one) => !isSame(one.obligations, obligations))
            : state.pauseProposals,
        obligations: state.obligations.map((one) =>
          one.due !== null && isOpen(state, one) && covers(obligations, [one.id])
            ? { ...one, pauses: [...one.pauses, pause] }
            : one,
        ),
      };
    }
    case 'agreement-resumed': {
      const { numbers, on, occurredAtMs, obligations } = event;
      const suspensions = state.suspensions.map((one) =>
        numbers.includes(one.number) ? resumedSuspension(one, on, obligations) : one,
      );
      const isStill = suspensions.some(({ until, obligations }) => until === null && obligations.length === 0);
      return {
        ...state,
        status: state.status === 'suspended' && !isStill ? 'active' : state.status,
        suspensions,
        obligations: state.obligations.map((one) => {
          const ends = ({ number, until }: Pause): boolean => numbers.includes(number) && until === null;
          if ((obligations && !obligations.includes(one.id)) || !one.pauses.some(ends)) return one;
          const pauses = one.pauses.map((pause) =>
            ends(pause) ? { ...pause, until: on, untilMs: occurredAtMs } : pause,
          );
          const resumed = { ...one, pauses, ladderThroughMs: occurredAtMs };
          const to = event.redated.find(
            ({ obligation, occurrence }) => obligation === one.id && occurrence === one.occurrence,
          );
          return to ? redated(resumed, { by: 'suspension', about: numbersOf(resumed) }, to) : resumed;
        }),
      };
    }
  }
}

/** The duties that it still holds up; empty: all. */
function suspendedIn({ obligations, resumed = [] }: Suspension): string[] {
  return obligations.filter((id) => !resumed.some(({ obligation }) => obligation === id));
}

/** Over, or over for some of its duties. */
function resumedSuspension(one: Suspension, until: LocalDate, duties: string[] | undefined): Suspension {
  const still = suspendedIn(one).filter((id) => duties && !duties.includes(id));
  if (still.length === 0) return { ...one, until };
  const now = suspendedIn(one).filter((id) => !still.includes(id));
  return { ...one, resumed: [...(one.resumed ?? []), ...now.map((obligation) => ({ obligation, until }))] };
}

/** The suspensions that a clock loses time to now, and has not lost it before. */
function numbersOf({ pauses, moves }: ObligationState): string {
  const known = moves.flatMap(({ by, about }) => (by === 'suspension' ? about.split('+').map(Number) : []));
  return pauses
    .map(({ number }) => number)
    .filter((number) => !known.includes(number))
    .join('+');
}

/** The suspensions that an obligation begins in: its clock stands still from the start. */
export function pausesAtOpening(state: AgreementState, id: string, opensAtMs: Instant): Pause[] {
  const opensOn = localDateAt(state.agreement.zone, opensAtMs);
  return state.suspensions
    .filter((one) => one.until === null && covers(suspendedIn(one), [id]))
    .map(({ number, ground, from }) => ({
      number,
      ground,
      from: from > opensOn ? from : opensOn,
      until: null,
      fromMs: Math.max(opensAtMs, instantAt(state.agreement.zone, from, '00:00')),
      untilMs: null,
    }));
}

function isOpen(state: AgreementState, obligation: ObligationState): boolean {
  const rule = obligation.pinned ?? state.agreement.obligations.find(({ id }) => id === obligation.id);
  return rule !== undefined && rulesOf(rule).isOpen(obligation);
}

/** From the moment at which it was said, or from the start of an earlier day. */
function startMs({ agreement: { zone } }: AgreementState, { from, occurredAtMs }: AgreementSuspended): Instant {
  return from === localDateAt(zone, occurredAtMs) ? occurredAtMs : instantAt(zone, from, '00:00');
}

function ruleFor(life: CompiledLife | undefined, ground: Suspend['ground']) {
  return life?.suspension.find(({ grounds }) => grounds.includes(ground));
}

/** The side whose act it is. */
function sideOf(agreement: CompiledAgreement, { actor }: Pick<Suspend, 'actor'>): string | undefined {
  const party = boundParty(actor);
  return agreement.parties.find((one) => one === party);
}

/** What hinders nobody in particular, or was signed by both: a coordinator's entry that names no side. */
function isEnteredForAll({ actor: { seat, onBehalfOf }, ground }: Suspend): boolean {
  return seat === COORDINATOR && onBehalfOf === undefined && (ground === 'agreed-pause' || ground === 'force-majeure');
}

function notASide({ parties }: CompiledAgreement, clauses: string[]): Rejection {
  return { rejected: 'not-responsible', message: `a suspension is for ${parties.join(', ')} to declare`, clauses };
}

/** Everything but a pause that both sides agree to, each for itself, rests on evidence. */
function needsDocument({ ground, actor }: Suspend): boolean {
  return ground !== 'agreed-pause' || actor.seat === COORDINATOR;
}

/** Only whoever owes something is held up by the other side, or lacks its input. */
function notHindered(
  agreement: CompiledAgreement,
  { ground, obligations }: Suspend,
  by: string,
  clauses: string[],
): Rejection | undefined {
  if (ground === 'force-majeure' || ground === 'agreed-pause') return undefined;
  const own = agreement.obligations.filter(
    ({ responsible }) => (agreement.seatParties?.[responsible] ?? responsible) === by,
  );
  if (obligations.length > 0 && obligations.every((id) => own.some((rule) => rule.id === id))) return undefined;
  return { rejected: 'not-responsible', message: `${ground} suspends obligations that ${by} owes, by name`, clauses };
}

/** Whether the agreement has it, or had it when it was suspended. */
function isKnown({ agreement, suspensions }: AgreementState, id: string): boolean {
  return agreement.obligations.some((one) => one.id === id) || suspensions.some((one) => one.obligations.includes(id));
}

/** Whether what is suspended (empty: all) holds these. */
function covers(suspended: string[], obligations: string[]): boolean {
  return suspended.length === 0 || isWithin(obligations, suspended);
}

function isWithin(some: string[], all: string[]): boolean {
  return some.length > 0 && some.every((id) => all.includes(id));
}

function isSame(some: string[], others: string[]): boolean {
  return some.length === others.length && some.every((id) => others.includes(id));
}

/** A proposal that nobody answered in time is none any more. */
function isStale({ zone }: CompiledAgreement, { from }: PauseProposal, atMs: Instant): boolean {
  return from < addDays(localDateAt(zone, atMs), -DAYS_BACK);
}

function dutiesOf(obligations: string[]): NoticeFacts {
  return obligations.length === 0 ? {} : { duties: obligations };
}

/** Everybody but whoever did it. */
function told(
  agreement: CompiledAgreement,
  { actor, receivedAtMs }: Pick<Suspend, 'actor' | 'receivedAtMs'>,
  clauses: string[],
  kind: 'agreement-suspended' | 'agreement-resumed',
  facts: NoticeFacts,
): NoticeDraft[] {
  const tell = teller(agreement, receivedAtMs, clauses);
  return allSeats(agreement)
    .filter((seat) => seat !== actor.seat)
    .map((seat) => tell(kind, seat, facts));
}

function base({ receivedAtMs, actor, id }: Pick<Suspend, 'receivedAtMs' | 'actor' | 'id'>) {
  return { occurredAtMs: receivedAtMs, actor, commandId: id };
}
