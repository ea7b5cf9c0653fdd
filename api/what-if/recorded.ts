import type { PersonCommand } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { Event } from '../../domain/agreement/event.ts';
import { type Divergence, type RecordedLife, recordedLife } from '../../domain/what-if/record.ts';
import type { Database } from '../../prisma/database.ts';
import type { AmendmentChanges } from '../../templates/amend.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import type { CommandText } from '../commands.ts';

/** What was said to a started agreement, and what its proposals of amendments asked for, by their commands' ids. */
export async function readRecord(
  database: Database,
  { id, compiled }: { id: string; compiled: CompiledAgreement },
): Promise<{ record: RecordedLife | Divergence; changes: Record<string, AmendmentChanges> }> {
  const [rows, commands] = await Promise.all([
    database.event.findMany({
      where: { workflowId: agreementWorkflowId(id) },
      orderBy: { sequence: 'asc' },
      select: { body: true },
    }),
    database.command.findMany({
      where: { agreementId: id, workflowId: null, status: 'applied', type: { not: 'start' } },
      select: { id: true, type: true, command: true, text: true },
    }),
  ]);
  const events = rows.map(({ body }) => JSON.parse(body) as Event);
  const known = Object.fromEntries(commands.map((row) => [row.id, row.command as unknown as PersonCommand]));
  const proposals = commands.filter(({ type }) => type === 'propose');
  return {
    record: recordedLife(compiled, events, known),
    changes: Object.fromEntries(proposals.map((row) => [row.id, (row.text as CommandText | null)?.changes ?? {}])),
  };
}
