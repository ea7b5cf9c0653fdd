import { CLOCK } from '../agreement/parties.ts';
import type { Absorbs, FindingFacts } from '../improvement/command.ts';
import { processDecision } from '../process/fold.ts';
import type { Errand, ProcessDecision } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { Analysed } from './command.ts';
import { clausesOf, eventOf } from './cycle.ts';
import { cycleHandedIn } from './errands.ts';
import type { SurveyEventBody } from './event.ts';
import type { Figures } from './figures.ts';
import { goalFigures } from './goals.ts';
import {
  customerWeight,
  dissatisfied,
  improvementStarted,
  lowDimensions,
  measuredDimensions,
  severityOf,
} from './finding.ts';
import type { SurveyState } from './state.ts';

/**
 * What the answers say, once. The cycle's duty is handed in as of the close, improvements that wait for an effect are told
 * what was measured, and each dimension that is too low becomes a finding.
 */
export function analysed(command: Analysed, state: SurveyState): ProcessDecision<SurveyEventBody> {
  const { input, closedAtMs, publishedAtMs } = state;
  if (state.status !== 'closed' || closedAtMs === null || publishedAtMs === null) return processDecision({});
  const { figures, answersSha256 } = command;
  const findings = input.improvement === null ? [] : raisedByFigures(command, figures, state);
  return processDecision({
    events: [
      { ...eventOf(state, command), type: 'survey-analysed', figures, answersSha256 },
      ...findings.map(({ event }) => event),
    ],
    errands: [
      ...cycleHandedIn(state, handedInAt(state, closedAtMs)),
      ...goalFigures(state, figures, handedInAt(state, closedAtMs)),
      ...(input.improvement === null
        ? []
        : [{ kind: 'tell-effect' as const, dimensions: measuredDimensions(input.survey, figures), publishedAtMs }]),
      ...findings.map(({ errand }) => errand),
    ],
  });
}

/** A survey that ran to the end of its last day was done on that day: its close is the first instant after it. */
function handedInAt({ closes }: SurveyState, closedAtMs: Instant): Instant {
  return closedAtMs === closes?.dueAtMs ? closedAtMs - 1 : closedAtMs;
}

function raisedByFigures(command: Analysed, figures: Figures, state: SurveyState) {
  const { input } = state;
  const { survey, reference } = input;
  const raised = { raisedAtMs: command.receivedAtMs, actor: CLOCK, suspendedFrom: command.suspendedFrom };
  return lowDimensions(survey, figures).flatMap(({ id, value, clauses: because }) => {
    const measures = figures.dimensions.find((one) => one.id === id)?.measures;
    const demanded = survey.dimensions.filter((one) => one.id === id);
    const clauses = clausesOf({ clauses: because }, ...demanded);
    if (measures === undefined || state.findings.some(({ finding }) => finding === id)) return [];
    const finding: FindingFacts = {
      source: 'survey',
      about: reference,
      dimension: id,
      frequency: dissatisfied(measures),
      severity: severityOf(value, figures.scale),
      customerWeight: customerWeight(survey),
      measured: value,
      raisedBy: [],
    };
    const openAlready = command.underWay?.[id];
    const errand =
      openAlready === undefined
        ? improvementStarted(input, id, { ...raised, finding, clauses })
        : joining(command, openAlready, `${reference}/${id}`, finding);
    if (errand === null) return [];
    const base = { ...eventOf(state, command, clauses), actor: CLOCK };
    const { workflowId } = errand;
    return [{ event: { ...base, type: 'finding-raised' as const, finding: id, dimension: id, workflowId }, errand }];
  });
}

/** What is low again while an improvement of it is under way is no second finding: it makes the first one weigh more. */
function joining(
  { receivedAtMs }: Analysed,
  workflowId: string,
  from: string,
  finding: FindingFacts,
): Extract<Errand, { kind: 'tell' }> {
  const command: Absorbs = { type: 'absorb', id: `${from} absorb`, receivedAtMs, actor: CLOCK, from, finding };
  return { kind: 'tell', workflowId, command };
}
