import type { Event as EventRow } from '../../prisma/generated/client.ts';

/** The workflow id of what is sent to try an endpoint: no agreement's. */
export const PING = 'ping';

/**
 * What is sent of an event, the same bytes at every attempt: ids alone, nothing of a person, no free text, no amounts.
 */
export function eventPayload(row: Omit<EventRow, 'actor' | 'commandId' | 'body' | 'previous'>) {
  return {
    id: `${row.workflowId}/${row.sequence}`,
    type: row.type,
    occurredAt: row.occurredAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
    agreementId: row.agreementId,
    sequence: row.sequence,
    ...(row.obligation === null ? {} : { obligation: row.obligation }),
    ...(row.occurrence === null ? {} : { occurrence: row.occurrence }),
    clauses: row.clauses,
    hash: row.hash,
  };
}

/** What is sent to try an endpoint. */
export function pingPayload({ workflowId, createdAt }: { workflowId: string; createdAt: Date }) {
  return { id: workflowId, type: PING, occurredAt: createdAt.toISOString() };
}
