import { CUSTOMER } from '../agreement/parties.ts';
import { type Awaited, awaited } from '../awaited/awaited.ts';
import { approvalsMissing } from './designing.ts';
import type { SurveyState } from './state.ts';

/** What a cycle waits for: the first thing that is missing, in the order in which it is done. */
export function awaitedOfSurvey(state: SurveyState): Awaited[] {
  const { survey } = state.input;
  switch (state.status) {
    case 'planned':
    case 'missed':
      return [beforePublication(state)];
    case 'open':
      return [awaited('survey', 'survey-answers', [CUSTOMER], { due: state.closes })];
    case 'closed':
      return [awaited('survey', 'survey-analysis', [])];
    case 'analysed':
      return [awaited('survey', 'survey-release', [survey.report.by])];
    case 'reported':
    case 'elsewhere':
    case 'cancelled':
      return [];
  }
}

function beforePublication(state: SurveyState): Awaited {
  const { input, due, date } = state;
  const { survey } = input;
  const step = (act: string, waitsFor: string[]): Awaited => awaited('survey', act, waitsFor, { due });
  if (state.questionnaire === null) return step('survey-design', [survey.responsible]);
  const approvers = approvalsMissing(state);
  if (approvers.length > 0) return step('survey-approve', approvers);
  const { seats } = survey.dateAgreedBy;
  if (seats.length > 0 && !date?.agreed) {
    const accepted = (date?.acceptedBy ?? []).map(({ seat }) => seat);
    const waitsFor = seats.filter((seat) => !accepted.includes(seat));
    return awaited('survey', 'survey-date', waitsFor, { due: state.dateDue ?? due });
  }
  return step(state.sample === null ? 'survey-draw' : 'survey-publish', [survey.responsible]);
}
