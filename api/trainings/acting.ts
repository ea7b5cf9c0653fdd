import type { TrainingPersonCommand } from '../../domain/training/command.ts';
import { actAnswer, actorIn } from '../act-answer.ts';
import type { Submission, Unstamped } from '../commands.ts';
import type { Answer, RouteContext } from '../route.ts';
import { type TrainingProcess, findTraining } from './rows.ts';

interface Body {
  as: string;
  onBehalfOf?: string | undefined;
}

type WithoutEnvelope<C> = C extends object ? Omit<C, 'id' | 'actor'> : never;
type Said = Pick<Submission, 'text'> & { command: WithoutEnvelope<Unstamped<TrainingPersonCommand>> };

type Context = Pick<RouteContext<{ id: string; training: string }, unknown, Body>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key' | 'again' | 'documents'>;

/** Hands an act of a session over. @throws Problem `unknown-training`, `unknown-seat`, `not-your-seat`, or the refusal */
export async function trainingAct(
  context: Context,
  say: (process: TrainingProcess) => Said | Promise<Said>,
): Promise<Answer> {
  const { deps, params, body, key, documents } = context;
  const process = await findTraining(deps.database, params.id, params.training);
  return actAnswer(context, async () => {
    const obligation = process.state.duty?.obligation;
    const { actor } = await actorIn(context, params.id, { ...body, obligation });
    const { command, text } = await say(process);
    return {
      agreementId: params.id,
      workflowId: process.row.workflowId,
      documents,
      ...(text ? { text } : {}),
      command: { ...command, id: key, actor } as Unstamped<TrainingPersonCommand>,
    };
  });
}
