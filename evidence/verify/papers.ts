import type { Event } from '../../domain/agreement/event.ts';
import {
  type AgreementRow,
  type CommandRow,
  type DocumentRow,
  type EventRow,
  type NoticeRow,
  documentPath,
} from '../format.ts';
import { eventOf } from './events.ts';
import type { ReadBundle } from './files.ts';
import { type Finding, compare } from './finding.ts';

/** Every document that a row or an event names is there, and its bytes have the hash that it is named by. */
export function* checkDocuments(
  documents: readonly DocumentRow[],
  rows: readonly EventRow[],
  files: ReadBundle['files'],
): Generator<Finding> {
  const known = new Set<string>();
  for (const { sha256, size, fileName } of documents) {
    const file = files.get(documentPath(sha256));
    known.add(sha256);
    const where = `document ${sha256} (${fileName})`;
    if (!file) yield { what: 'document', where, expected: sha256, found: null };
    else
      yield* compare('document', where, {
        expected: { sha256, size },
        found: { sha256: file.sha256, size: file.size },
      });
  }
  for (const row of rows) {
    for (const { sha256 } of documentsOf(eventOf(row))) {
      if (known.has(sha256)) continue;
      const where = `document ${sha256} of event ${row.workflowId}/${row.sequence}`;
      yield { what: 'document', where, expected: 'a row of documents.jsonl', found: null };
    }
  }
  for (const path of files.keys()) {
    if (path.startsWith('documents/') && !known.has(path.slice('documents/'.length))) {
      yield { what: 'document', where: path, expected: null, found: 'no row names it' };
    }
  }
}

function documentsOf(event: Event): { sha256: string }[] {
  return 'documents' in event ? (event.documents ?? []) : [];
}

/** The ids under which a workflow takes note that mail brought a notice (`arrived`), and the notice in them. */
const SERVED = /^served[ /](.+)$/;

/**
 * An act that was applied names the event that it caused, which names the act. What mail says of a notice is nobody's act
 * and has no row: it names the notice.
 */
export function* checkCommands(
  commands: readonly CommandRow[],
  rows: readonly EventRow[],
  notices: readonly NoticeRow[],
): Generator<Finding> {
  const bySequence = new Map(rows.toReversed().map((row) => [row.sequence, row]));
  for (const { id, status, outcome } of commands) {
    const { sequence } = (outcome ?? {}) as { sequence?: number | null };
    if (status !== 'applied' || sequence == null) continue;
    const event = bySequence.get(sequence);
    yield* compare('command', `command ${id} outcome`, { expected: id, found: event?.commandId ?? null });
  }
  const known = new Set(commands.map(({ id }) => id));
  const issued = new Set(notices.map(({ id }) => id));
  for (const { commandId, workflowId, sequence, actor } of rows) {
    if (commandId === null || known.has(commandId)) continue;
    const served = actor.via === 'mail' ? SERVED.exec(commandId)?.[1] : undefined;
    if (served !== undefined) {
      const where = `notice ${served} of event ${workflowId}/${sequence}`;
      if (!issued.has(served)) yield { what: 'notice', where, expected: 'a row', found: null };
      continue;
    }
    yield {
      what: 'command',
      where: `command ${commandId} of event ${workflowId}/${sequence}`,
      expected: 'a row',
      found: null,
    };
  }
}

/** A notice of which an event says that it came back is not called sent. */
export function* checkDelivery(notices: readonly NoticeRow[], rows: readonly EventRow[]): Generator<Finding> {
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  for (const row of rows) {
    const event = eventOf(row);
    if (event.type !== 'notice-undelivered') continue;
    const notice = byId.get(event.noticeId);
    if (!notice) yield { what: 'notice', where: `notice ${event.noticeId}`, expected: 'a row', found: null };
    else if (!['bounced', 'refused'].includes(notice.status) && notice.bouncedAt === null) {
      yield { what: 'notice', where: `notice ${notice.id} status`, expected: 'came back', found: notice.status };
    }
  }
}

/** The calendar and the changes that stand in files of their own, for readers, are those of the agreement. */
export function* checkCopies(
  { compiled, snapshot }: AgreementRow,
  { calendar, patches }: { calendar: unknown; patches: unknown },
): Generator<Finding> {
  yield* compare('calendar', 'calendar.json', { expected: compiled.calendar, found: calendar });
  yield* compare('agreement', 'patches.json', { expected: snapshot?.patches ?? [], found: patches });
}
