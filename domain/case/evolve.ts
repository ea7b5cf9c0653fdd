import { clocksAfter } from './clocks.ts';
import type { CaseEvent } from './event.ts';
import type { CaseCycle, CaseState, CaseStatus } from './state.ts';

export function evolve(state: CaseState, event: CaseEvent): CaseState {
  const folded = folding(state, event);
  return { ...folded, clocks: clocksAfter(folded, event) };
}

/** A new round before anything happened in it. */
export function newCycle(openedAtMs: number): CaseCycle {
  return { openedAtMs, respondedAtMs: null, resolvedAtMs: null, toldAtMs: null, satisfied: null };
}

function folding(state: CaseState, event: CaseEvent): CaseState {
  const atMs = event.occurredAtMs;
  switch (event.type) {
    case 'case-opened': {
      const { handler, outOfTerm, repeats } = event;
      return { ...state, handler, outOfTerm, repeats };
    }
    case 'case-recorded': {
      const { content, process, result } = event;
      const had = state.record;
      return {
        ...state,
        record: { content: had.content || content, process: had.process || process, result: had.result || result },
      };
    }
    case 'case-responded':
      return { ...inCycle(state, { respondedAtMs: atMs }), status: next(state, 'responded') };
    case 'case-forwarded': {
      const { to, suspected } = event;
      const passedTo = [...state.passedTo, to];
      return { ...state, handler: to === 'department' ? state.handler : to, assignee: null, passedTo, suspected };
    }
    case 'case-assigned': {
      const { to, suspected } = event;
      const passedTo = state.assignee === null ? state.passedTo : [...state.passedTo, to];
      return { ...state, assignee: to, passedTo, suspected, status: next(state, 'in-progress') };
    }
    case 'case-progress-told':
      return { ...state, status: next(state, 'in-progress') };
    case 'case-paused':
      return { ...state, paused: { fromMs: atMs, reason: event.reason, contested: false } };
    case 'case-resumed':
    case 'case-contested':
      return { ...state, paused: null };
    case 'case-planned':
      return { ...state, status: 'plan-proposed', plannedAtMs: atMs, confirmedAtMs: null };
    case 'case-plan-confirmed':
      return { ...state, status: 'plan-confirmed', confirmedAtMs: atMs };
    case 'case-plan-changed':
      return { ...state, status: 'responded', plannedAtMs: null };
    case 'case-executed':
      return { ...state, status: 'executed', executedAtMs: atMs };
    case 'case-resolved': {
      const { respondedAtMs } = current(state);
      return {
        ...inCycle(state, { resolvedAtMs: atMs, respondedAtMs: respondedAtMs ?? atMs }),
        status: 'resolved',
        paused: null,
      };
    }
    case 'case-result-told':
      return { ...inCycle(state, { toldAtMs: atMs }), status: asksOpinion(state) ? 'awaiting-opinion' : 'resolved' };
    case 'case-judged': {
      const { satisfied, score } = event;
      return { ...inCycle(state, { satisfied }), score };
    }
    case 'case-reopened':
      return {
        ...state,
        status: 'open',
        cycles: [...state.cycles, newCycle(atMs)],
        closedAtMs: null,
        outcome: null,
        plannedAtMs: null,
        confirmedAtMs: null,
        executedAtMs: null,
        agreed: [],
        negotiated: false,
        score: null,
      };
    case 'case-negotiation-begun':
      return { ...state, status: 'negotiating', agreed: [], negotiated: false };
    case 'case-solution-agreed': {
      const { party, complete } = event;
      const agreed = [...state.agreed, party];
      return { ...state, agreed, ...(complete ? { negotiated: true, status: 'in-progress' } : {}) };
    }
    case 'case-survey-decided':
      return { ...state, specialSurvey: event.specialSurvey };
    case 'case-classified': {
      const { severity, priority, category } = event;
      const status = severity === 'major' ? state.status : withoutNegotiation(state);
      return { ...state, severity, priority, category, status };
    }
    case 'case-reported':
      return { ...state, reportedAtMs: atMs };
    case 'case-report-confirmed':
      return { ...state, reportConfirmedAtMs: atMs };
    case 'case-linked':
      return event.relation === 'duplicate'
        ? { ...state, duplicateOf: event.of }
        : { ...state, repeats: [...state.repeats, event.of] };
    case 'case-improvement-raised': {
      const { finding, workflowId } = event;
      return { ...state, findings: [...state.findings, { finding, workflowId }] };
    }
    case 'case-clock-breached': {
      const { clock, cycle, dueAtMs, means, liable, claimant } = event;
      const breach = { clock, cycle, atMs: dueAtMs, means, liable, claimant };
      const others = clock === 'progress' ? state.breaches.filter((one) => !isOf(one, event)) : state.breaches;
      return { ...state, breaches: [...others, breach] };
    }
    case 'case-closed':
      return { ...state, status: 'closed', closedAtMs: atMs, outcome: event.outcome, paused: null };
    case 'case-agreement-ended':
      return { ...state, ended: true };
    case 'case-noted':
    case 'case-follow-up-asked':
    case 'case-decision-asked':
    case 'case-accountability-recorded':
      return state;
  }
}

/** The round under way. */
export function current({ cycles }: CaseState): CaseCycle {
  return cycles.at(-1) ?? newCycle(0);
}

function inCycle(state: CaseState, change: Partial<CaseCycle>): CaseState {
  return { ...state, cycles: [...state.cycles.slice(0, -1), { ...current(state), ...change }] };
}

/** Whether the customer is asked what it thinks of the result. */
export function asksOpinion({ input: { rules } }: CaseState): boolean {
  return rules.steps.includes('opinion') || rules.steps.includes('accept');
}

/** What it is where nothing is negotiated, or not any more. */
function withoutNegotiation(state: CaseState): CaseStatus {
  if (state.status !== 'negotiating') return state.status;
  if (state.assignee !== null) return 'in-progress';
  return current(state).respondedAtMs === null ? 'open' : 'responded';
}

/** A response or a report does not take back a step that was made. */
function next({ status }: CaseState, to: CaseStatus): CaseStatus {
  return status === 'open' || (status === 'responded' && to === 'in-progress') ? to : status;
}

function isOf(one: { clock: string; cycle: number }, other: { clock: string; cycle: number }): boolean {
  return one.clock === other.clock && one.cycle === other.cycle;
}
