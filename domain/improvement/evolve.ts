import type { ImprovementEventBody } from './event.ts';
import { COORDINATOR } from '../agreement/parties.ts';
import { united } from './priority.ts';
import type { ImprovementState } from './state.ts';
import { standingDates, withDate } from './suspending.ts';
import { localDateAt } from '../zone.ts';

/** What is true after an event. */
export function evolve(state: ImprovementState, event: ImprovementEventBody): ImprovementState {
  switch (event.type) {
    case 'finding-opened':
      return { ...state, finding: event.finding, causeDue: event.causeDue ?? null };
    case 'finding-classified': {
      const { category, severity, score, priority, department } = event;
      const finding = { ...state.finding, severity };
      const due = event.due ?? null;
      return { ...state, status: 'classified', finding, category, score, priority, department, due };
    }
    case 'finding-absorbed': {
      const { score, priority } = event;
      const finding = united(state.finding, event.finding);
      return { ...state, finding, absorbed: [...state.absorbed, event.from], score, priority };
    }
    case 'finding-merged':
      return { ...state, status: 'merged', mergedInto: event.into };
    case 'finding-dismissed':
      return { ...state, status: 'dismissed' };
    case 'cause-overdue':
      return { ...state, causeOverdue: true };
    case 'cause-found':
      return { ...state, causeFoundAtMs: event.occurredAtMs };
    case 'plan-overdue':
      return { ...state, planOverdue: true };
    case 'plan-submitted':
      return {
        ...state,
        status: state.input.rules.approvers.length === 0 ? 'approved' : 'planned',
        version: event.version,
        plannedBy: event.actor,
        planDocuments: event.documents,
        planDaysLate: state.planDaysLate + event.daysLate,
        goal: event.goal,
        measures: event.measures.map((measure) => ({
          ...measure,
          overdue: false,
          completedAtMs: null,
          daysLate: 0,
          completedBy: null,
        })),
        approvedBy: [],
        approvedAtMs: state.input.rules.approvers.length === 0 ? event.occurredAtMs : null,
        checkDue: event.checkDue ?? null,
        checkOverdue: false,
      };
    case 'plan-approved': {
      const approvedBy = [...state.approvedBy, event.seat];
      const isApproved = state.input.rules.approvers.every((seat) => approvedBy.includes(seat));
      if (!isApproved) return { ...state, approvedBy };
      const { occurredAtMs: approvedAtMs, checkDue = null } = event;
      return { ...state, status: 'approved', approvedBy, approvedAtMs, checkDue, checkOverdue: false };
    }
    case 'plan-rejected': {
      const suspended = state.suspended && {
        ...state.suspended,
        sentBackOn: localDateAt(state.input.zone, event.occurredAtMs),
      };
      return { ...state, status: 'classified', approvedBy: [], due: event.due ?? null, planOverdue: false, suspended };
    }
    case 'measure-overdue':
      return {
        ...state,
        measures: state.measures.map((one) => (one.id === event.measure ? { ...one, overdue: true } : one)),
      };
    case 'measure-completed': {
      const { actor, daysLate, occurredAtMs: completedAtMs } = event;
      const completedBy = actor.seat === COORDINATOR ? null : actor.personId;
      return {
        ...state,
        measures: state.measures.map((one) =>
          one.id === event.measure ? { ...one, completedAtMs, daysLate, completedBy } : one,
        ),
      };
    }
    case 'plan-checked': {
      const check = { atMs: event.occurredAtMs, verdict: event.verdict, personId: event.actor.personId };
      return { ...state, checks: [...state.checks, check], checkDue: event.checkDue ?? null, checkOverdue: false };
    }
    case 'check-overdue':
      return { ...state, checkOverdue: true };
    case 'plan-implemented':
      return { ...state, status: 'implemented', checkDue: null, checkOverdue: false };
    case 'effect-verified': {
      const { verdict, cycle = null, value = null, occurredAtMs: atMs } = event;
      const effects = [...state.effects, { verdict, cycle, value, atMs }];
      if (verdict === 'ineffective' || state.status === 'effective') return { ...state, effects };
      const answerDue = event.answerDue ?? null;
      return { ...state, status: 'effective', effects, answerDue, answerOverdue: false, publishedAtMs: null };
    }
    case 'plan-reopened': {
      const { round, version, goal, measures } = state;
      return {
        ...state,
        status: 'classified',
        round: event.round,
        earlier: [...state.earlier, { round, version, goal, measures }],
        causeDue: event.causeDue ?? null,
        causeOverdue: false,
        causeFoundAtMs: null,
        due: event.due ?? null,
        planOverdue: false,
        plannedBy: null,
        planDocuments: [],
        goal: null,
        measures: [],
        approvedBy: [],
        approvedAtMs: null,
        checkDue: null,
        checkOverdue: false,
        answerDue: null,
        answerOverdue: false,
        answeredAtMs: null,
        answeredCustomers: [],
        verdictDue: null,
        verdicts: {},
        publishedAtMs: null,
      };
    }
    case 'answer-overdue':
      return { ...state, answerOverdue: true };
    case 'customers-answered':
      return {
        ...state,
        answeredAtMs: event.occurredAtMs,
        answeredCustomers: [...new Set([...state.answeredCustomers, ...event.customers])],
        verdictDue: event.verdictDue ?? null,
      };
    case 'customer-verdict-given':
      return { ...state, verdicts: { ...state.verdicts, [event.customer]: event.satisfied } };
    case 'results-published':
      return { ...state, publishedAtMs: event.occurredAtMs };
    case 'improvement-suspended':
      return { ...state, suspended: { from: event.from, stood: standingDates(state) } };
    case 'improvement-resumed':
      return event.moved.reduce(withDate, { ...state, suspended: null });
    case 'improvement-closed':
      return { ...state, status: 'closed' };
    case 'improvement-cancelled':
      return { ...state, status: 'cancelled' };
  }
}
