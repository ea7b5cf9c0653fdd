import type { CompiledRisks } from '../../domain/risk/compiled.ts';
import type { RiskInput } from '../../domain/risk/command.ts';
import type { RiskState } from '../../domain/risk/state.ts';
import { restoreProcess } from '../../domain/process/snapshot.ts';
import type { Database } from '../../prisma/database.ts';
import { Problem } from '../problem.ts';
import type { Belonging, ProcessRow } from '../process/rows.ts';

export interface RiskProcess {
  row: ProcessRow;
  input: RiskInput;
  state: RiskState;
}

export function riskProcess(row: ProcessRow): RiskProcess {
  const input = row.input as unknown as RiskInput;
  return { row, input, state: restoreProcess('risk', input, row.snapshot as object | null, row.sequence) };
}

/** @throws Problem `unknown-risk` */
export async function findRisk(database: Database, agreementId: string, id: string): Promise<RiskProcess> {
  const row = await database.process.findUnique({ where: { id } });
  if (row?.agreementId !== agreementId || row.type !== 'risk') throw new Problem('unknown-risk');
  return riskProcess(row);
}

/** What the agreement says of risks as it runs now; undefined: it has no register. */
export function rulesOf({ agreement }: Pick<Belonging, 'agreement'>): CompiledRisks | undefined {
  return agreement.risks?.[0];
}
