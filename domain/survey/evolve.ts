import type { SurveyEvent } from './event.ts';
import type { SurveyState } from './state.ts';

/** What is true of a cycle after an event. */
export function evolveSurvey(state: SurveyState, event: SurveyEvent): SurveyState {
  switch (event.type) {
    case 'survey-planned':
      return state;
    case 'questionnaire-designed': {
      const { responsible, approvers } = state.input.survey;
      const approvedBy = approvers.seats.filter((seat) => seat === responsible);
      return { ...state, version: event.version, questionnaire: event.questionnaire, approvedBy };
    }
    case 'questionnaire-approved':
      return { ...state, approvedBy: [...state.approvedBy, event.seat] };
    case 'survey-date-proposed': {
      const { date: proposed, by, actor } = event;
      return { ...state, date: { proposed, by, acceptedBy: [{ seat: by, actor }], agreed: false } };
    }
    case 'survey-date-accepted': {
      const { by: seat, actor } = event;
      return {
        ...state,
        date: state.date && { ...state.date, acceptedBy: [...state.date.acceptedBy, { seat, actor }] },
      };
    }
    case 'survey-date-agreed':
      return { ...state, date: state.date && { ...state.date, agreed: true }, agreedDate: event.date };
    case 'sample-drawn':
      return { ...state, sample: event.sample };
    case 'survey-published': {
      const { occurredAtMs: publishedAtMs, actor: publishedBy, channels, closes } = event;
      return { ...state, status: 'open', publishedAtMs, publishedBy, channels, closes };
    }
    case 'survey-reminder-due': {
      const { occurredAtMs, throughMs } = event;
      return { ...state, wavesAtMs: [...state.wavesAtMs, occurredAtMs], remindedThroughMs: throughMs };
    }
    case 'survey-invited':
      return event.wave === 0 ? { ...state, invited: event.sent, unreachable: event.unreachable } : state;
    case 'survey-answered': {
      const { cursor, answered, late } = event;
      return { ...state, cursor, answered, late };
    }
    case 'survey-closed':
      return { ...state, status: 'closed', closedAtMs: event.closedAtMs };
    case 'survey-analysed': {
      const { figures, answersSha256 } = event;
      const answered = Math.max(state.answered, figures.answered);
      const late = Math.max(state.late, figures.late);
      return { ...state, status: 'analysed', figures, answersSha256, answered, late };
    }
    case 'survey-weights-set':
      return { ...state, nextWeights: event.weights };
    case 'finding-raised': {
      const { finding, dimension, workflowId } = event;
      return { ...state, findings: [...state.findings, { finding, dimension, workflowId }] };
    }
    case 'survey-report-released':
      return { ...state, status: 'reported', releasedAtMs: event.occurredAtMs };
    case 'survey-missed':
      return { ...state, status: 'missed' };
    case 'survey-date-due-moved':
      return { ...state, dateDue: event.due };
    case 'survey-due-moved': {
      const { due, occurredAtMs } = event;
      const isMissed = state.status === 'missed' && due !== null && due.dueAtMs <= occurredAtMs;
      return { ...state, due, status: isMissed ? 'missed' : 'planned' };
    }
    case 'survey-done-elsewhere':
      return { ...state, status: 'elsewhere' };
    case 'survey-cancelled':
      return { ...state, status: 'cancelled' };
    case 'survey-ended':
      return { ...state, ended: true };
  }
}
