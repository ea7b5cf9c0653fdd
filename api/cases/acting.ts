import { answersFor, COORDINATOR } from '../../domain/agreement/parties.ts';
import type { CasePersonCommand } from '../../domain/case/command.ts';
import { actAnswer, actorIn } from '../act-answer.ts';
import type { Submission, Unstamped } from '../commands.ts';
import { type CaseProcess, findCase } from '../process/rows.ts';
import type { Capacity } from '../process/speaking.ts';
import type { Answer, RouteContext } from '../route.ts';

interface Body {
  as: string;
  onBehalfOf?: string | undefined;
}

type WithoutEnvelope<C> = C extends object ? Omit<C, 'id' | 'actor'> : never;
type Said = Pick<Submission, 'text'> & { command: WithoutEnvelope<Unstamped<CasePersonCommand>> };

type Context = Pick<RouteContext<{ id: string; case: string }, unknown, Body>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key' | 'again' | 'documents'>;

/** Hands an act of a case over. @throws Problem `unknown-case`, `unknown-seat`, `not-your-seat`, or the refusal */
export async function caseAct(context: Context, say: (process: CaseProcess) => Said | Promise<Said>): Promise<Answer> {
  const { deps, params, body, key, documents } = context;
  const process = await findCase(deps.database, params.id, params.case);
  return actAnswer(context, async () => {
    const { actor } = await actorIn(context, params.id, body);
    const { command, text } = await say(process);
    return {
      agreementId: params.id,
      workflowId: process.row.workflowId,
      documents,
      ...(text ? { text } : {}),
      command: { ...command, id: key, actor } as Unstamped<CasePersonCommand>,
    };
  });
}

/** Whether somebody handles cases of these rules, and so may know how the customer is reached. */
export function handles({ input }: CaseProcess, { actor }: Capacity): boolean {
  const { rules } = input;
  return actor.seat === COORDINATOR || actor.party === rules.provider || answersFor(input, actor, rules.handler);
}
