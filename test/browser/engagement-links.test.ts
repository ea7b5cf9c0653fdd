import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EngagementStep, stepSubject } from '../../domain/engagement/steps.ts';
import { createLink } from '../../activities/links.ts';
import { type Desk, openDesk } from '../api/desk.ts';
import { DRAFT, type Engaged, applied, inForceWith, knowingThirds } from '../api/engagement-desk.ts';
import { processDesk } from '../api/process-desk.ts';
import { type BrowserPage, openPage } from './page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let desk: Desk;
let folder: string;
let phone: BrowserPage;
let agreementId: string;

beforeAll(async () => {
  desk = await openDesk();
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  agreementId = await knowingThirds(desk);
  desk.now.ms = Date.parse('2026-09-07T10:00:00+08:00');
  folder = await mkdtemp(join(tmpdir(), 'abide-phone-'));
  phone = await openPage({ profile: join(folder, 'profile'), language: 'zh-CN', width: 390, height: 844 });
});
afterAll(async () => {
  await phone?.close();
  await desk?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The address in the mail to a seat. */
async function mailed(one: Engaged, seat: string, step: EngagementStep): Promise<string> {
  const { reference } = await desk.database.process.findUniqueOrThrow({ where: { id: one.id } });
  const { personId } = await desk.database.seat.findUniqueOrThrow({
    where: { agreementId_seat: { agreementId, seat } },
  });
  const request = {
    ...{ agreementId, personId, seat, purpose: 'engagement' as const },
    ...{ obligation: stepSubject({ reference, step, about: null }), noticeId: `test/${randomUUID()}` },
    expiresAt: desk.now.ms + 86_400_000,
  };
  return createLink(desk.database, request, { clock: desk.deps.clock, publicUrl: desk.api.url });
}

/** It fits a phone, axe finds nothing, and it runs no script; a picture where ABIDE_SHOTS asks for one. */
async function looks(name: string): Promise<void> {
  expect(await phone.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
  expect(await phone.evaluate('document.scripts.length')).toBe(0);
  expect(await phone.evaluate('document.documentElement.outerHTML.length')).toBeLessThan(60_000);
  await phone.evaluate(AXE);
  const found = `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`;
  expect([name, await phone.evaluate(found)]).toEqual([name, []]);
  const { ABIDE_SHOTS } = process.env;
  if (ABIDE_SHOTS !== undefined) await writeFile(join(ABIDE_SHOTS, `${name}.png`), await phone.picture());
}

const FORM = (button: string): string =>
  `[...document.forms].find((one) => one.querySelector('button').innerText === ${JSON.stringify(button)})`;

async function fills(button: string, name: string, text: string): Promise<void> {
  const field = `${FORM(button)}.elements[${JSON.stringify(name)}]`;
  await phone.evaluate(`(() => { const field = ${field}; field.focus(); field.value = ${JSON.stringify(text)}; })()`);
}

async function brings(button: string, fileName: string): Promise<void> {
  const path = join(folder, fileName);
  await writeFile(path, fileName);
  await phone.bring(`${FORM(button)}.elements.file`, path);
}

/** Presses a form's button, and has what it asked for recorded as the worker would. */
async function sends(button: string): Promise<void> {
  const before = await desk.database.command.count();
  await phone.evaluate(`${FORM(button)}.querySelector('button').click()`);
  await phone.until(`document.querySelector('h1.good, h1.bad')`);
  expect(await phone.evaluate('document.querySelector("h1").innerText')).toMatch(/已收到|Received/);
  expect(await desk.database.command.count()).toBe(before + 1);
  const { id } = await desk.database.command.findFirstOrThrow({
    where: { status: 'pending' },
    orderBy: { receivedAt: 'desc' },
  });
  await processDesk(desk).record(id);
}

test('on a phone, without an account: asked, refused to a blank reason, agreed to (S001b-71)', async () => {
  const one = await applied(desk, agreementId);
  await phone.goto(await mailed(one, 'A', 'reply'));
  expect(await phone.evaluate('document.body.innerText')).toContain('两个月内故障率下降一半');
  await looks('engagement-link-reply-zh-390');
  await phone.goto(await phone.evaluate<string>(`location.href + '?lang=en'`));
  await looks('engagement-link-reply-en-390');
  // The browser itself keeps a refusal without a reason back.
  await phone.evaluate(`${FORM('Refuse')}.querySelector('button').click()`);
  expect(await phone.evaluate('document.querySelectorAll("textarea:invalid").length')).toBeGreaterThan(0);
  expect(await phone.evaluate('location.pathname')).toMatch(/^\/act\/[0-9a-f-]{36}$/);
  await sends('Agree');
  expect(await one.view()).toMatchObject({ status: 'agreed' });
});

test('the third party reads its agreement, signs it, and hands in its milestone by the same link (S001a-66, S001b-99)', async () => {
  const one = await applied(desk, agreementId);
  await one.act('reply', { as: 'A', verdict: 'agree' });
  await one.act('draft', DRAFT);
  for (const as of ['A', 'B']) await one.act('review', { as, verdict: 'accept' });
  for (const as of ['A', 'B']) await one.act('sign', { as }, `签字页 ${as}.txt`);
  const { seat } = (await one.view()).thirdParty;
  await phone.goto(await mailed(one, seat, 'sign'));
  const text = await phone.evaluate<string>('document.body.innerText');
  for (const word of ['100,000.00 CNY', '对自身造成的损失负责', '检测报告']) expect(text).toContain(word);
  await looks('engagement-link-sign-zh-390');
  await fills('登记签署', 'signedOn', '2026-09-07');
  await brings('登记签署', '签字页.txt');
  const address = await phone.evaluate<string>('location.href');
  await sends('登记签署');
  expect((await one.view()).status).toBe('active');

  await phone.goto(address);
  await looks('engagement-link-work-zh-390');
  await brings('提交成果', '检测报告.txt');
  await fills('提交成果', 'note', '报告一份');
  await sends('提交成果');
  expect((await one.view()).milestones).toMatchObject([{ status: 'handed-in', note: '报告一份' }]);
});

test('a party reviews the draft; a cap is declined by its link', async () => {
  const one = await applied(desk, agreementId);
  await one.act('reply', { as: 'A', verdict: 'agree' });
  await one.act('draft', DRAFT);
  await phone.goto(await mailed(one, 'B', 'review'));
  await looks('engagement-link-review-zh-390');
  await sends('通过草案');
  expect((await one.view()).review).toMatchObject({ acceptedBy: [{ seat: 'B' }] });

  const other = await inForceWith(desk, agreementId);
  await other.act('propose-cap', { as: 'A', amount: '150000.00', reason: '范围扩大' });
  await phone.goto(await mailed(other, 'B', 'cap'));
  await looks('engagement-link-cap-zh-390');
  await fills('不同意变更', 'reason', '保险不足');
  await sends('不同意变更');
  expect((await other.view()).capChanges).toMatchObject([{ status: 'rejected' }]);
});
