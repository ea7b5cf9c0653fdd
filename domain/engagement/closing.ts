import { CLOCK, COORDINATOR } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { Instant, LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { capNotified } from './cap.ts';
import type { EngagementMachineCommand } from './command.ts';
import type { EngagementEventBody } from './event.ts';
import {
  type Command,
  type Decision,
  byParty,
  causeOf,
  dayOf,
  endedCode,
  isInForce,
  isOver,
  refuse,
  saidBy,
} from './standing.ts';
import type { EngagementState } from './state.ts';
import { asking, everybody, news, partiesOf, written } from './telling.ts';

type Cause = ReturnType<typeof causeOf>;
type Ground = NonNullable<EngagementState['endGround']>;

/** Over: access is withdrawn, what remains is to be settled; where nothing does, it is closed at once (S001b-92). */
function over(state: EngagementState, ground: Ground, endedOn: LocalDate, cause: Cause): EngagementEventBody[] {
  const { end, kind } = state.input.rules;
  const items = end && kind === 'involvement' ? end.items : [];
  const clauses = end ? end.clauses : cause.clauses;
  const base = { ...cause, clauses };
  return [
    ...(state.access === 'granted' ? [{ ...base, type: 'engagement-access-withdrawn' as const }] : []),
    { ...base, type: 'engagement-over', ground, endedOn, items },
    ...(items.length === 0 ? [{ ...base, type: 'engagement-closed' as const }] : []),
  ];
}

/** The report of a commission is there: that was its purpose (S003-S-14, S003-N-09). */
export function reportImported(
  state: EngagementState,
  milestone: string,
  cause: Cause,
  on: LocalDate,
): EngagementEventBody[] {
  return [{ ...cause, type: 'engagement-report-imported', milestone }, ...over(state, 'purpose-achieved', on, cause)];
}

/**
 * One party decides that it ends, and the other that it does, too, on that ground; then the third party is written to, and the notice's arrival
 * ends it (S001b-89 to S001b-92). What all agreed on outside the coordinator enters with its document.
 */
export function end(command: Command<'end'>, state: EngagementState): Decision | Rejection {
  const { input, ending } = state;
  const { ground, documents, actor, receivedAtMs } = command;
  const rule = input.rules.end;
  const clauses = rule?.clauses ?? input.rules.agreement.clauses;
  if (!isInForce(state)) {
    return refuse(endedCode(state) ?? 'gate-closed', `${input.reference} is ${state.status}`, clauses);
  }
  const cause = causeOf(command, clauses);
  if (ground === 'agreed') {
    if (actor.seat !== COORDINATOR) {
      return refuse('not-responsible', 'what all agreed on outside is entered by the coordinator', clauses);
    }
    if (documents.length === 0) return refuse('evidence-missing', 'with the document of what all agreed on', clauses);
    const endedOn = dayOf(input, command);
    return processDecision<EngagementEventBody>({
      events: over(state, 'agreed', endedOn, cause),
      schedule: news(state, 'engagement-over', {
        atMs: receivedAtMs,
        own: actor.seat,
        clauses,
        seats: everybody(state),
        facts: { ground, endedOn },
      }),
    });
  }
  if (!rule?.grounds.includes(ground)) return notProvided(`end of the involvement by ${ground}`);
  const by = saidBy(input, actor);
  if (by === undefined || !input.parties.includes(by)) {
    return refuse('not-responsible', `decided by ${input.parties.join(' and ')}`, clauses);
  }
  if (ground !== 'purpose-achieved' && documents.length === 0) {
    return refuse('evidence-missing', 'that it cannot perform, or is in breach, is shown by a document', clauses);
  }
  const facts = { ground };
  if (ending?.noticed) return refuse('already-notified', `both have decided on ${ending.ground}`, clauses);
  // Another ground is a wish of one's own: to the first nobody has agreed by it.
  if (ending === null || ending.ground !== ground) {
    return processDecision<EngagementEventBody>({
      events: [{ ...cause, type: 'engagement-ending-proposed', ground, by, documents }],
      schedule: asking(
        state,
        'end',
        input.parties.filter((party) => party !== by),
        { atMs: receivedAtMs, clauses, facts },
      ),
    });
  }
  if (ending.agreedBy.includes(by)) return refuse('already-approved', `${by} has decided so`, clauses);
  const complete = input.parties.every((party) => party === by || ending.agreedBy.includes(party));
  return processDecision<EngagementEventBody>({
    events: [{ ...cause, type: 'engagement-ending-agreed', by, complete }],
    schedule: complete ? written(state, 'end', { atMs: receivedAtMs, clauses, facts: { ground: ending.ground } }) : [],
  });
}

/** The written notice of the end has arrived. */
function endNotified(state: EngagementState, on: LocalDate, cause: Cause): Decision | Rejection {
  const { ending, input } = state;
  const clauses = input.rules.end?.clauses ?? [];
  if (!ending?.noticed || !isInForce(state)) {
    return refuse('gate-closed', 'both parties decide before the third party is notified', clauses);
  }
  const { ground } = ending;
  const events = over(state, ground, on, cause);
  const facts = { ground, endedOn: on };
  return processDecision<EngagementEventBody>({
    events,
    schedule: news(state, 'engagement-over', {
      atMs: cause.occurredAtMs,
      clauses,
      seats: [...partiesOf(state), COORDINATOR],
      facts,
    }),
  });
}

/** A notice that was given by hand, with the third party's receipt. */
export function serve(command: Command<'serve'>, state: EngagementState): Decision | Rejection {
  const { input } = state;
  const { notice, servedOn, documents, actor } = command;
  const { clauses } = input.rules;
  if (!byParty(state, actor)) return refuse('not-responsible', 'given in the name of both parties', clauses);
  if (documents.length === 0) return refuse('evidence-missing', 'by hand, with the third party’s receipt', clauses);
  const today = dayOf(input, command);
  if (servedOn > today) return refuse('date-out-of-range', `it was given by ${today}`, clauses);
  const cause = causeOf(command, clauses);
  return notice === 'cap' ? capNotified(state, servedOn, cause) : endNotified(state, servedOn, cause);
}

/** Mail says that a written notice was taken by the server of whom it was for; one that has lost its point changes nothing. */
export function noticeArrived(
  command: Extract<EngagementMachineCommand, { type: 'notice-arrived' }>,
  state: EngagementState,
): Decision {
  const on = localDateAt(state.input.zone, command.sentAtMs);
  const cause = { ...causeOf(command, state.input.rules.clauses) };
  const [what, number] = command.notice.split('-');
  const answer =
    what === 'cap'
      ? capNotified(state, on, cause, number === undefined ? undefined : Number(number))
      : endNotified(state, on, cause);
  return 'rejected' in answer ? processDecision<EngagementEventBody>({}) : answer;
}

/** One of the things that remain is settled: when every party says so, it is; with the last one it is closed. */
export function settle(command: Command<'settle'>, state: EngagementState): Decision | Rejection {
  const { input, items, status } = state;
  const { item, actor, receivedAtMs } = command;
  const rule = input.rules.end;
  if (rule === null) return notProvided('settlement after the involvement');
  const { clauses } = rule;
  const by = saidBy(input, actor);
  if (by === undefined || !input.parties.includes(by)) {
    return refuse('not-responsible', `said by ${input.parties.join(' and ')}`, clauses);
  }
  if (status !== 'ended')
    return refuse('gate-closed', `${input.reference} is ${status}: nothing is to be settled`, clauses);
  const known = items.find((one) => one.item === item);
  if (!known) return refuse('unknown-item', `${items.map((one) => one.item).join(', ')} remain`, clauses);
  if (known.by.includes(by)) return refuse('item-settled', `${by} has said that ${item} is settled`, clauses);
  const isDone = (one: EngagementState['items'][number]): boolean =>
    input.parties.every((party) => one.by.includes(party) || (one.item === item && party === by));
  const complete = isDone(known);
  const cause = causeOf(command, clauses);
  const settled: EngagementEventBody = { ...cause, type: 'engagement-item-settled', item, by, complete };
  const isLast = complete && items.every(isDone);
  return processDecision<EngagementEventBody>({
    events: isLast ? [settled, { ...cause, type: 'engagement-closed' }] : [settled],
    schedule: complete
      ? []
      : asking(
          state,
          'settle',
          input.parties.filter((party) => party !== by && !known.by.includes(party)),
          { atMs: receivedAtMs, clauses, facts: { about: item } },
        ),
  });
}

/** Its last day is over: both are asked whether the purpose was achieved (S001b-99); where the contract knows no end, it ends. */
export function termOver(state: EngagementState, endsOn: LocalDate, atMs: Instant): Decision {
  const { rules } = state.input;
  const { clauses } = rules.agreement;
  const cause = { occurredAtMs: atMs, actor: CLOCK, clauses };
  const asked: EngagementEventBody = { ...cause, type: 'engagement-term-over', endsOn };
  const facts = { endedOn: endsOn };
  if (rules.end) {
    return processDecision<EngagementEventBody>({
      events: [asked],
      schedule: asking(state, 'purpose', state.input.parties, { atMs, clauses, facts }),
    });
  }
  return processDecision<EngagementEventBody>({
    events: [asked, ...over(state, 'term', endsOn, cause)],
    schedule: news(state, 'engagement-over', {
      atMs,
      clauses,
      seats: everybody(state),
      facts: { ground: 'term', ...facts },
    }),
  });
}

/** With its agreement an involvement ends, too; what remains of it can still be settled. */
export function agreementOver(command: EngagementMachineCommand, state: EngagementState): Decision {
  if (isOver(state) || state.status === 'ended') return processDecision<EngagementEventBody>({});
  const { receivedAtMs } = command;
  const clauses = state.input.rules.clauses;
  const cause = causeOf(command, clauses);
  if (!isInForce(state))
    return processDecision<EngagementEventBody>({ events: [{ ...cause, type: 'engagement-lapsed' }] });
  const endedOn = dayOf(state.input, command);
  return processDecision<EngagementEventBody>({
    events: over(state, 'agreement-over', endedOn, cause),
    schedule: news(state, 'engagement-over', {
      atMs: receivedAtMs,
      clauses,
      seats: everybody(state),
      facts: { ground: 'agreement-over', endedOn },
    }),
  });
}
