import type { ImprovementPersonCommand } from '../../domain/improvement/command.ts';
import { actAnswer, actorIn } from '../act-answer.ts';
import type { Submission, Unstamped } from '../commands.ts';
import { type FieldProblem, Problem } from '../problem.ts';
import { type ImprovementProcess, findImprovement } from '../process/rows.ts';
import type { Answer, RouteContext } from '../route.ts';

interface Body {
  as: string;
  onBehalfOf?: string | undefined;
}

type WithoutEnvelope<C> = C extends object ? Omit<C, 'id' | 'actor'> : never;
type Said = Pick<Submission, 'text'> & { command: WithoutEnvelope<Unstamped<ImprovementPersonCommand>> };

type Context = Pick<RouteContext<{ id: string; improvement: string }, unknown, Body>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key' | 'again' | 'documents'>;

/** Hands an act of an improvement over. @throws Problem `unknown-improvement`, `unknown-seat`, `not-your-seat`, or the refusal */
export async function improvementAct(
  context: Context,
  say: (process: ImprovementProcess) => Said | Promise<Said>,
): Promise<Answer> {
  const { deps, params, body, key, documents } = context;
  const process = await findImprovement(deps.database, params.id, params.improvement);
  return actAnswer(context, async () => {
    const { actor } = await actorIn(context, params.id, body);
    const { command, text } = await say(process);
    return {
      agreementId: params.id,
      workflowId: process.row.workflowId,
      documents,
      ...(text ? { text } : {}),
      command: { ...command, id: key, actor } as Unstamped<ImprovementPersonCommand>,
    };
  });
}

/**
 * What names something of the agreement, and is none of what it knows: it would enter the record, which nobody can erase.
 *
 * @throws Problem `invalid-request`
 */
export function demandKnown(path: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  const list = known.slice(0, 30);
  const error: FieldProblem = {
    path,
    message: { zh: '不在本协议的范围内', en: 'is none that this agreement knows' },
    cure:
      list.length === 0
        ? { zh: '留空', en: 'leave it out' }
        : { zh: `可用：${list.join('、')}`, en: `use one of ${list.join(', ')}` },
  };
  throw new Problem('invalid-request', { errors: [error] });
}
