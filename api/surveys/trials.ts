import { localDateAt } from '../../domain/zone.ts';
import type { SurveyState } from '../../domain/survey/state.ts';
import type { Instant } from '../../domain/time.ts';
import type { SurveyAct } from './schema.ts';

type Trial = { type: string } & Record<string, unknown>;

const FILE = { sha256: '0'.repeat(64), size: 1 };

/** For each act of a cycle, a command that is right in everything that whoever acts can still choose. */
export function surveyTrials(state: SurveyState, atMs: Instant): Record<SurveyAct, Trial[]> {
  const { input, version, date, questionnaire } = state;
  const { survey } = input;
  const today = localDateAt(input.zone, atMs);
  const one = (ids: readonly string[]): Record<string, number> => Object.fromEntries(ids.map((id) => [id, 1]));
  const asked = questionnaire ? Object.keys(questionnaire.dimensions) : survey.dimensions.map(({ id }) => id);
  return {
    design: [
      {
        type: 'design',
        questionnaire: {
          sha256: 'trial',
          questions: 1,
          dimensions: one(survey.dimensions.map(({ id }) => id)),
          parts: one(survey.dimensions.flatMap(({ parts }) => parts)),
          scale: { min: 1, max: 5 },
          asksImportance: survey.importance !== null,
          weights: {},
        },
      },
    ],
    approve: [{ type: 'approve-questionnaire', version }],
    'propose-date': [{ type: 'propose-date', date: today === date?.proposed ? '9998-12-31' : today }],
    'accept-date': date === null ? [] : [{ type: 'accept-date', date: date.proposed }],
    draw: [
      {
        type: 'draw',
        sample: {
          ...{ sha256: 'trial', method: 'all', seed: null },
          ...{ population: 1, drawn: 1, unreachable: 0, optedOut: 0 },
        },
      },
    ],
    publish: [{ type: 'publish', channels: survey.channels.length > 0 ? [] : ['email'] }],
    close: [{ type: 'close' }],
    'set-weights': [
      { type: 'set-weights', weights: Object.fromEntries(asked.map((id, index) => [id, index === 0 ? '1' : '0'])) },
    ],
    raise: [{ type: 'raise', finding: 'trial', dimension: null, frequency: 1, severity: 1 }],
    release: [{ type: 'release', documents: [FILE] }],
  };
}
