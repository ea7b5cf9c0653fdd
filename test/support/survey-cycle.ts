import { createHash, randomUUID } from 'node:crypto';
import { answerTokenHash, newAnswerToken } from '../../activities/answer-token.ts';
import { canonicalJson } from '../../activities/chain.ts';
import { sampleAgreement } from '../../activities/mail/samples.ts';
import type { SurveyInput } from '../../domain/survey/compiled.ts';
import { questionnaireFacts } from '../../domain/survey/questionnaire.ts';
import type { SurveyStatus } from '../../domain/survey/state.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { processWorkflowId } from '../../workflows/ids.ts';

/** Three dimensions on a scale of 1 to 5, the net promoter score, a free text. */
export const QUESTIONNAIRE = {
  title: { 'zh-cn': '客户满意度调查', en: 'Customer satisfaction survey' },
  pages: [
    {
      name: 'page1',
      elements: [
        {
          type: 'rating',
          name: 'service',
          title: { 'zh-cn': '您对我们的服务满意吗？', en: 'How satisfied are you with our service?' },
          dimension: 'service-quality',
          role: 'score',
          rateMin: 1,
          rateMax: 5,
          isRequired: true,
        },
        {
          type: 'matrix',
          name: 'product',
          title: { 'zh-cn': '您对产品满意吗？', en: 'How satisfied are you with our products?' },
          dimension: 'product-quality',
          role: 'score',
          columns: [1, 2, 3, 4, 5],
          rows: [
            { value: 'performance', text: { 'zh-cn': '产品性能', en: 'Performance' } },
            { value: 'support', text: { 'zh-cn': '售后服务', en: 'After-sales service' } },
          ],
        },
        {
          type: 'rating',
          name: 'recommend',
          title: { 'zh-cn': '您愿意向他人推荐我们吗？', en: 'Would you recommend us?' },
          role: 'nps',
          rateMin: 0,
          rateMax: 10,
        },
        { type: 'comment', name: 'words', title: { 'zh-cn': '您还有什么建议？', en: 'Anything else?' }, role: 'text' },
      ],
    },
  ],
};

export const GIVEN = { service: 4, product: { performance: 5, support: 3 }, recommend: 9, words: '回复再快一些就好' };

export interface Seeded {
  agreementId: string;
  workflowId: string;
  /** Of the process. */
  id: string;
  /** One by one, with their tokens. */
  invitees: { id: string; customerId: string; token: string }[];
}

/** A published cycle with so many invitees, written as the record would leave it. */
export async function seedCycle(
  database: Database,
  options: {
    count: number;
    nowMs: number;
    reference?: string;
    agreementId?: string;
    anonymous?: boolean;
    status?: SurveyStatus;
    /** The invitees of an earlier cycle are asked again. */
    customers?: string[];
    /** Elements behind those of QUESTIONNAIRE. */
    asks?: object[];
    /** Without tokens: as they were drawn. */
    drawn?: boolean;
    template?: string;
    customer?: (index: number) => Partial<Prisma.CustomerCreateManyInput>;
  },
): Promise<Seeded> {
  const { count, nowMs, reference = 'quarterly-survey#2027-Q1', anonymous = false, status = 'open' } = options;
  const agreementId = options.agreementId ?? randomUUID();
  const compiled = { ...sampleAgreement, id: agreementId };
  const template = options.template ?? compiled.template;
  const at = new Date(nowMs);
  if (options.agreementId === undefined) {
    await database.agreement.create({
      data: {
        id: agreementId,
        template,
        status: 'active',
        zone: compiled.zone.id,
        draft: { parties: { A: { name: '甲公司' }, B: { name: '乙公司' } } },
        compiled: { ...compiled, template } as unknown as Prisma.InputJsonObject,
        createdAt: at,
      },
    });
  }
  const pages = QUESTIONNAIRE.pages.map((page) => ({ ...page, elements: [...page.elements, ...(options.asks ?? [])] }));
  const json = { ...QUESTIONNAIRE, pages };
  const sha256 = createHash('sha256').update(canonicalJson(json)).digest('hex');
  const questionnaire = questionnaireFacts(json, sha256, {});
  await database.questionnaire.createMany({
    data: [{ sha256, json, facts: questionnaire as unknown as Prisma.InputJsonObject, createdAt: at }],
    skipDuplicates: true,
  });
  const workflowId = processWorkflowId('survey', agreementId, reference);
  const dueAtMs = nowMs + 14 * 86_400_000;
  const input: SurveyInput = {
    format: 1,
    workflowId,
    agreementId,
    reference,
    zone: compiled.zone,
    calendar: compiled.calendar,
    noticeHours: compiled.noticeHours,
    parties: ['A', 'B'],
    seats: [],
    seatParties: {},
    survey: {
      id: 'survey-cycle',
      obligation: 'quarterly-survey',
      clauses: ['S000-22'],
      responsible: 'B',
      dateAgreedBy: { seats: [], clauses: [] },
      approvers: { seats: [], clauses: [] },
      dimensions: ['service-quality', 'product-quality'].map((id) => ({ id, clauses: [], parts: [] })),
      weights: {},
      importance: null,
      channels: ['email'],
      audience: { tiers: null, product: false, clauses: [] },
      sample: { method: 'all', size: null, clauses: [] },
      minimumSample: null,
      openDays: 14,
      reminderLeadDays: [3],
      target: null,
      responseRatePercent: null,
      anonymous,
      gates: [],
      fulfils: { date: null, audience: null, report: null },
      report: { by: 'B', to: ['A'], acknowledged: false, clauses: [] },
      findings: null,
    },
    improvement: null,
    occurrence: reference.split('#')[1] ?? null,
    due: { dueAtMs, localDate: localDateAt(compiled.zone, dueAtMs - 1) },
  };
  const sample = { sha256: '0'.repeat(64), method: 'all', seed: null, population: count, drawn: count, unreachable: 0 };
  const process = await database.process.create({
    data: {
      workflowId,
      agreementId,
      type: 'survey',
      reference,
      status,
      input: input as unknown as Prisma.InputJsonObject,
      snapshot: {
        status,
        questionnaire,
        sample: { ...sample, optedOut: 0 },
        closes: input.due,
        cursor: '',
      } as unknown as Prisma.InputJsonObject,
      createdAt: at,
    },
  });
  const customers = options.customers ?? Array.from({ length: count }, () => randomUUID());
  if (!options.customers) {
    await database.customer.createMany({
      data: customers.map((id, index) => ({
        id,
        key: `${agreementId.slice(0, 8)}-${String(index)}`,
        name: `客户 ${String(index)}`,
        email: `c${String(index)}@${agreementId.slice(0, 8)}.example`,
        createdAt: at,
        ...options.customer?.(index),
      })),
    });
  }
  const invitees = customers.map((customerId) => ({ id: randomUUID(), customerId, token: newAnswerToken() }));
  await database.invitee.createMany({
    data: invitees.map(({ id, customerId, token }) => ({
      id,
      workflowId,
      customerId,
      tier: 'ordinary',
      channel: 'email',
      ...(options.drawn ? {} : { tokenHash: answerTokenHash(token), status: 'sent', wave: 0, sentAt: at }),
    })),
  });
  return { agreementId, workflowId, id: process.id, invitees };
}
