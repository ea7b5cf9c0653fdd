import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTokenHash, newAnswerToken, optOutWord } from '../../activities/answer-token.ts';
import { createLink } from '../../activities/links.ts';
import { stepSubject } from '../../domain/engagement/steps.ts';
import { vipService } from '../api/cases-desk.ts';
import { type Desk, ask, awaitingSignatures, form, inForce, openDesk } from '../api/desk.ts';
import { applied, knowingThirds } from '../api/engagement-desk.ts';
import { link } from '../api/visit.ts';
import { isTooWide, look, violations } from './checks.ts';
import { type BrowserPage, openPage } from './page.ts';

/** What a public page may weigh as it is sent to a phone, with all that it loads (the answer page has a budget of its own). */
const MOST_BYTES = 150_000;

let desk: Desk;
let folder: string;
let phone: BrowserPage;
/** Addresses as mails, forms and QR codes bear them. */
const addresses: Record<string, string> = {};

beforeAll(async () => {
  desk = await openDesk();
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  folder = await mkdtemp(join(tmpdir(), 'abide-public-'));
  const waiting = await awaitingSignatures(desk);
  const active = await inForce(desk);
  const brought = form({ as: 'A' }, { '需求分析.txt': '客户最常问的是时限。' });
  const key = randomUUID();
  const submission = `/agreements/${active}/obligations/needs-analysis-report/submissions`;
  expect((await ask(desk.api, 'POST', submission, brought, { 'Idempotency-Key': key })).status).toBe(202);
  await desk.record(key);
  const month = { days: 30 };
  addresses['sign'] = await link(desk, waiting, 'A', 'sign', undefined, undefined, month);
  addresses['submit'] = await link(desk, active, 'A', 'submit', 'process-plan', undefined, month);
  addresses['review'] = await link(desk, active, 'B', 'review', 'needs-analysis-report', undefined, month);
  addresses['acknowledge'] = await link(desk, active, 'B', 'acknowledge', undefined, undefined, month);
  addresses['expired'] = await link(desk, active, 'A', 'submit', 'training-plan');
  const vip = await vipService(desk);
  const made = await ask(desk.api, 'POST', `/agreements/${vip}/case-form-links`, { as: 'A', label: '官网' });
  addresses['complaint'] = (made.body as { url: string }).url.replace('http://127.0.0.1:8420', desk.api.url);
  const third = await knowingThirds(desk);
  desk.now.ms = Date.parse('2026-09-07T10:00:00+08:00');
  const engagement = await applied(desk, third);
  addresses['decide'] = await decision(third, engagement.id);
  const customer = await desk.database.customer.create({
    data: { key: 'K-1', name: '陈晓', email: 'chen@c.example', createdAt: new Date(desk.now.ms) },
  });
  const token = newAnswerToken();
  await desk.database.invitee.create({
    data: {
      ...{ workflowId: `survey/${third}/x`, customerId: customer.id, tier: 'ordinary', channel: 'email' },
      tokenHash: answerTokenHash(token),
    },
  });
  addresses['opt-out'] = `${desk.api.url}/opt-out/${optOutWord(token)}`;
  addresses['unknown'] = `${desk.api.url}/act/${'x'.repeat(43)}`;
  phone = await openPage({ profile: join(folder, 'profile'), language: 'zh-CN', width: 320, height: 700 });
});
afterAll(async () => {
  await phone?.close();
  await desk?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The address in the mail that asks a party to decide on an application. */
async function decision(agreementId: string, id: string): Promise<string> {
  const { reference } = await desk.database.process.findUniqueOrThrow({ where: { id } });
  const { personId } = await desk.database.seat.findUniqueOrThrow({
    where: { agreementId_seat: { agreementId, seat: 'A' } },
  });
  const request = {
    ...{ agreementId, personId, seat: 'A', purpose: 'engagement' as const },
    ...{ obligation: stepSubject({ reference, step: 'reply', about: null }), noticeId: `test/${randomUUID()}` },
    expiresAt: desk.now.ms + 86_400_000,
  };
  return createLink(desk.database, request, { clock: desk.deps.clock, publicUrl: desk.api.url });
}

/** The page and all that it loads, as it would be sent packed. */
async function transfer(): Promise<{ bytes: number; requests: number }> {
  const loaded = await phone.evaluate<string[]>(`performance.getEntriesByType('resource').map(({ name }) => name)`);
  const page = await phone.evaluate<string>('document.documentElement.outerHTML');
  const files = await Promise.all(loaded.map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())));
  const bytes = [Buffer.from(page), ...files].reduce((sum, one) => sum + gzipSync(one).length, 0);
  return { bytes, requests: 1 + loaded.length };
}

const PAGES = ['sign', 'submit', 'review', 'acknowledge', 'decide', 'complaint', 'opt-out', 'expired', 'unknown'];

test.each(PAGES)(
  '%s: on 320 px in both languages, light, without a script, and nothing for axe to find',
  async (name) => {
    const address = addresses[name] ?? expect.unreachable(name);
    for (const language of ['zh', 'en'] as const) {
      await phone.goto(address);
      await phone.until('document.querySelector("h1")');
      const there = await phone.evaluate<string>('location.origin + location.pathname');
      if (language === 'en') await phone.goto(`${there}?lang=en`);
      await phone.until('document.querySelector("h1")');
      await look(phone, `public-${name}-${language}`);
      expect([name, language, await isTooWide(phone)]).toEqual([name, language, false]);
      expect(await violations(phone)).toEqual([]);
      const { bytes, requests } = await transfer();
      expect(bytes).toBeLessThan(MOST_BYTES);
      expect(requests).toBeLessThan(6);
      // axe is the test's own.
      expect(await phone.evaluate('[...document.scripts].filter(({ src }) => src !== "").length')).toBe(0);
    }
  },
);

test('whoever filed a complaint follows its state by a page as light', async () => {
  await phone.goto(addresses['complaint'] ?? '');
  await phone.until('document.querySelector("form")');
  await phone.evaluate(`(() => {
    const said = { topic: '空调不制冷', details: '三号楼', name: '陈晓', email: 'c-0001@c.example' };
    for (const [name, text] of Object.entries(said)) {
      const field = document.querySelector('[name="' + name + '"]');
      if (field) field.value = text;
    }
    for (const choice of document.querySelectorAll('select')) if (!choice.value) choice.selectedIndex = choice.options.length - 1;
    for (const name of new Set([...document.querySelectorAll('input[type=radio]')].map((one) => one.name)))
      document.querySelector('input[type=radio][name="' + name + '"]').checked = true;
    document.forms[0].requestSubmit();
  })()`);
  await phone.until(`document.querySelector('a[href^="/case/"], h1.good')`);
  await look(phone, 'public-complained-zh');
  expect(await isTooWide(phone)).toBe(false);
  expect(await violations(phone)).toEqual([]);
  await phone.evaluate(`document.querySelector('a[href^="/case/"]').click()`);
  await phone.until(`document.body.innerText.includes('空调不制冷')`);
  await look(phone, 'public-follow-zh');
  expect(await isTooWide(phone)).toBe(false);
  expect(await violations(phone)).toEqual([]);
  expect((await transfer()).bytes).toBeLessThan(MOST_BYTES);
});
