import { createHash, randomUUID } from 'node:crypto';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import { z } from 'zod';
import * as schemas from '../../api/schemas.ts';
import type { Mail } from '../../embedded/mailbox.ts';
import { tableCounts } from '../support/tables.ts';
import { MACHINE } from '../support/machine-key.ts';
import { Desk, SIGNED_END, Stakeholder, formOf, linkIn } from '../support/people.ts';
import { type World, eventually, openWorld } from '../support/world.ts';
import { day, draftOf, iso, TODAY } from './draft.ts';

vi.mock('../../templates/calendars.ts', async (original) => {
  const { withEveryDay } = await import('../support/every-day.ts');
  return withEveryDay(await original());
});

/** Whatever people write bears one of these; none may be found in a history or a log. */
const CANARY = {
  person: 'quetzalwren',
  organisation: '渡渡鸟集团',
  address: 'ivorygull',
  refused: 'kakaporail',
  point: '夜鹦鹉意见',
  reason: 'moastork',
  file: '琴鸟文件',
} as const;

let world: World;
let desk: Desk;

beforeAll(async () => {
  world = await openWorld({ refuses: (address) => address.includes(CANARY.refused) });
  desk = new Desk(world);
});
afterAll(() => world?.close());

async function mailTo(address: string, subject: string | RegExp, seen = 0): Promise<Mail> {
  const found = async (): Promise<Mail | undefined> =>
    (await world.mails()).filter((mail) => mail.recipients[0] === address && mail.subject.match(subject))[seen];
  return eventually(found, { what: `mail to ${address}: ${String(subject)}` });
}

test.each([{ cache: undefined }, { cache: 0 }])(
  'an agreement lives through HTTP and its mails alone (maxCachedWorkflows: $cache)',
  { timeout: 90_000 },
  async ({ cache }) => {
    onTestFailed(() => world.tellAll());
    await world.startWorker(cache === undefined ? {} : { maxCachedWorkflows: cache });
    const tag = `${CANARY.address}.${cache ?? 'default'}`;
    const A = `a.${tag}@example.org`;
    const B = `b.${tag}@example.org`;
    const C = `c.${tag}@example.org`;

    // A draft; what is open is asked for before it starts.
    const draft = draftOf({
      A: { name: `${CANARY.organisation}甲${cache ?? ''}`, email: A, contact: `${CANARY.person} A` },
      B: { name: `${CANARY.organisation}乙${cache ?? ''}`, email: B, contact: `${CANARY.person} B` },
      coordinator: { name: `${CANARY.person} C`, email: C },
    });
    const { expiresOn: _left, ...terms } = draft.terms;
    const created = await desk.post('/agreements', { ...draft, terms });
    expect(created.status).toBe(201);
    const { id } = schemas.agreement.parse(created.body);
    const early = await desk.post(`/agreements/${id}/start`, {});
    expect(early).toMatchObject({ status: 422, body: { type: 'urn:abide:term-open' } });
    const patched = await fetch(`${world.url}/api/agreements/${id}`, {
      method: 'PATCH',
      headers: { ...MACHINE, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
      body: JSON.stringify({ terms: draft.terms }),
    });
    expect(patched.status).toBe(200);
    const started = await desk.post(`/agreements/${id}/start`, {});
    expect(started).toMatchObject({ status: 200, body: { status: 'awaiting-signatures' } });

    // Both sign by the link of their invitation.
    const invitations = await Promise.all([mailTo(A, '请签署'), mailTo(B, 'Sign ')]);
    expect(invitations[0].text).toContain(CANARY.person);
    const before = await tableCounts(world.database);
    const links = invitations.map(linkIn);
    for (const link of links) {
      expect((await fetch(link, { method: 'HEAD', redirect: 'manual' })).status).toBe(303);
      await (await Stakeholder.follow(link)).page();
      await (await Stakeholder.follow(link)).page();
    }
    expect(await tableCounts(world.database)).toEqual(before);
    const signsA = await Stakeholder.follow(links[0] as string);
    expect(await signsA.page()).toContain('<html lang="zh-CN">');
    expect((await signsA.send({ signedOn: day(-77) })).status).toBe(200);
    expect(await signsA.page()).toContain(day(-77));
    const again = await (await Stakeholder.follow(links[0] as string)).page();
    expect(again).toContain('已签署');
    expect(await desk.agreement(id)).toMatchObject({ status: 'awaiting-signatures', signatures: { A: day(-77) } });
    const signsB = await Stakeholder.follow(links[1] as string);
    expect(await signsB.page()).toContain('<html lang="en">');
    expect((await signsB.send({ signedOn: day(-75) })).status).toBe(200);

    // In force at once; what fell due on the way is recorded with its own dates.
    expect(await desk.agreement(id)).toMatchObject({ status: 'active', inForceOn: day(-75) });
    const caughtUp = await eventually(async () => {
      const agreement = await desk.agreement(id);
      return agreement.overdue === 2 && agreement;
    });
    expect(
      caughtUp.obligations.map(({ id: obligation, status, localDate, dueAt, daysLate, penalty }) => ({
        obligation,
        status,
        localDate,
        dueAt,
        daysLate,
        balance: penalty?.balance,
      })),
    ).toEqual([
      {
        obligation: 'needs-analysis-report',
        status: 'overdue',
        localDate: day(-45),
        dueAt: iso(-44),
        daysLate: 45,
        balance: '225000.00',
      },
      {
        obligation: 'process-plan',
        status: 'overdue',
        localDate: day(-15),
        dueAt: iso(-14),
        daysLate: 15,
        balance: '75000.00',
      },
      {
        obligation: 'training-plan',
        status: 'pending',
        localDate: day(15),
        dueAt: iso(16),
        daysLate: 0,
        balance: '0.00',
      },
    ]);

    // One summary instead of the rungs that were missed.
    const summary = await mailTo(A, '补发');
    expect(summary.text).toContain('需求分析报告');
    const told = await desk.allSent(id);
    const of = (kind: string) => told.filter((notice) => notice.kind === kind);
    expect(of('reminder')).toEqual([]);
    expect(of('summary').map(({ seat, role }) => `${seat}/${role}`)).toEqual(['A/A', 'coordinator/copy']);
    expect(of('penalty-started').map(({ seat, obligation }) => `${seat} ${obligation}`)).toEqual([
      'A needs-analysis-report',
      'B needs-analysis-report',
      'A process-plan',
      'B process-plan',
    ]);

    // The ledger, today and as of earlier dates.
    expect((await desk.ledger(id)).balances).toEqual([
      { debtor: 'A', creditor: 'B', currency: 'CNY', amount: '300000.00' },
    ]);
    expect((await desk.ledger(id, day(-45))).items).toEqual([]);
    expect((await desk.ledger(id, day(-44))).balances[0]?.amount).toBe('5000.00');
    expect((await desk.ledger(id, day(-14))).balances[0]?.amount).toBe('160000.00');
    const lines = (await desk.ledger(id)).items;
    expect(lines.filter(({ posted }) => posted).map(({ at }) => at.slice(8, 19))).toEqual(
      lines.filter(({ posted }) => posted).map(() => '01T00:00:00'),
    );

    // A hands in, B rejects by link with points, A hands in again by link, B accepts by link.
    const plan = { name: `${CANARY.file}.txt`, content: 'The plan, first version.\n' };
    const key = randomUUID();
    const submitted = await desk.submit(id, 'process-plan', 'A', [plan], { key });
    expect(submitted).toMatchObject({
      status: 200,
      body: { command: key, status: 'applied', events: ['deliverable-submitted', 'penalty-posted'] },
    });
    const shown = await desk.agreement(id);
    expect(shown.sequence).toBeGreaterThanOrEqual(Number(submitted.body['sequence']));
    expect(shown.obligations[1]).toMatchObject({
      status: 'in-review',
      daysLate: 15,
      review: { waitingFor: ['B'], localDate: day(10), round: 1 },
    });
    expect((await desk.submit(id, 'process-plan', 'A', [plan], { key })).body).toEqual(submitted.body);
    const reused = await desk.submit(id, 'process-plan', 'A', [{ ...plan, content: 'Another.\n' }], { key });
    expect(reused).toMatchObject({ status: 422, body: { type: 'urn:abide:idempotency-key-reused' } });
    expect(await desk.command(key)).toMatchObject({ status: 'applied', sequence: submitted.body['sequence'] });

    const asked = await mailTo(B, 'Review the');
    const reviews = await Stakeholder.follow(linkIn(asked));
    expect(await reviews.page()).toContain(CANARY.file);
    const pointless = await reviews.send({ verdict: 'reject' });
    expect(pointless.status).toBe(422);
    expect(await desk.agreement(id)).toMatchObject({ sequence: submitted.body['sequence'] });
    const rejected = await reviews.send([
      ['verdict', 'reject'],
      ['points', `1 ${CANARY.point}`],
      ['points', `2 ${CANARY.point}`],
    ]);
    expect(rejected.status).toBe(200);
    const reworked = (await desk.agreement(id)).obligations[1];
    expect(reworked).toMatchObject({ status: 'rework', localDate: day(10), daysLate: 15, review: null });
    const back = await Stakeholder.follow(linkIn(await mailTo(A, '被退回')));
    expect((await back.send({}, [{ name: `${CANARY.file}2.txt`, content: 'Second version.\n' }])).status).toBe(200);
    const second = await Stakeholder.follow(linkIn(await mailTo(B, 'Review the', 1)));
    expect((await second.send({ verdict: 'accept' })).status).toBe(200);
    expect((await desk.agreement(id)).obligations[1]).toMatchObject({ status: 'fulfilled-late', daysLate: 15 });

    // The timeline: every event, who did it, with what text and which documents.
    const events = await desk.events(id);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    const overdue = events.filter(({ type }) => type === 'obligation-overdue');
    expect(overdue.map(({ at, obligation }) => `${at} ${obligation}`)).toEqual([
      `${iso(-44)} needs-analysis-report`,
      `${iso(-14)} process-plan`,
    ]);
    const rejection = events.find(({ type }) => type === 'deliverable-rejected');
    expect(rejection).toMatchObject({
      actor: { seat: 'B', party: 'B', via: 'link', name: `${CANARY.person} B` },
      text: { points: [`1 ${CANARY.point}`, `2 ${CANARY.point}`] },
      data: { round: 1, pointCount: 2 },
    });

    // Documents: whole, logged; altered and missing ones are noticed.
    const { items: documents } = await desk.get(`/agreements/${id}/documents`, schemas.documentPage);
    expect(documents.map(({ fileName, state }) => `${fileName} ${state}`)).toEqual([
      `${CANARY.file}.txt ok`,
      `${CANARY.file}2.txt ok`,
    ]);
    const [first] = documents;
    const content = `/agreements/${id}/documents/${first?.id}/content`;
    const download = await fetch(`${world.url}/api${content}`, { headers: MACHINE });
    expect(download.headers.get('content-disposition')).toMatch(/^attachment;/);
    const bytes = await download.text();
    expect(bytes).toBe(plan.content);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(first?.sha256).toBe(sha256);
    const stored = join(world.documentsDir, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    await appendFile(stored, 'x');
    const refusal = async () =>
      z
        .object({ type: z.string() })
        .parse(await (await fetch(`${world.url}/api${content}`, { headers: MACHINE })).json()).type;
    expect(await refusal()).toBe('urn:abide:document-altered');
    await rm(stored);
    expect(await refusal()).toBe('urn:abide:document-missing');
    const downloads = await world.database.accessLog.findMany({
      where: { agreementId: id, subject: `document/${first?.id}` },
      orderBy: { at: 'asc' },
    });
    expect(downloads.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'download ok',
      'download altered',
      'download missing',
    ]);

    // The end, and what comes after it.
    const reason = `agreed by both: ${CANARY.reason}`;
    const partys = await desk.post(`/agreements/${id}/termination`, { as: 'A', reason });
    expect(partys).toMatchObject({ status: 403, body: { type: 'urn:abide:not-responsible' } });
    const bare = await desk.post(`/agreements/${id}/termination`, { as: 'coordinator', reason });
    expect(bare).toMatchObject({ status: 422, body: { type: 'urn:abide:evidence-missing' } });
    const ended = await desk.post(`/agreements/${id}/termination`, formOf({ as: 'coordinator', reason }, [SIGNED_END]));
    expect(ended).toMatchObject({ status: 200, body: { events: ['penalty-posted', 'agreement-terminated'] } });
    expect(await desk.agreement(id)).toMatchObject({ status: 'terminated', endedOn: TODAY });
    expect((await desk.events(id)).at(-1)).toMatchObject({ text: { reason } });
    const late = await desk.submit(id, 'training-plan', 'A', [plan]);
    expect(late).toMatchObject({ status: 409, type: expect.stringContaining('application/problem+json') });
    expect(late.body['type']).toBe('urn:abide:agreement-ended');
    const money = await desk.ledger(id);
    expect(money.items.every(({ posted }) => posted)).toBe(true);
    expect(money.balances).toEqual([{ debtor: 'A', creditor: 'B', currency: 'CNY', amount: '300000.00' }]);
    const { items: refusals } = await desk.get(`/agreements/${id}/refusals`, schemas.refusalList);
    expect(refusals.map(({ do: act, code }) => `${act} ${code}`)).toEqual([
      'start term-open',
      'submit idempotency-key-reused',
      'review points-missing',
      'terminate not-responsible',
      'terminate evidence-missing',
      'submit agreement-ended',
    ]);

    // Every notice went out, once; both were told of the end.
    const notices = await desk.allSent(id);
    expect(notices.filter(({ kind }) => kind === 'agreement-terminated').map(({ seat }) => seat)).toEqual(['A', 'B']);
    const ours = (await world.mails()).filter(({ recipients }) => [A, B, C].includes(recipients[0] ?? ''));
    expect(new Set(ours.map(({ messageId }) => messageId)).size).toBe(ours.length);
    const rows = await world.database.notice.findMany({ where: { agreementId: id } }); // those of one morning share a mail
    expect(new Set(ours.map(({ messageId }) => messageId))).toEqual(new Set(rows.map(({ messageId }) => messageId)));

    // The auditor.
    const verdict = await desk.get(`/agreements/${id}/replay`, schemas.replayVerdict);
    expect(verdict).toMatchObject({ verdict: 'identical', runs: [{ workflowId: `agreement/${id}` }] });
    expect(verdict['compared']).toBeGreaterThan(20);
    await world.stopWorker();
  },
);

test('histories and logs hold no name, address or free text', { timeout: 60_000 }, async () => {
  await world.startWorker();
  const started = await desk.post('/agreements', {
    ...draftOf({
      A: { name: CANARY.organisation, email: `${CANARY.refused}@example.org`, contact: CANARY.person },
      B: { name: `${CANARY.organisation} B`, email: `${CANARY.address}@example.org`, contact: CANARY.person },
      coordinator: { name: CANARY.person, email: `${CANARY.address}.c@example.org` },
    }),
    start: true,
  });
  expect(started.status).toBe(200);
  const { id } = schemas.agreement.parse(started.body);
  const notices = await eventually(async () => {
    const all = await desk.notices(id);
    return all.length === 2 && all.every(({ status }) => status === 'sent' || status === 'refused') && all;
  });
  expect(notices.map(({ seat, status }) => `${seat} ${status}`).sort()).toEqual(['A refused', 'B sent']);

  // Refused is not served: the API hands that to the agreement, whose history says so.
  const undelivered = await eventually(
    async () =>
      (await world.database.event.findFirst({ where: { agreementId: id, type: 'notice-undelivered' } })) ?? undefined,
    { withinMs: 30_000 },
  );
  expect(JSON.parse(undelivered.body)).toMatchObject({ seat: 'A', kind: 'sign-invitation', code: 'smtp-550' });
  const rows = { agreementId: id };
  expect(await world.database.task.findMany({ where: rows })).toMatchObject([{ kind: 'notice-bounced', doneAt: null }]);
  expect(await world.database.command.findMany({ where: { ...rows, type: 'undelivered' } })).toMatchObject([
    { status: 'applied' },
  ]);

  const texts: Record<string, string> = { logs: await world.logs() };
  const routes = '"route":"/agreements/{id}/obligations/{obligation}/submissions"';
  expect(['notice refused', routes].filter((line) => !texts['logs']?.includes(line))).toEqual([]);
  const runs = await world.database.workflowRun.findMany({ select: { workflowId: true, runId: true } });
  expect(runs).toHaveLength(3);
  for (const { workflowId, runId } of runs) {
    const text = readable(await world.temporal.workflow.getHandle(workflowId, runId).fetchHistory());
    const known = ['service-attachments@1', `${workflowId}/n1`, 'S001a-01'];
    expect(known.filter((one) => !text.includes(one))).toEqual([]);
    texts[workflowId] = text;
  }
  for (const [where, text] of Object.entries(texts)) {
    for (const canary of [...Object.values(CANARY), '@example.org']) {
      expect({ where, canary, found: text.includes(canary) }).toEqual({ where, canary, found: false });
    }
  }
});

/** Everything in a history, payloads decoded. */
function readable(history: object): string {
  const walk = (value: unknown): unknown => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member)]));
  };
  return JSON.stringify(walk(history));
}
