import type { Text } from '../time.ts';
import type { LossCategory } from './command.ts';
import type { AgreementSection, ApplicationField, EngagementKind } from './compiled.ts';
import type { EngagementEventType } from './event.ts';
import type { CapChange, EngagementStatus, Loss, Milestone } from './state.ts';

/** Every word of an engagement that goes over the wire, for `docs/vocabulary.md`. */
export const ENGAGEMENT_EVENT_WORDS: Record<EngagementEventType, Text> = {
  'engagement-applied': { zh: '一方书面申请引入第三方', en: 'a party applies in writing to bring in a third party' },
  'engagement-invited': {
    zh: '一方提前通知拟邀请第三方',
    en: 'a party gives advance notice that it invites a third party',
  },
  'engagement-begun': { zh: '开始起草第三方介入协议', en: 'work on a third-party agreement has begun' },
  'engagement-asked': { zh: '要求补充资料，答复期限中止', en: 'more is asked for: the time to answer stands still' },
  'engagement-provided': { zh: '已补充资料，答复期限继续计算', en: 'it was provided: the time to answer runs again' },
  'engagement-agreed': { zh: '同意引入第三方', en: 'the application is agreed to' },
  'engagement-refused': { zh: '不同意引入第三方', en: 'the application is refused' },
  'engagement-not-answered': { zh: '期满未答复，不视为同意', en: 'no answer came in time; silence is not consent' },
  'engagement-withdrawn': { zh: '申请已撤回', en: 'it was taken back' },
  'engagement-negotiated': { zh: '三方协商已记录', en: 'the negotiation of all three was recorded' },
  'engagement-drafted': { zh: '介入协议草案已形成', en: 'its agreement was drafted' },
  'engagement-draft-accepted': { zh: '一方通过草案审核', en: 'a party accepts the draft' },
  'engagement-draft-rejected': { zh: '一方退回草案', en: 'a party returns the draft' },
  'engagement-review-overdue': { zh: '草案审核期限届满', en: 'the time to review the draft is over' },
  'engagement-signed': { zh: '一方签署介入协议', en: 'one of the signatories has signed its agreement' },
  'engagement-signature-refused': {
    zh: '一方拒绝签署，介入不成立',
    en: 'a signatory does not sign: it does not come about',
  },
  'engagement-in-force': { zh: '介入协议签署完毕', en: 'its agreement is signed by all' },
  'engagement-undertaken': { zh: '第三方已作出承诺', en: 'the third party has undertaken what stands before access' },
  'engagement-access-granted': { zh: '已授予第三方访问权限', en: 'the third party was given access' },
  'engagement-access-withdrawn': { zh: '已收回第三方访问权限', en: 'the third party’s access was withdrawn' },
  'engagement-work-started': { zh: '第三方开始工作', en: 'the third party has begun its work' },
  'engagement-breach-recorded': {
    zh: '记录未签协议即介入的违约',
    en: 'involvement without a signed agreement was found: a breach',
  },
  'engagement-task-assigned': { zh: '向第三方分派任务', en: 'a task within its scope was assigned to it' },
  'engagement-milestone-overdue': { zh: '交付节点已逾期', en: 'a milestone is overdue' },
  'engagement-milestone-handed-in': { zh: '第三方提交交付节点成果', en: 'the third party has handed in a milestone' },
  'engagement-acceptance-overdue': { zh: '验收期限届满', en: 'the time to accept it is over' },
  'engagement-milestone-accepted': { zh: '一方验收通过', en: 'one of those who accept it has accepted it' },
  'engagement-milestone-rejected': { zh: '验收退回，待第三方改正', en: 'it was returned to be put right' },
  'engagement-report-imported': { zh: '第三方报告已导入', en: 'the report of the commission is imported' },
  'engagement-effect-due': { zh: '应评估使用效果', en: 'its effect is to be reviewed' },
  'engagement-effect-reviewed': { zh: '使用效果已评估', en: 'its effect was reviewed' },
  'engagement-supervised': { zh: '监督记录已填写', en: 'an entry in a supervision report was made' },
  'engagement-support-asked': { zh: '第三方请求支持', en: 'the third party asks for support' },
  'engagement-support-overdue': {
    zh: '支持请求逾期未答复，由此造成的延误暂不归于第三方',
    en: 'it was not answered in time: delay is not laid to the third party meanwhile',
  },
  'engagement-support-answered': { zh: '支持请求已答复', en: 'the request for support was answered' },
  'engagement-cost-charged': { zh: '第三方费用已记账', en: 'a cost of the third party was charged' },
  'engagement-payment-overdue': {
    zh: '应付第三方的费用逾期未付',
    en: 'a party’s share of a cost was not paid to the third party in time',
  },
  'engagement-cost-paid': { zh: '已向第三方付款', en: 'the third party was paid' },
  'engagement-cap-proposed': { zh: '一方提议变更责任限额', en: 'a party proposes another cap' },
  'engagement-cap-agreed': { zh: '另一方同意变更限额', en: 'another party agrees to the cap' },
  'engagement-cap-rejected': { zh: '另一方不同意变更限额', en: 'another party does not agree to the cap' },
  'engagement-cap-notified': { zh: '限额变更通知已送达第三方', en: 'the third party has the notice of the new cap' },
  'engagement-cap-changed': { zh: '第三方同意，新限额生效', en: 'the third party consents: the new cap holds' },
  'engagement-cap-declined': { zh: '第三方不同意，原限额继续有效', en: 'the third party declines: the old cap stays' },
  'engagement-cap-lapsed': {
    zh: '第三方期满未答复，原限额继续有效',
    en: 'the third party is silent: the old cap stays',
  },
  'engagement-cap-reached': { zh: '责任限额已用到预警比例', en: 'so much of the cap is used' },
  'engagement-loss-reported': { zh: '损失已报告', en: 'a loss was reported' },
  'engagement-loss-agreed': { zh: '责任方认可赔偿', en: 'whoever caused the loss agrees to pay for it' },
  'engagement-loss-disputed': { zh: '对损失有异议', en: 'the loss is disputed' },
  'engagement-loss-dropped': { zh: '索赔已撤回', en: 'the claim is dropped' },
  'engagement-recourse-recorded': { zh: '追偿已记录', en: 'a recourse was recorded' },
  'engagement-ending-proposed': { zh: '一方决定终止介入', en: 'a party decides that the involvement ends' },
  'engagement-ending-agreed': { zh: '另一方也决定终止介入', en: 'the other party decides so, too' },
  'engagement-term-over': { zh: '介入期限届满', en: 'the term of the involvement is over' },
  'engagement-over': { zh: '第三方介入终止，主合同继续履行', en: 'the involvement is over; the main contract goes on' },
  'engagement-item-settled': { zh: '一方确认一项善后事项', en: 'a party says that one thing is settled' },
  'engagement-finding-raised': {
    zh: '报告指出的不足已转为改进事项',
    en: 'a shortcoming that the report found became a finding',
  },
  'engagement-clocks-stopped': {
    zh: '主合同中止，介入各项期限中止',
    en: 'the agreement is suspended: clocks stand still',
  },
  'engagement-clocks-run': { zh: '主合同恢复，介入各项期限顺延', en: 'the agreement goes on: clocks have moved' },
  'engagement-lapsed': { zh: '主合同终止，介入未再进行', en: 'its agreement is over before it came about' },
  'engagement-closed': { zh: '介入已办结', en: 'the engagement is closed' },
};

export const ENGAGEMENT_STATUS_WORDS: Record<EngagementStatus, Text> = {
  applied: { zh: '已申请，待答复', en: 'applied for, awaiting the answer' },
  asked: { zh: '待申请方补充资料', en: 'waiting for the applicant' },
  'no-reply': { zh: '期满未答复', en: 'no answer came in time' },
  refused: { zh: '未获同意', en: 'refused' },
  agreed: { zh: '已同意，待订立协议', en: 'agreed to; its agreement is still to be made' },
  invited: { zh: '已提前通知，待三方协商', en: 'announced; all three are to negotiate' },
  drafted: { zh: '起草中', en: 'being drafted' },
  'in-review': { zh: '双方共同审核中', en: 'reviewed by both parties' },
  signing: { zh: '待签署', en: 'being signed' },
  active: { zh: '介入协议有效', en: 'in force' },
  ending: { zh: '终止程序中', en: 'being ended' },
  ended: { zh: '介入已终止，待善后', en: 'over; the rest is to be settled' },
  closed: { zh: '已办结', en: 'closed' },
  withdrawn: { zh: '已撤回', en: 'taken back' },
};

export const ENGAGEMENT_KIND_WORDS: Record<EngagementKind, Text> = {
  involvement: { zh: '第三方介入', en: 'involvement of a third party' },
  commission: { zh: '委托第三方', en: 'commission of a third party' },
};

export const APPLICATION_FIELD_WORDS: Record<ApplicationField, Text> = {
  purpose: { zh: '目的', en: 'purpose' },
  scope: { zh: '范围', en: 'scope' },
  effect: { zh: '预期效果', en: 'expected effect' },
  identity: { zh: '第三方身份', en: 'identity of the third party' },
  documents: { zh: '资料', en: 'documents' },
};

export const AGREEMENT_SECTION_WORDS: Record<AgreementSection, Text> = {
  purpose: { zh: '目的', en: 'purpose' },
  scope: { zh: '介入内容与范围', en: 'content and scope' },
  liability: { zh: '责任', en: 'liability' },
  costs: { zh: '费用', en: 'costs' },
  term: { zh: '期限', en: 'term' },
  responsibilities: { zh: '职责', en: 'responsibilities' },
  rights: { zh: '权利', en: 'rights' },
};

export const LOSS_CATEGORY_WORDS: Record<LossCategory, Text> = {
  'delay-cost': { zh: '延误费用', en: 'cost of delay' },
  'customer-loss': { zh: '客户损失', en: 'loss of a customer' },
  quality: { zh: '质量不符', en: 'below the standard' },
  leak: { zh: '泄密', en: 'leak of secrets' },
  other: { zh: '其他', en: 'other' },
};

export const LOSS_STATUS_WORDS: Record<Loss['status'], Text> = {
  claimed: { zh: '已提出，待答复', en: 'awaiting the answer of whoever is said to have caused it' },
  agreed: { zh: '已认可', en: 'agreed to' },
  disputed: { zh: '有异议', en: 'disputed' },
  dropped: { zh: '已撤回', en: 'dropped' },
  own: { zh: '由甲乙方自行承担', en: 'borne by the parties themselves' },
};

export const MILESTONE_STATUS_WORDS: Record<Milestone['status'], Text> = {
  pending: { zh: '待交付', en: 'to be handed in' },
  overdue: { zh: '逾期', en: 'overdue' },
  'handed-in': { zh: '待验收', en: 'awaiting acceptance' },
  rejected: { zh: '退回改正', en: 'returned to be put right' },
  accepted: { zh: '已验收', en: 'accepted' },
};

export const CAP_CHANGE_STATUS_WORDS: Record<CapChange['status'], Text> = {
  proposed: { zh: '一方已提议', en: 'proposed by a party' },
  agreed: { zh: '双方已同意，待通知第三方', en: 'agreed by the parties; the third party is to be notified' },
  notified: { zh: '已通知第三方，待其同意', en: 'the third party was notified' },
  consented: { zh: '第三方已同意', en: 'the third party consents' },
  declined: { zh: '第三方不同意', en: 'the third party declines' },
  lapsed: { zh: '期满未同意', en: 'lapsed in silence' },
  rejected: { zh: '另一方不同意', en: 'not agreed by the other party' },
};
