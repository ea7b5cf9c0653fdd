import type { AgreementState } from '../../domain/agreement/state.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type AmendmentChanges, amendedDraft } from '../../templates/amend.ts';
import type { CommandText } from '../commands.ts';

/** What was agreed as it stands: the draft with the terms of the amendments in effect, in the order of their effect. */
export async function draftNow(
  database: Database,
  { draft }: Prisma.AgreementGetPayload<object>,
  { amendments }: AgreementState,
): Promise<Record<string, unknown>> {
  const effective = amendments.filter(({ status }) => status === 'effective');
  const changes = await changesOf(database, effective);
  const inOrder = effective
    .toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0))
    .map(({ commandId }) => changes.get(commandId) ?? {});
  return amendedDraft(draft as Record<string, unknown>, inOrder);
}

/** What was asked for in proposals, by their commands' ids. */
export async function changesOf(
  database: Database,
  amendments: readonly { commandId: string }[],
): Promise<Map<string, AmendmentChanges>> {
  if (amendments.length === 0) return new Map();
  const rows = await database.command.findMany({
    where: { id: { in: amendments.map(({ commandId }) => commandId) } },
    select: { id: true, text: true },
  });
  return new Map(rows.map(({ id, text }) => [id, (text as CommandText | null)?.changes ?? {}]));
}
