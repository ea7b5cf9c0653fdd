import type { VisitPersonCommand } from '../../domain/visit/command.ts';
import { actAnswer, actorIn } from '../act-answer.ts';
import type { Submission, Unstamped } from '../commands.ts';
import { type VisitProcess, findVisit } from '../process/rows.ts';
import type { Answer, RouteContext } from '../route.ts';

interface Body {
  as: string;
  onBehalfOf?: string | undefined;
}

type WithoutEnvelope<C> = C extends object ? Omit<C, 'id' | 'actor'> : never;
type Said = Pick<Submission, 'text'> & { command: WithoutEnvelope<Unstamped<VisitPersonCommand>> };

type Context = Pick<RouteContext<{ id: string; visit: string }, unknown, Body>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key' | 'again' | 'documents'>;

/** Hands an act of a visit over. @throws Problem `unknown-visit`, `unknown-seat`, `not-your-seat`, or the refusal */
export async function visitAct(context: Context, say: (visit: VisitProcess) => Said | Promise<Said>): Promise<Answer> {
  const { deps, params, body, key, documents } = context;
  const visit = await findVisit(deps.database, params.id, params.visit);
  return actAnswer(context, async () => {
    const { actor } = await actorIn(context, params.id, body);
    const { command, text } = await say(visit);
    return {
      agreementId: params.id,
      workflowId: visit.row.workflowId,
      documents,
      ...(text ? { text } : {}),
      command: { ...command, id: key, actor } as Unstamped<VisitPersonCommand>,
    };
  });
}
