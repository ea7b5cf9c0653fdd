import type { Text } from '../time.ts';
import type { Lowered, RiskIndicator, RiskLevel, RiskOperator } from './compiled.ts';
import type { RiskEventType } from './event.ts';
import type { RiskStatus } from './state.ts';

/** Every word of a risk that goes over the wire, for `docs/vocabulary.md`. */
export const RISK_EVENT_WORDS: Record<RiskEventType, Text> = {
  'risk-registered': { zh: '风险已登记', en: 'a risk is on the register' },
  'risk-rated': { zh: '重新评级', en: 'it was rated anew' },
  'risk-equipped': {
    zh: '预警指标、应急预案或者责任部门已更新',
    en: 'its threshold, emergency plan or departments changed',
  },
  'risk-measure-planned': { zh: '应对措施已制定', en: 'a measure against it was planned' },
  'risk-measure-completed': { zh: '应对措施已完成', en: 'a measure is done' },
  'risk-measure-assessed': { zh: '应对措施已评估', en: 'a measure was assessed' },
  'risk-reviewed': { zh: '定期复评完成', en: 'it was reviewed' },
  'risk-measures-reviewed': { zh: '全部应对措施评估完成', en: 'all its measures were reviewed' },
  'risk-response-overdue': { zh: '期限届满而没有应对措施', en: 'no measure was planned by its time' },
  'risk-measure-overdue': { zh: '应对措施逾期未完成', en: 'a measure was not done by its time' },
  'risk-review-overdue': { zh: '定期复评逾期', en: 'it was not reviewed by its time' },
  'risk-measure-review-overdue': { zh: '应对措施评估逾期', en: 'its measures were not reviewed by their time' },
  'risk-warning-raised': {
    zh: '指标触及阈值，已发出预警',
    en: 'a threshold was crossed, and the departments were warned',
  },
  'risk-warning-acknowledged': { zh: '预警已确认', en: 'the warning was acknowledged' },
  'risk-warning-overdue': { zh: '预警逾期未确认，已升级', en: 'the warning was not acknowledged in time' },
  'risk-occurred': { zh: '风险已发生，应急预案启动', en: 'it came true, and its emergency checklist began' },
  'risk-step-done': { zh: '应急步骤已完成', en: 'a step of the checklist is done' },
  'risk-stood-down': { zh: '应急处置结束', en: 'what came true is over' },
  'risk-closed': { zh: '风险已关闭', en: 'it is no risk any more' },
  'risk-ended': { zh: '协议终止，风险随之关闭', en: 'its agreement is over' },
};

export const RISK_STATUS_WORDS: Record<RiskStatus, Text> = {
  open: { zh: '监控中', en: 'open' },
  occurred: { zh: '已发生，处置中', en: 'came true, its checklist is under way' },
  closed: { zh: '已关闭', en: 'closed' },
};

export const RISK_LEVEL_WORDS: Record<RiskLevel, Text> = {
  LOW: { zh: '低', en: 'low' },
  MEDIUM: { zh: '中', en: 'medium' },
  HIGH: { zh: '高', en: 'high' },
};

export const RISK_INDICATOR_WORDS: Record<RiskIndicator, Text> = {
  'score-drop': { zh: '满意度较上期下降（分）', en: 'points that satisfaction fell by since the last cycle' },
  'case-spike': { zh: '期间内新增工单数', en: 'cases opened within so many days' },
  'overdue-duties': { zh: '逾期义务数', en: 'duties that are overdue' },
  'clock-near-breach': { zh: '工单时限剩余小时数', en: 'hours that a clock of a case has left' },
  observed: { zh: '人工登记的指标值', en: 'a figure that somebody enters' },
};

export const RISK_OPERATOR_WORDS: Record<RiskOperator, Text> = {
  above: { zh: '高于', en: 'above' },
  'at-least': { zh: '不低于', en: 'at least' },
  'at-most': { zh: '不高于', en: 'at most' },
  below: { zh: '低于', en: 'below' },
};

export const LOWERED_WORDS: Record<Lowered, Text> = {
  likelihood: { zh: '发生可能性', en: 'how likely it is' },
  impact: { zh: '影响程度', en: 'how hard it hits' },
  both: { zh: '可能性和影响', en: 'both' },
};
