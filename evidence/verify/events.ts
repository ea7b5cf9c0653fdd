import { CHAIN_START, canonicalJson, chainHash } from '../../activities/chain.ts';
import type { Event } from '../../domain/agreement/event.ts';
import type { EventRow, Head } from '../format.ts';
import { type Finding, compare, grouped } from './finding.ts';

/**
 * The hash chain of each workflow id, row by row up to the signed head, and each row's columns, which must say what its
 * body says. A changed row breaks its own hash, an exchanged one the order, a removed one leaves a gap, a cut-off tail
 * the head.
 */
export function* checkEvents(rows: readonly EventRow[], heads: readonly Head[]): Generator<Finding> {
  const byWorkflow = grouped(rows, ({ workflowId }) => workflowId);
  for (const head of heads) yield* checkChain(byWorkflow.get(head.workflowId) ?? [], head);
  const known = new Set(heads.map(({ workflowId }) => workflowId));
  for (const row of rows) {
    if (!known.has(row.workflowId)) yield { what: 'event', where: name(row), expected: null, found: row.type };
  }
}

/** `agreement/<id>`, or a process of it by its reference: `survey/<id>/quarterly-survey#2027-Q1`. */
const WORKFLOW = /^[a-z]+\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\/[\w#./-]{1,300})?$/;
const HASH = /^[0-9a-f]{64}$/;

/** Whether it can be the last event of a chain: named as workflows are, with one event at least. */
export function isHead(head: Head): boolean {
  const { workflowId, sequence, hash } = (head ?? {}) as Partial<Head>;
  return (
    WORKFLOW.test(String(workflowId)) && Number.isSafeInteger(sequence) && sequence! >= 1 && HASH.test(String(hash))
  );
}

/** Each head is one, and each workflow id has one: what the reader is shown as the end of a chain is nothing else. */
export function* checkHeads(heads: readonly Head[]): Generator<Finding> {
  const known = new Set<string>();
  for (const [index, head] of heads.entries()) {
    const where = `manifest.json heads ${index + 1}`;
    if (!isHead(head))
      yield { what: 'manifest', where, expected: 'the last event of a workflow id', found: head ?? 'nothing' };
    else if (known.has(head.workflowId)) yield { what: 'manifest', where, expected: null, found: 'a second one' };
    else known.add(head.workflowId);
  }
}

function* checkChain(rows: readonly EventRow[], head: Head): Generator<Finding> {
  const bySequence = new Map<number, EventRow>();
  let last = 0;
  for (const row of rows) {
    if (bySequence.has(row.sequence)) {
      yield { what: 'event', where: name(row), expected: 'one row', found: 'more than one' };
    } else if (row.sequence < last) {
      yield { what: 'event', where: name(row), expected: `before event ${last}`, found: 'after it' };
    }
    last = row.sequence;
    if (row.sequence > head.sequence) {
      yield { what: 'event', where: name(row), expected: null, found: row.type };
    }
    bySequence.set(row.sequence, row);
  }
  let before: Pick<EventRow, 'sequence' | 'hash'> = { sequence: 0, hash: CHAIN_START };
  for (const row of [...bySequence.values()].sort((a, b) => a.sequence - b.sequence)) {
    yield* missingRows(head, before.sequence + 1, Math.min(row.sequence - 1, head.sequence));
    yield* checkRow(row, row.sequence === before.sequence + 1 ? before.hash : undefined);
    before = row;
  }
  yield* missingRows(head, before.sequence + 1, head.sequence);
  if (before.sequence === head.sequence && before.hash !== head.hash) {
    yield { what: 'event', where: `${name(head)} hash (head of the chain)`, expected: head.hash, found: before.hash };
  }
}

/** So many missing rows are named one by one; more, as a head that was changed may claim, by the first and the last. */
const NAMED_ROWS = 100;

function* missingRows({ workflowId }: Head, first: number, last: number): Generator<Finding> {
  if (last - first >= NAMED_ROWS) {
    yield { what: 'event', where: `events ${workflowId}/${first} to ${last}`, expected: 'rows', found: null };
    return;
  }
  for (let sequence = first; sequence <= last; sequence++) {
    yield { what: 'event', where: name({ workflowId, sequence }), expected: 'a row', found: null };
  }
}

/** @param previous hash of the row before; undefined where that row is missing */
function* checkRow(row: EventRow, previous: string | undefined): Generator<Finding> {
  if (previous !== undefined && row.previous !== previous) {
    yield { what: 'event', where: `${name(row)} previous hash`, expected: previous, found: row.previous };
  }
  const hash = chainHash(row.previous, row.body);
  if (row.hash !== hash) yield { what: 'event', where: `${name(row)} hash`, expected: hash, found: row.hash };
  const event = eventOf(row);
  const { workflowId: _workflowId, body, previous: _previous, hash: _hash, ...columns } = row;
  if (canonicalJson(event) !== body) {
    yield { what: 'event', where: `${name(row)} body`, expected: 'canonical JSON', found: 'written otherwise' };
  }
  const expected = {
    sequence: event.sequence,
    type: event.type,
    obligation: 'obligation' in event ? (event.obligation ?? null) : null,
    occurrence: 'occurrence' in event ? (event.occurrence ?? null) : null,
    occurredAt: new Date(event.occurredAtMs).toISOString(),
    recordedAt: new Date(event.recordedAtMs).toISOString(),
    actor: event.actor,
    clauses: event.clauses,
    commandId: event.commandId ?? null,
  };
  yield* compare('event', name(row), { expected, found: columns });
}

export function eventOf(row: EventRow): Event {
  return JSON.parse(row.body) as Event;
}

function name({ workflowId, sequence }: { workflowId: string; sequence: number }): string {
  return `event ${workflowId}/${sequence}`;
}
