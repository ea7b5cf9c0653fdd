import type { SurveyPersonCommand } from '../../domain/survey/command.ts';
import { type ActContext, type Saying, processAct, seatSpeaking } from '../process/acting.ts';
import { type SurveyProcess, findSurvey } from '../process/rows.ts';
import type { Answer } from '../route.ts';

export { ACT_ANSWERS } from '../act-answer.ts';

/** Hands an act of a cycle over. @throws Problem `unknown-survey`, `unknown-seat`, `not-your-seat`, or the refusal */
export async function surveyAct(
  context: ActContext<'survey'>,
  say: Saying<SurveyProcess, SurveyPersonCommand>,
): Promise<Answer> {
  const { deps, params } = context;
  const cycle = await findSurvey(deps.database, params.id, params.survey);
  return processAct(context, cycle, say, () => seatSpeaking(context, cycle.input.survey.obligation));
}
