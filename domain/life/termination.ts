import type { Approve, Serve, Served } from '../agreement/command.ts';
import type { CompiledTermination } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import { end } from '../agreement/ending.ts';
import type { ApprovalGiven, Due, NoticeServed, TerminationNotified } from '../agreement/event.ts';
import { evolve } from '../agreement/evolve.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import { NOTHING, type Part, notProvided } from '../agreement/part.ts';
import { CLOCK, COORDINATOR, approversOf, bindsSeat, boundParty, partyOf } from '../agreement/parties.ts';
import { isInForce } from '../agreement/phase.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { isOwnWord } from '../agreement/own-word.ts';
import { endOfDay, isServed, notByHand, servedTooEarly, writtenNotice } from '../agreement/service.ts';
import type { AgreementState, Breach, TerminationNotice } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { addDays } from '../local-date.ts';
import type { Instant, LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import {
  type Brought,
  breachRuleOf,
  breachServed,
  firstDayLate,
  groundMissing,
  isDone,
  isNegotiated,
  isReasoned,
  missedDuty,
  serveBreach,
} from './breach.ts';
import { engagementEndServed, serveEngagementEnd } from '../engagement/end.ts';
import { capServed, serveCapNotice } from './cap-change.ts';
import type { Cause } from './settlement.ts';

/** A written notice of the party itself, or entered for it with its paper: of a breach, or of the end. */
export function serve(command: Serve, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const { actor, documents } = command;
  if (!agreement.life) return notProvided('written notice');
  const by = boundParty(actor);
  if (by === undefined || !agreement.parties.includes(by)) {
    return { rejected: 'not-responsible', message: `given by ${agreement.parties.join(' or ')} itself` };
  }
  if (actor.seat === COORDINATOR && documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'a notice entered for a party needs its paper' };
  }
  const wrong = notByHand(command, state, clausesOf(command, state));
  if (wrong) return wrong;
  if (command.notice === 'amendment') return serveCapNotice(command, state);
  if (command.notice === 'engagement-end') return serveEngagementEnd(command, state);
  return command.notice === 'breach' ? serveBreach(command, by, state) : serveTermination(command, by, state);
}

/** What a notice rests on: the rule of the breach or of its ground, else what the contract says of its end. */
function clausesOf({ notice, ground }: Serve, state: AgreementState): string[] {
  const rule = notice === 'breach' ? breachRuleOf(state) : ground === undefined ? undefined : ruleFor(state, ground);
  return rule?.clauses ?? state.agreement.clauses.termination;
}

/** Notice of the end, on a ground that the contract has, through the gates that it sets. */
function serveTermination(command: Serve, by: string, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const { ground, code, endsOn } = command;
  if (ground === undefined) return { rejected: 'ground-missing', message: 'a notice of the end names its ground' };
  // A term ends by itself.
  const rule = ground === 'expiry' ? undefined : ruleFor(state, ground);
  if (!rule) return notProvided(`end by ${ground}`);
  const { clauses } = rule;
  const mustCite = rule.ground === 'agreed-list' || (rule.codes.length > 0 && code !== undefined);
  if (mustCite && !rule.codes.includes(code ?? '')) {
    return { rejected: 'ground-missing', message: `cites one of: ${rule.codes.join(', ')}`, clauses };
  }
  if (code !== undefined && rule.codes.length === 0) return { ...notProvided('list of grounds'), clauses };
  if (command.against !== undefined && !agreement.parties.includes(command.against)) {
    return {
      rejected: 'unknown-seat',
      message: `the side in breach is one of ${agreement.parties.join(', ')}`,
      clauses,
    };
  }
  const today = localDateAt(agreement.zone, command.receivedAtMs);
  if (endsOn !== undefined && endsOn < today) {
    return { rejected: 'date-out-of-range', message: `an end before ${today}`, clauses };
  }
  const breach = breachCited(rule, command, by, state);
  if (breach && 'rejected' in breach) return breach;
  const closed = closedGate(rule, by, breach, command.against, state);
  if (closed) return { rejected: 'gate-closed', message: closed, clauses };
  if (ground === 'serious-breach' && !breach && !isSerious(rule, command, by, state)) return groundMissing(rule);
  const early = servedTooEarly(command, cameAboutOn(command, by, breach, state), clauses);
  if (early) return early;

  const cause: Cause = { occurredAtMs: command.receivedAtMs, actor: command.actor, commandId: command.id };
  const others = agreement.parties.filter((party) => party !== by);
  // A policy is repealed as it is revised: whoever approves it agrees first (S004-30).
  const approvers = ground === 'repeal' ? approversOf(agreement).filter((seat) => seat !== by) : [];
  const needs = rule.gates.includes('both-approve') ? others : approvers;
  const running = needs.length === 0 && state.terminations.find((one) => one.by === by && isRunning(one, command));
  if (running) return { rejected: 'already-notified', message: `${running.id} runs already`, clauses };
  // Asked for the same end it is a consent; for another it is a request of its own (Civil Code 488).
  const asked = waitingFor(
    state,
    by,
    (one) => one.ground === ground && one.endsOn === (endsOn ?? null) && one.code === (code ?? null),
  );
  if (asked) return consent(state, asked, by, command.documents, cause);

  const notice = `termination-${state.terminations.length + 1}`;
  const notified: TerminationNotified = {
    ...cause,
    type: 'termination-notified',
    clauses,
    notice,
    by,
    ground,
    ...(code === undefined ? {} : { code }),
    ...(breach ? { breach: breach.id } : {}),
    ...(endsOn === undefined ? {} : { endsOn }),
    needs,
    documents: command.documents,
  };
  const facts = {
    by,
    ground,
    ...(rule.noticeDays === null ? {} : { days: rule.noticeDays }),
    ...(endsOn === undefined ? {} : { until: endsOn }),
    ...(code === undefined ? {} : { kind: code }),
  };
  if (needs.length > 0) {
    const tell = teller(agreement, command.receivedAtMs, clauses);
    const request = { ...facts, about: notice };
    return decision({
      events: [notified],
      schedule: needs
        .filter((party) => agreement.seats.includes(party))
        .map((seat) => ({
          ...tell('termination-consent', seat, { ...request, against: seat }),
          act: 'approve' as const,
        })),
    });
  }
  const after = evolveTerminations(state, notified);
  // Nobody stands on the other side of a policy: its repeal takes effect when it is posted (S004-30).
  if (others.length === 0) {
    const posted = terminationServed(after, notice, { servedOn: command.servedOn ?? today }, cause);
    return decision({ events: [notified, ...posted.events], schedule: posted.schedule });
  }
  const mail = writtenNotice(state, command, { kind: 'termination-notice', id: notice, to: others, clauses, facts });
  if ('rejected' in mail) return mail;
  const receipt = command.servedOn && { servedOn: command.servedOn, isOwnWord: isOwnWord(command.actor) };
  const byHand = receipt ? terminationServed(after, notice, receipt, cause) : NOTHING;
  // Within the notice period the other side may object, from its mail (S001c-63).
  const asking = (draft: NoticeDraft): NoticeDraft =>
    rule.objection && (rule.noticeDays ?? 0) > 0 && draft.role !== 'copy' ? { ...draft, act: 'object' } : draft;
  return decision({
    events: [notified, ...byHand.events],
    schedule: [...mail.schedule.map(asking), ...byHand.schedule],
    issue: mail.issue.map(asking),
  });
}

/**
 * The day on which what a notice of the end rests on came about, where the record has it: a notice was not given before.
 * Of a breach that was negotiated in vain it is the day after the time for it.
 */
function cameAboutOn(command: Serve, by: string, breach: Breach | undefined, state: AgreementState): LocalDate | null {
  if (breach) {
    if (breach.status === 'failed' && breach.due) return addDays(breach.due.localDate, 1);
    return breach.servedOn ?? missedOn(breach.obligation, state);
  }
  if (command.ground === 'force-majeure') {
    const running = state.suspensions.filter(({ ground, until }) => ground === 'force-majeure' && until === null);
    return earliest(running.map(({ from }) => from));
  }
  if (command.ground !== 'serious-breach' || command.reasoned || command.code !== undefined) return null;
  if (command.breach !== undefined) return missedOn(command.breach, state);
  const late = obligationContexts(state).filter(
    ({ agreement, rule, state: { status } }) => status === 'overdue' && partyOf(agreement, rule.responsible) !== by,
  );
  return earliest(late.flatMap((context) => firstDayLate(context) ?? []));
}

function missedOn(reference: string | null, state: AgreementState): LocalDate | null {
  const missed = reference === null ? null : missedDuty(reference, state);
  return missed === null || 'rejected' in missed ? null : firstDayLate(missed);
}

function earliest(dates: LocalDate[]): LocalDate | null {
  return dates.reduce<LocalDate | null>((first, date) => (first === null || date < first ? date : first), null);
}

/** A notice on the same ground has reached the other side, and its period runs. */
function isRunning({ ground, code, due }: TerminationNotice, command: Serve): boolean {
  return due !== null && ground === command.ground && code === (command.code ?? null);
}

function ruleFor({ agreement }: AgreementState, ground: string): CompiledTermination | undefined {
  return agreement.life?.terminations.find((rule) => rule.ground === ground);
}

/** The notice of breach that an end rests on: the one it names, else the party's last that was not cured. */
function breachCited(
  { ground, clauses }: CompiledTermination,
  { breach: cited }: Serve,
  by: string,
  state: AgreementState,
): Breach | undefined | Rejection {
  const { breaches } = state;
  if (ground !== 'breach' && ground !== 'serious-breach' && cited === undefined) return undefined;
  const own = breaches.filter((breach) => breach.by === by);
  if (cited === undefined) return own.findLast(({ status }) => status !== 'cured');
  const found = breaches.findLast(({ id, obligation }) => id === cited || obligation === cited);
  if (!found && ground === 'serious-breach' && isMissedBy(state, cited, by)) return undefined;
  if (!found) return { rejected: 'unknown-breach', message: `no breach ${cited} was notified`, clauses };
  if (found.by !== by)
    return { rejected: 'gate-closed', message: `${found.id} is no breach that ${by} notified`, clauses };
  return found.status === 'cured'
    ? { rejected: 'breach-closed', message: `${found.id} has been put right`, clauses }
    : found;
}

/** Which gate is shut, in words; undefined where all are open. */
function closedGate(
  { gates, ground }: CompiledTermination,
  by: string,
  breach: Breach | undefined,
  against: string | undefined,
  state: AgreementState,
): string | undefined {
  const { breaches } = state;
  const waits = gates.includes('negotiation-failed') || gates.includes('cure-period');
  // S001a-35
  if (waits && breach?.status !== 'failed') return 'the time to negotiate or put the breach right is not over';
  // S001b-67: only the innocent side; its notice may be the first word of the breach, with its reasons.
  const late = lateSides(state);
  const isInBreach =
    against === by ||
    breaches.some((one) => one.against === by && one.status !== 'cured') ||
    (late.includes(by) && !late.some((side) => side !== by));
  if (gates.includes('innocent-party') && !breach && isInBreach) return `${by} is in breach itself`;
  return isGone(state, ground) ? NOT_PREVENTED : undefined;
}

const NOT_PREVENTED = 'no force majeure is on record as going on';

/** An end for force majeure needs one that goes on when it is asked for, and when it takes effect (S001a-36). */
function isGone({ suspensions }: AgreementState, ground: string): boolean {
  return ground === 'force-majeure' && !suspensions.some((one) => one.ground === 'force-majeure' && one.until === null);
}

/**
 * Whether a notice of serious breach says what it rests on, where it rests on no breach that was notified (S001b-67): one
 * of the agreed ways, or a duty that is missed; where none is agreed, its reasons, or that the other side is late.
 */
function isSerious(rule: CompiledTermination, command: Serve, by: string, state: AgreementState): boolean {
  if (isReasoned(rule, command) || command.breach !== undefined) return true;
  return rule.codes.length === 0 && lateSides(state).some((side) => side !== by);
}

/** Whether a duty of another side was missed and is open still. */
function isMissedBy(state: AgreementState, reference: string, by: string): boolean {
  const missed = missedDuty(reference, state);
  return !('rejected' in missed) && !isDone(missed) && partyOf(state.agreement, missed.rule.responsible) !== by;
}

/** The sides that are late with something now. */
function lateSides(state: AgreementState): string[] {
  return obligationContexts(state)
    .filter(({ state: { status } }) => status === 'overdue')
    .map(({ agreement, rule }) => partyOf(agreement, rule.responsible));
}

/** The other side's wish to end it that waits for this party, the latest of those that fit. */
function waitingFor(
  state: AgreementState,
  party: string,
  fits: (notice: TerminationNotice) => boolean,
): TerminationNotice | undefined {
  return state.terminations.findLast((one) => fits(one) && consentAwaited(state, one).includes(party));
}

/** Whose consent it waits for: nobody's any more when its giver has asked anew on that ground, or when it is over. */
export function consentAwaited(state: AgreementState, notice: TerminationNotice): string[] {
  const { id, by, ground } = notice;
  const latest = state.terminations.findLast((one) => one.by === by && one.ground === ground);
  return isInForce(state) && latest?.id === id ? stillNeeded(state, notice) : [];
}

/** Whether a party that was asked to agree to an end is asked for it still. */
export function isEndAwaited({ seat, facts }: NoticeDraft, state: AgreementState): boolean {
  return state.terminations.some((one) => one.id === facts.about && consentAwaited(state, one).includes(seat));
}

function stillNeeded({ approvals }: AgreementState, { id, needs }: TerminationNotice): string[] {
  return needs.filter((party) => !approvals.some(({ what, by }) => what === id && by === party));
}

/**
 * The other side agrees to the end: with the last consent it takes effect (S001a-37, S001b-66). `termination:<notice>` is
 * consent to the one that it was shown, `termination` to the latest that waits for it.
 */
export function approveTermination(command: Approve, state: AgreementState): Decision | Rejection {
  const { actor, documents } = command;
  const { agreement } = state;
  const consenting = [...approversOf(agreement), ...agreement.parties];
  const by = consenting.find((seat) =>
    agreement.parties.includes(seat) ? boundParty(actor) === seat : bindsSeat(agreement, actor, seat),
  );
  if (by === undefined) {
    return { rejected: 'not-responsible', message: `agreed to by ${agreement.parties.join(' and ')}` };
  }
  const [, shown] = command.what.split(':');
  const asked = waitingFor(state, by, ({ id }) => shown === undefined || shown === id);
  if (!asked) return { rejected: 'nothing-to-approve', message: 'no end waits for this consent' };
  if (actor.seat === COORDINATOR && documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'a consent entered for a party needs its paper' };
  }
  return consent(state, asked, by, documents, {
    occurredAtMs: command.receivedAtMs,
    actor,
    commandId: command.id,
  });
}

function consent(
  state: AgreementState,
  { id, ground }: TerminationNotice,
  by: string,
  documents: ApprovalGiven['documents'],
  cause: Cause,
): Decision | Rejection {
  const clauses = ruleFor(state, ground)?.clauses ?? [];
  if (isGone(state, ground)) return { rejected: 'gate-closed', message: NOT_PREVENTED, clauses };
  const given: ApprovalGiven = { ...cause, type: 'approval-given', clauses, what: id, by, documents };
  const after = evolve(state, given);
  const notice = after.terminations.find((one) => one.id === id);
  if (!notice || stillNeeded(after, notice).length > 0) return decision({ events: [given] });
  const { agreement } = state;
  if (ground === 'repeal') {
    const tell = teller(agreement, cause.occurredAtMs, clauses);
    const asked = agreement.signatories.filter((seat) => agreement.seats.includes(seat));
    const facts = { about: `posting:${id}`, by };
    const schedule = asked.map((seat) => ({ ...tell('approval-request', seat, facts), act: 'approve' as const }));
    return decision({ events: [given], schedule });
  }
  const today = localDateAt(agreement.zone, cause.occurredAtMs);
  const { events, schedule } = terminationServed(after, id, { servedOn: today }, cause);
  return decision({ events: [given, ...events], schedule });
}

/** A repeal that was approved is posted, and takes effect by it (S004-30); undefined where it is about something else. */
export function approveRepealPosting(command: Approve, state: AgreementState): Decision | Rejection | undefined {
  const { agreement } = state;
  const { what, actor, documents, receivedAtMs } = command;
  const notice = state.terminations.find(({ id, ground }) => what === `posting:${id}` && ground === 'repeal');
  if (!notice) return undefined;
  const clauses = ruleFor(state, notice.ground)?.clauses ?? [];
  const by = boundParty(actor);
  if (by === undefined || !agreement.signatories.includes(by)) {
    return { rejected: 'not-responsible', message: `posted by ${agreement.signatories.join(', ')}`, clauses };
  }
  if (actor.seat === COORDINATOR && documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'a posting entered for a party needs its document', clauses };
  }
  if (notice.due !== null) return { rejected: 'already-approved', message: `${notice.id} is posted`, clauses };
  if (stillNeeded(state, notice).length > 0) {
    return { rejected: 'gate-closed', message: 'a repeal is posted when it has been approved', clauses };
  }
  const cause: Cause = { occurredAtMs: receivedAtMs, actor, commandId: command.id };
  const given: ApprovalGiven = { ...cause, type: 'approval-given', clauses, what, by, documents };
  const today = localDateAt(agreement.zone, receivedAtMs);
  const { events, schedule } = terminationServed(evolve(state, given), notice.id, { servedOn: today }, cause);
  return decision({ events: [given, ...events], schedule });
}

/** The mail server of the other side's address accepted a written notice (Civil Code 137); one that came back is none. */
export function served(command: Served, state: AgreementState): Decision | Rejection {
  const { actor, noticeId, receivedAtMs, seat, serves } = command;
  if (actor.via !== 'mail') return { rejected: 'not-responsible', message: 'said by mail itself' };
  if (!isInForce(state) || !isServed(state, noticeId)) return decision({});
  const servedOn = localDateAt(state.agreement.zone, receivedAtMs);
  const cause: Cause = { occurredAtMs: receivedAtMs, actor, commandId: command.id };
  const to = seat === undefined ? undefined : partyOf(state.agreement, seat);
  const mailed = { notice: serves, mail: noticeId, servedOn, ...(to === undefined ? {} : { to }) };
  const brought = broughtByMail(state, mailed, cause);
  return decision(brought.events.length > 0 ? brought : broughtAgain(state, mailed, cause));
}

/** A mail that brought a written notice, to which party, and when. */
interface Mailed {
  notice: string;
  mail: string;
  servedOn: LocalDate;
  to?: string;
}

/** What a written notice brings about that a mail took to its address: its period runs from that day. */
export function broughtByMail(state: AgreementState, { notice, mail, servedOn, to }: Mailed, cause: Cause): Brought {
  const { events, schedule } = reached(state, notice, { servedOn, ...(to === undefined ? {} : { to }) }, cause);
  return { events: events.map((event) => (event.type === 'notice-served' ? { ...event, mail } : event)), schedule };
}

function reached(state: AgreementState, notice: string, receipt: Receipt, cause: Cause): Brought {
  const { servedOn } = receipt;
  if (state.breaches.some(({ id }) => id === notice)) return breachServed(state, notice, servedOn, cause);
  const ended = /^engagement-end:(.+)$/.exec(notice)?.[1];
  if (ended !== undefined) return engagementEndServed(state, ended, servedOn, cause);
  const amendment = /^amendment:(.+)$/.exec(notice)?.[1];
  if (amendment !== undefined) return capServed(state, amendment, servedOn, cause);
  return terminationServed(state, notice, receipt, cause);
}

/** A second mail of what another has brought: it counts where the first comes back. */
function broughtAgain({ receipts }: AgreementState, { notice, mail, servedOn, to }: Mailed, cause: Cause): Brought {
  const before = receipts.find((one) => one.notice === notice && (one.to === null || one.to === to));
  if (!before || receipts.some((one) => one.mail === mail)) return NOTHING;
  const { clauses, to: of } = before;
  const served: NoticeServed = {
    ...cause,
    type: 'notice-served',
    clauses,
    notice,
    servedOn,
    ...(of === null ? {} : { to: of }),
    mail,
    again: true,
    due: null,
  };
  return { events: [served], schedule: [] };
}

/** When a notice was received, by which party (missing: by all, by hand or by consent), and who says so. */
interface Receipt {
  servedOn: LocalDate;
  to?: string;
  /** Whoever gives notice says it alone. */
  isOwnWord?: boolean;
}

/** The notice reached the other side, or the last of several, or the last has agreed: its period runs from that day. */
function terminationServed(
  state: AgreementState,
  id: string,
  { servedOn, to, isOwnWord: onOwnWord = false }: Receipt,
  cause: Cause,
): Brought {
  const notice = state.terminations.find((one) => one.id === id);
  const rule = notice && ruleFor(state, notice.ground);
  if (!notice || !rule || notice.servedOn !== null) return NOTHING;
  const others = state.agreement.parties.filter((party) => party !== notice.by);
  const partly = to !== undefined && others.length > 1;
  if (partly && notice.received[to] !== undefined) return NOTHING;
  const received = partly ? { ...notice.received, [to]: servedOn } : notice.received;
  const isServedOnAll = !partly || others.every((party) => received[party] !== undefined);
  const last = lastOf([servedOn, ...Object.values(received)]);
  // What was gone before the other side had the notice ends nothing.
  const isCured = state.breaches.some(({ id: breach, status }) => breach === notice.breach && status === 'cured');
  // Its gate has shut again: the notice of the breach came back meanwhile.
  const cited = state.breaches.find(({ id: breach }) => breach === notice.breach);
  const isShut = cited !== undefined && isNegotiated(rule) && cited.status !== 'failed';
  const takesEffect = isServedOnAll && !isCured && !isShut && !isGone(state, notice.ground);
  const event: NoticeServed = {
    ...cause,
    type: 'notice-served',
    clauses: rule.clauses,
    notice: id,
    servedOn,
    ...(partly ? { to } : {}),
    due: takesEffect ? effectOf(state, rule, notice, { servedOn: last, onOwnWord }, cause.occurredAtMs) : null,
  };
  return { events: [event], schedule: [] };
}

function lastOf(dates: LocalDate[]): LocalDate {
  return dates.reduce((last, date) => (date > last ? date : last));
}

/**
 * When it ends: so many days after the receipt, with the last of them, and not before the day that the notice names; at
 * the receipt itself where no notice period is agreed (Civil Code 565). A period, no act: it does not roll over. Of what
 * its sender alone says to have handed over, not before the next day is over: the other side can speak (ADR 21).
 */
function effectOf(
  state: AgreementState,
  { noticeDays }: CompiledTermination,
  { endsOn }: TerminationNotice,
  { servedOn, onOwnWord }: { servedOn: LocalDate; onOwnWord: boolean },
  nowMs: Instant,
): Due {
  const counted = addDays(servedOn, Math.max(noticeDays ?? 0, onOwnWord ? 1 : 0));
  const localDate = endsOn !== null && endsOn > counted ? endsOn : counted;
  return localDate === servedOn ? { dueAtMs: nowMs, localDate } : endOfDay(state, localDate, nowMs);
}

export function evolveTerminations(state: AgreementState, event: NoticeServed | TerminationNotified): AgreementState {
  if (event.type === 'termination-notified') {
    const { notice: id, by, ground, code = null, breach = null, endsOn = null, needs } = event;
    const open = { received: {}, servedOn: null, due: null };
    const notice: TerminationNotice = { id, by, ground, code, breach, needs, endsOn, ...open };
    return { ...state, terminations: [...state.terminations, notice] };
  }
  const { notice, servedOn, to, due } = event;
  return {
    ...state,
    breaches: state.breaches.map((one) =>
      one.id === notice ? { ...one, status: 'negotiating' as const, servedOn, due } : one,
    ),
    terminations: state.terminations.map((one) => {
      if (one.id !== notice) return one;
      const received = to === undefined ? one.received : { ...one.received, [to]: servedOn };
      if (due === null) return { ...one, received };
      return { ...one, received, servedOn: lastOf([servedOn, ...Object.values(received)]), due, needs: [] };
    }),
  };
}

/** A notice of the end takes effect when its period is over. */
export const TERMINATIONS: Part = {
  moments: (state) => effective(state).map(({ due }) => ({ atMs: due.dueAtMs, consequence: true })),
  dueEvents(state, atMs) {
    const [first] = effective(state).sort((a, b) => a.due.dueAtMs - b.due.dueAtMs);
    if (!first || first.due.dueAtMs > atMs) return NOTHING;
    const { ground, code, due } = first;
    const own = ruleFor(state, ground)?.clauses ?? [];
    const clauses = own.length > 0 ? own : state.agreement.clauses.termination;
    const ending = { type: 'agreement-terminated' as const, clauses, ground, ...(code === null ? {} : { code }) };
    return end(state, ending, due.localDate, due.dueAtMs, CLOCK);
  },
};

function effective(state: AgreementState) {
  if (!isInForce(state)) return [];
  return state.terminations.flatMap(({ due, ...notice }) => (due === null ? [] : [{ ...notice, due }]));
}
