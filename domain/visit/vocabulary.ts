import type { Text } from '../time.ts';
import type { VisitKind } from './compiled.ts';
import type { VisitEventType } from './event.ts';
import type { VisitStatus } from './state.ts';

/** Every word of a visit that goes over the wire, for `docs/vocabulary.md`. */
export const VISIT_EVENT_WORDS: Record<VisitEventType, Text> = {
  'visit-planned': { zh: '走访或回访已列入计划', en: 'a visit or call-back is planned' },
  'visit-rescheduled': { zh: '已改期，理由已记录', en: 'it has another day; the reason was recorded' },
  'visit-missed': { zh: '计划日已过而未进行', en: 'its day passed without it' },
  'visit-held': { zh: '已进行', en: 'it took place' },
  'visit-report-overdue': { zh: '期限届满而报告未提交', en: 'its report was not handed in by its time' },
  'visit-reported': { zh: '报告或结果已提交', en: 'its report, or its outcome, is there' },
  'visit-finding-raised': { zh: '由走访或回访提出问题', en: 'what the customer said became a finding' },
  'visit-cancelled': { zh: '已取消', en: 'it does not take place' },
  'visit-ended': { zh: '协议终止，记录随之封存', en: 'its agreement is over; what took place stays on record' },
};

export const VISIT_STATUS_WORDS: Record<VisitStatus, Text> = {
  planned: { zh: '已计划', en: 'planned' },
  missed: { zh: '未按计划进行', en: 'missed: its day passed without it' },
  held: { zh: '已进行，待提交报告', en: 'took place, report awaited' },
  reported: { zh: '已提交报告', en: 'reported' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

export const VISIT_KIND_WORDS: Record<VisitKind, Text> = {
  visit: { zh: '走访', en: 'visit' },
  'call-back': { zh: '回访', en: 'call-back' },
};
