import type { EngagementStep } from '../../../domain/engagement/steps.ts';
import type { EngagementEndGround } from '../../../domain/agreement/compiled.ts';
import type { Text } from '../../../domain/time.ts';
import { ENGAGEMENT_GROUND_WORDS } from '../answer-words.ts';

export const THIRD_PARTY: Text = { zh: '第三方', en: 'third party' };

/** What a link of an engagement asks for, as its page is headed. */
export const STEP_TITLES: Record<EngagementStep, Text> = {
  reply: { zh: '答复引入第三方的申请', en: 'Answer the application to bring in a third party' },
  provide: { zh: '补充申请资料', en: 'Provide what was asked for about your application' },
  review: { zh: '审核第三方介入协议草案', en: 'Review the draft of the third-party agreement' },
  sign: { zh: '签署第三方介入协议', en: 'Sign the third-party agreement' },
  milestone: { zh: '提交交付节点成果', en: 'Hand in a milestone' },
  accept: { zh: '验收第三方的成果', en: 'Accept what the third party handed in' },
  effect: { zh: '评估成果的使用效果', en: 'Review what the use of it has brought' },
  support: { zh: '答复第三方的支持请求', en: 'Answer the third party’s request for support' },
  cap: { zh: '答复第三方责任限额的变更', en: 'Answer the change of the third party’s cap' },
  'cap-consent': { zh: '答复贵方责任限额的变更', en: 'Answer the change of your cap' },
  loss: { zh: '答复损失赔偿请求', en: 'Answer what is asked of you for a loss' },
  end: { zh: '决定是否终止第三方介入', en: 'Decide whether the involvement ends' },
  purpose: { zh: '确认介入目的是否已实现', en: 'Say whether the purpose was achieved' },
  settle: { zh: '确认善后事项已办结', en: 'Confirm that it is settled' },
  work: { zh: '办理介入期间的事项', en: 'Your part of the work' },
};

/** The words of the pages that links of engagements open. */
export const ENGAGEMENT_WORDS = {
  third: { zh: '第三方', en: 'Third party' },
  registration: { zh: '登记号', en: 'Registration' },
  applicant: { zh: '申请方', en: 'Applicant' },
  status: { zh: '状态', en: 'State' },
  application: { zh: '申请内容', en: 'What is applied for' },
  purpose: { zh: '目的', en: 'Purpose' },
  effect: { zh: '预期效果', en: 'Expected effect' },
  scope: { zh: '范围', en: 'Scope' },
  interest: { zh: '利益关系', en: 'Interest' },
  none: { zh: '声明与第三方无利益关系', en: 'declared to have none in the third party' },
  conflict: { zh: '声明与第三方有利益关系', en: 'declared to have one in the third party' },
  question: { zh: '要求补充', en: 'Asked for' },
  provided: { zh: '已补充', en: 'Provided' },
  draft: { zh: '介入协议', en: 'The agreement' },
  asInDocument: { zh: '见附件', en: 'see the document' },
  agreedScope: { zh: '约定的范围', en: 'Scope agreed on' },
  fee: { zh: '费用金额', en: 'Fee' },
  noFee: { zh: '不收费', en: 'none' },
  actual: { zh: '按实际发生', en: 'what it really costs' },
  cap: { zh: '责任限额', en: 'Cap of liability' },
  byLaw: { zh: '依法承担（不约定金额）', en: 'as the law provides; no sum is agreed' },
  rationale: { zh: '限额依据', en: 'Reason for the cap' },
  endsOn: { zh: '介入期限届满日', en: 'Last day' },
  milestones: { zh: '交付节点', en: 'Milestones' },
  milestone: { zh: '交付内容', en: 'What is handed in' },
  standard: { zh: '验收标准', en: 'Accepted by' },
  dueOn: { zh: '交付日期', en: 'Due on' },
  points: { zh: '退回意见', en: 'Points to put right' },
  earlierPoints: { zh: '上一稿的退回意见', en: 'Why the draft before was returned' },
  signatures: { zh: '签署情况', en: 'Signatures' },
  notSigned: { zh: '待签署', en: 'not yet' },
  note: { zh: '说明', en: 'Note' },
  handedIn: { zh: '提交时间', en: 'Handed in' },
  daysLate: { zh: '逾期天数', en: 'Days late' },
  accepted: { zh: '已通过', en: 'Accepted by' },
  support: { zh: '支持请求', en: 'What is asked for' },
  askedOn: { zh: '提出日期', en: 'Asked on' },
  change: { zh: '限额变更', en: 'The change' },
  capNow: { zh: '现行限额', en: 'The cap now' },
  capNext: { zh: '拟变更为', en: 'Proposed' },
  by: { zh: '提出方', en: 'By' },
  reason: { zh: '理由', en: 'Reason' },
  loss: { zh: '损失', en: 'The loss' },
  amount: { zh: '金额', en: 'Sum' },
  category: { zh: '类别', en: 'Kind' },
  lossOn: { zh: '发生日', en: 'Day' },
  recoverable: { zh: '限额内可请求的金额', en: 'Within the cap' },
  details: { zh: '情况', en: 'What happened' },
  ending: { zh: '终止介入', en: 'End of the involvement' },
  ground: { zh: '终止事由', en: 'Ground' },
  item: { zh: '善后事项', en: 'What is settled' },
  saidBy: { zh: '已确认', en: 'Confirmed by' },
  work: { zh: '介入情况', en: 'How it stands' },
  startsOn: { zh: '介入首日', en: 'First day' },
  access: { zh: '访问权限', en: 'Access' },
  tasks: { zh: '已分派的任务', en: 'Tasks assigned to you' },
  answer: { zh: '答复', en: 'Answer' },

  agreeTitle: { zh: '同意', en: 'Agree' },
  agree: { zh: '同意引入', en: 'Agree' },
  askTitle: { zh: '要求补充资料', en: 'Ask for more' },
  askMore: { zh: '要求补充，答复期限中止', en: 'Ask for more; the clock stands still' },
  whatMore: { zh: '需要补充的资料', en: 'What more is needed' },
  refuseTitle: { zh: '不同意', en: 'Refuse' },
  refuse: { zh: '不同意引入', en: 'Refuse' },
  provide: { zh: '提交补充资料', en: 'Send it' },
  acceptDraft: { zh: '通过草案', en: 'Accept the draft' },
  signIntro: {
    zh: '请先核对上列协议内容。此处登记贵方已在纸质介入协议上签署，并非电子签名；全部签署人签署后，介入协议生效。',
    en: 'Check the agreement above first. Enter here that your side has signed it on paper. This is no electronic signature; it is in force once all have signed.',
  },
  refuseSign: { zh: '拒绝签署', en: 'Do not sign' },
  refuseSignIntro: {
    zh: '拒绝签署的，本次介入不成立；请说明理由。',
    en: 'If you do not sign, the involvement does not come about. Say why.',
  },
  deliver: { zh: '提交成果', en: 'Hand it in' },
  accept: { zh: '验收通过', en: 'Accept it' },
  reject: { zh: '退回改正', en: 'Return it' },
  good: { zh: '效果良好', en: 'Its effect is good' },
  poor: { zh: '效果不佳', en: 'Its effect is poor' },
  answerSupport: { zh: '提交答复', en: 'Send the answer' },
  consent: { zh: '同意变更限额', en: 'Agree to the change' },
  decline: { zh: '不同意变更', en: 'Decline' },
  oldCapStays: {
    zh: '各方同意之前，原限额继续有效；未答复不视为同意。',
    en: 'Until all agree, the cap stays as it is. Silence is never consent.',
  },
  agreeLoss: { zh: '认可赔偿', en: 'Agree' },
  agreedAmount: { zh: '认可的损失金额', en: 'Loss that you agree to' },
  disputeLoss: { zh: '提出异议', en: 'Dispute it' },
  endIt: { zh: '同意终止介入', en: 'Agree: it ends' },
  endIntro: {
    zh: '双方均决定后，以双方名义书面通知第三方，通知送达之日介入终止；主合同继续履行。未答复不视为同意。',
    en: 'Once both have decided, the third party is given written notice in the name of both, and it ends on the day on which that arrives; the main contract goes on. Silence is never consent.',
  },
  achieved: { zh: '确认目的已实现，终止介入', en: 'It was achieved: the involvement ends' },
  settle: { zh: '确认已办结', en: 'Confirm' },
  secrecy: { zh: '提交保密承诺', en: 'Undertake secrecy' },
  siteRules: { zh: '确认现场守则', en: 'Acknowledge the rules of the site' },
  startWork: { zh: '登记开始工作', en: 'Record that work begins' },
  askSupport: { zh: '请求支持', en: 'Ask for support' },
  topic: { zh: '请求事项', en: 'What you need' },
  moreByPage: { zh: '办理其他事项', en: 'What else there is to do' },
} satisfies Record<string, Text>;

export const ACCESS_WORDS: Record<'none' | 'granted' | 'withdrawn', Text> = {
  none: { zh: '未授予', en: 'not given' },
  granted: { zh: '已授予', en: 'given' },
  withdrawn: { zh: '已收回', en: 'withdrawn' },
};

export const ORGANISATION_WORDS: Record<'legal-person' | 'other-organisation', Text> = {
  'legal-person': { zh: '法人', en: 'legal person' },
  'other-organisation': { zh: '其他组织', en: 'other organisation' },
};

/** Why it ends, in words. */
export function groundWords(ground: string): Text {
  return ENGAGEMENT_GROUND_WORDS[ground as EngagementEndGround] ?? { zh: ground, en: ground };
}
