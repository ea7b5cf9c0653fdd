import type { Due } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { COORDINATOR, CUSTOMER } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import { noticeMoment } from '../notice-time.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { Instant } from '../time.ts';
import { VERDICT_DAYS, dueIn, isAnswered } from './clock.ts';
import type { ImprovementPersonCommand } from './command.ts';
import type { ImprovementEventBody } from './event.ts';
import { subjectOf } from './reminder.ts';
import { actsAs, causeOf, findingClauses, hasEnded, notResponsible, unprovenAt } from './standing.ts';
import type { ImprovementState } from './state.ts';
import { speakerOf, told } from './telling.ts';

type Command<T extends ImprovementPersonCommand['type']> = Extract<ImprovementPersonCommand, { type: T }>;
type Decision = ProcessDecision<ImprovementEventBody>;

/** Those who raised it have the result (S004-23); that nobody is known is said by an empty list. */
export function answerCustomers(command: Command<'answer-customers'>, state: ImprovementState): Decision | Rejection {
  const wrong = unprovenAt(state);
  if (wrong) return wrong;
  const { input, finding } = state;
  const clauses = answerClauses(state);
  const answerers = answerersOf(state);
  if (!actsAs(state, command.actor, answerers)) return notResponsible(answerers, clauses);
  const customers = [...new Set(command.customers)];
  if (isAnswered(state) && customers.every((one) => state.answeredCustomers.includes(one))) {
    return { rejected: 'already-fulfilled', message: 'they have the answer' };
  }
  if (customers.length === 0 && finding.raisedBy.length > 0) {
    const message = `${finding.raisedBy.length} who raised it are known: name those who have the answer`;
    return { rejected: 'answer-missing', message, clauses };
  }
  const known = customers.length > 0 || state.answeredCustomers.length > 0;
  const verdictDue = known ? dueIn(input, command.receivedAtMs, VERDICT_DAYS) : undefined;
  const mailed = customers.filter((one) => command.mail?.includes(one) && !state.answeredCustomers.includes(one));
  return processDecision<ImprovementEventBody>({
    events: [
      { ...causeOf(command, clauses), type: 'customers-answered', customers, ...(verdictDue ? { verdictDue } : {}) },
    ],
    schedule: mailed.map((customer) => answerMail(command, state, { customer, verdictDue, clauses })),
  });
}

/** The answer as a mail: its words stand with the command, its reader in the directory of customers. */
function answerMail(
  { id, receivedAtMs }: Command<'answer-customers'>,
  state: ImprovementState,
  { customer, verdictDue, clauses }: { customer: string; verdictDue: Due | undefined; clauses: string[] },
): NoticeDraft {
  const { calendar, zone, noticeHours, reference, rules } = state.input;
  return {
    kind: 'customer-answer',
    ...subjectOf(state),
    seat: CUSTOMER,
    role: CUSTOMER,
    addressee: customer,
    atMs: noticeMoment(receivedAtMs, calendar, zone, noticeHours),
    clauses,
    facts: {
      process: reference,
      about: id,
      by: state.department ?? rules.planner,
      ...(verdictDue ? { dueAtMs: verdictDue.dueAtMs, localDate: verdictDue.localDate } : {}),
    },
  };
}

/** A customer, or whoever answered them, says what they think of it; the last word counts. */
export function giveVerdict(command: Command<'customer-verdict'>, state: ImprovementState): Decision | Rejection {
  const wrong = unprovenAt(state);
  if (wrong) return wrong;
  const { actor, customer, satisfied } = command;
  const clauses = answerClauses(state);
  const answerers = answerersOf(state);
  if (actor.personId !== customer && !actsAs(state, actor, answerers)) return notResponsible(answerers, clauses);
  if (!state.answeredCustomers.includes(customer)) {
    return { rejected: 'answer-missing', message: 'this customer has no answer yet', clauses };
  }
  return processDecision<ImprovementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'customer-verdict-given', customer, satisfied }],
  });
}

/** Results and status are shown to staff, without customers' names, by whoever plans or checks, or the company itself (S004-26). */
export function publishResults(command: Command<'publish-results'>, state: ImprovementState): Decision | Rejection {
  const { input } = state;
  const { publication, planner, checks, approvers } = input.rules;
  if (!publication) return notProvided('publication of results');
  const wrong = unprovenAt(state);
  if (wrong && (hasEnded(state) || wrong.rejected === 'not-classified')) return wrong;
  const { clauses } = publication;
  const publishers = [
    ...new Set([planner, ...(checks ? [checks.by] : []), ...approvers, ...input.parties, COORDINATOR]),
  ];
  if (!actsAs(state, command.actor, publishers)) return notResponsible(publishers, clauses);
  return processDecision<ImprovementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'results-published', documents: command.documents }],
    schedule: told(state, command, 'results-published', {
      to: input.seats.filter((seat) => seat !== 'third'),
      clauses,
      facts: { by: speakerOf(command.actor), status: state.status },
    }),
  });
}

/** By hand, without waiting for verdicts: also where a customer is not satisfied, which somebody then answers for. */
export function close(command: Command<'close'>, state: ImprovementState): Decision | Rejection {
  const missing = missingAt(state);
  if (missing) return missing;
  const { planner } = state.input.rules;
  const clauses = findingClauses(state);
  if (!actsAs(state, command.actor, [planner, COORDINATOR])) return notResponsible([planner, COORDINATOR], clauses);
  return processDecision<ImprovementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'improvement-closed' }],
  });
}

/** What its agreement asks for before it closes, and is not there. */
export function missingAt(state: ImprovementState): Rejection | undefined {
  const unproven = unprovenAt(state);
  if (unproven) return unproven;
  const { answer, publication } = state.input.rules;
  if (answer && !isAnswered(state)) {
    const message = 'those who raised it have no answer yet; where nobody is known, say so with an empty list';
    return { rejected: 'answer-missing', message, clauses: answer.clauses };
  }
  if (publication && state.publishedAtMs === null) {
    const message = 'the results have not been published to staff since the effect was seen';
    return { rejected: 'not-published', message, clauses: publication.clauses };
  }
  return undefined;
}

/**
 * Whether it closes by itself at this instant: all that is asked for is there, and whoever was answered is satisfied, or
 * has let the days pass in which they could have said otherwise, which stand still with the agreement. A customer who is not satisfied leaves it to people.
 */
export function closesByItself(state: ImprovementState, atMs: Instant): boolean {
  if (missingAt(state)) return false;
  const { verdicts, verdictDue, answeredCustomers, suspended } = state;
  if (Object.values(verdicts).includes(false)) return false;
  const isSilent = answeredCustomers.some((customer) => verdicts[customer] === undefined);
  return !isSilent || verdictDue === null || (suspended === null && verdictDue.dueAtMs <= atMs);
}

function answerersOf({ department, input }: ImprovementState): string[] {
  return [department ?? input.rules.planner, COORDINATOR];
}

function answerClauses({ input }: ImprovementState): string[] {
  return input.rules.answer?.clauses ?? input.rules.clauses;
}
