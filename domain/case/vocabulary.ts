import type { Text } from '../time.ts';
import type { PauseReason } from './command.ts';
import type { BreachMeaning, CaseChannel, CaseClockId, CasePriority, CaseSeverity, CaseType } from './compiled.ts';
import type { CaseEventType, CaseOutcome } from './event.ts';
import type { CaseStatus } from './state.ts';

/** Every word of a case that goes over the wire, for `docs/vocabulary.md`. */
export const CASE_EVENT_WORDS: Record<CaseEventType, Text> = {
  'case-opened': { zh: '工单已登记', en: 'a case was registered' },
  'case-recorded': { zh: '记录已补充', en: 'its record was added to' },
  'case-responded': { zh: '处理人已首次响应', en: 'the handler responded' },
  'case-forwarded': { zh: '已转交其他部门', en: 'it was passed on' },
  'case-assigned': { zh: '已安排人员', en: 'somebody is to do it' },
  'case-progress-told': { zh: '已向客户通报进展', en: 'the customer was told how it stands' },
  'case-paused': { zh: '已暂停计时，理由已记录', en: 'its clocks stand still; the reason was recorded' },
  'case-resumed': { zh: '已恢复计时', en: 'its clocks run again' },
  'case-planned': { zh: '服务方案已提交客户确认', en: 'a service plan was put to the customer' },
  'case-plan-confirmed': { zh: '客户已确认服务方案', en: 'the customer confirmed the plan' },
  'case-plan-changed': { zh: '客户要求修改服务方案', en: 'the customer wants the plan changed' },
  'case-executed': { zh: '服务方案已执行', en: 'the plan was carried out' },
  'case-resolved': { zh: '已处理完毕', en: 'it was resolved' },
  'case-result-told': { zh: '处理结果已告知客户', en: 'the customer has the result' },
  'case-follow-up-asked': { zh: '已回访询问是否真正解决', en: 'the customer was asked whether it is really solved' },
  'case-judged': { zh: '客户已反馈意见', en: 'the customer said what it thinks of the result' },
  'case-reopened': { zh: '已重新打开，进入新一轮处理', en: 'it was reopened for another round' },
  'case-negotiation-begun': { zh: '转入双方协商', en: 'both parties negotiate the solution' },
  'case-decision-asked': { zh: '请决定是否开展专项调查', en: 'a decision on a special survey is asked for' },
  'case-solution-agreed': { zh: '一方已确认协商方案', en: 'a party agreed to the solution' },
  'case-survey-decided': { zh: '已决定是否开展专项调查', en: 'it was decided whether a special survey is held' },
  'case-classified': { zh: '已调整分类、优先级或严重程度', en: 'its category, priority or severity was changed' },
  'case-noted': { zh: '已补充说明', en: 'words were added' },
  'case-reported': { zh: '已上报责任部门', en: 'it was reported to the responsible department' },
  'case-report-confirmed': { zh: '责任部门已确认上报', en: 'the responsible department confirmed the report' },
  'case-linked': { zh: '已与另一工单关联', en: 'it was linked with another one' },
  'case-contested': { zh: '客户已补正或提出异议', en: 'the customer corrected or contested what was said' },
  'case-improvement-raised': { zh: '已就根本原因发起改进', en: 'its cause became a finding' },
  'case-clock-breached': { zh: '时限届满而未完成', en: 'a clock ran out' },
  'case-accountability-recorded': { zh: '逾期响应已记入问责名单', en: 'who responded late was put on record' },
  'case-closed': { zh: '已办结', en: 'it was closed' },
  'case-agreement-ended': { zh: '协议已终止；未办结的工单继续处理', en: 'its agreement is over; an open case goes on' },
};

export const CASE_STATUS_WORDS: Record<CaseStatus, Text> = {
  open: { zh: '待响应', en: 'open' },
  responded: { zh: '已响应', en: 'responded' },
  'in-progress': { zh: '处理中', en: 'in progress' },
  'plan-proposed': { zh: '方案待客户确认', en: 'plan awaits the customer' },
  'plan-confirmed': { zh: '方案已确认', en: 'plan confirmed' },
  executed: { zh: '方案已执行', en: 'plan carried out' },
  negotiating: { zh: '双方协商中', en: 'being negotiated' },
  resolved: { zh: '已处理', en: 'resolved' },
  'awaiting-opinion': { zh: '待客户意见', en: 'awaits the customer’s opinion' },
  closed: { zh: '已办结', en: 'closed' },
};

export const CASE_TYPE_WORDS: Record<CaseType, Text> = {
  complaint: { zh: '投诉', en: 'complaint' },
  'service-request': { zh: '服务请求', en: 'service request' },
  enquiry: { zh: '咨询', en: 'enquiry' },
  feedback: { zh: '意见和建议', en: 'feedback' },
};

export const CASE_CHANNEL_WORDS: Record<CaseChannel, Text> = {
  hotline: { zh: '服务热线', en: 'service hotline' },
  online: { zh: '在线客服', en: 'online service' },
  email: { zh: '电子邮件', en: 'e-mail' },
  social_media: { zh: '社交媒体', en: 'social media' },
  phone: { zh: '电话', en: 'telephone' },
  form: { zh: '网页表单', en: 'form' },
  other: { zh: '其他', en: 'other' },
};

export const CASE_SEVERITY_WORDS: Record<CaseSeverity, Text> = {
  minor: { zh: '轻微', en: 'minor' },
  normal: { zh: '一般', en: 'normal' },
  major: { zh: '重大', en: 'major' },
};

export const CASE_PRIORITY_WORDS: Record<CasePriority, Text> = {
  low: { zh: '低', en: 'low' },
  normal: { zh: '普通', en: 'normal' },
  high: { zh: '高', en: 'high' },
  urgent: { zh: '紧急', en: 'urgent' },
};

export const CASE_CLOCK_WORDS: Record<CaseClockId, Text> = {
  record: { zh: '完成记录', en: 'record' },
  response: { zh: '首次响应', en: 'first response' },
  forwarding: { zh: '转交部门', en: 'passing on' },
  assignment: { zh: '安排人员', en: 'assignment' },
  progress: { zh: '进展通报', en: 'report of progress' },
  resolution: { zh: '解决', en: 'resolution' },
  report: { zh: '上报责任部门', en: 'report to the responsible department' },
  opinion: { zh: '等待客户意见', en: 'wait for the customer’s opinion' },
  'follow-up': { zh: '回访', en: 'follow-up' },
  contest: { zh: '客户补正或异议', en: 'time to correct or contest' },
  confirmation: { zh: '提醒客户确认方案', en: 'reminder of the plan' },
  decision: { zh: '决定是否开展专项调查', en: 'decision on a special survey' },
};

export const CASE_OUTCOME_WORDS: Record<CaseOutcome, Text> = {
  confirmed: { zh: '客户确认已解决', en: 'confirmed by the customer' },
  unconfirmed: { zh: '客户未答复，未经确认', en: 'unconfirmed: the customer did not answer' },
  'not-given': { zh: '客户未给出意见', en: 'the customer gave no opinion' },
  completed: { zh: '已完成', en: 'completed' },
  duplicate: { zh: '重复工单，并入原工单', en: 'a duplicate: it goes on in the other one' },
};

export const BREACH_MEANING_WORDS: Record<BreachMeaning, Text> = {
  late: { zh: '逾期，已记录', en: 'late, on record' },
  'target-missed': { zh: '未达目标值', en: 'the target was missed' },
  breach: {
    zh: '构成违约；客户可就其损失索赔，金额待证明',
    en: 'a breach; the customer may claim its loss, to be proven',
  },
  'breach-candidate': {
    zh: '可能构成违约，由客户决定是否索赔',
    en: 'perhaps a breach: the customer decides on a claim',
  },
  accountability: { zh: '记入责任人考核', en: 'goes to the appraisal of whoever was responsible' },
  silence: { zh: '逾期未答复，不构成违约', en: 'no answer; nobody is in breach' },
  'contested-not': {
    zh: '客户未补正也未异议，记为客户一方违约',
    en: 'not contested: put down as the customer’s breach',
  },
};

export const PAUSE_REASON_WORDS: Record<PauseReason, Text> = {
  'missing-information': { zh: '客户信息不全', en: 'the customer’s information is incomplete' },
  'wrong-information': { zh: '客户信息不实', en: 'the customer’s information is wrong' },
  'waiting-for-customer': { zh: '等待客户', en: 'the customer is waited for' },
  'force-majeure': { zh: '不可抗力', en: 'force majeure' },
};
