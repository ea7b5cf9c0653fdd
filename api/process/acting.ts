import type { Actor } from '../../domain/agreement/command.ts';
import { actAnswer, actorIn } from '../act-answer.ts';
import type { Submission, Unstamped } from '../commands.ts';
import type { Answer, RouteContext } from '../route.ts';

/** Who speaks, and for whom. */
export interface Speaking {
  as: string;
  onBehalfOf?: string | undefined;
}

/** What a route hands on of an act on one process, whose id stands in the path under this name. */
export type ActContext<Name extends string, Body extends Speaking = Speaking> = Pick<
  RouteContext<{ id: string } & Record<Name, string>, unknown, Body>,
  'params' | 'body'
> &
  Pick<RouteContext, 'deps' | 'principal' | 'key' | 'again' | 'documents'>;

type WithoutEnvelope<C> = C extends object ? Omit<C, 'id' | 'actor'> : never;
type Said<Command> = Omit<Submission, 'command' | 'agreementId' | 'workflowId'> & { command: Command };

/** What an act on a process is about, beside who does it; said once it is known that they may speak. */
export type Saying<Process, PersonCommand> = (
  process: Process,
) => Said<WithoutEnvelope<Unstamped<PersonCommand>>> | Promise<Said<WithoutEnvelope<Unstamped<PersonCommand>>>>;

/**
 * Hands an act on a process over. Who does it is a seat of the agreement, where nothing else is said.
 *
 * @throws Problem `unknown-seat`, `not-your-seat`, or the refusal
 */
export function processAct<Process extends { row: { workflowId: string } }>(
  context: ActContext<never>,
  process: Process,
  say: (process: Process) => Said<object> | Promise<Said<object>>,
  speaker: () => Promise<Actor> = () => seatSpeaking(context),
): Promise<Answer> {
  const { params, key, documents } = context;
  return actAnswer(context, async () => {
    const actor = await speaker();
    const { command, text, ...rest } = await say(process);
    return {
      agreementId: params.id,
      workflowId: process.row.workflowId,
      documents,
      ...rest,
      ...(text && Object.keys(text).length > 0 ? { text } : {}),
      command: { ...command, id: key, actor } as Submission['command'],
    };
  });
}

/** @param obligation what the act is about, for whoever stands in for it */
export async function seatSpeaking(
  { deps, principal, params, body }: ActContext<never>,
  obligation?: string,
): Promise<Actor> {
  const { actor } = await actorIn({ deps, principal }, params.id, { ...body, obligation });
  return actor;
}
