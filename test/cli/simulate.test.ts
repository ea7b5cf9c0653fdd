import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { EventType } from '../../domain/agreement/event.ts';
import { EVENT_WORDS } from '../../domain/agreement/vocabulary.ts';
import { abide } from './abide-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'abide-simulated-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scenario = (name: string): string => fileURLToPath(new URL(`scenarios/${name}.yaml`, import.meta.url));

const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const money = z.string().regex(/^-?\d+\.\d{2}$/);
const clauses = z.array(z.string().regex(/^S001a-\d{2}$/));
const obligation = { obligation: z.string().optional(), occurrence: z.string().optional() };
const rung = z.string().regex(/^(before-\d+|due|overdue-\d+)$/);

/** `simulate --json`, field by field, as the command's reference has it; what it does not name is an error. */
const simulated = z.strictObject({
  agreement: z.strictObject({
    template: z.string(),
    status: z.enum(['draft', 'awaiting-signatures', 'active', 'suspended', 'terminated', 'expired', 'closed']),
    inForceOn: date.nullable(),
    expiresOn: date.nullable(),
    endedOn: date.nullable(),
  }),
  events: z.array(
    z.strictObject({
      at: instant,
      type: z.enum(Object.keys(EVENT_WORDS) as [EventType, ...EventType[]]),
      ...obligation,
      actor: z.strictObject({ seat: z.string(), party: z.string().optional(), via: z.literal('cli') }).optional(),
      clauses,
    }),
  ),
  notices: z.array(
    z.strictObject({
      at: instant,
      to: z.email(),
      role: z.enum(['A', 'B', 'coordinator', 'copy']),
      kind: z.string(),
      ...obligation,
      rung: rung.optional(),
      rungs: z.array(rung).optional(),
      subject: z.string().min(5),
      clauses,
    }),
  ),
  ledger: z.array(
    z.strictObject({
      at: instant,
      kind: z.enum([
        'fee',
        'payment',
        'penalty',
        'late-fee',
        'credit-note',
        'cost-share',
        'reward',
        'deduction',
        'claim',
      ]),
      ...obligation,
      debtor: z.string(),
      creditor: z.string(),
      amount: money,
      currency: z.literal('CNY'),
      days: z.int(),
      base: money,
      rate: z.string(),
      clauses,
      posted: z.literal(false).optional(),
    }),
  ),
  obligations: z.array(
    z.strictObject({
      id: z.string(),
      occurrence: z.string().optional(),
      status: z.enum([
        'pending',
        'in-review',
        'rework',
        'overdue',
        'fulfilled',
        'fulfilled-late',
        'waived',
        'cancelled',
      ]),
      dueAt: instant.nullable(),
      fulfilledAt: instant.optional(),
      daysLate: z.int().min(0),
    }),
  ),
  rejections: z.array(
    z.strictObject({
      at: instant,
      do: z.string(),
      as: z.string(),
      ...obligation,
      code: z.string(),
      message: z.string().min(1),
      clauses: clauses.optional(),
    }),
  ),
  // Nothing of these happens in the lives of this file; a cycle that opens and is not published is all of its kind.
  surveys: z.array(
    z.looseObject({ survey: z.string(), status: z.enum(['planned', 'missed', 'cancelled', 'elsewhere']) }),
  ),
  plans: z.array(z.unknown()).max(0),
  claims: z.array(z.unknown()).max(0),
  amendments: z.array(z.unknown()).max(0),
  suspensions: z.array(z.unknown()).max(0),
  matters: z.array(z.unknown()).max(0),
  engagements: z.array(z.unknown()).max(0),
  cases: z.array(z.unknown()).max(0),
  evaluations: z.array(z.unknown()).max(0),
  risks: z.array(z.unknown()).max(0),
  open: z.array(z.strictObject({ term: z.string(), clauses, affects: z.array(z.string()) })),
  runs: z.array(z.strictObject({ workflowId: z.string(), runId: z.uuid(), events: z.int().min(1) })),
});
type Simulated = z.output<typeof simulated>;

const replayed = z.strictObject({
  verdict: z.enum(['identical', 'different', 'incomplete']),
  compared: z.int().min(0),
  runs: z.array(
    z.strictObject({
      workflowId: z.string(),
      runId: z.string(),
      events: z.int(),
      bundle: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  first: z
    .strictObject({
      run: z.string(),
      event: z.int().nullable(),
      what: z.string(),
      recorded: z.unknown(),
      now: z.unknown(),
    })
    .optional(),
  reason: z.string().optional(),
});

function live(name: string, ...more: string[]): { life: Simulated; stdout: string; kept: string } {
  const kept = join(folder, `${name}-${readdirSync(folder).length}`);
  const { code, stdout, stderr } = abide(['simulate', scenario(name), '--json', '--keep', kept, ...more]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return { life: simulated.parse(JSON.parse(stdout)), stdout, kept };
}

const story = ({ events }: Simulated): string[] =>
  events.map((event) =>
    [event.at.slice(0, 16), event.type, event.obligation, event.actor?.seat].filter(Boolean).join(' '),
  );
const ledger = ({ ledger: lines }: Simulated): string[] =>
  lines.map(
    (line) =>
      `${line.at.slice(0, 16)} ${line.kind} ${line.obligation} ${line.debtor}>${line.creditor} ${line.days}d ${line.amount}${line.posted === false ? ' not posted' : ''}`,
  );
const standing = ({ obligations }: Simulated): string[] =>
  obligations.map(({ id, status, dueAt, fulfilledAt, daysLate }) =>
    [id, status, dueAt?.slice(0, 10), fulfilledAt?.slice(0, 16), `${daysLate}d`].filter(Boolean).join(' '),
  );
const refused = ({ rejections }: Simulated): string[] =>
  rejections.map(({ at, do: act, code }) => `${at.slice(0, 16)} ${act} ${code}`);

/** The events that the workflows handed to `record`, read from the kept histories. */
function recorded(kept: string): string[] {
  const payload = z.object({ data: z.string() });
  const scheduled = z.object({
    activityTaskScheduledEventAttributes: z.object({
      activityType: z.object({ name: z.string() }),
      input: z.object({ payloads: z.array(payload) }),
    }),
  });
  const record = z.object({
    events: z.array(z.object({ type: z.string(), occurredAtMs: z.int(), sequence: z.int() })),
  });
  const events = readdirSync(kept)
    .filter((name) => name.endsWith('.json') && name !== 'runs.json')
    .flatMap(
      (name) =>
        z.object({ events: z.array(z.unknown()) }).parse(JSON.parse(readFileSync(join(kept, name), 'utf8'))).events,
    )
    .flatMap((event) => scheduled.safeParse(event).data?.activityTaskScheduledEventAttributes ?? [])
    .filter(({ activityType }) => activityType.name === 'record')
    .flatMap(({ input }) => input.payloads)
    .flatMap(({ data }) => record.parse(JSON.parse(Buffer.from(data, 'base64').toString('utf8'))).events);
  return events.sort((a, b) => a.sequence - b.sequence).map(({ occurredAtMs, type }) => `${occurredAtMs} ${type}`);
}

describe('simulate', { timeout: 120_000 }, () => {
  test('the worked example: 23 days 115,000.00 for October and 5 days 25,000.00; again the same, byte for byte', () => {
    const { life, stdout, kept } = live('worked-example');
    expect(story(life)).toEqual([
      '2026-09-01T09:00 agreement-started coordinator',
      '2026-09-01T09:00 agreement-signed A',
      '2026-09-01T09:00 agreement-signed B',
      '2026-09-01T09:00 agreement-in-force B',
      '2026-10-09T00:00 obligation-overdue needs-analysis-report',
      '2026-10-30T10:00 deliverable-submitted process-plan A',
      '2026-11-01T00:00 penalty-posted needs-analysis-report',
      '2026-11-02T10:00 deliverable-accepted process-plan B',
      '2026-11-02T10:00 obligation-fulfilled process-plan B',
      '2026-11-05T14:00 deliverable-submitted needs-analysis-report A',
      '2026-11-05T14:00 penalty-posted needs-analysis-report A',
      '2026-11-05T14:00 obligation-fulfilled needs-analysis-report A',
      '2026-12-01T00:00 obligation-overdue training-plan',
    ]);
    expect(ledger(life)).toEqual([
      '2026-11-01T00:00 penalty needs-analysis-report A>B 23d 115000.00',
      '2026-11-05T14:00 penalty needs-analysis-report A>B 5d 25000.00',
      '2026-12-16T00:00 penalty training-plan A>B 15d 75000.00 not posted',
    ]);
    expect(standing(life)).toEqual([
      'needs-analysis-report fulfilled-late 2026-10-09 2026-11-05T14:00 28d',
      'process-plan fulfilled 2026-11-03 2026-10-30T10:00 0d',
      'training-plan overdue 2026-12-01 15d',
    ]);
    expect(refused(life)).toEqual(['2026-11-06T10:00 submit already-fulfilled']);
    const overdue = life.notices.filter(({ obligation: id, rungs }) => id === 'needs-analysis-report' && rungs);
    expect(overdue.map(({ at, to, role, rungs }) => `${at.slice(0, 16)} ${to} ${role} ${rungs?.join('+')}`)).toEqual([
      '2026-09-30T09:00 a@example.org A before-7+before-3+before-1',
      '2026-10-08T09:00 a@example.org A due',
      '2026-10-09T09:00 a@example.org A overdue-1',
      '2026-10-09T09:00 c@example.org copy overdue-1',
      '2026-10-12T09:00 a@example.org A overdue-3',
      '2026-10-12T09:00 c@example.org copy overdue-3',
      '2026-10-15T09:00 a@example.org A overdue-7',
      '2026-10-15T09:00 c@example.org copy overdue-7',
      '2026-10-22T09:00 a@example.org A overdue-14',
      '2026-10-22T09:00 c@example.org copy overdue-14',
      '2026-10-29T09:00 a@example.org A overdue-21',
      '2026-10-29T09:00 c@example.org copy overdue-21',
      '2026-11-05T09:00 a@example.org A overdue-28',
      '2026-11-05T09:00 c@example.org copy overdue-28',
    ]);
    const penalty = life.notices.filter(
      ({ kind, obligation: id }) => kind.startsWith('penalty') && id !== 'training-plan',
    );
    expect(penalty.map(({ at, to, kind }) => `${at.slice(0, 16)} ${kind} ${to[0]}`)).toEqual([
      '2026-10-09T09:00 penalty-started a',
      '2026-10-09T09:00 penalty-started b',
      '2026-11-05T14:00 penalty-stopped a',
      '2026-11-05T14:00 penalty-stopped b',
    ]);
    expect(life.open.map(({ term }) => term)).toEqual(['penaltyCapPercent', 'penaltyGraceDays', 'expiresOn']);

    // Every event stands in the histories that it left.
    expect(recorded(kept)).toEqual(life.events.map(({ at, type }) => `${Date.parse(at)} ${type}`));
    expect(
      life.runs.map(({ runId }) => runId).every((runId) => readdirSync(kept).some((name) => name.includes(runId))),
    ).toBe(true);

    const again = live('worked-example');
    const withoutRuns = (text: string) => text.slice(0, text.lastIndexOf('"runs"'));
    expect(withoutRuns(again.stdout)).toBe(withoutRuns(stdout));

    // The auditor's verdict on what was kept, and on what was tampered with.
    const verdict = abide(['replay', kept, '--json']);
    expect(replayed.parse(JSON.parse(verdict.stdout))).toMatchObject({
      verdict: 'identical',
      runs: life.runs.map(({ workflowId, runId, events }) => ({ workflowId, runId, events })),
    });
    expect(verdict.code).toBe(0);
    expect(abide(['replay', kept, '--code', 'current', '--json'])).toMatchObject({ code: 0 });
    const [name] = readdirSync(kept).filter((one) => one.startsWith('agreement_'));
    const file = join(kept, name as string);
    const history = readFileSync(file, 'utf8');
    writeFileSync(file, alterAmount(history));
    const found = abide(['replay', kept, '--json']);
    expect(found.code).toBe(1);
    const different = replayed.parse(JSON.parse(found.stdout));
    expect(different).toMatchObject({ verdict: 'different', first: { what: expect.stringContaining('record') } });
    expect(JSON.stringify(different.first?.recorded)).toContain('115000.01');
    expect(JSON.stringify(different.first?.now)).toContain('115000.00');
  });

  test('rework over rounds, a silent reviewer, expiry', () => {
    const { life, kept } = live('rework');
    expect(life.agreement).toMatchObject({ status: 'expired', inForceOn: '2026-03-02', endedOn: '2026-07-31' });
    expect(story(life).slice(4)).toEqual([
      '2026-03-20T09:30 deliverable-submitted needs-analysis-report A',
      '2026-03-20T09:30 obligation-fulfilled needs-analysis-report A',
      '2026-05-07T00:00 obligation-overdue process-plan',
      '2026-05-10T10:00 deliverable-submitted process-plan A',
      '2026-05-10T10:00 penalty-posted process-plan A',
      '2026-05-12T10:05 deliverable-rejected process-plan B',
      '2026-05-21T10:00 deliverable-submitted process-plan A',
      '2026-06-02T00:00 review-overdue process-plan',
      '2026-06-02T00:00 obligation-overdue training-plan',
      '2026-06-10T10:00 deliverable-rejected process-plan B',
      '2026-06-23T00:00 obligation-overdue process-plan',
      '2026-06-25T10:00 deliverable-submitted process-plan A',
      '2026-06-25T10:00 penalty-posted process-plan A',
      '2026-06-26T11:00 deliverable-accepted process-plan B',
      '2026-06-26T11:00 obligation-fulfilled process-plan B',
      '2026-07-01T00:00 penalty-posted training-plan',
      '2026-07-24T00:00 cap-reached', // ours: 27,222.22 + 53 × 3,888.89 is 30 % of the total to the cent, told once
      '2026-08-01T00:00 penalty-posted training-plan',
      '2026-08-01T00:00 agreement-expired',
    ]);
    expect(ledger(life)).toEqual([
      '2026-05-10T10:00 penalty process-plan A>B 4d 15555.56',
      '2026-06-25T10:00 penalty process-plan A>B 3d 11666.66',
      '2026-07-01T00:00 penalty training-plan A>B 29d 112777.78',
      '2026-08-01T00:00 penalty training-plan A>B 31d 120555.55',
    ]);
    expect(standing(life)).toEqual([
      'needs-analysis-report fulfilled 2026-04-02 2026-03-20T09:30 0d',
      'process-plan fulfilled-late 2026-06-23 2026-06-25T10:00 7d',
      'training-plan cancelled 2026-06-02 60d',
    ]);
    expect(refused(life)).toEqual(['2026-04-01T09:30 review not-submitted', '2026-05-12T10:00 review points-missing']);
    expect(abide(['replay', kept])).toMatchObject({ code: 0, stderr: '' });
  });

  test('termination cancels what is open and refuses what comes later', () => {
    const { life } = live('termination');
    expect(life.agreement).toMatchObject({ status: 'terminated', inForceOn: '2026-09-02', endedOn: '2026-11-23' });
    expect(story(life).slice(-4)).toEqual([
      '2026-11-20T09:00 obligation-fulfilled training-plan B',
      '2026-11-22T00:00 cap-reached', // half of the cap of a penalty
      '2026-11-23T17:00 penalty-posted process-plan coordinator',
      '2026-11-23T17:00 agreement-terminated coordinator',
    ]);
    expect(standing(life)).toEqual([
      'needs-analysis-report cancelled 2026-10-09 46d',
      'process-plan cancelled 2026-11-03 21d',
      'training-plan fulfilled 2026-12-02 2026-11-20T09:00 0d',
    ]);
    // Capped at 10 %, B to A because B owes the attachments here.
    expect(ledger(life)).toEqual([
      '2026-11-01T00:00 penalty needs-analysis-report B>A 23d 100000.00',
      '2026-11-23T17:00 penalty process-plan B>A 21d 100000.00',
    ]);
    expect(refused(life)).toEqual([
      '2026-09-01T10:00 sign already-signed',
      '2026-11-23T17:00 terminate not-responsible',
      '2026-11-24T09:00 submit agreement-ended',
      '2026-11-24T09:01 terminate agreement-ended',
    ]);
  });

  test('what has accrued at the end and is not posted is a line of its own, for the reader', () => {
    const { life } = live('running-late');
    expect(life.agreement.status).toBe('active');
    expect(ledger(life)).toEqual(['2026-10-21T00:00 penalty needs-analysis-report A>B 12d 60000.00 not posted']);
    expect(life.notices.filter(({ role }) => role === 'copy')).toEqual([]);
  });
});

/** One amount in one payload of a history, as somebody would who wants another sum. */
function alterAmount(history: string): string {
  let altered = 0;
  const text = history.replace(/"data": ?"([A-Za-z0-9+/=]+)"/g, (whole, data: string) => {
    const payload = Buffer.from(data, 'base64').toString('utf8');
    if (!payload.includes('"amount":"115000.00"') || altered > 0) return whole;
    altered += 1;
    return whole.replace(data, Buffer.from(payload.replace('"115000.00"', '"115000.01"')).toString('base64'));
  });
  expect(altered).toBe(1);
  return text;
}

describe('a scenario that cannot be lived', () => {
  const failure = z.strictObject({
    type: z.string().regex(/^urn:abide:[a-z-]+$/),
    title: z.string().min(5),
    detail: z.string().min(5),
    errors: z.array(
      z.strictObject({
        path: z.string(),
        code: z.string().optional(),
        message: z.string().min(3),
        cure: z.string().min(3),
      }),
    ),
  });
  const good = readFileSync(scenario('running-late'), 'utf8');
  const cases: [what: string, text: string, code: string, path: string][] = [
    [
      'a template that is not there',
      good.replace('service-attachments@1', 'no-such@1'),
      'unknown-template',
      'template',
    ],
    ['a negative total', good.replace('1000000.00', '-1.00'), 'negative-amount', 'terms.contractTotal'],
    ['three decimals', good.replace('1000000.00', '1.005'), 'too-many-decimals', 'terms.contractTotal'],
    ['no total', good.replace("contractTotal: '1000000.00'", ''), 'missing-term', 'terms.contractTotal'],
    ['a date that does not exist', good.replace('2026-10-20', '2026-02-30'), 'invalid-date', 'until'],
    [
      'an address with CR and LF',
      good.replace('a@example.org', '"a@example.org\\r\\nBcc: b@example.org"'),
      'invalid-email',
      'parties.A.email',
    ],
    ['no act and no date', good.replace('signedOn: 2026-09-01\n', ''), 'nothing-happens', 'signedOn'],
  ];

  test.each(cases)('%s: exit 1, one error on stderr, nothing on stdout', (what, text, code, path) => {
    const file = join(folder, `${what.replaceAll(' ', '-')}.yaml`);
    writeFileSync(file, text);
    const { code: exit, stdout, stderr } = abide(['simulate', file, '--json']);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    const { type, errors } = failure.parse(JSON.parse(stderr));
    expect(type).toBe(`urn:abide:${code}`);
    expect(errors.map((one) => one.path)).toEqual([path]);
  });

  test('a file that is not there, and one that is no history', () => {
    const missing = abide(['simulate', join(folder, 'nowhere.yaml'), '--json']);
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(failure.parse(JSON.parse(missing.stderr)).type).toBe('urn:abide:file-not-found');
    const file = join(folder, 'no-history.json');
    writeFileSync(file, '{}');
    const replay = abide(['replay', file, '--json']);
    expect(replay).toMatchObject({ code: 1, stdout: '' });
    expect(failure.parse(JSON.parse(replay.stderr)).errors).toHaveLength(1);
  });
});
