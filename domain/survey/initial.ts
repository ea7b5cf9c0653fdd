import { emptyDelivery } from '../process/fold.ts';
import type { SurveyInput } from './compiled.ts';
import type { SurveyState } from './state.ts';

export function initialSurvey(input: SurveyInput): SurveyState {
  return {
    format: 1,
    input,
    sequence: 0,
    delivery: emptyDelivery(),
    status: 'planned',
    due: input.due,
    dateDue: input.dateDue ?? null,
    version: 0,
    questionnaire: null,
    approvedBy: [],
    date: null,
    agreedDate: null,
    sample: null,
    publishedAtMs: null,
    publishedBy: null,
    channels: [],
    closes: null,
    closedAtMs: null,
    wavesAtMs: [],
    remindedThroughMs: null,
    invited: 0,
    unreachable: 0,
    cursor: '0',
    answered: 0,
    late: 0,
    figures: null,
    answersSha256: null,
    nextWeights: null,
    findings: [],
    releasedAtMs: null,
    ended: false,
  };
}
