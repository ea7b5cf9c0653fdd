import type { DocumentRef } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessEventEnvelope, Recorded } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { QuestionnaireFacts, SampleFacts } from './command.ts';
import type { SurveyChannel } from './compiled.ts';
import type { Figures } from './figures.ts';

interface Base extends ProcessEventEnvelope {
  /** The duty and its occurrence, as in the agreement's record. */
  obligation: string;
  occurrence?: string;
}

export type SurveyEventBody =
  | (Base & { type: 'survey-planned'; due: Due })
  | (Base & { type: 'questionnaire-designed'; version: number; questionnaire: QuestionnaireFacts })
  | (Base & { type: 'questionnaire-approved'; version: number; seat: string })
  | (Base & { type: 'survey-date-proposed'; date: LocalDate; by: string })
  /** One of those who must agree does; with the last of them it is agreed. */
  | (Base & { type: 'survey-date-accepted'; date: LocalDate; by: string })
  | (Base & { type: 'survey-date-agreed'; date: LocalDate })
  | (Base & { type: 'sample-drawn'; sample: SampleFacts })
  | (Base & {
      type: 'survey-published';
      version: number;
      questionnaire: string;
      sample: string;
      channels: SurveyChannel[];
      closes: Due;
    })
  | (Base & { type: 'survey-invited'; wave: number; sent: number; unreachable: number; merged?: number })
  /** The time of a reminder came; those that an outage put off up to `throughMs` are this one. */
  | (Base & { type: 'survey-reminder-due'; wave: number; throughMs: Instant })
  | (Base & { type: 'survey-answered'; cursor: string; answered: number; late: number })
  | (Base & { type: 'survey-closed'; answered: number; closedAtMs: Instant })
  | (Base & { type: 'survey-analysed'; figures: Figures; answersSha256: string })
  | (Base & { type: 'survey-weights-set'; weights: Record<string, string> })
  | (Base & { type: 'finding-raised'; finding: string; dimension: string | null; workflowId: string })
  | (Base & { type: 'survey-report-released'; documents: DocumentRef[] })
  | (Base & { type: 'survey-missed'; due: Due })
  /** Its duty has another last day, or none while it is suspended; what was missed by the earlier one is no miss any more. */
  | (Base & { type: 'survey-due-moved'; due: Due | null })
  /** Null: it is suspended, or the date was agreed by hand. */
  | (Base & { type: 'survey-date-due-moved'; due: Due | null })
  | (Base & { type: 'survey-done-elsewhere' })
  | (Base & { type: 'survey-cancelled' })
  /** It was reported, and the agreement is over: no weights and no findings follow from it any more. */
  | (Base & { type: 'survey-ended' });

export type SurveyEventType = SurveyEventBody['type'];
export type SurveyEvent = Recorded<SurveyEventBody>;
