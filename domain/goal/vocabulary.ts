import type { Text } from '../time.ts';
import type { GoalMeasure } from './compiled.ts';
import type { Judgement, NoVerdict } from './judgement.ts';

/** What a goal is measured by, with its unit. */
export const GOAL_MEASURE_WORDS: Record<GoalMeasure, Text> = {
  'satisfaction-score': { zh: '满意度得分（按问卷量表）', en: 'satisfaction score, on the questionnaire’s scale' },
  'satisfaction-rate': { zh: '满意率（%）', en: 'satisfied answers (%)' },
  'complaint-rate': { zh: '投诉率（%）', en: 'complaint rate (%)' },
  'first-response': { zh: '平均首次响应时间（分钟）', en: 'average time to the first response (minutes)' },
  'first-contact-resolution': { zh: '一次性解决率（%）', en: 'resolved at the first contact (%)' },
  'resolution-rate': { zh: '问题解决率（%）', en: 'problems resolved in time (%)' },
  'renewal-rate': { zh: '客户续约率（%）', en: 'customers that renewed (%)' },
};

export const GOAL_VERDICT_WORDS: Record<Judgement['verdict'], Text> = {
  reached: { zh: '达成', en: 'reached' },
  'not-reached': { zh: '未达成', en: 'not reached' },
  'no-verdict': { zh: '不作判定', en: 'no verdict' },
};

/** Why there is none, and what brings one about. */
export const NO_VERDICT_WORDS: Record<NoVerdict, { says: Text; cure: Text }> = {
  'no-baseline': {
    says: { zh: '基线尚未登记并经双方确认', en: 'the baseline is not entered and confirmed by both' },
    cure: {
      zh: '请一方登记基线值，另一方确认；确认后系统重新判定。',
      en: 'Enter the baseline and have the other side confirm it: the goal is judged anew then.',
    },
  },
  'no-data': {
    says: { zh: '期间内没有测得的数据', en: 'nothing was measured in this period' },
    cure: {
      zh: '由调查测得的，请在期限前完成调查；其他指标目前由双方在相应报告中评定。',
      en: 'What surveys measure: carry one out before the date. What none measures, the parties judge in the report that is owed.',
    },
  },
  'below-minimum': {
    says: { zh: '答卷不足约定的最低样本量', en: 'fewer answered than the smallest sample' },
    cure: { zh: '请在下一次调查中扩大样本或加强催答。', en: 'Ask more customers in the next survey, or remind them.' },
  },
  'off-scale': {
    says: {
      zh: '目标值或基线值不在量表范围内',
      en: 'the figure that is needed, or the baseline, lies outside the scale',
    },
    cure: {
      zh: '请将目标改为问卷量表内的分数、使用相应量表的问卷，或约定按百分制折算。',
      en: 'Set a target on the questionnaire’s scale, ask with a questionnaire of the target’s scale, or agree on the scale of 0 to 100.',
    },
  },
  'by-grade': {
    says: { zh: '目标为等级，没有约定对应的分数', en: 'the goal is a grade, and no score is agreed for it' },
    cure: {
      zh: '请在最终评估报告中由双方评定，或改为约定分数。',
      en: 'The parties judge it in the final report, or agree on a score.',
    },
  },
};
