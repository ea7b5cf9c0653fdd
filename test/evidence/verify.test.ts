import { describe, expect, test } from 'vitest';
import { CHAIN_START, canonicalJson } from '../../activities/chain.ts';
import type { Event } from '../../domain/agreement/event.ts';
import type { Gathered } from '../../evidence/bundle.ts';
import { type Entry, bufferSource } from '../../evidence/container.ts';
import { type Head, type Manifest, sha256Of } from '../../evidence/format.ts';
import { fingerprintOf, publicKeyOf, signStatement } from '../../evidence/signing.ts';
import { NotABundle, readBundle } from '../../evidence/verify/files.ts';
import { checkCommands } from '../../evidence/verify/papers.ts';
import { type EvidenceVerdict, verifyBundle } from '../../evidence/verify/verify.ts';
import { KEY, entriesOf, eventRows, gathered, newKey, packedBytes, servedByMail } from './lived-bundle.ts';
import { zipOf } from '../support/zip.ts';

const PIN = fingerprintOf(publicKeyOf(KEY));

const verified = async (entries: readonly Entry[], pin?: string): Promise<EvidenceVerdict> =>
  verifyBundle(readBundle(bufferSource(await packedBytes(entries))), pin);

const places = ({ findings }: EvidenceVerdict): string[] => findings.map(({ what, where }) => `${what}: ${where}`);

/** What was gathered, changed before it was signed: by whoever has the database and the key. */
async function insider(change: (evidence: Gathered) => void): Promise<EvidenceVerdict> {
  const evidence = gathered();
  change(evidence);
  return verified(await entriesOf(evidence), PIN);
}

/** The signed bundle with another content of one file. */
async function outsider(path: string, change: (text: string) => string | undefined): Promise<EvidenceVerdict> {
  const entries = await entriesOf(gathered());
  const changed = entries.flatMap((entry) => {
    if (entry.path !== path) return [entry];
    const text = change(entry.bytes.toString('utf8'));
    return text === undefined ? [] : [{ path, bytes: Buffer.from(text) }];
  });
  expect(changed).not.toEqual(entries);
  return verified(changed, PIN);
}

test('the bundle of a life is identical, and the same evidence gives the same bytes', async () => {
  const verdict = await verified(await entriesOf(gathered()), PIN);
  expect(verdict).toMatchObject({ verdict: 'identical', findings: [], key: { fingerprint: PIN, pinned: true } });
  expect(verdict.checked).toMatchObject({ runs: 2, documents: 1, ledger: 2 });
  expect(await packedBytes(await entriesOf(gathered()))).toEqual(await packedBytes(await entriesOf(gathered())));
});

test('one changed row is named by its file and its event', async () => {
  const verdict = await outsider('events.jsonl', (text) => text.replace('\\"daysLate\\":28', '\\"daysLate\\":27'));
  expect(verdict.verdict).toBe('different');
  const { sequence = 0 } = gathered().rows.events.find(({ type }) => type === 'deliverable-submitted') ?? {};
  expect(places(verdict)).toContain('file: events.jsonl');
  expect(places(verdict).join('\n')).toContain(`/${sequence} hash`);
  expect(places(verdict).join('\n')).toContain(`/${sequence} (history against events.jsonl) daysLate`);
});

test('a cut-off tail is named: each row that is gone, by the signed head and by the history', async () => {
  const { events } = gathered().rows;
  const verdict = await outsider('events.jsonl', (text) => `${text.split('\n').slice(0, -3).join('\n')}\n`);
  const [last = 0, before = 0] = [events.length, events.length - 1];
  for (const sequence of [before, last]) {
    expect(places(verdict).join('\n')).toContain(`/${sequence}\n`);
    expect(places(verdict).join('\n')).toContain(`/${sequence}, which the history has`);
  }
});

test('a head that claims a hundred million events is a finding, and costs neither time nor memory', async () => {
  const { events } = gathered().rows;
  const last = `"sequence": ${events.length}`;
  const verdict = await outsider('manifest.json', (text) => text.replace(last, '"sequence": 86400012'));
  expect(places(verdict).join('\n')).toContain(`${events.length + 1} to 86400012`);
});

test('a file that is gone leaves it incomplete, one too many different, both named', async () => {
  const gone = await outsider('account.zh.html', () => undefined);
  expect(gone).toMatchObject({
    verdict: 'incomplete',
    findings: [{ what: 'file', where: 'account.zh.html', found: null }],
  });
  const extra = await verified([...(await entriesOf(gathered())), { path: 'note.txt', bytes: Buffer.from('x') }], PIN);
  expect(extra).toMatchObject({
    verdict: 'different',
    findings: [{ what: 'file', where: 'note.txt', expected: null }],
  });
});

/** The event as a forger wants it, in its row and all hashes after it. */
function forge(evidence: Gathered, forged: (event: Event) => Event): void {
  const { rows } = evidence;
  const events = rows.events.map(({ body }) => forged(JSON.parse(body) as Event));
  rows.events = eventRows(rows.events[0]?.workflowId ?? '', events);
}

const earlier = (event: Event): Event =>
  event.type === 'agreement-signed' ? { ...event, signedOn: '2026-08-31' } : event;

test('an event that was changed together with its chain is found by the history, and by the key where it was signed anew', async () => {
  const signed = await insider((evidence) => forge(evidence, earlier));
  expect(signed.verdict).toBe('different');
  expect(places(signed).join('\n')).toContain('(history against events.jsonl) signedOn');

  const evidence = gathered();
  forge(evidence, earlier);
  const anew = await verified(await entriesOf(evidence, newKey()), PIN);
  expect(places(anew)).toContain('key: signature.json');

  const unsigned = await outsider('events.jsonl', () =>
    evidence.rows.events.map((row) => `${canonicalJson(row)}\n`).join(''),
  );
  expect(places(unsigned).join('\n')).toContain('(head of the chain)');
});

test('another key is found by the pin alone: without one the answer says whose key it is', async () => {
  const other = newKey();
  const entries = await entriesOf(gathered(), other);
  const fingerprint = fingerprintOf(publicKeyOf(other));
  expect(await verified(entries)).toMatchObject({ verdict: 'identical', key: { fingerprint, pinned: false } });
  expect(await verified(entries, PIN)).toMatchObject({
    verdict: 'different',
    findings: [{ what: 'key', expected: PIN, found: fingerprint }],
  });
});

test.each<[string, string, (evidence: Gathered) => void]>([
  [
    'the ledger has another sum than its event',
    'amount',
    ({ rows }) => Object.assign(rows.ledger[0]!, { amountText: '1.00', amount: '1.0000' }),
  ],
  ['the ledger lacks a line', 'ledger: ledger', ({ rows }) => void rows.ledger.pop()],
  [
    'the ledger has a line too many',
    'ledger: ledger',
    ({ rows }) => void rows.ledger.push({ ...rows.ledger[0]!, sequence: 99 }),
  ],
  [
    'an obligation has another status than its events',
    'obligation: obligation process-plan status',
    ({ rows }) => Object.assign(rows.obligations[1]!, { status: 'fulfilled' }),
  ],
  [
    'the state is not what the events fold to',
    'snapshot inForceOn',
    ({ rows }) => Object.assign(rows.agreement.snapshot!, { inForceOn: '2026-09-02' }),
  ],
  [
    'the status is not what the events fold to',
    'agreement.json status',
    ({ rows }) => Object.assign(rows.agreement, { status: 'expired' }),
  ],
  [
    'the terms are not those that the run was started with',
    'compiled currency',
    ({ rows }) => void (rows.agreement.compiled = { ...rows.agreement.compiled, currency: 'EUR' }),
  ],
  [
    'the calendar is another one',
    'compiled calendar',
    ({ rows }) =>
      void (rows.agreement.compiled = {
        ...rows.agreement.compiled,
        calendar: { ...rows.agreement.compiled.calendar, version: '0' },
      }),
  ],
  [
    'a notice is another one than the history issued',
    'notice: notice',
    ({ rows }) => Object.assign(rows.notices[0]!, { seat: 'B' }),
  ],
  ['a notice is missing', 'notice: notice', ({ rows }) => void rows.notices.pop()],
  [
    'the last event is missing',
    'which the history has',
    ({ rows }) => void (rows.events.pop(), (rows.agreement.sequence -= 1)),
  ],
  [
    'a column says another thing than its event',
    'occurredAt',
    ({ rows }) => Object.assign(rows.events[2]!, { occurredAt: '2026-01-01T00:00:00.000Z' }),
  ],
  [
    'an act names an event that it did not cause',
    'command: command',
    ({ rows }) => Object.assign(rows.commands[1]!, { outcome: { sequence: 1, events: [] } }),
  ],
  ['a document has no row', 'document: document', ({ rows }) => void (rows.documents = [])],
  ['a history is missing', 'history: run run-2', (evidence) => void evidence.runs.pop()],
  [
    'a history is cut off',
    'events',
    ({ runs }) =>
      Object.assign(runs[1]!, {
        history: JSON.stringify({
          events: (JSON.parse(runs[1]!.history!) as { events: unknown[] }).events.slice(0, -2),
        }),
      }),
  ],
  [
    'the code is not the one that the history names',
    'code: run',
    ({ runs }) => runs.forEach((run) => (run.bundle = 'a'.repeat(64))),
  ],
])(
  'database, history and events that disagree are named, though the bundle is signed: %s',
  async (_what, where, change) => {
    const verdict = await insider(change);
    expect(verdict.verdict).not.toBe('identical');
    expect(places(verdict).join('\n')).toContain(where);
  },
);

test('runs may stand in any order: their histories name one another', async () => {
  expect(await insider((evidence) => void evidence.runs.reverse())).toMatchObject({ verdict: 'identical' });
});

test('a history that lost its end is cut off where the next run names it', async () => {
  const verdict = await insider(({ runs }) => {
    const events = (JSON.parse(runs[0]!.history!) as { events: unknown[] }).events.slice(0, -1);
    Object.assign(runs[0]!, { history: JSON.stringify({ events }), events: events.length });
  });
  expect(verdict.findings).toMatchObject([
    { where: expect.stringContaining('its next run') as string, expected: 'run-2' },
  ]);
});

test('what could not be had when the bundle was made leaves it incomplete', async () => {
  const verdict = await insider((evidence) => {
    const [document] = evidence.documents.splice(0);
    evidence.missing.push({ what: 'document', name: document?.sha256 ?? '', why: 'missing' });
  });
  expect(verdict.verdict).toBe('incomplete');
  expect(places(verdict).join('\n')).toContain(gathered().documents[0]?.sha256);
});

test.each<[string, Buffer]>([
  ['nothing', Buffer.alloc(0)],
  ['garbage', Buffer.from('{"manifest":"none"}'.repeat(50))],
  ['another zip', zipOf([{ name: 'word/document.xml', content: 'x'.repeat(2_000) }])],
  ['a bomb', zipOf([{ name: 'manifest.json', content: Buffer.alloc(50_000_000) }])],
  ['a zip that leads elsewhere', zipOf([{ name: '../../etc/passwd', content: 'x' }])],
  [
    'a zip that says it is larger than it is',
    zipOf([{ name: 'events.jsonl', content: 'x', announced: 4_000_000_000 }]),
  ],
])('%s is no bundle, or a damaged one, and nothing of it is unpacked', (_name, bytes) => {
  try {
    const { findings, verdict } = verifyBundle(readBundle(bufferSource(bytes)));
    expect(verdict).toBe('different');
    expect(findings[0]).toMatchObject({ what: 'container' });
  } catch (error) {
    expect(error).toBeInstanceOf(NotABundle);
  }
});

test('a notice served by mail leaves nothing missing: what mail says is no act, and names a notice that is there', async () => {
  const life = servedByMail();
  const served = life.events.filter(({ type }) => type === 'notice-served');
  expect(served.map(({ commandId }) => commandId)).toEqual([
    expect.stringMatching(/^served agreement\//),
    expect.stringMatching(/^served agreement\//),
  ]);
  expect(life.state.status).toBe('terminated');
  expect(await verified(await entriesOf(gathered(life)), PIN)).toMatchObject({ verdict: 'identical', findings: [] });

  // Such an id from anybody but mail, or of a notice that is nowhere, is found.
  const evidence = gathered(servedByMail());
  const { commandId } = served[0] ?? expect.unreachable();
  evidence.rows.notices = evidence.rows.notices.filter(({ id }) => `served ${id}` !== commandId);
  expect(places(await verified(await entriesOf(evidence), PIN)).join('\n')).toMatch(/notice \S+ of event \S+/);
  const forged = gathered(servedByMail());
  forge(forged, (event) =>
    event.commandId === commandId ? { ...event, actor: { ...event.actor, via: 'api' } } : event,
  );
  expect(places(await verified(await entriesOf(forged), PIN)).join('\n')).toContain(`command ${commandId} of event`);
});

describe('what a key signed is computed and found true, never concluded from what is not there', () => {
  const without = (entries: readonly Entry[], ...paths: string[]): Entry[] =>
    entries.filter(({ path }) => !paths.includes(path));
  const nothing = { fingerprint: null, pinned: false, verified: false };

  test('whole and signed by the key that was asked for, it is verified; unless asked, never', async () => {
    const entries = await entriesOf(gathered());
    expect((await verified(entries, PIN)).key).toEqual({ fingerprint: PIN, pinned: true, verified: true });
    expect((await verified(entries)).key).toEqual({ fingerprint: PIN, pinned: false, verified: false });
  });

  test('no signature, no manifest, neither: different where a key was asked for', async () => {
    const entries = await entriesOf(gathered());
    const [unsigned, unlisted, bare] = [['signature.json'], ['manifest.json'], ['signature.json', 'manifest.json']].map(
      (paths) => without(entries, ...paths),
    ) as [Entry[], Entry[], Entry[]];
    expect(await verified(unsigned, PIN)).toMatchObject({ verdict: 'different', key: nothing });
    expect(await verified(bare, PIN)).toMatchObject({ verdict: 'different', key: nothing });
    expect(await verified(unlisted, PIN)).toMatchObject({
      verdict: 'different',
      key: { pinned: true, verified: false }, // the key signed something, and nothing says that it was this
    });
    expect(await verified(unsigned)).toMatchObject({ verdict: 'incomplete', key: nothing });
  });

  test('the signature of another bundle, or one whose key was put in, proves nothing', async () => {
    const other = gathered();
    other.rows.agreement.draft = {};
    const [foreign] = (await entriesOf(other)).filter(({ path }) => path === 'signature.json');
    const entries = await entriesOf(gathered());
    const exchanged = entries.map((entry) => (entry.path === 'signature.json' ? foreign! : entry));
    expect(await verified(exchanged, PIN)).toMatchObject({
      verdict: 'different',
      key: { pinned: true, verified: false },
    });
    const named = await outsider('signature.json', (text) =>
      text.replace(/"signature":"[0-9a-f]{128}"/, `"signature":"${'0'.repeat(128)}"`),
    );
    expect(named).toMatchObject({ verdict: 'different', key: nothing });
  });

  test.each<[string, (entries: Entry[]) => Entry[]]>([
    ['a file too many', (entries) => [...entries, { path: 'code/x.js', bytes: Buffer.from('x') }]],
    ['a file too few', (entries) => without(entries, 'README.txt')],
    [
      'a changed file',
      (entries) => entries.map((one) => (one.path.startsWith('code/') ? { ...one, bytes: Buffer.from('x') } : one)),
    ],
    ['empty files', (entries) => entries.map(({ path }) => ({ path, bytes: Buffer.alloc(0) }))],
    ['files without a value', (entries) => entries.map(({ path }) => ({ path, bytes: Buffer.from('null') }))],
  ])('the manifest covers exactly the files: %s', async (_what, change) => {
    const verdict = await verified(change(await entriesOf(gathered())), PIN);
    expect(verdict.verdict).not.toBe('identical');
    expect(verdict.key.verified).toBe(false);
  });
});

test.each([
  ['of no workflow', { workflowId: '\u001b[2Kfingerprint', sequence: 1, hash: 'a'.repeat(64) }],
  [
    'without an event',
    { workflowId: `agreement/${'0'.repeat(8)}-0000-7000-8000-000000000002`, sequence: 0, hash: CHAIN_START },
  ],
  ['of nothing', null],
])('a head %s is a finding and not shown as a head, though it is signed', async (_what, head) => {
  const entries = await entriesOf(gathered());
  const manifest = JSON.parse(entries[0]!.bytes.toString()) as Manifest;
  const heads = [...manifest.heads, head as Head];
  const text = JSON.stringify({ ...manifest, heads });
  const statement = { format: manifest.format, agreement: manifest.agreement, heads, manifest: sha256Of(text) };
  const signature = `${canonicalJson(signStatement(statement, KEY))}\n`;
  const [, , ...files] = entries;
  const signed = [
    { path: 'manifest.json', bytes: Buffer.from(text) },
    { path: 'signature.json', bytes: Buffer.from(signature) },
    ...files,
  ];
  expect(await verified(signed, PIN)).toMatchObject({
    verdict: 'different',
    heads: manifest.heads,
    findings: [{ what: 'manifest', where: 'manifest.json heads 2' }],
  });
});

test('ten times the rows take about ten times as long: rows are found by their keys', () => {
  const [row] = gathered().rows.commands;
  const lookups = (count: number): number => {
    const commands = Array.from({ length: count }, (_one, at) => ({
      ...row!,
      id: `k${at}`,
      outcome: { sequence: at + 1, events: [] },
    }));
    const [event] = gathered().rows.events;
    const events = commands.map(({ id }, at) => ({ ...event!, sequence: at + 1, commandId: id }));
    let read = 0;
    const counted = events.map((one) => ({
      ...one,
      get sequence() {
        read += 1;
        return one.sequence;
      },
    }));
    expect([...checkCommands(commands, counted, [])]).toEqual([]);
    return read;
  };
  expect(lookups(2_000)).toBeLessThanOrEqual(10 * lookups(200));
});
