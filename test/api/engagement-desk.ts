import { randomUUID } from 'node:crypto';
import { type z } from 'zod';
import { begunEngagement, engagement as engagementSchema } from '../../api/engagements/schema.ts';
import type { CompiledEngagement } from '../../domain/engagement/compiled.ts';
import type { ProcessFrame } from '../../domain/process/process.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type Desk, ask, form } from './desk.ts';
import { serviceInForce } from './life-desk.ts';
import { processDesk } from './process-desk.ts';

/** All that contracts say of third parties, in one rule: S001b's answer in working days, S001a's review, S001c's signatures. */
export const WHOLE: CompiledEngagement = {
  id: 'third-party-engagement',
  kind: 'involvement',
  clauses: ['S001b-69'],
  applicants: ['A', 'B'],
  application: { demands: ['purpose', 'scope', 'effect', 'identity', 'documents'], clauses: ['S001b-70'] },
  advanceNotice: null,
  negotiation: null,
  reply: { by: null, workingDays: 5, clauses: ['S001b-71'] },
  jointReview: { by: ['A', 'B'], windowDays: 10, clauses: ['S001a-66'] },
  agreement: {
    sections: ['purpose', 'scope', 'liability', 'costs', 'term'],
    signatories: ['A', 'B', 'third'],
    clauses: ['S001b-99'],
  },
  cap: {
    mandatory: false,
    rationale: ['ability', 'service', 'amount'],
    changeable: true,
    consentDays: 5,
    clauses: ['S001b-76', 'S001b-78'],
  },
  scopes: [],
  taskClauses: ['S001b-72'],
  siteRules: { clauses: ['S003-K-17'] },
  undertaking: { clauses: ['S001c-76'] },
  acceptance: { by: ['A', 'B'], days: 5, clauses: ['S001a-48'] },
  effectReview: { by: ['A', 'B'], days: 30, clauses: ['S001a-49'] },
  supervision: { by: ['A', 'B'], clauses: ['S001a-59'] },
  support: { by: ['A', 'B'], days: 3, clauses: ['S001b-81'] },
  fee: { shares: { A: '0.5', B: '0.5' }, amount: null, days: null, clauses: ['S001b-86'] },
  liability: { lossShares: { A: '0.5', B: '0.5' }, leaksUncapped: false, clauses: ['S001b-73'] },
  end: {
    grounds: ['unable-to-perform', 'breach', 'purpose-achieved'],
    items: ['fees', 'handover'],
    clauses: ['S001b-91', 'S001b-92'],
  },
  prefill: { cap: null, rationale: [], endsOn: null, hasPurpose: false, hasScope: false, milestones: [] },
};

/** The service contract in force, knowing third parties by these rules. @returns its id */
export async function knowingThirds(desk: Desk, rules: readonly CompiledEngagement[] = [WHOLE]): Promise<string> {
  const id = await serviceInForce(desk);
  const { compiled } = await desk.database.agreement.findUniqueOrThrow({ where: { id } });
  await desk.database.agreement.update({
    where: { id },
    data: { compiled: { ...(compiled as object), engagements: rules } as unknown as Prisma.InputJsonObject },
  });
  return id;
}

/** A whole application of B, as its form brings it. */
export const APPLICATION: Record<string, string> = {
  as: 'B',
  purpose: '查明客户端故障的原因',
  effect: '两个月内故障率下降一半',
  otherScope: '现场检测服务器和网络',
  thirdParty: JSON.stringify({
    name: '衡信检测有限公司',
    kind: 'legal-person',
    contact: '高健',
    email: 'gao.jian@hengxin.example',
  }),
  interest: 'none',
};

/** What somebody does in an engagement of an agreement, recorded as the worker would. */
export interface Engaged {
  id: string;
  path: string;
  view(headers?: Record<string, string>): Promise<z.output<typeof engagementSchema>>;
  act(name: string, fields: Record<string, string>, file?: string): Promise<void>;
  /** Code of the refusal; `done` where there is none. */
  refusal(name: string, body: Record<string, unknown> | FormData): Promise<string>;
}

/** Applies, over HTTP, and begins its workflow as the repeater would. */
export async function applied(desk: Desk, agreementId: string, change: Record<string, string> = {}): Promise<Engaged> {
  const fields = { ...APPLICATION, ...change };
  const reply = await ask(
    desk.api,
    'POST',
    `/agreements/${agreementId}/engagements`,
    form(fields, { '申请书.txt': `申请 ${fields['thirdParty'] ?? ''}` }),
  );
  if (reply.status !== 202) throw new Error(JSON.stringify(reply.body));
  const { id } = begunEngagement.parse(reply.body);
  const { input } = await desk.database.process.findUniqueOrThrow({ where: { id } });
  const processes = processDesk(desk);
  await processes.begin('engagement', input as unknown as ProcessFrame);
  return engaged(desk, agreementId, id);
}

export function engaged(desk: Desk, agreementId: string, id: string): Engaged {
  const processes = processDesk(desk);
  const path = `/agreements/${agreementId}/engagements/${id}`;
  return {
    id,
    path,
    async view(headers = {}) {
      const { status, body } = await ask(desk.api, 'GET', path, undefined, headers);
      if (status !== 200) throw new Error(JSON.stringify(body));
      return engagementSchema.parse(body);
    },
    act: (name, fields, file) =>
      processes.act(`${path}/${name}`, form(fields, file === undefined ? {} : { [file]: `${file} ${randomUUID()}` })),
    async refusal(name, body) {
      const key = randomUUID();
      const reply = await ask(desk.api, 'POST', `${path}/${name}`, body, { 'Idempotency-Key': key });
      if (reply.status !== 202) return String((reply.body as { type?: string }).type).replace('urn:abide:', '');
      try {
        await processes.record(key);
        return 'done';
      } catch (error) {
        return (error as Error).message;
      }
    },
  };
}

/** A draft that lacks nothing; its cap is 100,000.00, half of its costs is each party's. */
export const DRAFT: Record<string, string> = {
  as: 'A',
  sections: JSON.stringify({
    purpose: '查明故障原因',
    scope: '现场检测',
    liability: '对自身造成的损失负责',
    costs: '双方各半',
    term: '两个月',
  }),
  otherScope: '现场检测服务器和网络',
  fee: JSON.stringify({ basis: 'agreed', amount: '60000.00' }),
  cap: '100000.00',
  rationale: JSON.stringify({ ability: '同类项目经验丰富', service: '仅作检测', amount: '合同额的六成' }),
  endsOn: '2026-12-31',
  milestones: JSON.stringify([{ what: '检测报告', standard: '附原始数据', dueOn: '2026-10-30' }]),
};

/** Applied for, agreed to, drafted, reviewed and signed by all three. */
export async function inForceWith(
  desk: Desk,
  agreementId: string,
  change: Record<string, string> = {},
): Promise<Engaged> {
  const one = await applied(desk, agreementId, change);
  await one.act('reply', { as: 'A', verdict: 'agree' });
  await one.act('draft', DRAFT);
  for (const as of ['A', 'B']) await one.act('review', { as, verdict: 'accept' });
  for (const as of ['A', 'B', 'third']) await one.act('sign', { as }, `签字页 ${as}.txt`);
  return one;
}
