import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLink } from '../../activities/links.ts';
import { agreementCountsSchema } from '../../api/agreements/listing.ts';
import { columnsOf, headOf } from '../../api/bulk/columns.ts';
import { refuseLinesNaming } from '../../api/bulk/naming.ts';
import { startBulkRunner } from '../../api/bulk/runner.ts';
import * as shapes from '../../api/bulk/schemas.ts';
import { templateFile } from '../../api/bulk/template-file.ts';
import { createCommandDesk } from '../../api/commands.ts';
import { readTable } from '../../api/directory/table-file.ts';
import type { RunningApi } from '../../api/server.ts';
import { agreementPage } from '../../api/schemas.ts';
import { findTemplate, newestTemplates } from '../../templates/library.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { DRAFT, type Desk, ask, awaitingSignatures, form, inForce, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

const TEMPLATE = 'service-attachments@1';
const ZH = { 'Accept-Language': 'zh' };

const draft = async (change: object = {}): Promise<string> =>
  (await ask(desk.api, 'POST', '/agreements', { ...DRAFT, ...change })).body.id as string;
const list = async (query: string, api: RunningApi = desk.api) =>
  agreementPage.parse((await ask(api, 'GET', `/agreements?${query}`)).body);
const ids = async (query: string): Promise<string[]> => (await list(query)).items.map(({ id }) => id);

/** Waits until a job is over; the worker does what waits for it meanwhile. */
async function finished(job: string) {
  for (let round = 0; round < 200; round++) {
    for (const { id } of await desk.database.command.findMany({ where: { status: 'pending' } })) await desk.record(id);
    const now = shapes.bulkJob.parse((await ask(desk.api, 'GET', `/bulk/jobs/${job}`)).body);
    if (now.finishedAt !== null) return now;
    await pause(50);
  }
  throw new Error(`job ${job} did not end`);
}
const linesOf = async (job: string) =>
  shapes.bulkLinePage.parse((await ask(desk.api, 'GET', `/bulk/jobs/${job}/lines`)).body).items;
async function bulk(body: object, headers: Record<string, string> = {}) {
  const reply = await ask(desk.api, 'POST', '/bulk/jobs', body, headers);
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return shapes.bulkJob.parse(reply.body);
}

test('the list finds by parts of names, addresses, titles and ids, and narrows by what it is asked', async () => {
  const party = { ...DRAFT.parties, A: { ...DRAFT.parties.A, name: '晨曦食品有限公司', email: 'chen@food.example' } };
  const found = await draft({ parties: party });
  const other = await draft();
  expect(await ids('search=食品')).toEqual([found]);
  expect(await ids('search=品')).toEqual([found]);
  expect(await ids('search=FOOD.example%20晨曦')).toEqual([found]);
  expect(await ids(`search=${found.slice(0, 13)}`)).toEqual([found]);
  expect(await ids('search=晨曦%20没有的词')).toEqual([]);
  expect(await ids('search=50%25')).toEqual([]);
  expect(await ids(`search=${encodeURIComponent('按附件履行')}&limit=200`)).toEqual(
    expect.arrayContaining([found, other]),
  );

  // What the draft says now is what it is found by.
  const renamed = { ...party, A: { ...party.A, name: '暮色饮品有限公司' } };
  await ask(desk.api, 'PATCH', `/agreements/${found}`, { parties: renamed });
  expect(await ids('search=晨曦')).toEqual([]);
  expect(await ids('search=暮色')).toEqual([found]);

  const living = await inForce(desk);
  const { coordinator, nextDue, startedAt } = (await list(`ids=${living}`)).items[0] ?? {};
  expect([coordinator, nextDue?.obligation, startedAt]).toEqual([
    '王协调',
    'needs-analysis-report',
    '2026-09-01T09:00:00+08:00',
  ]);
  expect(await ids('status=active')).toEqual([living]);
  expect(await ids('template=service-attachments&status=draft')).toEqual([found, other].sort().reverse());
  expect(await ids('template=vip-service')).toEqual([]);
  expect(await ids('startedFrom=2026-09-01&startedUntil=2026-09-01')).toEqual([living]);
  expect(await ids('startedFrom=2026-09-02')).toEqual([]);
  const { personId } = await desk.database.seat.findFirstOrThrow({
    where: { agreementId: living, seat: 'coordinator' },
  });
  expect(await ids(`coordinator=${personId}`)).toEqual(expect.arrayContaining([living, other, found]));
  const seated = await desk.database.seat.findFirstOrThrow({ where: { agreementId: living, seat: 'A' } });
  expect(await ids(`coordinator=${seated.personId}`)).toEqual([]);
  expect(await ids(`person=${seated.personId}&status=active`)).toEqual([living]);
  expect(await ids('overdue=true')).toEqual([]);

  const expiring = await draft({ terms: { ...DRAFT.terms, expiresOn: '2026-12-31' } });
  const [job] = [await bulk({ act: 'start', ids: [expiring] })];
  await finished(job.id);
  expect(await ids('expiresWithin=200')).toEqual([expiring]);
  expect(await ids('expiresWithin=30')).toEqual([]);
  expect(await ids('sort=expiry')).toEqual([expiring]);
  const counts = agreementCountsSchema.parse((await ask(desk.api, 'GET', '/agreements/counts')).body);
  expect(counts.byStatus).toEqual({ draft: 2, active: 1, 'awaiting-signatures': 1 });
  expect(counts.total).toBe(4);

  // Every order is paged without a gap.
  for (const sort of ['newest', 'oldest', 'started']) {
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(`sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(await ids(`sort=${sort}`));
  }
});

test('what can be done is shown beforehand; a job starts what is whole, and says of the rest why not', async () => {
  const whole = await draft();
  const open = await draft({ terms: { contractTotal: '1000000.00' } });
  const living = await inForce(desk);
  const given = { act: 'start', ids: [whole, open, living] };
  const preview = shapes.bulkPreview.parse((await ask(desk.api, 'POST', '/bulk/preview', given, ZH)).body);
  expect([preview.can, preview.cannot]).toEqual([1, 2]);
  expect(preview.items.map(({ reason }) => reason?.code ?? null)).toEqual([null, 'term-open', 'no-draft']);
  expect(preview.items[1]?.reason?.message).toContain('尚未约定');

  const headers = { 'Idempotency-Key': randomUUID() };
  const job = await bulk(given, headers);
  expect((await bulk(given, headers)).id).toBe(job.id); // the same request is the same job
  expect((await finished(job.id)).counts).toEqual({ waiting: 0, pending: 0, done: 1, refused: 2 });
  expect((await linesOf(job.id)).map(({ status }) => status)).toEqual(['done', 'refused', 'refused']);
  expect(await ids(`ids=${whole}&status=awaiting-signatures`)).toEqual([whole]);

  const gone = await bulk({ act: 'delete-drafts', ids: [open, whole] });
  await finished(gone.id);
  const after = await linesOf(gone.id);
  expect(after.map(({ status, exists, reason }) => [status, exists, reason?.code])).toEqual([
    ['done', false, undefined],
    ['refused', true, 'no-draft'],
  ]);
  expect(after[0]?.parties['A']?.name).toBe('甲公司'); // known though it is gone
});

test('a coordinator is replaced in drafts and in what is lived, under the history of each', async () => {
  const one = await draft();
  const living = await inForce(desk);
  const { organisationId } = (
    await desk.database.seat.findFirstOrThrow({
      where: { agreementId: living, seat: 'coordinator' },
      include: { person: true },
    })
  ).person;
  const successor = await desk.database.person.create({
    data: { organisationId, name: '陈新', email: `${randomUUID()}@x.example` },
  });
  const missing = await ask(desk.api, 'POST', '/bulk/jobs', { act: 'replace-coordinator', ids: [one] });
  expect([missing.status, missing.body.errors[0].path]).toEqual([400, 'personId']);
  const given = { act: 'replace-coordinator', ids: [one, living], personId: successor.id };
  const job = await bulk(given);
  expect((await finished(job.id)).counts.done).toBe(2);
  expect((await list(`ids=${one},${living}`)).items.map(({ coordinator }) => coordinator)).toEqual(['陈新', '陈新']);
  const event = await desk.database.event.findFirst({ where: { agreementId: living, type: 'seat-replaced' } });
  expect(event?.commandId).toBe(`bulk-${job.id}/2`);
  const again = await bulk(given);
  expect((await linesOf(again.id)).map(({ reason }) => reason?.code)).toEqual([undefined, 'same-person']);
  await finished(again.id);
});

test('a job goes on where it stood when its process ended, and does nothing twice', async () => {
  const drafts = await Promise.all(Array.from({ length: 12 }, () => draft()));
  const { id } = await bulk({ act: 'start', ids: drafts });
  // As a process that ended in the middle left it: some were carried out and not noted.
  await desk.database.bulkLine.updateMany({
    where: { jobId: id, number: { in: [1, 2, 3] } },
    data: { status: 'waiting' },
  });
  await desk.database.bulkJob.update({ where: { id }, data: { finishedAt: null } });
  const deps = { ...desk.deps, desk: createCommandDesk(desk.deps) };
  const other = startBulkRunner(deps, { pauseMs: 10 });
  const over = await finished(id);
  await other.stop();
  expect(over.counts).toEqual({ waiting: 0, pending: 0, done: 12, refused: 0 });
  const starts = await desk.database.command.groupBy({
    by: ['agreementId'],
    where: { agreementId: { in: drafts }, type: 'start' },
    _count: true,
  });
  expect(starts.map(({ _count }) => _count)).toEqual(Array.from({ length: 12 }, () => 1));
});

test('whoever was asked to sign and has not is asked again by a fresh link', async () => {
  const agreementId = await awaitingSignatures(desk);
  for (const seat of ['A', 'B']) {
    const { personId } = await desk.database.seat.findFirstOrThrow({ where: { agreementId, seat } });
    const expiresAt = desk.now.ms + 86_400_000;
    const noticeId = `${agreementId}/${seat}`;
    const request = { agreementId, personId, seat, purpose: 'sign' as const, noticeId, expiresAt };
    await createLink(desk.database, request, { clock: desk.deps.clock, publicUrl: 'http://x.example' });
  }
  const key = randomUUID();
  await ask(desk.api, 'POST', `/agreements/${agreementId}/signatures`, { as: 'A' }, { 'Idempotency-Key': key });
  await desk.record(key);
  const letters: string[] = [];
  await desk.another({ sendLetter: ({ to }) => Promise.resolve(void letters.push(to.address)) });
  const { id } = await bulk({ act: 'ask-signatures', ids: [agreementId] });
  expect((await finished(id)).counts.done).toBe(1);
  expect(letters).toEqual(['bob@b.example']);
  const rows = await desk.database.actionLink.findMany({ where: { agreementId, seat: 'B' }, orderBy: { id: 'asc' } });
  expect(rows.map(({ revokedAt }) => revokedAt !== null)).toEqual([true, false]);
});

test('what waits of a job can be left; nobody is asked to sign who never was', async () => {
  const { id } = await bulk({ act: 'ask-signatures', ids: [await awaitingSignatures(desk), await draft()] });
  const over = await finished(id);
  expect(over.counts.refused).toBe(2); // no worker has mailed an invitation here
  expect((await linesOf(id)).map(({ reason }) => reason?.code)).toEqual(['not-asked-yet', 'nothing-to-sign']);
  const stopped = await ask(desk.api, 'POST', `/bulk/jobs/${id}/stop`, {});
  expect(shapes.bulkJob.parse(stopped.body).stopped).toBe(false); // it was over
  expect((await ask(desk.api, 'GET', `/bulk/jobs/${randomUUID()}`)).status).toBe(404);
});

/** The table of a template with rows by key, as CSV. */
function table(rows: Record<string, string>[], reference = TEMPLATE): string {
  const found = findTemplate(reference);
  if ('problem' in found) throw new Error('the template is gone');
  const columns = columnsOf(found.template);
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return [columns.map((one) => headOf(one, 'zh')), ...rows.map((row) => columns.map(({ key }) => row[key] ?? ''))]
    .map((line) => line.map(cell).join(','))
    .join('\r\n');
}
const ROW = {
  'parties.A.name': '甲公司',
  'parties.A.email': 'a@a.example',
  'parties.B.name': '乙公司',
  'parties.B.email': 'b@b.example',
  'terms.contractTotal': '¥1,000,000.00',
};
const bring = (text: string | Uint8Array, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  ask(desk.api, 'POST', '/bulk/import', form({ template: TEMPLATE, ...fields }, { 'contracts.csv': text }), headers);

test('a dry run says what each row would start, or what is wrong by row and column; nothing is half brought in', async () => {
  const before = await desk.database.agreement.count();
  const wrong = { ...ROW, reference: 'HT-2', 'parties.B.email': 'no address', 'terms.contractTotal': 'a lot' };
  const text = table([{ ...ROW, reference: '# 示例' }, { ...ROW, reference: 'HT-1' }, wrong]);
  const reply = await bring(text, { dryRun: 'true', signedOn: '2026-09-01' }, ZH);
  const tried = shapes.agreementImport.parse(reply.body);
  expect([tried.rows, tried.ready, tried.errorCount, tried.job]).toEqual([2, 1, 2, null]);
  const [good, bad] = tried.lines;
  expect([good?.line, good?.reference, good?.parties['A']?.name]).toEqual([3, 'HT-1', '甲公司']);
  expect(good?.firstDue[0]).toMatchObject({ localDate: '2026-10-08', title: { zh: '客户需求分析报告' } });
  expect(good?.warnings.map(({ code }) => code)).toContain('term-open');
  expect(bad?.errors.map(({ column, value }) => [column, value])).toEqual([
    ['乙方 · 电子邮箱', 'no address'],
    ['合同总金额', 'a lot'],
  ]);
  expect(bad?.errors.every(({ cure }) => cure !== '')).toBe(true);

  const refused = await bring(text, {}, ZH);
  expect([refused.status, refused.body.type]).toEqual([422, 'urn:abide:rows-wrong']);
  expect(await desk.database.agreement.count()).toBe(before);

  const foreign = await bring(table([{ ...ROW }]), { template: 'vip-service@1', dryRun: 'true' });
  expect(shapes.agreementImport.parse(foreign.body).columnErrors.map(({ code }) => code)).toContain('unknown-column');
  const none = await bring('a,b\r\n1,2', { dryRun: 'true' });
  expect(none.body.type).toBe('urn:abide:rows-wrong');
});

test('rows become drafts or begin; the same table again warns of the rows that were brought in', async () => {
  const text = table([
    { ...ROW, reference: 'HT-11' },
    { ...ROW, reference: 'HT-12', 'terms.contractTotal': '2000000.00' },
  ]);
  const { job } = shapes.agreementImport.parse((await bring(text)).body);
  expect((await finished(job ?? '')).counts.done).toBe(2);
  const lines = await linesOf(job ?? '');
  expect(lines.map(({ line, reference, exists }) => [line, reference, exists])).toEqual([
    [2, 'HT-11', true],
    [3, 'HT-12', true],
  ]);
  expect(await desk.database.bulkLine.count({ where: { jobId: job ?? '', draft: { not: { equals: null } } } })).toBe(0);

  const again = shapes.agreementImport.parse((await bring(text, { dryRun: 'true' })).body);
  expect([again.already, again.ready]).toEqual([2, 0]);
  expect(again.lines[0]?.already?.agreementId).toBe(lines[0]?.agreementId);
  expect((await bring(text)).status).toBe(422);
  expect(shapes.agreementImport.parse((await bring(text, { dryRun: 'true', again: 'true' })).body).ready).toBe(2);

  // To begin, everything open must be decided.
  const early = shapes.agreementImport.parse((await bring(text, { dryRun: 'true', start: 'true' })).body);
  expect(early.lines[0]?.errors.map(({ code }) => code)).toContain('term-open');
  const found = findTemplate(TEMPLATE);
  if ('problem' in found) throw new Error('the template is gone');
  const decided = Object.fromEntries(
    resolveTerms(found.template, {}).open.map(({ term }) => [`terms.${term}`, '不作约定']),
  );
  const whole = table([{ ...decided, ...ROW, reference: 'HT-13' }]);
  const begun = shapes.agreementImport.parse((await bring(whole, { start: 'true' })).body);
  expect((await finished(begun.job ?? '')).counts.done).toBe(1);
  const [line] = await linesOf(begun.job ?? '');
  expect(await ids(`ids=${line?.agreementId ?? ''}`)).toHaveLength(1);
});

test('the table of every template can be filled in as its example says, in both languages', async () => {
  for (const template of newestTemplates()) {
    for (const language of ['zh', 'en'] as const) {
      const content = templateFile(template, language);
      const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
      const { rows } = await readTable({ content, type, sha256: '', size: content.length });
      expect(rows).toHaveLength(3);
      const cells = rows.map((row) => row.cells);
      cells[2] = ['HT-1', ...(cells[2] ?? []).slice(1)];
      const csv = cells.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      const reply = await bring(csv, { template: `${template.id}@${String(template.version)}`, dryRun: 'true' });
      const tried = shapes.agreementImport.parse(reply.body);
      expect([template.id, language, tried.columnErrors, tried.lines[0]?.errors]).toEqual([
        template.id,
        language,
        [],
        [],
      ]);
    }
  }
});

test('the list is taken along as CSV and as a workbook, and no cell is a formula', async () => {
  const parties = { ...DRAFT.parties, A: { ...DRAFT.parties.A, name: '=HYPERLINK("x")' } };
  const id = await draft({ parties });
  const csv = await ask(desk.api, 'GET', `/bulk/export?ids=${id}`, undefined, ZH);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(csv.body).toContain('甲方');
  expect(csv.body.split('\r\n')).toHaveLength(3);
  const response = await fetch(`${desk.api.url}/api/bulk/export?ids=${id}&format=xlsx`, {
    headers: { Authorization: `Bearer ${desk.deps.config.apiKey ?? ''}`, 'Accept-Language': 'en' },
  });
  const content = Buffer.from(await response.arrayBuffer());
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const { rows } = await readTable({ content, type, sha256: '', size: content.length });
  expect(rows).toHaveLength(2);
  expect(rows[1]?.cells[0]).toBe(id);
  expect(content.includes('<f>')).toBe(false);
});

test('who is erased stands in no row that still waits', async () => {
  const [job, agreementId] = [randomUUID(), randomUUID()];
  const at = new Date(desk.now.ms);
  await desk.database.bulkJob.create({
    // Nobody carries it out.
    data: { id: job, act: 'import', by: { kind: 'machine' }, options: {}, createdAt: at, finishedAt: at },
  });
  const lines = [{ ...DRAFT, coordinator: { name: '周离', email: 'Zhou.Li@c.example' } }, DRAFT];
  await desk.database.bulkLine.createMany({
    data: lines.map((draft, index) => ({ jobId: job, number: index + 1, agreementId, about: {}, draft })),
  });
  expect(await refuseLinesNaming(desk.database, 'zhou.li@c.example', at)).toBe(1);
  const rows = await desk.database.bulkLine.findMany({ where: { jobId: job }, orderBy: { number: 'asc' } });
  expect(rows.map(({ status, draft }) => [status, draft === null])).toEqual([
    ['refused', true],
    ['waiting', false],
  ]);
});
