import type { EvaluationInput } from '../../domain/evaluation/command.ts';
import type { EvaluationState } from '../../domain/evaluation/state.ts';
import { restoreProcess } from '../../domain/process/snapshot.ts';
import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { Problem } from '../problem.ts';
import type { ProcessRow } from '../process/rows.ts';

/** An evaluation of a period with its fold. */
export interface EvaluationProcess {
  row: ProcessRow;
  input: EvaluationInput;
  state: EvaluationState;
}

/** Somebody who is evaluated, or acts: a seat by its title, a person by name for those who may read it. */
export interface Named {
  subject: string;
  title: Text | null;
  name: string | null;
}

export function evaluationProcess(row: ProcessRow): EvaluationProcess {
  const input = row.input as unknown as EvaluationInput;
  const state = restoreProcess<EvaluationState>('evaluation', input, row.snapshot as object | null, row.sequence);
  return { row, input, state };
}

/** All evaluations of an agreement, the latest period first. */
export async function evaluationsOf(database: Database, agreementId: string): Promise<EvaluationProcess[]> {
  const rows = await database.process.findMany({ where: { agreementId, type: 'evaluation' } });
  return rows
    .map(evaluationProcess)
    .sort((a, b) => b.input.period.toMs - a.input.period.toMs || (a.row.reference < b.row.reference ? -1 : 1));
}

/** @throws Problem `unknown-evaluation` */
export async function findEvaluation(database: Database, agreementId: string, id: string): Promise<EvaluationProcess> {
  const row = await database.process.findUnique({ where: { id } });
  if (row?.agreementId !== agreementId || row.type !== 'evaluation') throw new Problem('unknown-evaluation');
  return evaluationProcess(row);
}

/** Whether an id is a person's, not a seat's. */
export function isPerson(subject: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(subject);
}

/** Who it is: a late response is called `person/case`. */
export function whoIn(subject: string): string {
  return subject.split('/')[0] ?? subject;
}
