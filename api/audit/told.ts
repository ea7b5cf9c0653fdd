import { CASE_EVENT_WORDS } from '../../domain/case/vocabulary.ts';
import { ENGAGEMENT_EVENT_WORDS } from '../../domain/engagement/vocabulary.ts';
import { EVALUATION_EVENT_WORDS } from '../../domain/evaluation/vocabulary.ts';
import { IMPROVEMENT_EVENT_WORDS } from '../../domain/improvement/vocabulary.ts';
import { RISK_EVENT_WORDS } from '../../domain/risk/vocabulary.ts';
import { SURVEY_EVENT_WORDS } from '../../domain/survey/vocabulary.ts';
import type { Text } from '../../domain/time.ts';
import { TRAINING_EVENT_WORDS } from '../../domain/training/vocabulary.ts';
import { VISIT_EVENT_WORDS } from '../../domain/visit/vocabulary.ts';

/** What happens to the processes of an agreement, in a word; an agreement's own events are sentences of the page. */
const TOLD: Record<string, Text> = {
  ...SURVEY_EVENT_WORDS,
  ...IMPROVEMENT_EVENT_WORDS,
  ...VISIT_EVENT_WORDS,
  ...TRAINING_EVENT_WORDS,
  ...RISK_EVENT_WORDS,
  ...CASE_EVENT_WORDS,
  ...EVALUATION_EVENT_WORDS,
  ...ENGAGEMENT_EVENT_WORDS,
};

export function toldOf(type: string): Text {
  return TOLD[type] ?? { zh: type, en: type };
}
