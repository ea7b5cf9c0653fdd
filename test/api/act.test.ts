import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Desk, ask, awaitingSignatures, form, inForce, openDesk } from './desk.ts';
import { link, open, page, secrets, send } from './visit.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

async function counts(): Promise<number[]> {
  const { command, event, actionLink, refusal, accessLog } = desk.database;
  return Promise.all([command.count(), event.count(), actionLink.count(), refusal.count(), accessLog.count()]);
}

test('a link moves its token into a cookie, and opening it changes nothing', async () => {
  const id = await inForce(desk);
  const mailed = await link(desk, id, 'A', 'submit', 'needs-analysis-report');
  const before = await counts();
  await fetch(mailed, { method: 'HEAD', redirect: 'manual' });
  const visit = await open(desk, mailed);
  expect(visit.url).not.toContain(mailed.split('/').at(-1));
  const zh = await page(visit);
  expect(zh).toContain('客户需求分析报告');
  expect(zh).toContain('北京时间 2026-10-08 24:00');
  expect(zh).toContain('B &lt;Ltd&gt; &amp; Co');
  expect(zh).not.toMatch(/<script/i);
  expect(await page(visit, '?lang=en')).toContain('Needs-analysis report');
  expect(await counts()).toEqual(before);
  expect(desk.log.join('')).not.toContain(mailed.split('/').at(-1));
});

test('the form ?t= works as well', async () => {
  const id = await inForce(desk);
  const token = (await link(desk, id, 'A', 'submit', 'training-plan')).split('/').at(-1) ?? '';
  const { id: linkId } = await desk.database.actionLink.findFirstOrThrow({ orderBy: { id: 'desc' } });
  await open(desk, `${desk.api.url}/act/${linkId}?t=${token}`);
  const wrong = await fetch(`${desk.api.url}/act/${linkId}?t=${'x'.repeat(43)}`, { redirect: 'manual' });
  expect(wrong.status).toBe(404);
});

test('handing in by link is kept once, whatever is pressed twice', async () => {
  const id = await inForce(desk);
  const visit = await open(desk, await link(desk, id, 'A', 'submit', 'process-plan'));
  const { key, nonce } = secrets(await page(visit));
  for (let n = 0; n < 2; n++) {
    const sent = await send(visit, form({ key, nonce }, { '方案.csv': 'a,b\n1,2\n' }));
    expect(sent.status).toBe(200);
    expect(sent.text).toContain('已收到');
  }
  const commands = await desk.database.command.findMany({ where: { agreementId: id, type: 'submit' } });
  expect(commands).toHaveLength(1);
  expect(commands[0]?.command).toMatchObject({
    actor: { seat: 'A', party: 'A', via: 'link' },
    obligation: 'process-plan',
  });
  await desk.record(commands[0]?.id ?? '');

  const reviewer = await open(desk, await link(desk, id, 'B', 'review', 'process-plan'));
  const review = await page(reviewer);
  expect(review).toContain('What was handed in');
  const href = /href="([^"]*\/documents\/[^"]*)"/.exec(review)?.[1] ?? '';
  const file = await fetch(`${desk.api.url}${href}`, { headers: { cookie: reviewer.cookie } });
  expect([file.status, await file.text()]).toEqual([200, 'a,b\n1,2\n']);
  expect(await desk.database.accessLog.findFirst({ where: { agreementId: id } })).toMatchObject({
    outcome: 'ok',
    actor: { seat: 'B', via: 'link' },
  });
  const points = new URLSearchParams({ ...secrets(review), verdict: 'reject' });
  for (const point of ['one', '', 'two']) points.append('points', point);
  expect((await send(reviewer, points)).text).toContain('Received');
  const stored = await desk.database.command.findFirstOrThrow({ where: { agreementId: id, type: 'review' } });
  expect([stored.text, stored.command]).toMatchObject([
    { points: ['one', 'two'] },
    { pointCount: 2, verdict: 'reject' },
  ]);
});

test('a form without its secrets, or with those of another link, does nothing but leave a refusal', async () => {
  const id = await inForce(desk);
  const visit = await open(desk, await link(desk, id, 'A', 'submit', 'training-plan'));
  const other = secrets(await page(await open(desk, await link(desk, id, 'A', 'submit', 'process-plan'))));
  for (const given of [{}, other, { key: other.key, nonce: '' }]) {
    expect((await send(visit, form(given as Record<string, string>, { 'a.txt': 'x' }))).status).toBe(403);
  }
  const foreign = await send({ ...visit, cookie: '' }, form(other, { 'a.txt': 'x' }));
  expect(foreign.status).toBe(404);
  expect(await desk.database.command.count({ where: { agreementId: id, type: 'submit' } })).toBe(0);
  const refusals = await desk.database.refusal.findMany({ where: { agreementId: id } });
  expect(refusals.map(({ code, action }) => [action, code])).toEqual(Array(3).fill(['submit', 'form-expired']));
});

test('links that are over say so, and what to do', async () => {
  const id = await inForce(desk);
  const done = await page(await open(desk, await link(desk, id, 'A', 'sign')));
  expect(done).toContain('贵方已签署，签署日期：2026-09-01');
  expect(done).not.toContain('<form');
  expect(await page(await open(desk, await link(desk, id, 'B', 'review', 'process-plan')))).toContain(
    'Nothing waits for your review',
  );

  const mailed = await link(desk, id, 'A', 'submit', 'training-plan');
  const visit = await open(desk, mailed);
  desk.now.ms += 86_400_000;
  const expired = await fetch(visit.url, { headers: { cookie: visit.cookie } });
  expect([expired.status, (await expired.text()).includes('链接已过期')]).toEqual([410, true]);
  desk.now.ms -= 86_400_000;
  await desk.database.actionLink.updateMany({ where: { agreementId: id }, data: { revokedAt: new Date(desk.now.ms) } });
  const revoked = await open(desk, mailed); // the token leaves the address bar all the same
  expect((await fetch(revoked.url, { headers: { cookie: revoked.cookie } })).status).toBe(410);
  expect((await fetch(`${desk.api.url}/act/${randomUUID()}`)).status).toBe(404);
});

test('a signature by link wants the date on the paper; the scan may come along', async () => {
  const id = await awaitingSignatures(desk);
  const visit = await open(desk, await link(desk, id, 'B', 'sign'));
  const { key, nonce } = secrets(await page(visit));
  const wrong = await send(visit, form({ key, nonce, signedOn: '2026-02-30' }));
  expect([wrong.status, wrong.text.includes('is not a date that exists')]).toEqual([400, true]);
  const sent = await send(visit, form({ key, nonce, signedOn: '2026-08-30' }, { 'scan.pdf': '%PDF-1.7' }));
  expect(sent.text).toContain('Received');
  const { command, id: commandId } = await desk.database.command.findFirstOrThrow({
    where: { agreementId: id, type: 'sign' },
  });
  expect(command).toMatchObject({ signedOn: '2026-08-30', actor: { seat: 'B', party: 'B', via: 'link' } });
  await desk.record(commandId);
  expect((await ask(desk.api, 'GET', `/agreements/${id}`)).body.signatures).toEqual({ B: '2026-08-30' });
});

test('the id of an act by link is no key with which others learn what became of it', async () => {
  const id = await inForce(desk);
  const visit = await open(desk, await link(desk, id, 'A', 'submit', 'training-plan'));
  const body = form(secrets(await page(visit)), { 'plan.txt': 'plan' });
  expect((await send(visit, body)).status).toBe(200);
  const own = await desk.database.command.findFirstOrThrow({
    where: { id: { startsWith: 'link/' } },
    orderBy: { receivedAt: 'desc' },
  });
  const fields = form({ as: 'A' }, { 'other.txt': 'other' });
  const path = `/agreements/${id}/obligations/training-plan/submissions`;
  const reply = await ask(desk.api, 'POST', path, fields, { 'Idempotency-Key': own.id });
  expect([reply.status, reply.body.type]).toEqual([400, 'urn:abide:idempotency-key-invalid']);
});
