import type { VisitPersonCommand } from '../../domain/visit/command.ts';
import { type ActContext, type Saying, processAct } from '../process/acting.ts';
import { type VisitProcess, findVisit } from '../process/rows.ts';
import type { Answer } from '../route.ts';

/** Hands an act of a visit over. @throws Problem `unknown-visit`, `unknown-seat`, `not-your-seat`, or the refusal */
export async function visitAct(
  context: ActContext<'visit'>,
  say: Saying<VisitProcess, VisitPersonCommand>,
): Promise<Answer> {
  const { deps, params } = context;
  return processAct(context, await findVisit(deps.database, params.id, params.visit), say);
}
