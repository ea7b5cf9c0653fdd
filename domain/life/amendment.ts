import type { Accept, Actor, Approve, Decline, PersonCommand, Propose } from '../agreement/command.ts';
import type { CompiledAgreement, CompiledPatch } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type {
  AmendmentAccepted,
  AmendmentDeclined,
  AmendmentEffective,
  AmendmentLapsed,
  AmendmentProposed,
  EventBody,
} from '../agreement/event.ts';
import { evolve } from '../agreement/evolve.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { openings } from '../agreement/opening.ts';
import { CLOCK, COORDINATOR, THIRD, allSeats, bindsSeat, hasCoordinator, mailSeat } from '../agreement/parties.ts';
import { type Part, notProvided } from '../agreement/part.ts';
import { isInForce } from '../agreement/phase.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { hearsOfSums, withoutSums } from '../agreement/sums.ts';
import type { AgreementState, Amendment } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { dueAfterDays } from '../deadline.ts';
import { endedAlready } from '../engagement/end.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import {
  awaitsThird,
  capClauses,
  capNotice,
  capsChanged,
  clausesOf,
  holdsFrom,
  mixedWith,
  notNotified,
  outdates,
  rebased,
} from './cap-change.ts';
import { amended, changesOf, effectOf } from './patch.ts';
import { conflicts, rebasedOn } from './patch-merge.ts';
import { isRenewing } from './renewal.ts';
import { adjustedSums } from './sums.ts';

/**
 * Asks all who must consent to change what was agreed, from a day on. Its difference is computed here, and is what they
 * accept; whoever proposes has accepted.
 */
export function propose(command: Propose, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const rule = agreement.life?.amendment;
  if (!rule) return notProvided('amendment');
  const by = consenting(agreement, command.actor);
  if (by === undefined) return notConsenting(rule);
  if (command.actor.seat === COORDINATOR && command.documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'a proposal entered for a side needs its document' };
  }
  const { amendment: id, effectiveOn, patch } = command;
  const today = localDateAt(agreement.zone, command.receivedAtMs);
  const caps = capsChanged(agreement, patch);
  const ended = caps.length === 0 ? undefined : endedAlready(state);
  const refused = ended ?? unfit(state, command, today) ?? mixedWith(agreement, patch, caps);
  if (refused) return refused;
  const clauses = caps.length === 0 ? rule.clauses : clausesOf(caps);
  const changes = changesOf(state, patch, effectiveOn);
  if (changes.every(({ field }) => field === 'kept'))
    return { rejected: 'nothing-changes', message: `${id} changes nothing` };

  const lapses = lapseOf(agreement, rule.lapseDays, today, effectiveOn);
  const proposal: EventBody = {
    ...base(command, clauses),
    type: 'amendment-proposed',
    amendment: id,
    by,
    effectiveOn,
    patch,
    changes,
    lapsesAtMs: lapses.atMs,
    ...(caps.length === 0 ? {} : { third: true }),
    documents: command.documents,
  };
  const tell = teller(agreement, command.receivedAtMs, clauses);
  const facts: NoticeFacts = {
    ...factsOf({ id, by, effectiveOn, changes }),
    dueAtMs: lapses.atMs,
    localDate: lapses.localDate,
  };
  const asked = rule.consent.filter((seat) => seat !== by).map((seat) => mailSeat(agreement, seat));
  const requests = asked.map((seat) => ({ ...tell('amendment-proposed', seat, facts), act: 'accept' as const }));
  const followed = settledBy(command, evolve(state, proposal), id);
  return decision({
    ...followed,
    events: [proposal, ...followed.events],
    schedule: [...requests, ...followed.schedule],
  });
}

/** A consent more; with the last one it is settled, and takes effect on its day. */
export function accept(command: Accept, state: AgreementState): Decision | Rejection {
  const found = answering(command, state);
  if ('rejected' in found) return found;
  const { by, amendment, clauses } = found;
  if (amendment.acceptedBy.includes(by)) return decision({});
  const accepted: EventBody = {
    ...base(command, clauses),
    type: 'amendment-accepted',
    amendment: amendment.id,
    by,
    ...paperOf(command),
  };
  const followed = settledBy(command, evolve(state, accepted), amendment.id);
  return decision({ ...followed, events: [accepted, ...followed.events] });
}

/** One no closes it; whoever proposed takes it back by the same act. */
export function decline(command: Decline, state: AgreementState): Decision | Rejection {
  const found = answering(command, state);
  if ('rejected' in found) return found;
  const { by, amendment, clauses } = found;
  if (by !== THIRD && awaitsThird(amendment)) {
    return { rejected: 'amendment-closed', message: `both parties have agreed to ${amendment.id}`, clauses };
  }
  return decision({
    events: [
      { ...base(command, clauses), type: 'amendment-declined', amendment: amendment.id, by, ...paperOf(command) },
    ],
    schedule: settledNotices(state, amendment, 'declined', command.receivedAtMs, command.actor.seat, by),
  });
}

/** A revised policy holds when management has approved it and it is posted: not before, and not before its day (S004-30). */
export function approvePosting(command: Approve, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const rule = agreement.life?.amendment;
  if (!rule || !agreement.life?.effect.policy) return notProvided('posting of a revision');
  const id = command.what.slice('posting:'.length);
  const amendment = state.amendments.find((one) => one.id === id);
  if (!amendment || amendment.status === 'declined' || amendment.status === 'lapsed' || !isInForce(state)) {
    return { rejected: 'nothing-to-approve', message: `no revision ${id} waits to be posted` };
  }
  const by = consenting(agreement, command.actor);
  if (by === undefined) return notConsenting(rule);
  if (command.actor.seat === COORDINATOR && command.documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'a posting entered for management needs its document' };
  }
  if (isPosted(state, id)) return { rejected: 'already-approved', message: `${id} is posted` };
  if (amendment.status !== 'accepted') {
    return {
      rejected: 'gate-closed',
      message: 'a revision is posted when management has approved it',
      clauses: rule.clauses,
    };
  }
  const { what, documents } = command;
  const posted: EventBody = { ...base(command, rule.clauses), type: 'approval-given', what, by, documents };
  const followed = settledBy(command, evolve(state, posted), id);
  return decision({ ...followed, events: [posted, ...followed.events] });
}

/** In force, `posting` alone means the one revision that waits for it; undefined where none does. */
export function approveOnePosting(command: Approve, state: AgreementState): Decision | Rejection | undefined {
  const waiting = isInForce(state) ? state.amendments.filter((one) => awaitsPosting(state, one)) : [];
  const names = waiting.map(({ id }) => `posting:${id}`);
  const [what, ...others] = names;
  if (what === undefined) return undefined;
  if (others.length === 0) return approvePosting({ ...command, what }, state);
  return { rejected: 'nothing-to-approve', message: `name one of those that wait: ${names.join(', ')}` };
}

/** What is wrong with it, whatever it changes. */
function unfit(
  state: AgreementState,
  { amendment: id, effectiveOn, patch }: Propose,
  today: LocalDate,
): Rejection | undefined {
  const { agreement, amendments } = state;
  if (amendments.some((one) => one.id === id))
    return { rejected: 'name-taken', message: `there is an amendment ${id}` };
  if (effectiveOn < today) {
    return {
      rejected: 'effective-too-early',
      message: `${effectiveOn} is before ${today}: what is past keeps its rule`,
    };
  }
  const endsBefore = patch.expiresOn && patch.expiresOn < effectiveOn;
  if (endsBefore || (isBeyondEnd(state, effectiveOn) && !isRenewing(state))) {
    return { rejected: 'date-out-of-range', message: `${effectiveOn} is after the last day of the term` };
  }
  const isCap = capsChanged(agreement, patch).length > 0;
  const earlier = amendments.find(
    (one) => isReady(state, one) && (one.third || isCap ? one.third && isCap : conflicts(agreement, one.patch, patch)),
  );
  if (earlier) {
    const message = `${earlier.id} changes the same from ${earlier.effectiveOn} on: propose when it is in effect`;
    return { rejected: 'amendment-conflicts', message };
  }
  const stranger = patch.obligations.find(({ responsible }) => !isSeat(agreement, responsible));
  return stranger && { rejected: 'unknown-seat', message: `${stranger.responsible} is no seat of the agreement` };
}

function isSeat({ parties, seats, seatParties }: CompiledAgreement, seat: string): boolean {
  return seat !== THIRD && (parties.includes(seat) || seats.includes(seat) || seatParties?.[seat] !== undefined);
}

/** It lapses by its own clock, or when its day has come: proposed for that very day, with its end. */
export function lapseOf(
  { calendar, zone }: CompiledAgreement,
  lapseDays: number | null,
  today: LocalDate,
  effectiveOn: LocalDate,
): { atMs: Instant; localDate: LocalDate } {
  const comesMs = instantAt(zone, effectiveOn, effectiveOn > today ? '00:00' : '24:00');
  const clock =
    lapseDays === null
      ? undefined
      : dueAfterDays(today, lapseDays, { rollover: 'next-working-day', dayEnd: '24:00' }, calendar, zone);
  const atMs = clock && clock.dueAtMs < comesMs ? clock.dueAtMs : comesMs;
  return { atMs, localDate: localDateAt(zone, atMs - 1) };
}

/** The proposal that an answer is about, and the seat whose answer it is. */
function answering(
  command: Accept | Decline,
  state: AgreementState,
): { by: string; amendment: Amendment; clauses: string[] } | Rejection {
  const { agreement } = state;
  const rule = agreement.life?.amendment;
  if (!rule) return notProvided('amendment');
  const amendment = state.amendments.find(({ id }) => id === command.amendment);
  if (!amendment) return { rejected: 'unknown-amendment', message: `no amendment ${command.amendment}` };
  const clauses = clausesFor(agreement, amendment);
  const by = consenting(agreement, command.actor, amendment);
  if (by === undefined) return notConsenting({ consent: consentTo(agreement, amendment), clauses });
  if (command.actor.seat === COORDINATOR && (command.documents ?? []).length === 0) {
    return { rejected: 'evidence-missing', message: 'an answer entered for a side needs its document' };
  }
  const isTakenBack = command.type === 'decline' && awaitsPosting(state, amendment);
  if (amendment.status !== 'proposed' && !isTakenBack) {
    return { rejected: 'amendment-closed', message: `${amendment.id} is ${amendment.status}`, clauses };
  }
  return (
    (by === THIRD ? (endedAlready(state) ?? notNotified(state, amendment)) : undefined) ?? { by, amendment, clauses }
  );
}

/** Whose consent it needs: of a third party's cap also that of the third party, after the others. */
function consentTo({ life }: CompiledAgreement, amendment?: Pick<Amendment, 'third'>): string[] {
  return [...(life?.amendment?.consent ?? []), ...(amendment?.third ? [THIRD] : [])];
}

function clausesFor(agreement: CompiledAgreement, { third }: Pick<Amendment, 'third'>): string[] {
  return third ? capClauses(agreement) : (agreement.life?.amendment?.clauses ?? []);
}

function paperOf({ documents = [] }: Accept | Decline): Pick<AmendmentAccepted, 'documents'> {
  return documents.length === 0 ? {} : { documents };
}

/** The seat that the actor consents for; where several, first one that has not accepted. */
function consenting(agreement: CompiledAgreement, actor: Actor, amendment?: Amendment): string | undefined {
  const seats = consentTo(agreement, amendment).filter((seat) => bindsSeat(agreement, actor, seat));
  return seats.find((seat) => !amendment?.acceptedBy.includes(seat)) ?? seats[0];
}

function notConsenting({ consent, clauses }: { consent: string[]; clauses: string[] }): Rejection {
  return { rejected: 'not-responsible', message: `an amendment is for ${consent.join(', ')} to agree to`, clauses };
}

/** What follows a consent: with the last, rivals lapse, and it takes effect where its day has come; a third party is told. */
function settledBy(
  command: PersonCommand,
  state: AgreementState,
  id: string,
): Pick<Decision, 'events' | 'schedule' | 'issue'> {
  const { agreement } = state;
  const amendment = state.amendments.find((one) => one.id === id);
  const isForThird = amendment?.third?.stage === 'agreed-by-parties' && awaitsThird(amendment);
  if (!amendment || (amendment.status !== 'accepted' && !isForThird)) return { events: [], schedule: [], issue: [] };
  const clauses = clausesFor(agreement, amendment);
  const rivals = state.amendments.filter((one) =>
    isForThird
      ? outdates(amendment, one)
      : (one.status === 'proposed' || awaitsPosting(state, one)) && isRival(state, one, amendment),
  );
  const lapsed = rivals.map((one): EventBody => ({
    ...base(command, clauses),
    type: 'amendment-lapsed',
    amendment: one.id,
    because: 'superseded',
  }));
  const events: EventBody[] = lapsed;
  const schedule = rivals.flatMap((one) =>
    settledNotices(state, one, 'superseded', command.receivedAtMs, command.actor.seat),
  );
  if (isForThird) {
    const notice = capNotice(state, amendment, command);
    return { events, schedule: [...schedule, ...notice.schedule], issue: notice.issue };
  }
  if (takesEffectMs(state, amendment) > command.receivedAtMs || !isReady(state, amendment)) {
    const isNew = command.type !== 'approve';
    return {
      events,
      issue: [],
      schedule: isNew
        ? [...schedule, ...settledNotices(state, amendment, 'accepted', command.receivedAtMs, command.actor.seat)]
        : schedule,
    };
  }
  const effect = effectiveEvent(state, amendment, command.receivedAtMs, base(command, clauses));
  const adjusted = adjustedSums(lapsed.reduce(evolve, state), effect);
  const after = [...lapsed, effect, ...adjusted].reduce(evolve, state);
  return {
    events: [...events, effect, ...adjusted, ...openings(after, command.receivedAtMs, command.actor, command.id)],
    schedule: [...schedule, ...effectNotices(state, amendment, effect, command.receivedAtMs, command.actor.seat)],
    issue: [],
  };
}

/** Whether two proposals change the same. Of a third party's cap each changes that alone, and no other changes it. */
function isRival({ agreement }: AgreementState, one: Amendment, other: Amendment): boolean {
  if (one.id === other.id) return false;
  if (one.third || other.third) return one.third !== undefined && other.third !== undefined;
  return conflicts(agreement, one.patch, other.patch);
}

/** In the next term, if it begins: it waits for the renewal. */
function isBeyondEnd({ expiresOn }: AgreementState, effectiveOn: LocalDate): boolean {
  return expiresOn !== null && effectiveOn > expiresOn;
}

/** What is open when the agreement ends takes effect no more; a third party's cap has an end of its own (S001b-92). */
export function lapsedAtEnd(
  { agreement, amendments }: AgreementState,
  envelope: Pick<AmendmentLapsed, 'occurredAtMs' | 'actor' | 'commandId'>,
): AmendmentLapsed[] {
  return amendments
    .filter(({ status, third }) => !third && (status === 'proposed' || status === 'accepted'))
    .map((one) => ({
      ...envelope,
      type: 'amendment-lapsed',
      clauses: clausesFor(agreement, one),
      amendment: one.id,
    }));
}

function takesEffectMs({ agreement }: AgreementState, { effectiveOn }: Amendment): Instant {
  return instantAt(agreement.zone, effectiveOn, '00:00');
}

/** Nothing but its day is missing: a policy's revision has to be posted, too. */
function isReady(state: AgreementState, { id, status }: Amendment): boolean {
  return status === 'accepted' && (!state.agreement.life?.effect.policy || isPosted(state, id));
}

/** Its day will come, or has come, within the term that runs. */
function isDated(state: AgreementState, amendment: Amendment): boolean {
  return isReady(state, amendment) && !isBeyondEnd(state, amendment.effectiveOn);
}

/** A revision of a policy that is approved and not posted: it binds nobody yet, and is taken back or replaced (S004-30). */
function awaitsPosting(state: AgreementState, amendment: Amendment): boolean {
  return amendment.status === 'accepted' && !isReady(state, amendment);
}

function isPosted({ approvals }: AgreementState, id: string): boolean {
  return approvals.some(({ what }) => what === `posting:${id}`);
}

function effectiveEvent(
  state: AgreementState,
  amendment: Amendment,
  atMs: Instant,
  envelope: Pick<AmendmentEffective, 'occurredAtMs' | 'actor' | 'clauses'>,
): AmendmentEffective {
  const on = localDateAt(state.agreement.zone, atMs);
  const patch = rebased(state, amendment);
  return { ...envelope, type: 'amendment-effective', amendment: amendment.id, patch, ...effectOf(state, patch, on) };
}

export function evolveAmendments(
  state: AgreementState,
  event: AmendmentProposed | AmendmentAccepted | AmendmentDeclined | AmendmentLapsed | AmendmentEffective,
): AgreementState {
  const settled = (id: string, change: Partial<Amendment>): AgreementState => ({
    ...state,
    amendments: state.amendments.map((one) => (one.id === id ? { ...one, ...change } : one)),
  });
  /** Of what is closed the names of its terms alone: its event tells the rest, and of one in effect the patches do. */
  const rulesLeft = (id: string): CompiledPatch => {
    const terms = state.amendments.find((one) => one.id === id)?.patch.terms ?? [];
    return { obligations: [], removed: [], terms };
  };
  switch (event.type) {
    case 'amendment-proposed': {
      const { amendment: id, by, effectiveOn, patch, changes, lapsesAtMs, occurredAtMs, commandId = '' } = event;
      const proposal: Amendment = {
        ...{ id, by, status: 'proposed', proposedAtMs: occurredAtMs, effectiveOn, patch, changes, acceptedBy: [] },
        ...{ lapsesAtMs, commandId },
        ...(event.third ? { third: { stage: 'proposed', notifiedOn: null, due: null } } : {}),
      };
      return { ...state, amendments: [...state.amendments, consented(state.agreement, proposal, by)] };
    }
    case 'amendment-accepted': {
      const before = state.amendments.find(({ id }) => id === event.amendment);
      return before ? settled(event.amendment, consented(state.agreement, before, event.by)) : state;
    }
    case 'amendment-declined': {
      const third = state.amendments.find(({ id }) => id === event.amendment)?.third;
      return settled(event.amendment, {
        status: 'declined',
        patch: rulesLeft(event.amendment),
        changes: [],
        ...(third && event.by === THIRD ? { third: { ...third, stage: 'refused' } } : {}),
      });
    }
    case 'amendment-lapsed':
      return settled(event.amendment, { status: 'lapsed', patch: rulesLeft(event.amendment), changes: [] });
    case 'amendment-effective':
      return othersRebased(
        state.agreement,
        amended(inEffect(settled(event.amendment, { patch: rulesLeft(event.amendment) }), event), event),
      );
  }
}

/** What is still open was computed against the agreement as it was before: it changes what it says, and nothing else. */
function othersRebased(before: CompiledAgreement, state: AgreementState): AgreementState {
  const amendments = state.amendments.map((one) =>
    one.status === 'proposed' || one.status === 'accepted'
      ? { ...one, patch: rebasedOn(before, state.agreement, one.patch) }
      : one,
  );
  return { ...state, amendments };
}

function inEffect(state: AgreementState, { amendment: id, occurredAtMs }: AmendmentEffective): AgreementState {
  const on = localDateAt(state.agreement.zone, occurredAtMs);
  const amendments = state.amendments.map((one) =>
    one.id === id ? { ...one, status: 'effective' as const, effectiveOn: holdsFrom(one, on) } : one,
  );
  return { ...state, amendments };
}

/** An amendment with one consent more. Once both parties agree to a third party's cap, the proposal lapses no more by itself. */
function consented(agreement: CompiledAgreement, amendment: Amendment, by: string): Amendment {
  const acceptedBy = [...amendment.acceptedBy, by];
  const has = (seats: string[]): boolean => seats.every((seat) => acceptedBy.includes(seat));
  const status = has(consentTo(agreement, amendment)) ? 'accepted' : 'proposed';
  const { third } = amendment;
  if (!third || !has(consentTo(agreement))) return { ...amendment, acceptedBy, status };
  const stage = status === 'accepted' ? 'consented' : 'agreed-by-parties';
  return { ...amendment, acceptedBy, status, third: { ...third, stage }, lapsesAtMs: null };
}

/** What was accepted takes effect at 00:00 of its day, before anything else of that instant; what was not lapses. */
export const AMENDMENTS: Part = {
  moments(state) {
    if (!isInForce(state)) return [];
    return state.amendments.flatMap((one) => {
      const atMs = one.status === 'proposed' ? one.lapsesAtMs : isDated(state, one) ? takesEffectMs(state, one) : null;
      return atMs === null ? [] : [{ atMs, consequence: true }];
    });
  },
  dueEvents(before, atMs) {
    const events: EventBody[] = [];
    const schedule: NoticeDraft[] = [];
    if (!isInForce(before)) return { events, schedule };
    let state = before;
    for (const { id } of before.amendments) {
      const amendment = state.amendments.find((one) => one.id === id);
      if (!amendment) continue;
      const envelope = { occurredAtMs: atMs, actor: CLOCK, clauses: clausesFor(before.agreement, amendment) };
      let happened: EventBody[] = [];
      if (isDated(state, amendment) && takesEffectMs(state, amendment) <= atMs) {
        const effect = effectiveEvent(state, amendment, atMs, envelope);
        schedule.push(...effectNotices(state, amendment, effect, atMs));
        happened = [effect, ...adjustedSums(state, effect)];
      } else if (amendment.status === 'proposed' && (amendment.lapsesAtMs ?? Infinity) <= atMs) {
        schedule.push(...settledNotices(state, amendment, 'lapsed', atMs));
        happened = [{ ...envelope, type: 'amendment-lapsed', amendment: id }];
      }
      events.push(...happened);
      state = happened.reduce(evolve, state);
    }
    return { events, schedule };
  },
};

/** Whether a proposal still waits for the seat that a notice went to. */
export function isAmendmentAwaited({ seat, facts }: NoticeDraft, { agreement, amendments }: AgreementState): boolean {
  const amendment = amendments.find(({ id }) => id === facts.about);
  const missing = (agreement.life?.amendment?.consent ?? []).filter((one) => !amendment?.acceptedBy.includes(one));
  return amendment?.status === 'proposed' && missing.some((one) => mailSeat(agreement, one) === seat);
}

function factsOf({
  id,
  by,
  effectiveOn,
  changes,
}: Pick<Amendment, 'id' | 'by' | 'effectiveOn' | 'changes'>): NoticeFacts {
  return { about: id, by, from: effectiveOn, changes };
}

/** How a proposal ended, to all who were asked and to the coordinator. */
function settledNotices(
  { agreement }: AgreementState,
  amendment: Amendment,
  status: 'accepted' | 'declined' | 'lapsed' | 'superseded',
  atMs: Instant,
  actorSeat?: string,
  by = amendment.by,
): NoticeDraft[] {
  const asked = consentTo(agreement).map((seat) => mailSeat(agreement, seat));
  const told = [...asked, ...(hasCoordinator(agreement) ? [COORDINATOR] : []), ...thirdOf(agreement, amendment)];
  const seats = [...new Set(told)];
  const tell = teller(agreement, atMs, clausesFor(agreement, amendment));
  const facts: NoticeFacts = { ...factsOf({ ...amendment, by }), status };
  return seats.filter((seat) => seat !== actorSeat).map((seat) => tell('amendment-settled', seat, facts));
}

/** That it holds from now on, to everybody, with the dates that moved. */
function effectNotices(
  { agreement }: AgreementState,
  amendment: Amendment,
  { redated, occurredAtMs }: AmendmentEffective,
  atMs: Instant,
  actorSeat?: string,
): NoticeDraft[] {
  const tell = teller(agreement, atMs, clausesFor(agreement, amendment));
  const from = localDateAt(agreement.zone, occurredAtMs);
  const facts: NoticeFacts = {
    ...factsOf(amendment),
    from,
    redated: redated.map(({ obligation, occurrence, before, due }) => ({
      obligation,
      occurrence,
      before: before.localDate,
      after: due.localDate,
    })),
  };
  return [...allSeats(agreement), ...thirdOf(agreement, amendment)]
    .filter((seat) => seat !== actorSeat)
    .map((seat) => {
      const isItsOwn = seat === THIRD || hearsOfSums(agreement, seat);
      return tell('amendment-effective', seat, isItsOwn ? facts : withoutSums(facts));
    });
}

/** The third party, where it was asked and has an address. */
function thirdOf({ seats }: CompiledAgreement, { third }: Amendment): string[] {
  return third && third.stage !== 'proposed' && seats.includes(THIRD) ? [THIRD] : [];
}

function base({ receivedAtMs, actor, id }: PersonCommand, clauses: string[]) {
  return { occurredAtMs: receivedAtMs, actor, commandId: id, clauses };
}
