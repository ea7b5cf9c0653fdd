import type { Text } from '../time.ts';
import type { TrainingEventType } from './event.ts';
import type { TrainingStatus } from './state.ts';

/** Every word of a session of training that goes over the wire, for `docs/vocabulary.md`. */
export const TRAINING_EVENT_WORDS: Record<TrainingEventType, Text> = {
  'training-planned': { zh: '培训已安排，已通知参训人员', en: 'a session is planned; its trainees are invited' },
  'training-rescheduled': { zh: '培训改期', en: 'the session has another day' },
  'trainees-enrolled': { zh: '增加参训人员', en: 'people were enrolled' },
  'trainee-withdrawn': { zh: '一名人员不再参训', en: 'somebody does not take part any more' },
  'training-missed': { zh: '计划日期已过，未登记培训实施情况', en: 'the planned day passed and it was not held' },
  'training-held': { zh: '培训已举办，出勤情况已登记', en: 'it was held; who was there is on record' },
  'exam-passed': { zh: '一名参训人员考核合格', en: 'a trainee passed the examination' },
  'exam-failed': { zh: '一名参训人员考核未通过', en: 'a trainee failed the examination' },
  'certificate-issued': { zh: '培训证书已颁发', en: 'a certificate was issued' },
  'retake-due': { zh: '未通过者须重新参加培训', en: 'whoever failed is to be trained again' },
  'exam-overdue': { zh: '期限届满而考核未完成', en: 'somebody was not examined in time' },
  'retake-overdue': { zh: '期限届满而重新培训未完成', en: 'whoever failed was not trained again in time' },
  'training-feedback-given': { zh: '一名参训人员对培训作出评价', en: 'a trainee said what they think of the training' },
  'training-completed': { zh: '培训记录齐备', en: 'the record of the training is whole' },
  'exams-completed': { zh: '到场人员均已考核', en: 'everybody who was there has been examined' },
  'retraining-completed': { zh: '不再有需要重新培训的人员', en: 'nobody is left to be trained again' },
  'training-closed': { zh: '培训已办结', en: 'nothing of the session is open any more' },
  'training-cancelled': { zh: '培训取消', en: 'the session was called off' },
};

export const TRAINING_STATUS_WORDS: Record<TrainingStatus, Text> = {
  planned: { zh: '已安排', en: 'planned' },
  missed: { zh: '逾期未举办', en: 'not held on its day' },
  held: { zh: '已举办', en: 'held' },
  completed: { zh: '记录齐备，考核或评价尚未完成', en: 'record whole; examinations or feedback open' },
  closed: { zh: '已办结', en: 'closed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};
