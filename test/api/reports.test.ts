import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Prisma } from '../../prisma/generated/client.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { begunCycle, customers, improvementAgreement, processDesk } from './process-desk.ts';

let desk: Desk;
let agreementId: string;
let id: string;
let at: string;

/** Two cycles, the first one reported: six answers of 5, 5, 4, 4, 4 and 2. */
beforeAll(async () => {
  desk = await openDesk();
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  agreementId = await improvementAgreement(desk);
  desk.now.ms = Date.parse('2026-10-01T09:00:00+08:00');
  const { act, tell } = processDesk(desk);
  await customers(desk, 8);
  const begun = await begunCycle(desk, agreementId, {
    occurrence: '2026-10-01',
    channels: ['email'],
    anonymous: true,
    dateAgreedBy: { seats: [], clauses: [] },
    target: { measure: 'score', value: '4.2', clauses: ['S000-08'] },
    findings: null,
  });
  id = begun.id;
  at = `/agreements/${agreementId}/surveys/${id}`;
  const { workflowId } = begun;
  const { body: draft } = await ask(desk.api, 'GET', `${at}/draft`);
  const { json } = draft as { json: { pages: { elements: { name: string; role: string }[] }[] } };
  await act(`${at}/design`, { as: 'B', questionnaire: json });
  await act(`${at}/draw`, { as: 'B' });
  await act(`${at}/publish`, { as: 'B' });
  await desk.database.invitee.updateMany({ where: { workflowId }, data: { status: 'sent', wave: 0 } });
  const names = json.pages.flatMap(({ elements }) => elements).filter(({ role }) => role === 'score');
  const tiers = ['key', 'key', 'ordinary', 'ordinary', 'ordinary', 'ordinary'];
  await desk.database.answer.createMany({
    data: [5, 5, 4, 4, 4, 2].map((score, index) => ({
      ...{ workflowId, respondent: randomUUID(), channel: 'email', tier: tiers[index] ?? null },
      answers: Object.fromEntries(names.map(({ name }) => [name, score])) as Prisma.InputJsonObject,
      receivedOn: '2026-10-10',
    })),
  });
  await tell(workflowId, { type: 'answers', cursor: '9', answered: 6, late: 0 });
  await act(`${at}/close`, { as: 'B' });
  await act(`${at}/release`, form({ as: 'B', judgement: '=回电不及时' }, { '分析报告.pdf': '%PDF-' }));
});
afterAll(() => desk?.close());

test('the report of a cycle is a page, a PDF and a workbook, in the language that is asked for', async () => {
  const page = await ask(desk.api, 'GET', `${at}/report.html?language=zh`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'.*sandbox$/,
  );
  const text = String(page.body);
  // 5, 5, 4, 4, 4, 2: 24 ÷ 6 = 4; below 4.2.
  expect(text).toContain('结论：未达到约定目标。综合得分 4 分（满分 5 分），目标为不低于 4.2 分。');
  expect(text).toContain('自2026年10月1日起的一期');
  expect(text).toContain('甲公司');
  expect(text).toContain('沟通效果');
  expect(text).toContain('=回电不及时');
  // Two key customers of six: withheld, and so are the others, by whom they could be worked out.
  expect(text).toContain('重点客户（不予列示）');
  expect(text).toContain('普通客户（不予列示）');
  expect(String((await ask(desk.api, 'GET', `${at}/report.html?language=en`)).body)).toContain(
    'the agreed target is missed (score 4 of 5',
  );
  const pdf = await ask(desk.api, 'GET', `${at}/report.pdf?language=en`);
  expect(String(pdf.body)).toMatch(/^%PDF-/);
  expect(pdf.headers.get('content-disposition')).toMatch(/^attachment; filename="report-.*_2026-10-01\.en\.pdf"$/);
  expect(String((await ask(desk.api, 'GET', `${at}/report.xlsx`)).body)).toMatch(/^PK/);
});

test('what staff are shown has results and no judgement, party or group', async () => {
  const text = String((await ask(desk.api, 'GET', `${at}/publication.html?language=zh`)).body);
  expect(text).toContain('4.00');
  for (const secret of ['回电', '甲公司', '重点客户']) expect(text).not.toContain(secret);
});

test('a quarter compiles what was done; one in which nothing was has a nil report (S003-S-09)', async () => {
  const customer = await desk.database.customer.findFirstOrThrow();
  await desk.database.process.create({
    data: {
      workflowId: `visit/${agreementId}/2026-1`,
      agreementId,
      type: 'visit',
      reference: '2026-1',
      status: 'planned',
      input: {
        customerId: customer.id,
        kind: 'visit',
        plannedOn: '2026-11-03',
        zone: zoneData('Asia/Shanghai'),
      } as unknown as Prisma.InputJsonObject,
      createdAt: new Date(desk.now.ms),
    },
  });
  await desk.database.feedback.create({
    data: { number: 'F-1', agreementId, text: '好', channel: 'web', receivedAt: new Date('2026-12-31T23:59:00+08:00') },
  });
  const report = async (period: string) =>
    String((await ask(desk.api, 'GET', `/agreements/${agreementId}/reports/${period}.html?language=zh`)).body);
  expect(await report('2026-Q4')).toContain(
    '应开展或截止的调查 1 期，其中已截止 1 期、未按期开展 0 期；走访 0 次；收到反馈 1 件',
  );
  // S003-S-11: each visit of the period with its report; here it is still to come.
  expect(await report('2026-H2')).toMatch(/各次走访及报告.*客户 C-0000.*走访.*2026-11-03.*已计划/s);
  expect(await report('2027-H2')).toContain('零报告');
});

test('an unknown period, format, language or cycle is refused', async () => {
  const status = async (path: string) => (await ask(desk.api, 'GET', path)).status;
  expect(await status(`/agreements/${agreementId}/reports/2026-Q5.html`)).toBe(404);
  expect(await status(`${at}/report.docx`)).toBe(404);
  expect(await status(`${at}/report.pdf?language=fr`)).toBe(400);
  expect(await status(`/agreements/${agreementId}/surveys/${randomUUID()}/report.pdf`)).toBe(404);
});
