import type { Actor } from '../../domain/agreement/command.ts';
import type { SurveyPersonCommand } from '../../domain/survey/command.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import type { Submission, Unstamped } from '../commands.ts';
import { type SurveyProcess, findSurvey } from '../process/rows.ts';
import type { Answer, RouteContext } from '../route.ts';

export { ACT_ANSWERS };

interface Body {
  as: string;
  onBehalfOf?: string | undefined;
}

/** What an act is about, beside who does it. */
type Said = Omit<Submission, 'command' | 'agreementId' | 'workflowId'> & {
  command: WithoutEnvelope<Unstamped<SurveyPersonCommand>>;
};
type WithoutEnvelope<C> = C extends object ? Omit<C, 'id' | 'actor'> : never;

type Context = Pick<RouteContext<{ id: string; survey: string }, unknown, Body>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key' | 'again' | 'documents'>;

/** Hands an act of a cycle over. @throws Problem `unknown-survey`, `unknown-seat`, `not-your-seat`, or the refusal */
export async function surveyAct(
  context: Context,
  say: (cycle: SurveyProcess) => Said | Promise<Said>,
): Promise<Answer> {
  const { deps, params, body, key, documents } = context;
  const cycle = await findSurvey(deps.database, params.id, params.survey);
  return actAnswer(context, async () => {
    const actor = await speaker(context, params.id, body, cycle);
    const { command, ...rest } = await say(cycle);
    return {
      agreementId: params.id,
      workflowId: cycle.row.workflowId,
      documents,
      ...rest,
      command: { ...command, id: key, actor } as Unstamped<SurveyPersonCommand>,
    };
  });
}

async function speaker(context: Context, agreementId: string, body: Body, { input }: SurveyProcess): Promise<Actor> {
  const { actor } = await actorIn(context, agreementId, { ...body, obligation: input.survey.obligation });
  return actor;
}
