import type { Text } from '../time.ts';
import type { SurveyEventType } from './event.ts';
import type { SurveyStatus } from './state.ts';

/** Every word of a survey's cycle that goes over the wire, for `docs/vocabulary.md`. */
export const SURVEY_EVENT_WORDS: Record<SurveyEventType, Text> = {
  'survey-planned': {
    zh: '本期调查开始，尚待设计、抽样和发布',
    en: 'a cycle began; it has to be designed, drawn, published',
  },
  'questionnaire-designed': { zh: '问卷已设计，形成新版本', en: 'the questionnaire was designed: a new version' },
  'questionnaire-approved': {
    zh: '一方批准了该版本的问卷',
    en: 'an approver approved this version of the questionnaire',
  },
  'survey-date-proposed': { zh: '一方提议调查日期', en: 'one side proposed the day of the survey' },
  'survey-date-accepted': { zh: '一方同意所提议的调查日期', en: 'one side accepted the day that was proposed' },
  'survey-date-agreed': { zh: '调查日期已商定', en: 'the day of the survey is agreed' },
  'sample-drawn': { zh: '调查对象已确定', en: 'it was drawn who is asked' },
  'survey-published': {
    zh: '调查已发布，问卷和样本锁定，开始接收答卷',
    en: 'published: questionnaire and sample are frozen, answers are taken',
  },
  'survey-invited': { zh: '邀请或催答已发出', en: 'invitations, or a reminder, were sent' },
  'survey-reminder-due': {
    zh: '到达催答时间，提醒尚未答卷的客户',
    en: 'the time of a reminder to those who have not answered came',
  },
  'survey-answered': { zh: '答卷数有更新', en: 'so many answers are there' },
  'survey-closed': { zh: '调查截止，此后的答卷单独保存', en: 'closed: what comes later is kept apart' },
  'survey-analysed': { zh: '答卷分析完毕，得出各项数据', en: 'the answers were analysed' },
  'survey-weights-set': { zh: '确定下一期的指标权重', en: 'the weights of the next cycle were set' },
  'finding-raised': { zh: '从调查中提出一个问题，转入改进', en: 'the survey found something that is to be improved' },
  'survey-report-released': { zh: '调查报告已发布', en: 'the report was released' },
  'survey-missed': {
    zh: '期限届满而调查尚未发布，仍可补做',
    en: 'its day passed unpublished; it can still be made good',
  },
  'survey-date-due-moved': {
    zh: '商定调查日期的期限变更，或不再计算',
    en: 'the date is to be agreed by another day, or is awaited no more',
  },
  'survey-due-moved': {
    zh: '本期期限变更，或因中止而暂停计算',
    en: 'its duty has another last day, or its clock is suspended',
  },
  'survey-done-elsewhere': {
    zh: '本期义务已另行提交，不再开展调查',
    en: 'its duty was handed in by hand: nobody is asked any more',
  },
  'survey-cancelled': { zh: '协议终结，本期调查取消', en: 'the agreement is over: the cycle is not carried through' },
  'survey-ended': {
    zh: '协议终结，已发布报告的调查不再变动',
    en: 'the agreement is over: what was reported stays as it is',
  },
};

export const SURVEY_STATUS_WORDS: Record<SurveyStatus, Text> = {
  planned: { zh: '准备中', en: 'being prepared' },
  missed: { zh: '逾期未发布', en: 'not published in time' },
  open: { zh: '正在接收答卷', en: 'answers are taken' },
  closed: { zh: '已截止，待分析', en: 'closed, not analysed yet' },
  analysed: { zh: '已分析，待发布报告', en: 'analysed, not reported yet' },
  reported: { zh: '报告已发布', en: 'reported' },
  elsewhere: { zh: '已另行提交', en: 'handed in by hand' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

/** Why an answer is not taken, or an act finds nothing that it is about, beside what the contract says. */
export type AnswerRefusal =
  'already-answered' | 'not-invited' | 'invalid-answers' | 'unknown-question' | 'out-of-scale' | 'unknown-improvement';

/** The same words in the API and in what `abide simulate` refuses. */
export const ANSWER_REFUSAL_WORDS: Record<AnswerRefusal, Text> = {
  'already-answered': { zh: '该客户本期已答卷', en: 'this customer has answered' },
  'not-invited': { zh: '该客户不在本期调查之列', en: 'this customer was not drawn' },
  'invalid-answers': { zh: '答卷与问卷不符', en: 'the answers do not fit the questionnaire' },
  'unknown-question': { zh: '问卷中没有这道题', en: 'the questionnaire has no such question' },
  'out-of-scale': { zh: '分值不在量表之内', en: 'the score is not on the scale' },
  'unknown-improvement': { zh: '没有这个问题或改进', en: 'there is no such finding or improvement' },
};
