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

export interface Next {
  /** Word of the group `surveyNext`. */
  word: string;
  tone: 'info' | 'warning' | 'error' | 'success';
  /** Who has to do it: seats. */
  seats: string[];
  /** Local day that it is about. */
  on: string | null;
}

/** What happens next: the first thing that is missing, in the order in which it is done. */
export function nextOf(survey: Survey, today: string): Next {
  const { status, provides, questionnaire, date, sample } = survey;
  const by = [provides.responsible.seat];
  const due = survey.due?.localDate ?? null;
  const tone = status === 'missed' ? 'error' : 'info';
  const seats = (list: { seat: string }[]): string[] => list.map(({ seat }) => seat);
  switch (status) {
    case 'starting':
    case 'elsewhere':
    case 'cancelled':
      return { word: status, tone: 'info', seats: [], on: null };
    case 'open':
      return { word: 'open', tone: 'info', seats: [], on: survey.closes?.localDate ?? null };
    case 'closed':
      return { word: 'closed', tone: 'info', seats: [], on: null };
    case 'analysed':
      return { word: 'analysed', tone: 'warning', seats: [provides.report.by.seat], on: null };
    case 'reported':
      return { word: 'reported', tone: 'success', seats: [], on: null };
    case 'planned':
    case 'missed':
  }
  if (questionnaire === null) return { word: 'design', tone, seats: by, on: due };
  if (questionnaire.waitsFor.length > 0)
    return { word: 'approve', tone, seats: seats(questionnaire.waitsFor), on: due };
  if (provides.dateAgreedBy.length > 0 && date === null)
    return { word: 'date', tone, seats: seats(provides.dateAgreedBy), on: due };
  if (date !== null && !date.agreed)
    return { word: 'acceptDate', tone, seats: seats(date.waitsFor), on: date.proposed };
  if (sample === null) return { word: 'draw', tone, seats: by, on: due };
  const missing = provides.gates.find(({ gate, isGiven }) => gate !== 'sample' && isGiven === false);
  if (missing) return { word: missing.gate === 'team' ? 'team' : 'method', tone, seats: by, on: due };
  const { agreedDate } = survey;
  if (agreedDate !== null && today < agreedDate) return { word: 'waitsForDay', tone, seats: by, on: agreedDate };
  return { word: 'publish', tone, seats: by, on: due };
}
