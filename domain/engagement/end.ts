import type { Actor, Approve, EndEngagement, Serve } from '../agreement/command.ts';
import type { CompiledEngagementEnd } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type {
  EngagementEndAgreed,
  EngagementEndProposed,
  EngagementEnded,
  EngagementItemAgreed,
  NoticeServed,
} from '../agreement/event.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { COORDINATOR, THIRD, boundParty, hasCoordinator, partySeats } from '../agreement/parties.ts';
import { NOTHING, notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, EngagementEnd } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import type { Brought } from '../life/breach.ts';
import type { Cause } from '../life/settlement.ts';
import type { Instant, LocalDate } from '../time.ts';

/**
 * One party decides that a third party's involvement is to end: because it cannot perform, with evidence (S001b-89); for its
 * breach, by what that is recorded as, which survives the end (S001b-90); or because the stated purpose is achieved
 * (S001b-91). Any one of them suffices, and both parties decide.
 */
export function endEngagement(command: EndEngagement, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const rule = agreement.life?.engagementEnd;
  const known = rule?.grounds.find(({ ground }) => ground === command.ground);
  if (!rule || !known) return notProvided(`end of a third party’s involvement by ${command.ground}`);
  const by = deciding(command, state);
  if (typeof by !== 'string') return by;
  const ended = endedAlready(state);
  if (ended) return ended;
  const unfounded = lacksGround(command, rule, known.clauses, state);
  if (unfounded) return unfounded;
  const waiting = state.engagementEnds.find((one) => one.status === 'agreed');
  if (waiting) {
    const message = `both have decided on ${waiting.id}: notify the third party`;
    return { rejected: 'already-notified', message, clauses: rule.clauses };
  }
  const same = state.engagementEnds.find((one) => one.status === 'proposed' && one.ground === command.ground);
  if (same) return same.agreedBy.includes(by) ? already(same, rule) : agree(command, same, by, state, rule);

  const end = `end-${state.engagementEnds.length + 1}`;
  const clauses = clausesOf(rule, command.ground);
  const proposed: EngagementEndProposed = {
    ...causeOf(command),
    type: 'engagement-end-proposed',
    clauses,
    end,
    by,
    ground: command.ground,
    ...(command.about === undefined ? {} : { about: command.about }),
    items: rule.items,
    documents: command.documents,
  };
  const tell = teller(agreement, command.receivedAtMs, clauses);
  const asked = partySeats(agreement).filter((seat) => seat !== by);
  return decision({
    events: [proposed],
    schedule: asked.map((seat) => ({
      ...tell('engagement-end-consent', seat, { about: end, by, ground: command.ground }),
      act: 'approve' as const,
    })),
  });
}

/** Why the ground is not there; undefined where it is. */
function lacksGround(
  { ground, about, documents }: EndEngagement,
  { hasPurpose }: CompiledEngagementEnd,
  clauses: string[],
  { claims, matters }: AgreementState,
): Rejection | undefined {
  if (about !== undefined) {
    const isKnown = claims.some(({ id }) => about === `claim:${id}`) || matters.some(({ id }) => id === about);
    if (!isKnown) return { rejected: 'unknown-matter', message: `no claim or matter ${about}`, clauses };
  }
  switch (ground) {
    case 'unable-to-perform':
      if (documents.length > 0) return undefined;
      return { rejected: 'evidence-missing', message: 'that it cannot perform is shown by a document', clauses };
    case 'breach':
      if (about !== undefined || documents.length > 0) return undefined;
      return { rejected: 'ground-missing', message: 'name the claim or the matter of its breach', clauses };
    case 'purpose-achieved':
      if (hasPurpose) return undefined;
      return { ...notProvided('purpose that could be achieved: none is stated'), clauses };
  }
}

/** The other party decides so, too; or, afterwards, one thing that remained is settled. */
export function approveEngagementEnd(command: Approve, state: AgreementState): Decision | Rejection {
  const rule = state.agreement.life?.engagementEnd;
  if (!rule) return notProvided('end of a third party’s involvement');
  const by = deciding(command, state);
  if (typeof by !== 'string') return by;
  const [, id, item] = command.what.split(':');
  const end = state.engagementEnds.find((one) => one.id === id);
  if (!end || end.status === 'replaced') {
    return { rejected: 'nothing-to-approve', message: `nothing waits as ${command.what}`, clauses: rule.clauses };
  }
  if (item !== undefined) return settleItem(command, end, { item, by }, state, rule);
  if (end.agreedBy.includes(by)) return already(end, rule);
  return agree(command, end, by, state, rule);
}

/** With the last party's decision the third party is written to at once, in the name of all (S001b-92). */
function agree(
  command: Approve | EndEngagement,
  end: EngagementEnd,
  by: string,
  state: AgreementState,
  rule: CompiledEngagementEnd,
): Decision {
  const clauses = clausesOf(rule, end.ground);
  const agreed: EngagementEndAgreed = {
    ...causeOf(command),
    type: 'engagement-end-agreed',
    clauses,
    end: end.id,
    by,
    documents: command.documents,
  };
  const after = evolveEngagementEnds(state, agreed);
  const decided = after.engagementEnds.find(({ id }) => id === end.id);
  if (decided?.status !== 'agreed') return decision({ events: [agreed] });
  return decision({ events: [agreed], ...writtenEnd(after, decided, clauses, command) });
}

/** The notice in both names: by mail where the third party has an address; else both are told to give it by hand. */
function writtenEnd(
  { agreement, seated }: AgreementState,
  { id, ground }: EngagementEnd,
  clauses: string[],
  { actor, receivedAtMs: atMs }: { actor: Actor; receivedAtMs: Instant },
): Pick<Decision, 'issue' | 'schedule'> {
  const tell = teller(agreement, atMs, clauses);
  const facts: NoticeFacts = { about: id, ground, against: THIRD };
  const coordinator = hasCoordinator(agreement) && actor.seat !== COORDINATOR ? [COORDINATOR] : [];
  if (!agreement.seats.includes(THIRD) || seated[THIRD] === null) {
    const seats = [...partySeats(agreement).filter((seat) => seat !== actor.seat), ...coordinator];
    const byHand = { ...facts, status: 'by-hand' };
    return { issue: [], schedule: seats.map((seat) => tell('engagement-end-notice', seat, byHand)) };
  }
  const mail: NoticeDraft = {
    ...tell('engagement-end-notice', THIRD, { ...facts, serves: `engagement-end:${id}` }),
    atMs,
  };
  const copies = coordinator.map((seat) => ({ ...tell('engagement-end-notice', seat, facts), role: 'copy' }));
  return { issue: [mail], schedule: copies };
}

/** The notice by hand, with the third party's receipt; or by mail again, where the first came back. */
export function serveEngagementEnd(command: Serve, state: AgreementState): Decision | Rejection {
  const rule = state.agreement.life?.engagementEnd;
  if (!rule) return notProvided('end of a third party’s involvement');
  const { clauses } = rule;
  const ended = endedAlready(state);
  if (ended) return ended;
  const end = state.engagementEnds.find(({ id }) => id === command.about);
  if (end?.status !== 'agreed') {
    return { rejected: 'gate-closed', message: 'both parties decide before the third party is notified', clauses };
  }
  if (command.servedOn !== undefined) {
    return decision(engagementEndServed(state, end.id, command.servedOn, causeOf(command)));
  }
  const { issue, schedule } = writtenEnd(state, end, clausesOf(rule, end.ground), command);
  if (issue.length > 0) return decision({ issue, schedule });
  return { rejected: 'evidence-missing', message: 'the third party has no address: by hand, with a document', clauses };
}

/** The notice has reached the third party: its involvement has ended, and the rest is to be settled. The contract goes on. */
export function engagementEndServed(state: AgreementState, id: string, servedOn: LocalDate, cause: Cause): Brought {
  const { agreement } = state;
  const rule = agreement.life?.engagementEnd;
  const end = state.engagementEnds.find((one) => one.id === id);
  if (!rule || end?.status !== 'agreed') return NOTHING;
  const clauses = clausesOf(rule, end.ground);
  const served: NoticeServed = {
    ...cause,
    type: 'notice-served',
    clauses: rule.clauses,
    notice: `engagement-end:${id}`,
    servedOn,
    due: null,
  };
  const ended: EngagementEnded = {
    ...cause,
    type: 'engagement-ended',
    clauses,
    end: id,
    ground: end.ground,
    endedOn: servedOn,
  };
  const tell = teller(agreement, cause.occurredAtMs, clauses);
  const facts: NoticeFacts = { about: id, ground: end.ground, endedOn: servedOn, open: rule.items };
  const seats = [...partySeats(agreement), ...(hasCoordinator(agreement) ? [COORDINATOR] : [])];
  return { events: [served, ended], schedule: seats.map((seat) => tell('engagement-ended', seat, facts)) };
}

/** A party says that one thing is settled, and how; when the other says so too, it is. */
function settleItem(
  command: Approve,
  end: EngagementEnd,
  { item, by }: { item: string; by: string },
  state: AgreementState,
  rule: CompiledEngagementEnd,
): Decision | Rejection {
  const { agreement } = state;
  const { clauses } = rule;
  const known = end.items.find((one) => one.item === item);
  if (!known) return { rejected: 'unknown-item', message: `nothing remains as ${item}`, clauses };
  if (end.status !== 'ended') {
    return { rejected: 'gate-closed', message: 'what remains is settled once the third party was notified', clauses };
  }
  if (known.agreedBy.includes(by))
    return { rejected: 'already-approved', message: `${by} has agreed to ${item}`, clauses };
  const settled = agreement.parties.every((party) => party === by || known.agreedBy.includes(party));
  const agreed: EngagementItemAgreed = {
    ...causeOf(command),
    type: 'engagement-item-agreed',
    clauses,
    end: end.id,
    item,
    by,
    settled,
    documents: command.documents,
  };
  const tell = teller(agreement, command.receivedAtMs, clauses);
  const missing = partySeats(agreement).filter((seat) => seat !== by && !known.agreedBy.includes(seat));
  const facts: NoticeFacts = { about: `${end.id}:${item}`, by, ground: end.ground, what: item };
  return decision({
    events: [agreed],
    schedule: missing.map((seat) => ({ ...tell('engagement-end-consent', seat, facts), act: 'approve' as const })),
  });
}

export function evolveEngagementEnds(
  state: AgreementState,
  event: EngagementEndProposed | EngagementEndAgreed | EngagementEnded | EngagementItemAgreed,
): AgreementState {
  const changed = (change: (end: EngagementEnd) => Partial<EngagementEnd>): AgreementState => ({
    ...state,
    engagementEnds: state.engagementEnds.map((one) => (one.id === event.end ? { ...one, ...change(one) } : one)),
  });
  switch (event.type) {
    case 'engagement-end-proposed': {
      const { end: id, by, ground, about = null, items } = event;
      const open = { status: 'proposed' as const, endedOn: null, items: items.map((item) => ({ item, agreedBy: [] })) };
      // A party has one wish at a time: its next takes the place of the last.
      const before = state.engagementEnds.map((one) =>
        one.status === 'proposed' && one.by === by ? { ...one, status: 'replaced' as const } : one,
      );
      return { ...state, engagementEnds: [...before, { id, by, ground, about, agreedBy: [by], ...open }] };
    }
    case 'engagement-end-agreed': {
      const after = changed(({ agreedBy, status }) => {
        const all = [...agreedBy, event.by];
        return {
          agreedBy: all,
          status: state.agreement.parties.every((party) => all.includes(party)) ? 'agreed' : status,
        };
      });
      const isDecided = after.engagementEnds.some(({ id, status }) => id === event.end && status === 'agreed');
      return isDecided ? { ...after, engagementEnds: after.engagementEnds.map(outdated) } : after;
    }
    case 'engagement-ended':
      return changed(() => ({ status: 'ended', endedOn: event.endedOn }));
    case 'engagement-item-agreed':
      return changed(({ items }) => ({
        items: items.map((one) => (one.item === event.item ? { ...one, agreedBy: [...one.agreedBy, event.by] } : one)),
      }));
  }
}

function outdated(end: EngagementEnd): EngagementEnd {
  return end.status === 'proposed' ? { ...end, status: 'replaced' } : end;
}

/** The involvement has ended: there is nobody left whose cap, access or work could be agreed on. */
export function endedAlready({ agreement, engagementEnds }: AgreementState): Rejection | undefined {
  const ended = engagementEnds.find(({ status }) => status === 'ended');
  const clauses = agreement.life?.engagementEnd?.clauses ?? [];
  return ended && { rejected: 'engagement-ended', message: `it ended on ${ended.endedOn ?? ''}`, clauses };
}

/** Whether the decision, or the settlement, that a notice asks for is still awaited. */
export function isEngagementEndAwaited({ seat, facts }: NoticeDraft, { engagementEnds }: AgreementState): boolean {
  const [id, item] = (facts.about ?? '').split(':');
  const end = engagementEnds.find((one) => one.id === id);
  if (item !== undefined) return end?.items.some((one) => one.item === item && !one.agreedBy.includes(seat)) ?? false;
  return end?.status === 'proposed' && !end.agreedBy.includes(seat);
}

/** The party that decides: itself by its own seat, or a coordinator with its paper. */
function deciding({ actor, documents }: Approve | EndEngagement, { agreement }: AgreementState): string | Rejection {
  const by = boundParty(actor);
  const clauses = agreement.life?.engagementEnd?.clauses ?? [];
  if (by === undefined || !agreement.parties.includes(by)) {
    return { rejected: 'not-responsible', message: `for ${agreement.parties.join(' and ')} to decide`, clauses };
  }
  if (actor.seat === COORDINATOR && documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'what is entered for a party needs its paper', clauses };
  }
  return by;
}

function already({ id }: EngagementEnd, { clauses }: CompiledEngagementEnd): Rejection {
  return { rejected: 'already-approved', message: `it has decided on ${id}`, clauses };
}

/** The ground's own clauses, and those of the end. */
function clausesOf({ grounds, clauses }: CompiledEngagementEnd, ground: EngagementEnd['ground']): string[] {
  return [...new Set([...(grounds.find((one) => one.ground === ground)?.clauses ?? []), ...clauses])];
}

function causeOf({ receivedAtMs, actor, id }: Approve | EndEngagement | Serve): Cause {
  return { occurredAtMs: receivedAtMs, actor, commandId: id };
}
