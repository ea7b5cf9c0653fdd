import type { QuestionnaireFacts, SampleFacts, SurveyCommand } from '../../domain/survey/command.ts';
import type { CompiledImprovement, CompiledSurvey, SurveyInput } from '../../domain/survey/compiled.ts';
import type { SurveyEventBody } from '../../domain/survey/event.ts';
import type { Estimate, Figures, Measures } from '../../domain/survey/figures.ts';
import type { SurveyState } from '../../domain/survey/state.ts';
import { surveyRules } from '../../domain/survey/survey.ts';
import { instantAt } from '../../domain/zone.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { ProcessLife } from './process-life.ts';

const zone = zoneData('Asia/Shanghai');

/** S000's quarterly survey: B designs and publishes, no date is agreed, four dimensions, 14 days, reminders 7, 3 and 1 before. */
export function surveyOf(change: Partial<CompiledSurvey> = {}): CompiledSurvey {
  return {
    id: 'survey-cycle',
    obligation: 'quarterly-survey',
    clauses: ['S000-07', 'S000-18'],
    responsible: 'B',
    dateAgreedBy: { seats: [], clauses: [] },
    approvers: { seats: [], clauses: [] },
    dimensions: ['product-quality', 'service-efficiency', 'service-attitude', 'communication'].map((id) => ({
      id,
      clauses: ['S000-25'],
      parts: [],
    })),
    weights: {},
    importance: null,
    channels: ['email', 'online', 'phone'],
    audience: { tiers: null, product: false, clauses: ['S000-27'] },
    sample: { method: 'all', size: null, clauses: ['S000-27'] },
    minimumSample: null,
    openDays: 14,
    reminderLeadDays: [7, 3, 1],
    target: null,
    responseRatePercent: null,
    anonymous: false,
    gates: [],
    fulfils: { date: null, audience: null, report: null },
    report: { by: 'B', to: ['A'], acknowledged: false, clauses: ['S000-29'] },
    findings: null,
    ...change,
  };
}

/** What becomes of findings: B plans. */
export function improvementRule(change: Partial<CompiledImprovement> = {}): CompiledImprovement {
  return {
    clauses: ['S000-30'],
    planner: 'B',
    departments: [],
    approvers: [],
    planDays: 10,
    cause: null,
    measureTypes: [],
    checks: null,
    verified: { clauses: ['S000-23'] },
    answer: null,
    publication: null,
    escalateTo: null,
    categories: [],
    fulfils: null,
    ...change,
  };
}

/** A cycle of A and B, its result due on 2026-09-30 at 24:00. */
function cycleOf(survey: CompiledSurvey, change: Partial<SurveyInput>): SurveyInput {
  return {
    format: 1,
    workflowId: 'survey/agreement-1/quarterly-survey#2026-Q3',
    agreementId: 'agreement-1',
    reference: 'quarterly-survey#2026-Q3',
    zone,
    calendar: loadCalendar('cn'),
    noticeHours: { days: 'working-days', from: '09:00', to: '18:00' },
    parties: ['A', 'B'],
    seats: ['A', 'B', 'coordinator'],
    seatParties: {},
    survey,
    improvement: null,
    occurrence: '2026-Q3',
    due: { dueAtMs: instantAt(zone, '2026-09-30', '24:00'), localDate: '2026-09-30' },
    ...change,
  };
}

/** A questionnaire with so many scored questions of each dimension, on a scale from 1 to 5. */
export function questionnaireOf(
  dimensions: Record<string, number> = {
    'product-quality': 2,
    'service-efficiency': 2,
    'service-attitude': 1,
    communication: 1,
  },
  change: Partial<QuestionnaireFacts> = {},
): QuestionnaireFacts {
  return {
    sha256: 'a'.repeat(64),
    questions: Object.values(dimensions).reduce((sum, one) => sum + one, 0),
    dimensions,
    parts: {},
    scale: { min: 1, max: 5 },
    asksImportance: false,
    weights: {},
    ...change,
  };
}

/** 300 customers, all of them asked. */
export function sampleOf(change: Partial<SampleFacts> = {}): SampleFacts {
  return {
    sha256: 'b'.repeat(64),
    method: 'all',
    seed: null,
    population: 300,
    drawn: 300,
    unreachable: 0,
    optedOut: 0,
    ...change,
  };
}

function estimate(value: string): Estimate {
  return { value, low: value, high: value };
}

/** What `n` answers say: their mean and the share of the two best. */
export function measuresOf(n: number, mean: string, satisfied = '0.5'): Measures {
  return { n, mean: estimate(mean), satisfied: estimate(satisfied), nps: null };
}

/** Figures with these means of dimensions, each of `answered` answers on a scale from 1 to 5. */
export function figuresOf(means: Record<string, string>, answered = 200, change: Partial<Figures> = {}): Figures {
  return {
    population: 300,
    drawn: 300,
    reached: 300,
    answered,
    late: 0,
    responseRate: null,
    coverage: null,
    scale: { min: 1, max: 5 },
    score: null,
    overall: measuresOf(answered, '4'),
    dimensions: Object.entries(means).map(([id, mean]) => ({
      id,
      weight: '0.25',
      measures: measuresOf(answered, mean),
      parts: [],
    })),
    groups: [],
    importance: null,
    verdict: { outcome: 'none', why: 'no-target' },
    ...change,
  };
}

export type Cycle = ProcessLife<SurveyState, SurveyCommand, SurveyEventBody>;

/** A cycle that was begun on 2026-07-01 at 09:00. */
export function cycle(survey: CompiledSurvey = surveyOf(), change: Partial<SurveyInput> = {}): Cycle {
  return new ProcessLife(surveyRules, cycleOf(survey, change), '2026-07-01 09:00');
}
