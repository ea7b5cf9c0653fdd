import type { ImprovementPersonCommand } from '../../domain/improvement/command.ts';
import { type FieldProblem, Problem } from '../problem.ts';
import { type ActContext, type Saying, processAct } from '../process/acting.ts';
import { type ImprovementProcess, findImprovement } from '../process/rows.ts';
import type { Answer } from '../route.ts';

/** Hands an act of an improvement over. @throws Problem `unknown-improvement`, `unknown-seat`, `not-your-seat`, or the refusal */
export async function improvementAct(
  context: ActContext<'improvement'>,
  say: Saying<ImprovementProcess, ImprovementPersonCommand>,
): Promise<Answer> {
  const { deps, params } = context;
  return processAct(context, await findImprovement(deps.database, params.id, params.improvement), say);
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
