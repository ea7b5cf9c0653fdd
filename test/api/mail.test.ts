import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Mail } from '../../activities/mail/transport.ts';
import type { Role } from '../../api/policy.ts';
import { mailPreviewList, shownMail } from '../../api/routes/mails.ts';
import type { RunningApi } from '../../api/server.ts';
import { openMailPreviews } from '../../cli/mail-previews.ts';
import { type Desk, ask, openDesk } from './desk.ts';
import { signedIn } from './signed-in.ts';

const OWN = 'li.wang@operator.example';

let desk: Desk;
let sent: Mail[];
let isAway: boolean;

beforeAll(async () => {
  desk = await openDesk();
  const mails = openMailPreviews(
    {
      send: (mail) =>
        isAway
          ? Promise.reject(new Error(`nobody at ${mail.to.address} took the mail`))
          : Promise.resolve(void sent.push(mail)),
    },
    { mailFrom: 'Abide <abide@operator.example>' },
  );
  Object.assign(desk.deps, { mails });
  const at = new Date(desk.now.ms);
  await desk.database.user.createMany({
    data: [
      { id: 'a1', name: '王莉', email: OWN, createdAt: at, updatedAt: at },
      { id: 'a2', name: '周建国', email: 'zhou@operator.example', createdAt: at, updatedAt: at },
    ],
  });
});
beforeEach(() => {
  sent = [];
  isAway = false;
});
afterAll(() => desk?.close());

const apis = new Map<Role, Promise<RunningApi>>();
/** The API to which the account `a1` is signed in, with one role. */
function as(role: Role): Promise<RunningApi> {
  const known = apis.get(role) ?? signedIn(desk, [role]);
  apis.set(role, known);
  return known;
}

test.each<Role>(['administrator', 'coordinator', 'auditor'])('%s: every mail, listed and shown', async (role) => {
  const api = await as(role);
  const { status, body } = await ask(api, 'GET', '/mail/previews');
  expect(status).toBe(200);
  const { items } = mailPreviewList.parse(body);
  const names = (language: string) => items.filter((one) => one.language === language).map(({ name }) => name);
  expect(names('zh')).toEqual(names('en'));
  expect(items).toContainEqual({
    name: 'reminder.before',
    kind: 'reminder',
    variant: 'before',
    language: 'zh',
    subject: '请于北京时间 2026-10-08（周四）24:00 前提交《客户需求分析报告》',
  });
  const shown = shownMail.parse((await ask(api, 'GET', '/mail/previews/reminder.before')).body);
  expect(shown.zh.subject).toBe('请于北京时间 2026-10-08（周四）24:00 前提交《客户需求分析报告》');
  expect(shown.en.text).toContain('Hand in the needs-analysis report by');
  expect(shown.en.html).toContain('lang="en"');
  expect(shown.zh.calendar).toContain('BEGIN:VEVENT');
});

test.each(['nothing', 'reminder', 'digest.copy'])('there is no mail "%s"', async (name) => {
  const api = await as('coordinator');
  const unknown = { status: 404, body: { type: 'urn:abide:unknown-mail' } };
  expect(await ask(api, 'GET', `/mail/previews/${name}`)).toMatchObject(unknown);
  expect(await ask(api, 'POST', '/mail/test', { name, language: 'zh' })).toMatchObject(unknown);
  expect(sent).toEqual([]);
});

test('an auditor sends nothing, and others see nothing', async () => {
  const test = { name: 'reminder.before', language: 'zh' };
  expect((await ask(await as('auditor'), 'POST', '/mail/test', test)).status).toBe(403);
  for (const role of ['party-member', 'third-party', 'department', 'interviewer'] as const) {
    const api = await as(role);
    expect((await ask(api, 'GET', '/mail/previews')).status, role).toBe(403);
    expect((await ask(api, 'GET', '/mail/previews/digest')).status, role).toBe(403);
    expect((await ask(api, 'POST', '/mail/test', test)).status, role).toBe(403);
  }
  expect(sent).toEqual([]);
});

test("a test goes to the account's own address and to nobody else", async () => {
  const api = await as('administrator');
  const { status, body } = await ask(api, 'POST', '/mail/test', { name: 'digest', language: 'en' });
  expect([status, body]).toEqual([200, { to: OWN }]);
  expect(sent.map(({ to, language }) => ({ to, language }))).toEqual([
    { to: { name: '王莉', address: OWN }, language: 'en' },
  ]);
  expect(sent[0]?.subject).toMatch(/^\[Test\] /);
  // Whom it goes to cannot be said.
  for (const more of [{ to: 'zhou@operator.example' }, { address: 'zhou@operator.example' }, { accountId: 'a2' }]) {
    const refused = await ask(api, 'POST', '/mail/test', { name: 'digest', language: 'en', ...more });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: Object.keys(more)[0] }] } });
  }
  expect(sent).toHaveLength(1);
});

test('a program has no address to send to', async () => {
  const reply = await ask(desk.api, 'POST', '/mail/test', { name: 'digest', language: 'en' });
  expect(reply.body).toMatchObject({ type: 'urn:abide:address-missing' });
  expect(sent).toEqual([]);
});

test('a mail server that is away is said without its words', async () => {
  isAway = true;
  const reply = await ask(await as('coordinator'), 'POST', '/mail/test', { name: 'digest', language: 'zh' });
  expect(reply).toMatchObject({ status: 503, body: { type: 'urn:abide:mail-unavailable' } });
  expect(JSON.stringify(reply.body) + desk.log.join('')).not.toContain(OWN);
});
