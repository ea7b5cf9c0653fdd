import type { EmergencyPlan, MeasureFacts, RiskPersonCommand } from '../../domain/risk/command.ts';
import { actAnswer, actorIn } from '../act-answer.ts';
import type { CommandText, Submission, Unstamped } from '../commands.ts';
import { reachOf } from '../policy.ts';
import { Problem } from '../problem.ts';
import type { Answer, RouteContext } from '../route.ts';
import type { Emergency, MeasureBody } from './bodies.ts';
import { type RiskProcess, findRisk } from './rows.ts';

interface Body {
  as: string;
  onBehalfOf?: string | undefined;
}

type WithoutEnvelope<C> = C extends object ? Omit<C, 'id' | 'actor'> : never;
type Said = { text?: CommandText } & { command: WithoutEnvelope<Unstamped<RiskPersonCommand>> };

type Context = Pick<RouteContext<{ id: string; risk: string }, unknown, Body>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key' | 'again' | 'documents'>;

/**
 * Hands an act about a risk over. Whoever may not read the record, a third party, finds none.
 *
 * @throws Problem `unknown-risk`, `unknown-seat`, `not-your-seat`, or the refusal
 */
export async function riskAct(context: Context, say: (risk: RiskProcess) => Said): Promise<Answer> {
  const { deps, params, principal, body, key, documents } = context;
  if (reachOf('record.read', principal) === 'none') throw new Problem('unknown-risk');
  const risk = await findRisk(deps.database, params.id, params.risk);
  return actAnswer(context, async () => {
    const { actor } = await actorIn(context, params.id, body);
    const { command, text } = say(risk);
    return {
      agreementId: params.id,
      workflowId: risk.row.workflowId,
      documents,
      ...(text && Object.keys(text).length > 0 ? { text } : {}),
      command: { ...command, id: key, actor } as Submission['command'],
    };
  });
}

/** The plan as the workflow knows it, and its words, which stay here: the n-th step is `step-n`. */
export function emergencyOf(said: Emergency | undefined): { emergency?: EmergencyPlan; text: CommandText } {
  if (said === undefined) return { text: {} };
  const { steps, listed } = said;
  return {
    emergency: { steps: steps.map(({ seat }, index) => ({ id: `step-${String(index + 1)}`, seat })), listed },
    text: { items: steps.map(({ what }) => ({ what })) },
  };
}

/** A measure as the workflow knows it, without its words. */
export function measureOf({ lowers, residual, owner, dueOn }: MeasureBody, { input }: RiskProcess): MeasureFacts {
  return { lowers: lowers ?? null, residual: residual ?? null, owner: owner ?? input.owner, dueOn: dueOn ?? null };
}
