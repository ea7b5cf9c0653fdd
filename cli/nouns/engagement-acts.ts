import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';

const name = z.string().min(1).max(200);
const prose = z.string().min(1).max(10_000);
const reason = prose.optional();
const file = z.string().min(1).optional();
const date = z.string().meta({ format: 'date' }).refine(isLocalDate, { error: 'invalid-date' });
const money = z.string().regex(/^\d+(?:\.\d+)?$/, { error: 'invalid-amount' });
const words = z.union([prose, z.array(prose).min(1).max(50)]);
const engagement = name.optional();
const named = { engagement, reason, file };
/** A sum, or that the law decides. */
const cap = z.union([money, z.literal('by-law'), z.null()]);
const person = z.union([
  name,
  z.strictObject({
    name,
    email: name.optional(),
    language: z.string().optional(),
    contact: name.optional(),
    /** `legal-person` or `other-organisation`. */
    kind: name.optional(),
    orgType: name.optional(),
  }),
]);

/** How people write an answer, and what it is. */
export const VERDICTS: Record<string, 'agree' | 'refuse' | 'ask'> = {
  agree: 'agree',
  agreed: 'agree',
  accept: 'agree',
  approve: 'agree',
  approved: 'agree',
  consent: 'agree',
  yes: 'agree',
  refuse: 'refuse',
  refused: 'refuse',
  reject: 'refuse',
  decline: 'refuse',
  deny: 'refuse',
  no: 'refuse',
  ask: 'ask',
  'ask-for-more': 'ask',
  question: 'ask',
  more: 'ask',
};
export const GROUNDS: Record<string, 'purpose-achieved' | 'unable-to-perform' | 'breach' | 'agreed'> = {
  'purpose-achieved': 'purpose-achieved',
  achieved: 'purpose-achieved',
  purpose: 'purpose-achieved',
  'unable-to-perform': 'unable-to-perform',
  unable: 'unable-to-perform',
  inability: 'unable-to-perform',
  breach: 'breach',
  agreed: 'agreed',
  mutual: 'agreed',
};
/** Who caused a loss, as people write it; a role key is itself. */
export const CAUSES: Record<string, string> = {
  third: 'third',
  'third-party': 'third',
  thirdparty: 'third',
  第三方: 'third',
  甲方: 'A',
  乙方: 'B',
  'party-a': 'A',
  'party-b': 'B',
  a: 'A',
  b: 'B',
};

const keysOf = <K extends string>(map: Record<K, unknown>): [K, ...K[]] => Object.keys(map) as [K, ...K[]];

const application = {
  engagement,
  purpose: prose.optional(),
  scope: words.optional(),
  effect: prose.optional(),
  expectedEffect: prose.optional(),
  third: person.optional(),
  thirdParty: person.optional(),
  identity: person.optional(),
  /** What is brought with it, by name; the documents themselves are made. */
  documents: words.optional(),
  /** Whether the applicant has an interest in the third party; without a word it declares that it has none. */
  interest: z.enum(['none', 'conflict']).optional(),
  cap: cap.optional(),
  fee: money.optional(),
  endsOn: date.optional(),
  rule: name.optional(),
  reason,
  file,
};
const milestone = z.strictObject({ milestone: name.optional(), dueOn: date.optional(), what: prose.optional() });
const draft = {
  ...application,
  sections: z.array(name).max(20).optional(),
  rationale: z.record(name, prose).optional(),
  costs: z.enum(['actual', 'agreed']).optional(),
  milestones: z.array(milestone).max(50).optional(),
};
const loss = name.optional();
/** The change that is meant: by its sum, by the engagement's name, or just `true`. */
const capAct = { engagement, cap: z.union([cap, z.boolean(), name]).optional(), loss, reason, file };
const on = { on: date.optional(), servedOn: date.optional(), date: date.optional() };

/** What people do in third parties' involvements. Without a name the only one that fits is meant. */
export const ENGAGEMENT_ACTS = {
  apply: application,
  invite: application,
  reply: { ...named, verdict: z.enum(keysOf(VERDICTS)) },
  provide: { ...named, answer: reason },
  'answer-question': { ...named, answer: reason },
  withdraw: named,
  negotiate: { ...named, present: z.array(name).max(20).optional(), with: z.array(name).max(20).optional(), ...on },
  draft,
  'agree-terms': draft,
  review: {
    ...named,
    verdict: z.enum(['accept', 'approve', 'reject', 'return']).optional(),
    points: z.array(prose).max(100).optional(),
  },
  sign: { ...named, signedOn: date.optional() },
  'refuse-to-sign': named,
  undertake: { ...named, what: z.enum(['secrecy', 'site-rules']).optional() },
  access: { ...named, step: z.enum(['grant', 'withdraw']).optional() },
  'grant-access': named,
  'withdraw-access': named,
  'start-work': named,
  'report-involvement': { ...named, ...on },
  assign: { ...named, task: name.optional(), scope: prose.optional(), to: name.optional() },
  deliver: { ...named, milestone: name.optional() },
  approve: { ...capAct, engagement: name, milestone: name.optional(), amount: money.optional() },
  accept: {
    ...capAct,
    milestone: name.optional(),
    amount: money.optional(),
    /** Of a commission's report: what it found lacking, each of which becomes an improvement. */
    shortcomings: words.optional(),
  },
  'raise-shortcoming': {
    ...named,
    shortcoming: prose.optional(),
    dimension: name.optional(),
    severity: z.int().min(1).max(5).optional(),
  },
  reject: { ...named, milestone: name.optional(), points: z.array(prose).max(100).optional() },
  'review-effect': { ...named, milestone: name.optional(), verdict: z.enum(['good', 'poor']).optional() },
  supervise: { ...named, report: name.optional() },
  'ask-support': { ...named, request: name.optional(), of: words.optional() },
  'answer-support': { ...named, request: name.optional() },
  charge: { ...named, amount: money, paidBy: name.optional() },
  fees: { ...named, amount: money, paidBy: name.optional() },
  invoice: { ...named, amount: money, paidBy: name.optional() },
  pay: { ...named, amount: money },
  'propose-cap': {
    ...named,
    amount: cap.optional(),
    cap: cap.optional(),
    rationale: z.union([prose, z.record(name, prose)]).optional(),
  },
  consent: capAct,
  decline: capAct,
  'report-loss': {
    ...named,
    loss,
    amount: money,
    cause: name.optional(),
    category: name.optional(),
    of: name.optional(),
    ...on,
    lossOn: date.optional(),
  },
  'answer-loss': {
    ...named,
    loss,
    verdict: z.enum(['agree', 'dispute', 'drop']).optional(),
    amount: money.optional(),
  },
  dispute: { ...named, loss },
  'record-recourse': { ...named, loss, amount: money },
  end: { ...named, ground: z.enum(keysOf(GROUNDS)).optional() },
  serve: { ...named, notice: z.enum(['cap', 'end']).optional(), ...on },
  settle: { ...named, item: name, outcome: name.optional() },
} as const;
export type EngagementAct = keyof typeof ENGAGEMENT_ACTS;

export const ENGAGEMENT_ACT_WORDS: Record<EngagementAct, string> = {
  apply: '申请引入第三方',
  invite: '提前通知邀请第三方',
  reply: '答复申请',
  provide: '补充资料',
  'answer-question': '补充资料',
  withdraw: '撤回申请',
  negotiate: '记录三方协商',
  draft: '起草介入协议',
  'agree-terms': '起草介入协议',
  review: '审核介入协议草案',
  sign: '签署介入协议',
  'refuse-to-sign': '拒绝签署',
  undertake: '作出承诺',
  access: '办理访问权限',
  'grant-access': '授予访问权限',
  'withdraw-access': '收回访问权限',
  'start-work': '第三方开始工作',
  'report-involvement': '记录未签协议即介入',
  assign: '分派任务',
  deliver: '提交交付节点',
  approve: '通过',
  accept: '通过',
  'raise-shortcoming': '登记报告指出的不足',
  reject: '退回',
  'review-effect': '评估使用效果',
  supervise: '填写监督记录',
  'ask-support': '请求支持',
  'answer-support': '答复支持请求',
  charge: '登记第三方费用',
  fees: '登记第三方费用',
  invoice: '登记第三方费用',
  pay: '支付第三方费用',
  'propose-cap': '提议变更责任限额',
  consent: '同意',
  decline: '不同意',
  'report-loss': '报告损失',
  'answer-loss': '答复损失赔偿',
  dispute: '对损失提出异议',
  'record-recourse': '记录追偿',
  end: '决定终止介入',
  serve: '送达书面通知',
  settle: '确认善后事项',
};

/** Acts that others have, too: theirs unless an engagement, or what only an engagement has, is named. */
export const SHARED_ACTS: readonly string[] = [
  'withdraw',
  'review',
  'sign',
  'approve',
  'accept',
  'reject',
  'decline',
  'pay',
  'serve',
  'settle',
  'propose',
  'end',
  'draft',
  'assign',
  'provide',
  'dispute',
  'consent',
  'negotiate',
  'supervise',
  'access',
];
