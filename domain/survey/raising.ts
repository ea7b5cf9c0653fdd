import { COORDINATOR } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { SurveyCommand } from './command.ts';
import { clausesOf, eventOf, notPublished } from './cycle.ts';
import type { SurveyEventBody } from './event.ts';
import { customerWeight, improvementStarted, measuredDimensions } from './finding.ts';
import type { SurveyState } from './state.ts';

/** Somebody of a party, or the coordinator, opens an improvement for what answers say; its words are in Postgres. */
export function raise(
  command: Extract<SurveyCommand, { type: 'raise' }>,
  state: SurveyState,
): ProcessDecision<SurveyEventBody> | Rejection {
  const { input, questionnaire, figures } = state;
  const { survey, reference, parties } = input;
  const { actor, finding, dimension, frequency, severity, receivedAtMs, raisedBy = [] } = command;
  const refused = notPublished(state);
  if (refused) return refused;
  if (actor.seat !== COORDINATOR && (actor.party === undefined || !parties.includes(actor.party))) {
    return { rejected: 'not-responsible', message: 'a finding is raised by one of the parties' };
  }
  if (dimension !== null && !Object.hasOwn(questionnaire?.dimensions ?? {}, dimension)) {
    return { rejected: 'dimension-missing', message: `the questionnaire does not ask about ${dimension}` };
  }
  if (state.findings.some((one) => one.finding === finding)) {
    return { rejected: 'name-taken', message: `${reference} has a finding ${finding}: choose another name` };
  }
  if (survey.anonymous && raisedBy.length > 0) {
    return { rejected: 'not-provided', message: 'answers are anonymous: nobody is known to say it' };
  }
  const demanded = survey.dimensions.filter(({ id }) => id === dimension);
  const clauses = clausesOf(survey, ...demanded, ...(input.improvement ? [input.improvement] : []));
  const measured = figures && measuredDimensions(survey, figures).find(({ id }) => id === dimension)?.value;
  const errand = improvementStarted(input, finding, {
    finding: {
      source: 'survey',
      about: reference,
      dimension,
      frequency,
      severity,
      customerWeight: command.customerWeight ?? customerWeight(survey),
      measured: measured ?? null,
      raisedBy,
    },
    clauses,
    raisedAtMs: receivedAtMs,
    actor,
    suspendedFrom: command.suspendedFrom,
  });
  if (errand === null) return notProvided('improvement of what a survey finds');
  const { workflowId } = errand;
  return processDecision({
    events: [{ ...eventOf(state, command, clauses), type: 'finding-raised', finding, dimension, workflowId }],
    errands: [errand],
  });
}
