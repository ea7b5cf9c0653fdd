import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { SurveyCommand } from './command.ts';
import { clausesOf, eventOf, notAlive, notBy } from './cycle.ts';
import type { SurveyEventBody } from './event.ts';
import type { SurveyState } from './state.ts';
import { weighed, weightsFault } from './weights.ts';

/** Weights that the next cycle proposes; this one keeps its own, whatever customers said of importance (S001b-05). */
export function setWeights(
  command: Extract<SurveyCommand, { type: 'set-weights' }>,
  state: SurveyState,
): ProcessDecision<SurveyEventBody> | Rejection {
  const { input, questionnaire, nextWeights } = state;
  const { survey } = input;
  const { weights } = command;
  const clauses = clausesOf(survey.importance ?? survey, survey);
  const asked = questionnaire ? Object.keys(questionnaire.dimensions) : survey.dimensions.map(({ id }) => id);
  const dimensions = weighed(asked);
  const refused =
    notAlive(state) ??
    notBy(input, command.actor, survey.responsible, clauses) ??
    weightsFault(weights, dimensions, clauses);
  if (refused) return refused;
  if (nextWeights !== null && dimensions.every((id) => nextWeights[id] === weights[id])) return processDecision({});
  return processDecision({ events: [{ ...eventOf(state, command, clauses), type: 'survey-weights-set', weights }] });
}
