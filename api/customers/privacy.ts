import { personalLinkLabel, verdictLinkLabel } from '../../activities/answer-token.ts';
import { forgetGivenUp } from '../../activities/answer-files.ts';
import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../policy.ts';
import { logAccess, loggedActor } from '../privacy/access-log.ts';
import { ERASED_NAME, type ErasureGround } from '../privacy/erasure.ts';
import type { DataGroup } from '../privacy/person-data.ts';
import { customerSubject, findCustomer } from './customers.ts';
import { visitsTo } from '../visits/listed.ts';

/** Rows of a kind that an answer lists; beyond them `more` counts. */
const SHOWN = 2_000;

/**
 * Everything that is known about a customer, by kind, with where it came from (PIPL art. 45, GDPR art. 15). What it
 * answered to an anonymous survey is not there: nothing leads back to it.
 *
 * @throws Problem `unknown-customer`
 */
export async function customerData(database: Database, customerId: string): Promise<DataGroup[]> {
  const customer = await findCustomer(database, customerId);
  const [changes, invitees, feedback, visits, contacts] = await Promise.all([
    database.customerTierChange.findMany({ where: { customerId }, orderBy: { at: 'asc' }, omit: { by: true } }),
    database.invitee.findMany({ where: { customerId }, omit: { tokenHash: true } }),
    database.feedback.findMany({ where: { customerId }, orderBy: { receivedAt: 'asc' } }),
    visitsTo(database, customerId),
    database.caseContact.findMany({ where: { customerId }, orderBy: { createdAt: 'asc' } }),
  ]);
  const of = { inviteeId: { in: invitees.map(({ id }) => id) } };
  const [answers, drafts, files, links, seen, mails, verdicts, cases] = await Promise.all([
    database.answer.findMany({ where: of, orderBy: { cursor: 'asc' }, omit: { enteredBy: true } }),
    database.answerDraft.findMany({ where: of }),
    database.answerFile.findMany({ where: filesOf(invitees.map(({ id }) => id)), omit: { sha256: true } }),
    database.process.findMany({
      where: { type: 'improvement', input: { path: ['finding', 'raisedBy'], array_contains: [customerId] } },
    }),
    database.accessLog.findMany({ where: { subject: customerSubject(customerId) }, omit: { addressHash: true } }),
    database.notice.findMany({ where: { addressee: customerId }, orderBy: { at: 'asc' } }),
    database.command.findMany({
      where: saidBy(customerId),
      orderBy: { receivedAt: 'asc' },
      select: { command: true, text: true, receivedAt: true },
    }),
    database.process.findMany({ where: { workflowId: { in: contacts.map(({ workflowId }) => workflowId) } } }),
  ]);
  const operator = { zh: '导入，或维护客户名录的人员录入', en: 'an import, or whoever keeps the customers' };
  const itself = { zh: '客户本人，或访问员代录', en: 'the customer, or an interviewer for it' };
  const system = { zh: '系统记录', en: 'written down by the system' };
  const groups: [string, Text, Text, string[], unknown[]][] = [
    ['customer', { zh: '客户名录', en: 'Entry of the customer' }, operator, ['Customer'], [customer]],
    ['tiers', { zh: '客户等级变更', en: 'Changes of tier' }, operator, ['CustomerTierChange'], changes],
    ['invitations', { zh: '受邀参加的调查', en: 'Surveys that it was asked in' }, system, ['Invitee'], invitees],
    [
      'answers',
      { zh: '调查答卷（匿名调查除外）', en: 'Answers to surveys that were not anonymous' },
      itself,
      ['Answer'],
      answers.map(({ cursor, ...answer }) => ({ ...answer, cursor: String(cursor) })),
    ],
    ['drafts', { zh: '未提交的答卷', en: 'Answers not handed in yet' }, itself, ['AnswerDraft'], drafts],
    [
      'files',
      { zh: '答卷附件（匿名调查除外）', en: 'Files attached to answers that were not anonymous' },
      itself,
      ['AnswerFile'],
      files,
    ],
    ['feedback', { zh: '主动反馈', en: 'Feedback that it sent' }, itself, ['Feedback'], feedback],
    ['visits', { zh: '走访与回访', en: 'Visits and call-backs' }, operator, ['Process'], visits],
    [
      'findings',
      { zh: '由其意见引出的改进', en: 'Improvements that follow from what it said' },
      system,
      ['Process'],
      links.map(({ agreementId, reference, status }) => ({ agreementId, reference, status })),
    ],
    [
      'cases',
      { zh: '工单', en: 'Cases that it brought in' },
      itself,
      ['Process', 'CaseContact'],
      contacts.map(({ workflowId, agreementId, name, email, phone }) => {
        const { reference, status, text } = cases.find((one) => one.workflowId === workflowId) ?? {};
        return { agreementId, reference, status, text, name, email, phone };
      }),
    ],
    ['mails', { zh: '答复邮件', en: 'Answers that were mailed to it' }, system, ['Notice'], mails],
    ['verdicts', { zh: '对答复的评价', en: 'What it said to the answers' }, itself, ['Command'], verdicts],
    ['seen-by', { zh: '何人查阅过', en: 'Who looked at it' }, system, ['AccessLog'], seen],
  ];
  return groups.map(([group, title, source, tables, items]) => {
    return { group, title, source, tables, items: items.slice(0, SHOWN), more: Math.max(0, items.length - SHOWN) };
  });
}

/**
 * Removes what leads to a customer: key, name, contact, addresses, what it wrote of its cases, drafts of answers, files that it attached, its name and address in feedback,
 * the personal links of surveys. It is not asked again. Its id and the groups that it was counted in stay, so that figures
 * and histories hold. Doing it again changes nothing.
 *
 * @throws Problem `unknown-customer`
 */
export async function eraseCustomer(
  { database, documents, clock }: Pick<ApiDeps, 'database' | 'documents' | 'clock'>,
  { customerId, ground, principal }: { customerId: string; ground: ErasureGround; principal: Principal },
) {
  const at = new Date(clock());
  const row = await database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id::text FROM customer WHERE id = ${customerId}::uuid FOR UPDATE`;
    const customer = await findCustomer(tx, customerId);
    if (customer.erasedAt) {
      return tx.erasure.findFirstOrThrow({ where: { personId: customerId }, orderBy: { at: 'desc' } });
    }
    const done = await erase(tx, customer, at);
    await logAccess({ database: tx, clock }, principal, { action: 'erase', subject: customerSubject(customerId) });
    return tx.erasure.create({ data: { personId: customerId, at, actor: loggedActor(principal), ground, done } });
  });
  await forgetGivenUp({ database, documents }); // what a crash leaves of them the next sweep removes
  return { customerId, at: row.at.toISOString(), ground: row.ground, done: row.done };
}

/** Files that they attached, handed in or not; of an anonymous cycle none is known. */
function filesOf(inviteeIds: string[]): Prisma.AnswerFileWhereInput {
  return { OR: [{ holder: { in: inviteeIds } }, { respondent: { in: inviteeIds } }] };
}

/** What a customer said by a link or by mail: its verdict, what it said to its cases, with its words. */
function saidBy(customerId: string): Prisma.CommandWhereInput {
  return {
    OR: [{ type: 'customer-verdict' }, { workflowId: { startsWith: 'case/' } }],
    command: { path: ['actor', 'personId'], equals: customerId },
  };
}

/**
 * Of the cases that it brought in: how it is reached, its links, its own words. What the provider did stays, and which clock
 * ran out.
 */
async function eraseCases(tx: Prisma.TransactionClient, customerId: string): Promise<Record<string, number>> {
  const contacts = await tx.caseContact.findMany({ where: { customerId }, select: { workflowId: true } });
  const of = { workflowId: { in: contacts.map(({ workflowId }) => workflowId) } };
  const links = await tx.caseLink.deleteMany({ where: of });
  await tx.caseContact.updateMany({ where: of, data: { name: null, email: null, phone: null } });
  const words = await tx.process.updateMany({ where: of, data: { text: Prisma.DbNull } });
  return { case_contact: contacts.length, case_link: links.count, process: words.count };
}

async function erase(
  tx: Prisma.TransactionClient,
  { id, key, archivedAt }: Awaited<ReturnType<typeof findCustomer>>,
  at: Date,
): Promise<Record<string, number>> {
  const gone = { contact: null, segment: null, email: null, phone: null, address: null };
  const consents = { surveyConsent: false, promotionConsent: false };
  await tx.customer.update({
    where: { id },
    data: { key: `erased-${id}`, name: ERASED_NAME, ...gone, ...consents, erasedAt: at, archivedAt: archivedAt ?? at },
  });
  const changes = await tx.customerTierChange.updateMany({ where: { customerId: id }, data: { reason: null } });
  const invitees = await tx.invitee.findMany({ where: { customerId: id }, select: { id: true } });
  const drafts = await tx.answerDraft.deleteMany({ where: { inviteeId: { in: invitees.map((one) => one.id) } } });
  const files = await tx.answerFile.updateMany({
    where: filesOf(invitees.map((one) => one.id)),
    data: { holder: null, respondent: null, fileName: ERASED_NAME },
  });
  await tx.invitee.updateMany({ where: { customerId: id }, data: { tokenHash: null, messageId: null } });
  const links = await tx.surveyLink.deleteMany({
    where: { label: { in: [verdictLinkLabel(id), ...invitees.map((one) => personalLinkLabel(one.id))] } },
  });
  const notices = await tx.notice.updateMany({ where: { addressee: id }, data: { address: null } });
  const said = await tx.command.updateMany({ where: saidBy(id), data: { text: Prisma.DbNull } });
  const cases = await eraseCases(tx, id);
  const feedback = await tx.feedback.updateMany({ where: { customerId: id }, data: { name: null, email: null } });
  await tx.accessLog.updateMany({ where: { subject: customerSubject(id) }, data: { addressHash: null } });
  const traces = [id, `"key": ${JSON.stringify(key)}`];
  const answers = await tx.$executeRaw`
    DELETE FROM idempotent_request WHERE EXISTS (
      SELECT FROM unnest(${traces}::text[]) AS trace WHERE position(trace IN answer_body::text) > 0)`;
  return {
    customer: 1,
    customer_tier_change: changes.count,
    invitee: invitees.length,
    answer_draft: drafts.count,
    answer_file: files.count,
    feedback: feedback.count,
    survey_link: links.count,
    ...cases,
    notice: notices.count,
    command: said.count,
    idempotent_request: answers,
  };
}
