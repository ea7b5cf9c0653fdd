import type { Survey } from './survey.ts';

export type Step = 'designed' | 'approved' | 'date' | 'drawn' | 'published' | 'closed' | 'analysed' | 'released';

/** The event that a step is done by. */
const EVENT: Record<Step, string> = {
  designed: 'questionnaire-designed',
  approved: 'questionnaire-approved',
  date: 'survey-date-agreed',
  drawn: 'sample-drawn',
  published: 'survey-published',
  closed: 'survey-closed',
  analysed: 'survey-analysed',
  released: 'survey-report-released',
};

export interface StepDone {
  step: Step;
  done: boolean;
  /** The last one that did it; null for those who may not read the record, too. */
  event: Survey['events'][number] | null;
}

/** What a cycle goes through, as far as its contract wants it. */
export function stepsOf(survey: Survey): StepDone[] {
  const { provides, questionnaire, date, sample } = survey;
  const steps: [Step, boolean, boolean][] = [
    ['designed', true, questionnaire !== null],
    ['approved', provides.approvers.length > 0, questionnaire !== null && questionnaire.waitsFor.length === 0],
    ['date', provides.dateAgreedBy.length > 0, date?.agreed === true],
    ['drawn', true, sample !== null],
    ['published', true, survey.publishedAt !== null],
    ['closed', true, survey.closedAt !== null],
    ['analysed', true, survey.figures !== null],
    ['released', true, survey.releasedAt !== null],
  ];
  return steps
    .filter(([, wanted]) => wanted)
    .map(([step, , done]) => ({
      step,
      done,
      event: done ? (survey.events.filter(({ type }) => type === EVENT[step]).at(-1) ?? null) : null,
    }));
}

/** How what comes next is told: in red what is late, in yellow what somebody has to do with a result that is there. */
export function toneOf({
  status,
  overdue,
}: Pick<Survey, 'status' | 'overdue'>): 'info' | 'warning' | 'error' | 'success' {
  if (overdue) return 'error';
  if (status === 'analysed') return 'warning';
  return status === 'reported' ? 'success' : 'info';
}
