import type { Text } from '../time.ts';
import type { FindingPriority, FindingSource } from './command.ts';
import type { ImprovementEventType } from './event.ts';
import type { ImprovementStatus } from './state.ts';

/** Every word of an improvement that goes over the wire, for `docs/vocabulary.md`. */
export const IMPROVEMENT_EVENT_WORDS: Record<ImprovementEventType, Text> = {
  'finding-opened': { zh: '问题已提出，尚待分类', en: 'a finding was raised; it is to be classified' },
  'finding-classified': {
    zh: '问题已分类、定级，并指定制定改进计划的部门',
    en: 'it has a category, a priority and a department that plans',
  },
  'finding-merged': { zh: '问题并入另一问题，本项结束', en: 'it joined another finding, and ends here' },
  'finding-absorbed': {
    zh: '另一问题并入本项，重新计算优先级',
    en: 'another finding joined this one; the priority was reckoned anew',
  },
  'finding-dismissed': { zh: '不采取改进措施，理由已记录', en: 'no measure is taken; the reason was recorded' },
  'cause-overdue': { zh: '期限届满而原因未查明', en: 'the cause was not found by its time' },
  'cause-found': { zh: '原因已查明并记录', en: 'the cause was found and written down' },
  'plan-overdue': { zh: '期限届满而改进计划未提交', en: 'no plan was handed in by its time' },
  'plan-submitted': { zh: '改进计划已提交', en: 'a plan was handed in: a new version' },
  'plan-approved': { zh: '一方批准了该版本的改进计划', en: 'an approver approved this version of the plan' },
  'plan-rejected': { zh: '改进计划被退回，列明意见', en: 'the plan was rejected, with numbered points' },
  'measure-overdue': { zh: '措施到期未完成', en: 'a measure was not done by its date' },
  'measure-completed': { zh: '一项措施已完成', en: 'a measure is done' },
  'plan-checked': { zh: '措施落实情况已检查', en: 'somebody other than the owners looked at how it goes' },
  'check-overdue': { zh: '到期未检查', en: 'nobody checked in time' },
  'plan-implemented': { zh: '各项措施均已完成，等待验证效果', en: 'all measures are done; the effect is awaited' },
  'effect-verified': { zh: '改进效果已验证：达到或未达到目标', en: 'the effect was shown, or shown to be missing' },
  'plan-reopened': {
    zh: '未达到目标，重新制定改进计划，进入下一轮',
    en: 'the goal was not reached: another round, with a plan of its own',
  },
  'answer-overdue': {
    zh: '期限届满而未向提出问题的客户反馈结果',
    en: 'whoever raised it had no answer in time',
  },
  'customers-answered': {
    zh: '已向提出问题的客户反馈结果，或说明客户不详',
    en: 'those who raised it have the answer, or nobody is known',
  },
  'customer-verdict-given': { zh: '客户对反馈结果作出评价', en: 'a customer said what they think of the answer' },
  'results-published': { zh: '结果和落实情况已向员工公布', en: 'results and status were published to staff' },
  'improvement-suspended': {
    zh: '协议中止，改进各期限停止计算',
    en: 'the agreement is suspended: its dates stand still',
  },
  'improvement-resumed': { zh: '协议恢复，未届满的期限顺延', en: 'they run again: what had not been missed moves' },
  'improvement-closed': { zh: '改进已办结', en: 'closed: proven, and answered where that is asked for' },
  'improvement-cancelled': { zh: '协议终止，改进随之取消', en: 'broken off: the agreement is over' },
};

export const IMPROVEMENT_STATUS_WORDS: Record<ImprovementStatus, Text> = {
  raised: { zh: '待分类', en: 'raised, to be classified' },
  classified: { zh: '待制定计划', en: 'classified, to be planned' },
  planned: { zh: '计划待批准', en: 'planned, to be approved' },
  approved: { zh: '措施实施中', en: 'measures under way' },
  implemented: { zh: '待验证效果', en: 'all measures done, effect awaited' },
  effective: { zh: '效果已验证，待答复和办结', en: 'effect proven, to be answered and closed' },
  closed: { zh: '已办结', en: 'closed' },
  merged: { zh: '已并入另一问题', en: 'merged' },
  dismissed: { zh: '不予改进', en: 'dismissed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

export const FINDING_PRIORITY_WORDS: Record<FindingPriority, Text> = {
  high: { zh: '高', en: 'high' },
  medium: { zh: '中', en: 'medium' },
  low: { zh: '低', en: 'low' },
};

export const FINDING_SOURCE_WORDS: Record<FindingSource, Text> = {
  survey: { zh: '满意度调查', en: 'a survey' },
  feedback: { zh: '即时反馈', en: 'instant feedback' },
  visit: { zh: '走访', en: 'a visit' },
  case: { zh: '工单', en: 'a case' },
  check: { zh: '检查', en: 'a check' },
  other: { zh: '其他', en: 'other' },
};
