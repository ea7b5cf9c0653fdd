import { answersFor, COORDINATOR } from '../../domain/agreement/parties.ts';
import type { CasePersonCommand } from '../../domain/case/command.ts';
import { type ActContext, type Saying, processAct } from '../process/acting.ts';
import { type CaseProcess, findCase } from '../process/rows.ts';
import type { Capacity } from '../process/speaking.ts';
import type { Answer } from '../route.ts';

/** Hands an act of a case over. @throws Problem `unknown-case`, `unknown-seat`, `not-your-seat`, or the refusal */
export async function caseAct(
  context: ActContext<'case'>,
  say: Saying<CaseProcess, CasePersonCommand>,
): Promise<Answer> {
  const { deps, params } = context;
  return processAct(context, await findCase(deps.database, params.id, params.case), say);
}

/** Whether somebody handles cases of these rules, and so may know how the customer is reached. */
export function handles({ input }: CaseProcess, { actor }: Capacity): boolean {
  const { rules } = input;
  return actor.seat === COORDINATOR || actor.party === rules.provider || answersFor(input, actor, rules.handler);
}
