import type { Text } from '../time.ts';
import type { ConsequenceKind, EvaluationSubject, EvaluationTest, IndicatorSource } from './compiled.ts';
import type { EvaluationEventType } from './event.ts';
import type { EvaluationStatus, SubjectStage } from './state.ts';

/** Every word of an evaluation that goes over the wire, for `docs/vocabulary.md`. */
export const EVALUATION_EVENT_WORDS: Record<EvaluationEventType, Text> = {
  'evaluation-started': { zh: '一期考核评价开始', en: 'an evaluation of a period begins' },
  'evaluation-scheme-missing': {
    zh: '考核周期已开始而考核标准尚未制定',
    en: 'the period began without a scheme: nothing can be scored',
  },
  'evaluation-scheme-set': { zh: '考核标准已制定或修订', en: 'the scheme was set or changed' },
  'evaluation-subject-enrolled': { zh: '列为考核对象', en: 'somebody more is evaluated' },
  'evaluation-scheme-acknowledged': { zh: '已确认考核标准', en: 'the scheme was acknowledged' },
  'evaluation-figures-asked': { zh: '开始汇总实绩数据', en: 'recorded figures are asked for' },
  'evaluation-figures-gathered': { zh: '实绩数据已汇总并固定', en: 'recorded figures are gathered and frozen' },
  'evaluation-scored': { zh: '已评分，附依据', en: 'an indicator was scored, with its record' },
  'evaluation-indicator-left-out': {
    zh: '本期无可考核事项，该指标不计入',
    en: 'an indicator had nothing to measure and is left out',
  },
  'evaluation-self-assessed': { zh: '已自评', en: 'those evaluated assessed themselves' },
  'evaluation-targets-judged': { zh: '已逐项核对执行目标', en: 'targets were found met or missed' },
  'evaluation-third-party-taken': { zh: '第三方评估结论已录入', en: 'a third party’s assessment was taken in' },
  'evaluation-concluded': { zh: '初步结果已得出', en: 'the provisional result is there' },
  'evaluation-objected': { zh: '对初步结果提出异议', en: 'an objection to the provisional result' },
  'evaluation-objection-answered': { zh: '异议已答复', en: 'an objection was answered' },
  'evaluation-score-corrected': {
    zh: '评分已由他人更正，理由已记录',
    en: 'a second person corrected a score; the reason was recorded',
  },
  'evaluation-confirmed': { zh: '结果已经他人复核确认', en: 'a second person confirmed the result' },
  'evaluation-finalised': { zh: '结果已确定', en: 'the result is final' },
  'evaluation-published': { zh: '结果已公布', en: 'the results were published' },
  'evaluation-consequence-proposed': { zh: '已提出结果应用建议', en: 'a consequence was proposed' },
  'evaluation-consequence-decided': { zh: '结果应用建议已决定', en: 'a consequence was decided' },
  'evaluation-explained': { zh: '责任人已说明情况', en: 'whoever is responsible explained' },
  'evaluation-previous-known': {
    zh: '上一期结果已确定，供本期比较',
    en: 'the period before has its final result to compare with',
  },
  'evaluation-agreement-ended': {
    zh: '协议终止，已有结果继续办结',
    en: 'its agreement is over; what has a result is carried through',
  },
  'evaluation-due-moved': { zh: '考核期限变更', en: 'the evaluation is due on another day' },
  'evaluation-overdue': { zh: '期限届满而考核未完成', en: 'the evaluation was not done by its time' },
  'evaluation-duty-done': { zh: '相应义务已履行', en: 'its duty is handed in' },
  'evaluation-completed': { zh: '考核全部办结', en: 'the evaluation is complete' },
  'evaluation-ended': { zh: '协议终止，考核随之结束', en: 'it ends with its agreement' },
};

export const EVALUATION_STATUS_WORDS: Record<EvaluationStatus, Text> = {
  preparing: { zh: '准备中', en: 'being prepared: no scheme, or nobody to evaluate' },
  acknowledging: { zh: '待确认考核标准', en: 'its scheme is to be acknowledged' },
  scoring: { zh: '评分中', en: 'being scored' },
  provisional: { zh: '初步结果，可提异议', en: 'provisional: objections may come' },
  final: { zh: '结果已确定', en: 'final' },
  published: { zh: '结果已公布', en: 'published' },
  complete: { zh: '已办结', en: 'complete: nothing is left to decide' },
  ended: { zh: '随协议终止', en: 'ended with its agreement' },
};

export const SUBJECT_STAGE_WORDS: Record<SubjectStage, Text> = {
  self: { zh: '自评', en: 'self-assessment' },
  manager: { zh: '评分', en: 'scoring' },
  provisional: { zh: '初步结果', en: 'provisional result' },
  review: { zh: '复核', en: 'review by a second person' },
  final: { zh: '确定', en: 'final' },
};

export const INDICATOR_SOURCE_WORDS: Record<IndicatorSource, Text> = {
  survey: { zh: '满意度调查', en: 'surveys' },
  case: { zh: '服务与投诉时限记录', en: 'clocks of cases' },
  deliverable: { zh: '交付记录', en: 'deliverables' },
  cost: { zh: '成本记录', en: 'cost' },
  innovation: { zh: '创新和改进', en: 'innovation' },
  risk: { zh: '风险管理记录', en: 'risk management' },
  compliance: { zh: '合规记录', en: 'compliance' },
  manual: { zh: '人工评分', en: 'scored by people' },
};

export const EVALUATION_SUBJECT_WORDS: Record<EvaluationSubject, Text> = {
  agreement: { zh: '协议履行', en: 'the agreement' },
  provider: { zh: '服务提供方', en: 'the provider' },
  department: { zh: '部门', en: 'a department' },
  staff: { zh: '服务人员', en: 'a member of staff' },
};

export const CONSEQUENCE_WORDS: Record<ConsequenceKind, Text> = {
  reward: { zh: '奖励', en: 'a reward' },
  deduction: { zh: '扣款或处罚', en: 'a deduction or penalty' },
  payment: { zh: '按评分付款', en: 'payment by score' },
  'improvement-plan': { zh: '改进计划', en: 'a plan of improvement' },
  retraining: { zh: '再培训', en: 'retraining' },
  honour: { zh: '荣誉', en: 'an honour' },
  promotion: { zh: '晋升候选', en: 'a candidate for promotion' },
  extension: { zh: '续约或延期', en: 'an extension' },
  termination: { zh: '建议终止', en: 'a proposal to terminate' },
  'staff-appraisal': { zh: '计入人员绩效', en: 'an entry in the appraisal of staff' },
  'process-review': { zh: '流程优化', en: 'a review of processes' },
  accountability: { zh: '责任追究', en: 'accountability' },
  other: { zh: '其他处理', en: 'another consequence' },
};

export const EVALUATION_TEST_WORDS: Record<EvaluationTest, Text> = {
  'satisfaction-risen': { zh: '客户满意度有所提升', en: 'satisfaction has risen' },
  'targets-met': { zh: '执行目标全部达到', en: 'every target of performance was met' },
  'third-party': { zh: '第三方评估通过', en: 'the third party’s assessment passed' },
  'pass-mark': { zh: '达到合格分数', en: 'the pass mark was reached' },
};
