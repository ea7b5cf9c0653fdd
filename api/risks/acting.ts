import type { EmergencyPlan, MeasureFacts, RiskPersonCommand } from '../../domain/risk/command.ts';
import type { CommandText } from '../commands.ts';
import { reachOf } from '../policy.ts';
import { Problem } from '../problem.ts';
import { type ActContext, type Saying, processAct } from '../process/acting.ts';
import type { Answer } from '../route.ts';
import type { Emergency, MeasureBody } from './bodies.ts';
import { type RiskProcess, findRisk } from './rows.ts';

/**
 * Hands an act about a risk over. Whoever may not read the record, a third party, finds none.
 *
 * @throws Problem `unknown-risk`, `unknown-seat`, `not-your-seat`, or the refusal
 */
export async function riskAct(
  context: ActContext<'risk'>,
  say: Saying<RiskProcess, RiskPersonCommand>,
): Promise<Answer> {
  const { deps, params, principal } = context;
  if (reachOf('record.read', principal) === 'none') throw new Problem('unknown-risk');
  return processAct(context, await findRisk(deps.database, params.id, params.risk), say);
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
