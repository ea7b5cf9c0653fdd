import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTokenHash, newAnswerToken } from '../../activities/answer-token.ts';
import { enforceRetention } from '../../activities/retention.ts';
import { createIntake } from '../../api/answers/intake.ts';
import { createAnalyse } from '../../activities/survey-analyse.ts';
import { seedCycle } from '../support/survey-cycle.ts';
import { type Desk, type Reply, ask, form, openDesk } from './desk.ts';
import { signedIn } from './signed-in.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});

afterAll(() => desk.close());

const PDF = Buffer.from('%PDF-1.7\nwhat happened');
const PHOTO = {
  type: 'file',
  name: 'photo',
  title: { 'zh-cn': '请上传现场照片', en: 'Photos of the place' },
  role: 'text',
  allowMultiple: true,
  maxFiles: 2,
};
const BILL = { type: 'file', name: 'bill', title: 'Bill', role: 'text', acceptedTypes: '.pdf', maxSize: 2000 };
const DAY_MS = 86_400_000;

const cycle = (count: number, change: Partial<Parameters<typeof seedCycle>[1]> = {}) =>
  seedCycle(desk.database, { count, nowMs: desk.now.ms, asks: [PHOTO, BILL], ...change });
const anyone = (method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  ask(desk.api, method, path, body, { Authorization: '', ...headers });
const attach = (token: string, name = '现场.pdf', content: string | Buffer = PDF, question = 'photo') =>
  anyone('POST', '/answers/files', form({ token, question }, { [name]: content }));
const attached = async (...given: Parameters<typeof attach>): Promise<{ id: string; name: string }> => {
  const reply = await attach(...given);
  expect(reply.status).toBe(201);
  return reply.body as { id: string; name: string };
};
const handIn = (token: string, answers: object, headers = {}) =>
  anyone('POST', '/answers', { token, answers: { service: 4, ...answers } }, headers);
const draft = (token: string, answers: object) => anyone('PUT', '/answer-drafts', { token, answers });
const code = ({ body }: Reply): string => (body as { type: string }).type.replace('urn:abide:', '');
const faults = ({ body }: Reply): string[] =>
  (body as { errors?: { path: string; message: string }[] }).errors?.map(
    ({ path, message }) => `${path}: ${message}`,
  ) ?? [];
const folderOf = (id: string): string => join(desk.folder, 'documents', 'apart', id);
const filesOf = (workflowId: string) => desk.database.answerFile.findMany({ where: { workflowId } });
const listed = async (agreementId: string, survey: string): Promise<Reply> =>
  ask(desk.api, 'GET', `/agreements/${agreementId}/surveys/${survey}/files`);
const isNow = (workflowId: string, status: string) =>
  desk.database.process
    .update({ where: { workflowId }, data: { status } })
    .then(() => new Promise((done) => setTimeout(done, 1_100)));

test('a file is attached, is there again on another device, is handed in with its answer, and read by whoever reads the record', async () => {
  const { workflowId, agreementId, id: survey, invitees } = await cycle(1);
  const [{ token, customerId } = { token: '', customerId: '' }] = invitees;
  const file = await attached(token);
  expect(file).toEqual({
    id: expect.any(String) as string,
    name: '现场.pdf',
    size: PDF.length,
    type: 'application/pdf',
  });
  expect((await listed(agreementId, survey)).body).toEqual({ items: [], withheld: false });
  expect((await draft(token, { photo: [file] })).status).toBe(200);
  const elsewhere = await anyone('POST', '/answer-sessions', { token });
  expect((elsewhere.body as { draft: object }).draft).toEqual({ photo: [file] });

  expect(await handIn(token, { photo: [{ id: file.id }] })).toMatchObject({ status: 201, body: { late: false } });
  const [row] = await filesOf(workflowId);
  expect(row).toMatchObject({ holder: null, heldAt: null, fileName: '现场.pdf', question: 'photo' });
  const answer = await desk.database.answer.findFirstOrThrow({ where: { workflowId } });
  expect(answer.answers).toEqual({ service: 4, photo: [{ id: file.id, sha256: row?.sha256 }] });

  const list = await listed(agreementId, survey);
  expect(list.body).toEqual({
    items: [
      {
        ...{ id: file.id, question: 'photo', title: { zh: '请上传现场照片', en: 'Photos of the place' }, late: false },
        ...{ fileName: '现场.pdf', size: PDF.length, type: 'application/pdf', sha256: row?.sha256 },
        customer: { id: customerId, key: expect.any(String) as string, name: '客户 0' },
      },
    ],
    withheld: false,
  });
  const path = `/agreements/${agreementId}/surveys/${survey}/files`;
  const content = await ask(desk.api, 'GET', `${path}/${file.id}/content`);
  expect([content.status, content.body]).toEqual([200, PDF.toString()]);
  expect(content.headers.get('content-disposition')).toContain("filename*=UTF-8''%E7%8E%B0%E5%9C%BA.pdf");
  expect(content.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  const seen = await desk.database.accessLog.findMany({ where: { subject: `answer-file/${file.id}` } });
  expect(seen).toMatchObject([{ action: 'download', outcome: 'ok', agreementId }]);
  expect(code(await ask(desk.api, 'GET', `${path}/${randomUUID()}/content`))).toBe('unknown-document');
  expect(code(await ask(desk.api, 'GET', `${path}/x/content`))).toBe('unknown-document');
  // Once it is in, nobody takes it back, and nothing comes after it.
  expect(code(await anyone('POST', '/answers/files/removal', { token, file: file.id }))).toBe('already-answered');
  expect(code(await attach(token))).toBe('already-answered');
});

test('what is no such kind, too large, empty or at no such question is refused by name, and leaves nothing', async () => {
  const { workflowId, invitees } = await cycle(1);
  const token = invitees[0]?.token ?? '';
  const refused = async (...given: Parameters<typeof attach>) => {
    const reply = await attach(...given);
    return [reply.status, code(reply), ...faults(reply)];
  };
  expect(await refused(token, 'a.exe', 'MZ')).toEqual([415, 'unsupported-type']);
  expect(await refused(token, 'a.png', PDF)).toEqual([415, 'type-mismatch']);
  expect(await refused(token, 'a.txt', '')).toEqual([422, 'file-empty']);
  expect(await refused(token, 'a.txt', 'x'.repeat(70_000))).toEqual([413, 'upload-too-large', 'file: is too large']);
  // The questionnaire may want less than the product takes.
  expect(await refused(token, 'a.pdf', Buffer.concat([PDF, Buffer.alloc(2000)]), 'bill')).toEqual([
    ...[413, 'upload-too-large', 'file: is too large'],
  ]);
  expect(await refused(token, 'a.txt', 'hello', 'bill')).toEqual([
    ...[422, 'invalid-answers', 'bill: this question takes no such file'],
  ]);
  for (const question of ['words', 'nowhere'])
    expect(await refused(token, 'a.pdf', PDF, question)).toEqual([
      ...[422, 'invalid-answers', `${question}: the questionnaire asks for no file there`],
    ]);
  const behind = new FormData();
  behind.append('file', new Blob([PDF]), 'a.pdf');
  behind.append('token', token);
  behind.append('question', 'photo');
  expect(code(await anyone('POST', '/answers/files', behind))).toBe('invalid-request');
  expect(code(await anyone('POST', '/answers/files', form({ token, question: 'photo' })))).toBe('file-missing');
  const two = form({ token, question: 'photo' }, { 'a.pdf': PDF, 'b.txt': 'two' });
  expect(code(await anyone('POST', '/answers/files', two))).toBe('invalid-request');
  expect(await refused(newAnswerToken(), 'a.pdf', PDF)).toEqual([404, 'answer-link-unknown']);
  await new Promise((done) => setTimeout(done, 200)); // of the two files the first may still be on its way
  const left = (await filesOf(workflowId)).filter(({ size }) => size > 0);
  for (const { id } of left) await anyone('POST', '/answers/files/removal', { token, file: id });
  expect(await filesOf(workflowId)).toEqual([]);
  await desk.database.rateLimiterFlexible.deleteMany();
});

test('more files than the question takes are refused by field, and so are more than anybody needs to try', async () => {
  const { invitees } = await cycle(1);
  const token = invitees[0]?.token ?? '';
  const three = [];
  for (let count = 0; count < 3; count += 1) three.push(await attached(token, `${String(count)}.pdf`));
  for (const reply of [await handIn(token, { photo: three }), await draft(token, { photo: three })])
    expect([reply.status, code(reply), ...faults(reply)]).toEqual([
      ...[422, 'invalid-answers', 'photo: 3 files; 2 is the most'],
    ]);
  for (let count = 3; count < 12; count += 1) await attached(token);
  const one = await attach(token);
  expect(faults(one)).toEqual(['photo: too many files were attached to this question']);
  for (const { id } of three)
    expect((await anyone('POST', '/answers/files/removal', { token, file: id })).status).toBe(200);
  expect(three.map(({ id }) => existsSync(folderOf(id)))).toEqual([false, false, false]);
  const again = await attached(token);
  expect(existsSync(folderOf(again.id))).toBe(true);
  expect((await handIn(token, { photo: [again] })).status).toBe(201);
});

test('a file of another token, of another question, or that nobody knows is refused by field; it cannot be taken back either', async () => {
  const { workflowId, invitees } = await cycle(2);
  const [mine, other] = invitees.map(({ token }) => token) as [string, string];
  const [own, foreign] = [await attached(mine), await attached(other)];
  const unknown = 'there is no such file';
  const given = { photo: [{ id: foreign.id }, { id: randomUUID() }], bill: [{ id: own.id }] };
  for (const reply of [await handIn(mine, given), await draft(mine, given)])
    expect([reply.status, code(reply), ...faults(reply)]).toEqual([
      ...[422, 'invalid-answers', `photo[0]: ${unknown}`, `photo[1]: ${unknown}`],
      'bill[0]: the file was attached to another question',
    ]);
  expect(faults(await handIn(mine, { photo: [{ id: 'x' }] }))).toEqual([`photo[0]: ${unknown}`]);
  expect(faults(await handIn(mine, { photo: 'x' }))).toEqual([
    'photo: "x" is not a list of files such as [{ "id": "…" }]',
  ]);
  expect((await anyone('POST', '/answers/files/removal', { token: mine, file: foreign.id })).status).toBe(200);
  expect(await filesOf(workflowId)).toHaveLength(2);
  expect((await handIn(other, { photo: [foreign] })).status).toBe(201);
});

test('an open link takes files, the same request again is the same answer; the feedback form takes none, and says so', async () => {
  const { workflowId, agreementId, id: survey } = await cycle(1);
  const open = newAnswerToken();
  const feedback = newAnswerToken();
  const link = { label: '门店', channel: 'online', createdAt: new Date(desk.now.ms) };
  await desk.database.surveyLink.createMany({
    data: [
      { ...link, workflowId, tokenHash: answerTokenHash(open) },
      { ...link, workflowId: `agreement/${agreementId}`, tokenHash: answerTokenHash(feedback) },
    ],
  });
  const file = await attached(open);
  const key = { 'Idempotency-Key': randomUUID() };
  for (const headers of [key, key]) expect((await handIn(open, { photo: [file] }, headers)).status).toBe(201);
  expect(faults(await handIn(open, { photo: [file] }))).toEqual(['photo[0]: there is no such file']);
  expect((await listed(agreementId, survey)).body).toMatchObject({ items: [{ id: file.id, customer: null }] });
  const refused = await attach(feedback);
  expect([refused.status, code(refused)]).toEqual([400, 'invalid-request']);
  expect(JSON.stringify(refused.body)).toContain('feedback takes no files');

  const many = await Promise.all(Array.from({ length: 40 }, () => attach(open)));
  expect(many.some(({ status }) => status === 429)).toBe(true);
  await desk.database.rateLimiterFlexible.deleteMany();
});

test('an open link takes 1,000 files and 2 GiB in all; what is taken back makes room', async () => {
  const { workflowId } = await cycle(1);
  const open = newAnswerToken();
  const link = { label: '门店', channel: 'online', createdAt: new Date(desk.now.ms), tokenHash: answerTokenHash(open) };
  const { id } = await desk.database.surveyLink.create({ data: { ...link, workflowId } });
  const held = async () => {
    const { files, fileBytes } = await desk.database.surveyLink.findUniqueOrThrow({ where: { id } });
    return [files, Number(fileBytes)];
  };
  const full = (data: object) => desk.database.surveyLink.update({ where: { id }, data });
  const file = await attached(open);
  expect(await held()).toEqual([1, PDF.length]);
  expect((await attach(open, 'a.exe', 'MZ')).status).toBe(415);
  expect(await held()).toEqual([1, PDF.length]);
  for (let again = 0; again < 2; again += 1) {
    expect((await anyone('POST', '/answers/files/removal', { token: open, file: file.id })).status).toBe(200);
    expect(await held()).toEqual([0, 0]);
  }
  const tooMany = ['photo: as many files came by this link as it takes'];
  await full({ files: 999 });
  const last = await Promise.all([attach(open), attach(open), attach(open)]);
  expect(last.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
  expect(last.flatMap(faults)).toEqual([...tooMany, ...tooMany]);
  await full({ files: 1, fileBytes: 2 * 1024 ** 3 - 1_999 });
  expect(faults(await attach(open, 'bill.pdf', PDF, 'bill'))).toEqual([
    'bill: as many files came by this link as it takes',
  ]);
  await full({ fileBytes: 2 * 1024 ** 3 - 2_000 });
  expect((await attach(open, 'bill.pdf', PDF, 'bill')).status).toBe(201);
  await desk.database.rateLimiterFlexible.deleteMany();
});

test('a file that is taken back in the instant of handing in keeps its answer out; it can be handed in anew', async () => {
  const { workflowId, invitees } = await cycle(2, { anonymous: true });
  const [{ id: inviteeId = '', token = '' } = {}, other] = invitees;
  const file = await attached(token);
  const intake = createIntake(desk.database, () => undefined);
  const given = (respondent: string, more: object) => ({
    ...{ workflowId, respondent, anonymous: true, channel: 'email', tier: null, department: null, branch: null },
    ...{ answers: { service: 4 }, files: [], receivedOn: '2027-01-01', receivedAt: new Date(desk.now.ms), late: false },
    ...{ enteredBy: null, source: null, draftId: null, inviteeId: null, ...more },
  });
  await desk.database.answerFile.update({ where: { id: file.id }, data: { holder: null } });
  // One that lacks its file keeps no other of its batch out.
  expect(
    await Promise.all([
      intake.take(given(randomUUID(), { inviteeId, files: [file.id] })),
      intake.take(given(randomUUID(), { inviteeId: other?.id ?? '' })),
    ]),
  ).toEqual(['file-gone', 'counted']);
  const answered = await desk.database.invitee.findMany({ where: { workflowId, answered: true } });
  expect(answered.map(({ id }) => id)).toEqual([other?.id]);
  expect(faults(await handIn(token, { photo: [file] }))).toEqual(['photo[0]: there is no such file']);
  expect((await handIn(token, { photo: [await attached(token)] })).status).toBe(201);
});

test('of several answers that name one file at once, one has it', async () => {
  const { workflowId } = await cycle(1);
  const open = newAnswerToken();
  const link = { label: '门店', channel: 'online', createdAt: new Date(desk.now.ms), tokenHash: answerTokenHash(open) };
  await desk.database.surveyLink.create({ data: { ...link, workflowId } });
  const file = await attached(open);
  const replies = await Promise.all(Array.from({ length: 4 }, () => handIn(open, { photo: [file] })));
  expect(replies.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
  expect(replies.flatMap(faults)).toEqual(Array.from({ length: 3 }, () => 'photo[0]: there is no such file'));
  expect(await desk.database.answer.count({ where: { workflowId } })).toBe(1);
  await desk.database.rateLimiterFlexible.deleteMany();
});

test('of an anonymous answer neither name nor holder nor instant is kept; files are shown once it is over, of five answers or more', async () => {
  const { workflowId, agreementId, id: survey, invitees } = await cycle(6, { anonymous: true });
  const tokens = invitees.map(({ token }) => token);
  const file = await attached(tokens[0] ?? '', '李华的投诉.pdf');
  expect(file.name).toBe('attachment.pdf');
  expect((await draft(tokens[0] ?? '', { photo: [{ ...file, name: '李华的投诉.pdf' }] })).status).toBe(200);
  expect((await handIn(tokens[0] ?? '', { photo: [{ ...file, name: '李华的投诉.pdf' }] })).status).toBe(201);
  const [row] = await filesOf(workflowId);
  expect(row).toMatchObject({ holder: null, heldAt: null, fileName: 'attachment.pdf' });
  const everything = JSON.stringify([
    await filesOf(workflowId),
    await desk.database.answer.findMany({ where: { workflowId }, omit: { cursor: true } }),
    await desk.database.answerDraft.findMany(),
  ]);
  expect(everything).not.toContain('李华');
  for (const { id, customerId } of invitees) for (const one of [id, customerId]) expect(everything).not.toContain(one);

  const shows = async () => (await listed(agreementId, survey)).body as { items: object[]; withheld: boolean };
  for (const token of tokens.slice(1, 4)) await handIn(token, {});
  await isNow(workflowId, 'closed');
  expect(await shows()).toEqual({ items: [], withheld: true }); // four answers
  await isNow(workflowId, 'open');
  await handIn(tokens[4] ?? '', {});
  expect(await shows()).toEqual({ items: [], withheld: true }); // more may come
  await isNow(workflowId, 'closed');
  expect(await shows()).toMatchObject({ items: [{ fileName: 'attachment.pdf', customer: null }], withheld: true });
  // Late ones are apart, and one alone is not shown.
  const late = await attached(tokens[5] ?? '');
  expect((await handIn(tokens[5] ?? '', { photo: [late] })).body).toEqual({ late: true });
  await isNow(workflowId, 'reported');
  const { items, withheld } = await shows();
  expect([items.length, withheld]).toEqual([1, true]);
  const path = `/agreements/${agreementId}/surveys/${survey}/files/${late.id}/content`;
  expect(code(await ask(desk.api, 'GET', path))).toBe('unknown-document');
  await desk.database.process.update({ where: { workflowId }, data: { status: 'closed' } });
  const { figures } = await createAnalyse({ database: desk.database })({ workflowId, closedAtMs: desk.now.ms });
  expect(figures).toMatchObject({ answered: 5, late: 1 });
});

test('an erased customer takes its files along, from rows and disk; what it answered otherwise stays', async () => {
  const { workflowId, agreementId, id: survey, invitees } = await cycle(2);
  const [gone, stays] = invitees;
  const sent = await attached(gone?.token ?? '', '李华.pdf');
  const [unsent, other] = [await attached(gone?.token ?? ''), await attached(stays?.token ?? '')];
  await handIn(gone?.token ?? '', { photo: [sent] });
  await handIn(stays?.token ?? '', { photo: [other] });
  const administrator = await signedIn(desk, ['administrator']);
  const data = await ask(administrator, 'GET', `/customers/${gone?.customerId ?? ''}/data`);
  const groups = (data.body as { groups: { group: string; items: { fileName: string }[] }[] }).groups;
  expect(groups.find(({ group }) => group === 'files')?.items).toMatchObject([{ fileName: '李华.pdf' }]);
  const erased = await ask(administrator, 'POST', `/customers/${gone?.customerId ?? ''}/erasure`, {
    ground: 'requested',
  });
  expect(erased.body).toMatchObject({ done: { answer_file: 1 } });
  expect((await filesOf(workflowId)).map(({ id }) => id)).toEqual([other.id]);
  expect([sent, unsent, other].map(({ id }) => existsSync(folderOf(id)))).toEqual([false, false, true]);
  expect((await listed(agreementId, survey)).body).toMatchObject({ items: [{ id: other.id }] });
  expect(await desk.database.answer.count({ where: { workflowId } })).toBe(2);
});

test('what was attached and never handed in goes 30 days after a draft last named it; what was left out of an answer goes with the next sweep', async () => {
  await desk.database.answerFile.deleteMany();
  const { workflowId, invitees } = await cycle(2);
  const [first, second] = invitees.map(({ token }) => token) as [string, string];
  const [named, left] = [await attached(first), await attached(first, 'b.txt', 'left out')];
  const [kept, forgotten] = [await attached(second), await attached(second, 'c.txt', 'forgotten')];
  const sweep = () => enforceRetention({ ...desk.deps, clock: () => desk.now.ms });
  await handIn(first, { photo: [named] });
  const startedMs = desk.now.ms;
  expect((await sweep())['answer-files']).toBe(1);
  expect(existsSync(folderOf(left.id))).toBe(false);
  desk.now.ms += 10 * DAY_MS;
  expect((await draft(second, { photo: [kept] })).status).toBe(200);
  desk.now.ms = startedMs + 31 * DAY_MS;
  expect((await sweep())['answer-files']).toBe(1);
  expect([named, kept, forgotten].map(({ id }) => existsSync(folderOf(id)))).toEqual([true, true, false]);
  desk.now.ms += 10 * DAY_MS;
  expect((await sweep())['answer-files']).toBe(1);
  expect((await filesOf(workflowId)).map(({ id }) => id)).toEqual([named.id]);
  // A draft whose files are gone opens without them.
  const opened = await anyone('POST', '/answer-sessions', { token: second });
  expect((opened.body as { draft: object }).draft).toEqual({ photo: [] });
  desk.now.ms = startedMs;
});

test('whoever enters an answer for somebody else leaves files out, even where they are asked for', async () => {
  const { agreementId, id: survey } = await cycle(1, { asks: [{ ...PHOTO, isRequired: true }] });
  const path = `/agreements/${agreementId}/surveys/${survey}/answers`;
  const entered = { channel: 'paper', answers: { service: 3 } };
  expect((await ask(desk.api, 'POST', path, entered)).status).toBe(201);
  const refused = await ask(desk.api, 'POST', path, { ...entered, answers: { service: 3, photo: [{ id: 'x' }] } });
  expect([code(refused), ...faults(refused)]).toEqual([
    'invalid-answers',
    'photo: files are attached on the answer page alone, by whoever answers',
  ]);
});
