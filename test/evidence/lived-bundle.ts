import { generateKeyPairSync } from 'node:crypto';
import { CHAIN_START, canonicalJson, chainHash } from '../../activities/chain.ts';
import type { RecordInput } from '../../activities/index.ts';
import type { Calendar } from '../../domain/calendar.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { isRejection } from '../../domain/agreement/decision.ts';
import type { Event } from '../../domain/agreement/event.ts';
import { fold } from '../../domain/agreement/fold.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { arrived } from '../../domain/agreement/service.ts';
import { snapshotOf } from '../../domain/agreement/snapshot.ts';
import { describeObligations } from '../../domain/agreement/view.ts';
import { lineOf } from '../../domain/ledger/balance.ts';
import { type Gathered, contentOf, sealed } from '../../evidence/bundle.ts';
import { type Entry, packed } from '../../evidence/container.ts';
import { type EventRow, type LedgerRow, type NoticeRow, sha256Of } from '../../evidence/format.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import { Life, lifeOf, serviceAttachments } from '../support/life.ts';

const CODE = '// what a worker ran\nexport const workflows = {};\n';
const PAPER = 'What the needs analysis found.';
const SDK = '1.24.0';

export const KEY = newKey();

/** A private key of its own, as PEM. */
export function newKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** S001a, signed 2026-09-01: the first attachment 28 days late with its penalty in two lines, the end agreed on afterwards. */
function lived(): Life {
  const document = { sha256: sha256Of(PAPER), size: PAPER.length };
  return new Life(serviceAttachments({ calendar: of2026() }), '2026-09-01 09:00')
    .act('2026-09-01 10:00', 'A', { type: 'sign', documents: [document] })
    .act('2026-09-01 11:00', 'B', { type: 'sign', documents: [] })
    .act('2026-11-05 10:00', 'A', { type: 'submit', obligation: 'needs-analysis-report', documents: [document] })
    .until('2026-11-20 10:00');
}

/** The days of one year: ten thousand bundles are read quicker. */
function of2026(): Calendar {
  const { calendar } = serviceAttachments();
  const days = (all: Record<string, string>) =>
    Object.fromEntries(Object.entries(all).filter(([date]) => date.startsWith('2026')));
  return { ...calendar, rest: days(calendar.rest), work: days(calendar.work) };
}

/** S001a in breach: a notice of it served by mail, the time to negotiate over, then that of the end, which ends it. */
export function servedByMail(): Life {
  const rule = {
    id: 'end',
    ground: 'breach' as const,
    noticeDays: 0,
    cureDays: null,
    codes: [],
    clauses: ['S001a-35'],
  };
  const end = { ...rule, gates: ['negotiation-failed' as const, 'written-notice' as const], negotiationDays: 15 };
  const agreement = serviceAttachments({ calendar: of2026(), life: lifeOf({ terminations: [end] }) });
  const life = new Life(agreement, '2026-09-01 09:00').sign('2026-09-01 10:00');
  const breach = { notice: 'breach' as const, breach: 'needs-analysis-report', documents: [] };
  life.act('2026-10-12 10:00', 'B', { type: 'serve', ...breach });
  mailArrives(life, '2026-10-12 10:01');
  life.act('2026-10-28 10:00', 'B', { type: 'serve', notice: 'termination', ground: 'breach', documents: [] });
  return mailArrives(life, '2026-10-28 10:05').until('2026-10-29 10:00');
}

/** The mail server of the address accepts the last written notice, and the workflow takes note of it. */
function mailArrives(life: Life, local: string): Life {
  life.until(local);
  const { id, seat, facts } = life.notices.findLast(({ facts: said }) => said.serves !== undefined) ?? none();
  const sentAtMs = life.ms(local);
  const decided = decide(arrived({ noticeId: id, serves: facts.serves ?? '', seat, sentAtMs }), life.state);
  const { state, events, notices } = fold(life.state, isRejection(decided) ? none() : decided, sentAtMs);
  life.state = state;
  life.events.push(...events);
  life.notices.push(...notices);
  return life;
}

function none(): never {
  throw new Error('there is no written notice, or it did not arrive');
}

/** What would have been gathered of a life: rows as `record` writes them, and histories of two runs. */
export function gathered(life = lived()): Gathered {
  const { state, events, notices } = life;
  const { agreement } = state;
  const workflowId = agreementWorkflowId(agreement.id);
  // What mail says is nobody's act and leaves no row.
  const acts = events.filter(({ actor }) => actor.via !== 'mail');
  const commands = [...new Set(acts.flatMap(({ commandId }) => commandId ?? []))];
  const lastMs = events.at(-1)?.recordedAtMs ?? 0;
  const seam = Math.floor(events.length / 2);
  const code = { sha256: sha256Of(CODE), code: CODE };
  const early = notices.filter(({ atMs }) => atMs <= (events[seam]?.occurredAtMs ?? 0));
  const run = (index: number, history: object[]) => ({
    ...{ workflowId, runId: `run-${index}`, file: `histories/000${index}.json`, events: history.length },
    ...{ bundle: code.sha256, sdk: SDK, history: JSON.stringify({ events: history }) },
  });
  const documents = new Map(events.flatMap((event) => documentsOf(event).map((one) => [one.sha256, one] as const)));
  return {
    rows: {
      processes: [],
      agreement: {
        ...{ id: agreement.id, template: agreement.template, status: state.status, zone: agreement.zone.id },
        ...{ sequence: events.length, inForceOn: state.inForceOn, expiresOn: state.expiresOn, endedOn: state.endedOn },
        ...{ createdAt: iso(life.ms('2026-09-01 08:00')), startedAt: iso(life.ms('2026-09-01 09:00')) },
        draft: { parties: { A: { name: '甲公司' }, B: { name: '乙公司' } }, terms: { contractTotal: '1000000.00' } },
        compiled: agreement,
        snapshot: snapshotOf(state),
      },
      events: eventRows(workflowId, events),
      ledger: events.flatMap((event) => ledgerRows(workflowId, event)),
      obligations: describeObligations(state, lastMs).map((view) => ({
        ...{ id: view.id, occurrence: view.occurrence ?? '', kind: view.kind, status: view.status },
        ...{ responsible: view.responsible, clauses: view.clauses, localDate: view.due?.localDate ?? null },
        dueAt: view.due && iso(view.due.dueAtMs),
        fulfilledAt: view.fulfilledAtMs === null ? null : iso(view.fulfilledAtMs),
        settledDaysLate: state.obligations.find(({ id }) => id === view.id)?.settledDaysLate ?? 0,
      })),
      notices: notices.map(noticeRow),
      commands: commands.map((id) => commandRow(id, events)),
      documents: [...documents.values()].map(({ sha256, size }, index) => ({
        ...{ id: `document-${index}`, sha256, size, type: 'text/plain', fileName: '报告.txt' },
        ...{ commandId: commands[1] ?? '', obligation: null, createdAt: iso(life.ms('2026-09-01 10:00')) },
      })),
      people: {
        persons: [{ id: 'person-A', name: '李四', email: 'a@example.org', organisation: '甲公司', erasedAt: null }],
        seats: [{ seat: 'A', party: 'A', personId: 'person-A' }],
      },
    },
    runs: [
      run(1, firstRun(life, { events: events.slice(0, seam), notices: early, code: code.sha256 })),
      run(2, secondRun({ events: events.slice(seam), notices: notices.slice(early.length), code: code.sha256 })),
    ],
    codes: [code],
    documents: [...documents.values()].map(({ sha256, size }) => ({ sha256, size })),
    missing: [],
  };
}

function documentsOf(event: Event): { sha256: string; size: number }[] {
  return 'documents' in event ? (event.documents ?? []) : [];
}

export function eventRows(workflowId: string, events: readonly Event[]): EventRow[] {
  let previous = CHAIN_START;
  return events.map((event) => {
    const body = canonicalJson(event);
    const hash = chainHash(previous, body);
    const row = {
      ...{ workflowId, sequence: event.sequence, type: event.type, body, previous, hash },
      obligation: 'obligation' in event ? (event.obligation ?? null) : null,
      occurrence: 'occurrence' in event ? (event.occurrence ?? null) : null,
      ...{ occurredAt: iso(event.occurredAtMs), recordedAt: iso(event.recordedAtMs) },
      ...{ actor: event.actor, clauses: event.clauses, commandId: event.commandId ?? null },
    };
    previous = hash;
    return row;
  });
}

function ledgerRows(workflowId: string, event: Event): LedgerRow[] {
  const line = lineOf(event);
  if (!line) return [];
  const none = { occurrence: null, excludedDays: null, about: null, days: null, base: null, rate: null };
  return [
    {
      ...none,
      ...line,
      ...{ workflowId, sequence: event.sequence, at: iso(event.occurredAtMs), clauses: event.clauses },
      obligation: 'obligation' in event ? (event.obligation ?? null) : null,
      ...{ amount: `${line.amount}00`, amountText: line.amount },
    },
  ];
}

function noticeRow({ atMs, ...notice }: Notice): NoticeRow {
  const { id, kind, seat, role, clauses, facts } = notice;
  return {
    ...{ id, kind, seat, role, clauses, facts, at: iso(atMs), sentAt: iso(atMs), status: 'sent', attempts: 1 },
    ...{ obligation: notice.obligation ?? null, occurrence: notice.occurrence ?? null, rungs: notice.rungs ?? [] },
    ...{ addressee: notice.addressee ?? null, act: notice.act ?? null, messageId: `<${sha256Of(id)}@localhost>` },
    ...{ possibleDuplicate: false, personId: `person-${seat}`, address: `${seat}@example.org`, language: 'zh' },
    ...{ subject: '通知', failure: null, deputyFor: null, carriedBy: null, bouncedAt: null },
  };
}

function commandRow(id: string, events: readonly Event[]) {
  const caused = events.filter(({ commandId }) => commandId === id);
  const last = caused.at(-1);
  return {
    ...{ id, type: 'sign', command: {}, text: null, status: 'applied' },
    ...{ receivedAt: iso(last?.occurredAtMs ?? 0), settledAt: iso(last?.recordedAtMs ?? 0) },
    outcome: { sequence: last?.sequence ?? null, events: caused.map(({ type }) => type) },
  };
}

interface Part {
  events: Event[];
  notices: Notice[];
  code: string;
}

const payloads = (value: unknown) => ({
  payloads: [{ data: Buffer.from(JSON.stringify(value)).toString('base64') }],
});

const numbered = (events: object[]): object[] =>
  events.map((event, index) => ({ eventId: String(index + 1), ...event }));

function recordedSteps({ events, notices, code }: Part): object[] {
  const step = (input: Pick<RecordInput, 'events' | 'notices'>) => ({
    activityTaskScheduledEventAttributes: { activityType: { name: 'record' }, input: payloads(input) },
  });
  return [
    { workflowTaskCompletedEventAttributes: { binaryChecksum: code } },
    ...events.map((event) => step({ events: [event], notices: [] })),
    step({ events: [], notices }),
  ];
}

function firstRun({ state }: Life, part: Part): object[] {
  const input = payloads({ agreement: state.agreement });
  return numbered([
    { workflowExecutionStartedEventAttributes: { originalExecutionRunId: 'run-1', input } },
    ...recordedSteps(part),
    { workflowExecutionContinuedAsNewEventAttributes: { newExecutionRunId: 'run-2' } },
  ]);
}

function secondRun(part: Part): object[] {
  const started = { originalExecutionRunId: 'run-2', continuedExecutionRunId: 'run-1' };
  return numbered([{ workflowExecutionStartedEventAttributes: started }, ...recordedSteps(part)]);
}

/** The entries of a signed bundle of what was gathered. */
export async function entriesOf(evidence: Gathered, key: string = KEY): Promise<Entry[]> {
  const code = { version: '0.1.0', commit: null, bundle: sha256Of(CODE), sdk: SDK };
  const content = contentOf(evidence, { createdAt: '2026-11-20T02:00:00.000Z', code, titles: undefined });
  const entries: Entry[] = [];
  for await (const entry of sealed(content, key).entries(() => Promise.resolve(Buffer.from(PAPER))))
    entries.push(entry);
  return entries;
}

export async function packedBytes(entries: readonly Entry[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of packed(entries)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
