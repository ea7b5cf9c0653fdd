import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { findPerson } from '../directory/persons.ts';
import { agreementName } from '../directory/seats-held.ts';
import { evaluationsAbout } from '../evaluations/privacy.ts';
import { trainingsAbout } from '../trainings/privacy.ts';
import type { Draft } from '../views.ts';
import { personSubject } from './access-log.ts';

/** Rows of a kind that an answer lists; beyond them `more` counts. */
const SHOWN = 2_000;

/** One kind of data about a person. */
export interface DataGroup {
  group: string;
  title: Text;
  /** Where it came from. */
  source: Text;
  /** Models of prisma/schema.prisma that it was read from (api/privacy/personal-data.ts). */
  tables: string[];
  items: unknown[];
  more: number;
}

/**
 * Everything that is known about a person, by kind, with where it came from (PIPL art. 45, GDPR art. 15). Hashes of
 * passwords, keys and tokens are left out: they would help nobody but a thief. Documents are named, not included.
 *
 * @throws Problem `unknown-person`
 */
export async function personData(database: Database, personId: string): Promise<DataGroup[]> {
  const person = await findPerson(database, personId);
  const userId = person.user?.id ?? null;
  const acted = actedBy(personId, userId);
  const [user, seats, delegations, readings, commands, events, notices, links, feeds] = await Promise.all([
    userId === null ? null : accountOf(database, userId),
    database.seat.findMany({ where: { personId }, include: { agreement: true } }),
    database.delegation.findMany({ where: { OR: [{ absentId: personId }, { deputyId: personId }] } }),
    database.reading.findMany({ where: { OR: [{ readById: personId }, { reader: `person:${personId}` }] } }),
    database.command.findMany({
      where: {
        OR: [
          { command: { path: ['actor', 'personId'], equals: personId } },
          { command: { path: ['actor', 'deputyFor'], equals: personId } },
        ],
      },
      orderBy: { receivedAt: 'asc' },
    }),
    database.event.findMany({
      where: { OR: [...acted, { actor: { path: ['deputyFor'], equals: personId } }, { body: { contains: personId } }] },
      orderBy: [{ agreementId: 'asc' }, { sequence: 'asc' }],
    }),
    database.notice.findMany({
      where: { OR: [{ personId }, { addressee: personId }, { deputyFor: personId }] },
      orderBy: { at: 'asc' },
    }),
    database.actionLink.findMany({ where: { personId }, orderBy: { createdAt: 'asc' }, omit: { tokenHash: true } }),
    database.calendarFeed.findMany({ where: { personId }, omit: { tokenHash: true } }),
  ]);
  const [tierChanges, entered, about] = await Promise.all([
    database.customerTierChange.findMany({
      where: { OR: acted.map(({ actor }) => ({ by: actor })) },
      orderBy: { at: 'asc' },
    }),
    database.answer.findMany({
      where: { enteredBy: personId },
      orderBy: { cursor: 'asc' },
      select: { workflowId: true, channel: true, receivedOn: true },
    }),
    processesNaming(database, personId),
  ]);
  const [documents, accesses, seen, refusals, erasures, tasks] = await Promise.all([
    database.agreementDocument.findMany({ where: { commandId: { in: commands.map(({ id }) => id) } } }),
    database.accessLog.findMany({ where: { OR: acted }, orderBy: { at: 'asc' }, omit: { addressHash: true } }),
    database.accessLog.findMany({ where: { subject: personSubject(personId) }, orderBy: { at: 'asc' } }),
    database.refusal.findMany({ where: { OR: acted }, orderBy: { at: 'asc' } }),
    database.erasure.findMany({ where: { personId } }),
    database.task.findMany({ where: { OR: [{ doneBy: personId }, ...(userId ? [{ doneBy: userId }] : [])] } }),
  ]);
  const { user: _account, organisation, ...own } = person;
  const lines: [string, Text, Text, string[], unknown[]][] = [
    [
      'person',
      { zh: '通讯录', en: 'Directory' },
      { zh: '协议草稿、导入或管理人员录入', en: 'drafts of agreements, an import, or whoever keeps the directory' },
      ['Person'],
      [{ ...own, organisation: organisation.name }],
    ],
    [
      'drafts',
      { zh: '协议中的联系人', en: 'Contact in agreements' },
      { zh: '起草协议的人录入', en: 'whoever drafted the agreement' },
      ['Agreement'],
      await draftsNaming(database, person.email),
    ],
    [
      'account',
      { zh: '账号、会话、密钥', en: 'Account, sessions, keys' },
      { zh: '管理员开通；登录时由浏览器提供', en: 'an administrator; the browser at sign-in' },
      ['User', 'Session', 'Account', 'TwoFactor', 'Apikey', 'SavedView', 'Verification', 'RateLimiterFlexible'],
      user ? [user] : [],
    ],
    [
      'seats',
      { zh: '岗位', en: 'Seats' },
      { zh: '协议启动或更换岗位人员', en: 'the start of an agreement, or a replacement' },
      ['Seat'],
      seats.map(({ agreement, seat, party }) => ({ ...agreementName(agreement), seat, party })),
    ],
    [
      'delegations',
      { zh: '代理', en: 'Standing in' },
      { zh: '本人或协调人办理', en: 'themselves or a coordinator' },
      ['Delegation'],
      delegations,
    ],
    [
      'readings',
      { zh: '阅知记录', en: 'What they have read' },
      { zh: '本人确认', en: 'themselves' },
      ['Reading'],
      readings,
    ],
    [
      'acts',
      { zh: '办理的事项', en: 'What they did' },
      { zh: '本人在页面或链接中提交', en: 'themselves, on a page or by a link' },
      ['Command'],
      commands,
    ],
    [
      'documents',
      { zh: '提交的文件（仅文件名）', en: 'Files that they brought (names)' },
      { zh: '本人上传', en: 'themselves' },
      ['AgreementDocument'],
      documents,
    ],
    [
      'events',
      { zh: '协议历史中提到本人之处', en: 'Where the histories of agreements mention them' },
      { zh: '办理事项时产生，只含编号，不含姓名', en: 'made of what was done; opaque ids alone' },
      ['Event', 'Agreement'],
      events.map(({ workflowId, sequence, type, occurredAt, actor }) => ({
        workflowId,
        sequence,
        type,
        occurredAt,
        actor,
      })),
    ],
    [
      'surveys',
      { zh: '参与的调查与改进', en: 'Surveys and improvements that name them' },
      { zh: '办理事项时产生，只含编号，不含姓名', en: 'made of what was done; opaque ids alone' },
      ['Process'],
      about.map(({ agreementId, type, reference, status }) => ({ agreementId, type, reference, status })),
    ],
    [
      'trainings',
      { zh: '参加的培训、考核与证书', en: 'Training: attendance, examinations, certificates' },
      { zh: '组织培训的岗位录入', en: 'whoever organised the training' },
      ['Process'],
      await trainingsAbout(database, personId),
    ],
    [
      'evaluations',
      { zh: '对本人的考核评价', en: 'Evaluations of them: scores, results, what followed' },
      { zh: '组织考核和评分的岗位录入，或由系统记录计算', en: 'whoever organised and scored, or the record itself' },
      ['Process'],
      await evaluationsAbout(database, personId),
    ],
    [
      'entered',
      { zh: '代录的答卷与变更的客户等级', en: 'Answers that they entered, tiers of customers that they changed' },
      { zh: '本人录入', en: 'themselves' },
      ['Answer', 'CustomerTierChange'],
      [...entered, ...tierChanges],
    ],
    [
      'notices',
      { zh: '收到的通知', en: 'Notices to them' },
      { zh: '系统发出', en: 'sent by the system' },
      ['Notice', 'InboundMail'],
      notices.map(({ id, kind, at, sentAt, status, address, language, subject }) => {
        return { id, kind, at, sentAt, status, address, language, subject };
      }),
    ],
    [
      'links',
      { zh: '办理链接', en: 'Links to act' },
      { zh: '随通知发出', en: 'sent with notices' },
      ['ActionLink'],
      links,
    ],
    [
      'awaited',
      { zh: '等待其办理的事项', en: 'What they are waited for' },
      { zh: '由协议记录得出', en: 'follows from the record of an agreement' },
      ['Awaited'],
      await database.awaited.findMany({
        where: { waitsFor: { has: `person:${personId}` } },
        select: { agreementId: true, kind: true, act: true, about: true, dueAt: true },
      }),
    ],
    ['feeds', { zh: '日历订阅', en: 'Calendar feeds' }, { zh: '本人开通', en: 'themselves' }, ['CalendarFeed'], feeds],
    [
      'tasks',
      { zh: '处理过的待办', en: 'Tasks that they closed' },
      { zh: '本人办理', en: 'themselves' },
      ['Task'],
      tasks,
    ],
    [
      'looked-at',
      { zh: '本人查阅、导出、下载过什么', en: 'What they looked at' },
      { zh: '系统记录', en: 'written down by the system' },
      ['AccessLog'],
      accesses,
    ],
    [
      'refusals',
      { zh: '被拒绝的请求', en: 'Requests of theirs that were refused' },
      { zh: '系统记录', en: 'written down by the system' },
      ['Refusal'],
      refusals,
    ],
    [
      'seen-by',
      { zh: '何人查阅过本人信息', en: 'Who looked at data about them' },
      { zh: '系统记录', en: 'written down by the system' },
      ['AccessLog'],
      await withNames(database, seen),
    ],
    [
      'erasures',
      { zh: '删除记录', en: 'Erasures' },
      { zh: '管理员办理', en: 'an administrator' },
      ['Erasure'],
      erasures,
    ],
  ];
  return lines.map(([group, title, source, tables, items]) => {
    return { group, title, source, tables, items: items.slice(0, SHOWN), more: Math.max(0, items.length - SHOWN) };
  });
}

/** Rows with an `actor` that this person, or their account, is. */
function actedBy(personId: string, userId: string | null) {
  const path = (name: string, equals: string) => ({ actor: { path: [name], equals } });
  return [path('personId', personId), ...(userId === null ? [] : [path('accountId', userId)])];
}

async function accountOf(database: Database, userId: string) {
  const [user, keys] = await Promise.all([
    database.user.findUnique({
      where: { id: userId },
      include: {
        sessions: { omit: { token: true } },
        accounts: { select: { providerId: true, createdAt: true, updatedAt: true } },
        twoFactors: { select: { verified: true } },
        savedViews: { select: { page: true, name: true, query: true, createdAt: true } },
      },
    }),
    database.apikey.findMany({
      where: { referenceId: userId },
      select: { name: true, start: true, createdAt: true, expiresAt: true, lastRequest: true, permissions: true },
    }),
  ]);
  return { ...user, keys };
}

const ID = /^[0-9a-f-]{36}$/;

/** A log's lines with the names of those who did it: of the person, or of the account where it is nobody's in the directory. */
export async function withNames<Row extends { actor: Prisma.JsonValue }>(
  database: Prisma.TransactionClient,
  rows: readonly Row[],
) {
  const actors = rows.map(({ actor }) => actor as { personId?: string | null; accountId?: string });
  const persons = await namesOfPersons(
    database,
    actors.flatMap(({ personId }) => personId ?? []),
  );
  const accounts = await namesOfAccounts(
    database,
    actors.flatMap(({ accountId }) => accountId ?? []),
  );
  return rows.map((row, index) => {
    const { personId, accountId } = actors[index] ?? {};
    return { ...row, name: persons.get(personId ?? '') ?? accounts.get(accountId ?? '') ?? null };
  });
}

/** Names by id. */
export async function namesOfPersons(database: Prisma.TransactionClient, ids: readonly string[]) {
  const where = { id: { in: [...new Set(ids)].filter((id) => ID.test(id)) } };
  const persons = await database.person.findMany({ where, select: { id: true, name: true } });
  return new Map(persons.map(({ id, name }) => [id, name]));
}

/** Names by id. */
export async function namesOfAccounts(database: Prisma.TransactionClient, ids: readonly string[]) {
  const where = { id: { in: [...new Set(ids)] } };
  const accounts = await database.user.findMany({ where, select: { id: true, name: true } });
  return new Map(accounts.map(({ id, name }) => [id, name]));
}

/** Where an agreement's draft names an address: which entries, as they stand there. */
export async function draftsNaming(database: Prisma.TransactionClient, email: string) {
  const rows = await database.agreement.findMany({
    where: { id: { in: (await agreementsNaming(database, email)).map(({ id }) => id) } },
  });
  return rows.map((row) => ({
    ...agreementName(row),
    entries: draftEntries(row.draft as Draft)
      .filter(({ entry }) => entry.email?.toLowerCase() === email)
      .map(({ path, entry }) => ({ path, ...entry })),
  }));
}

export async function agreementsNaming(database: Prisma.TransactionClient, email: string): Promise<{ id: string }[]> {
  const quoted = `%${JSON.stringify(email).replace(/[\\%_]/g, '\\$&')}%`;
  return database.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM agreement
    WHERE lower((draft->'parties')::text) LIKE ${quoted} OR lower((draft->'seats')::text) LIKE ${quoted}
       OR lower((draft->'coordinator')::text) LIKE ${quoted}`;
}

interface DraftEntry {
  name?: string;
  email?: string;
  contact?: string;
}

/** Everybody whom a draft names, with where. */
export function draftEntries({
  parties = {},
  seats = {},
  coordinator,
}: Draft): { path: string[]; entry: DraftEntry }[] {
  return [
    ...Object.entries(parties).map(([role, entry]) => ({ path: ['parties', role], entry })),
    ...Object.entries(seats).map(([seat, entry]) => ({ path: ['seats', seat], entry })),
    ...(coordinator ? [{ path: ['coordinator'], entry: coordinator }] : []),
  ];
}

/** Processes whose state or beginning names a person: who planned, checked, was to be mailed. */
async function processesNaming(database: Database, personId: string) {
  const rows = await database.$queryRaw<{ workflow_id: string }[]>`
    SELECT workflow_id FROM process
    WHERE position(${personId} IN snapshot::text) > 0 OR input #>> '{actor,personId}' = ${personId}`;
  return database.process.findMany({
    where: { workflowId: { in: rows.map(({ workflow_id: workflowId }) => workflowId) } },
    orderBy: { workflowId: 'asc' },
  });
}
