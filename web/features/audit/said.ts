import { useFormat } from '../../app/format.ts';
import type { Agreement } from '../../wire.ts';
import { useEventSentence } from '../agreement/use-event-sentence.ts';
import { useCaseSentence } from '../cases/sentences.ts';
import { useHappened } from '../improvements/words.ts';
import { useSurveyEvent } from '../surveys/happened.ts';
import type { Paragraph } from './audit.ts';

const NOBODY = { assignee: null };

/** What happened as a sentence, whatever it happened to. */
export function useSaid(agreement: Agreement): (paragraph: Extract<Paragraph, { of: 'event' }>) => string {
  const format = useFormat();
  const ofAgreement = useEventSentence(agreement);
  const ofSurvey = useSurveyEvent();
  const ofImprovement = useHappened();
  const ofCase = useCaseSentence(agreement, NOBODY);
  return ({ type, told, event }) => {
    switch (type) {
      case 'agreement':
        return ofAgreement(event);
      case 'survey':
        return ofSurvey(event);
      case 'improvement':
        return ofImprovement(event);
      case 'case':
        return ofCase(event);
      default:
        return format.text(told);
    }
  };
}
