import type { CompiledEvaluation, CompiledIndicator, CompiledScheme } from '../../domain/evaluation/compiled.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Desk } from './desk.ts';

const indicator = (id: string, change: Partial<CompiledIndicator>): CompiledIndicator => ({
  ...{ id, clauses: ['S003-E-02'], source: 'manual', measure: 'qualitative', weight: '100' },
  ...{ scale: { min: '0', max: '100' }, evidence: [], bonus: false },
  ...change,
});

/** Satisfaction from the surveys of the period for 60 %, quality by what was inspected for 40 %. */
export const SCHEME: CompiledScheme = {
  version: 'a1b2c3d4',
  indicators: [
    indicator('satisfaction', { source: 'survey', measure: 'quantitative', weight: '60' }),
    indicator('quality', { weight: '40', evidence: ['inspection', 'test'] }),
  ],
  bands: [
    { id: 'band-1', from: '0', to: '60', consequence: 'deduction', amount: '5000.00' },
    { id: 'band-2', from: '60', to: '85', consequence: 'improvement-plan', amount: null },
    { id: 'band-3', from: '85', to: '100', consequence: 'reward', amount: '8000.00' },
  ],
  decimals: 2,
  tests: [],
};

const NOTHING: Omit<CompiledEvaluation, 'id' | 'clauses' | 'subject' | 'organiser' | 'decider'> = {
  ...{ form: 'scored', obligation: null, subjects: [], scheme: SCHEME, scorers: [], acknowledgers: [] },
  ...{ acknowledgeClauses: [], acknowledgeDuties: {}, selfAssessment: false, confirmer: null, confirmClauses: [] },
  ...{ bothMeasures: false, objectionDays: null, objectionClauses: [], minimumSample: null, publishTo: [] },
  ...{
    publishClauses: [],
    followUps: [],
    planDays: null,
    decisionDuty: null,
    proposes: [],
    consequences: [],
    money: null,
  },
  ...{ surveys: null, nextWeights: false, reminderLeadDays: [] },
};

/** A scores B by the scheme that both have acknowledged (S003-E); B may object for a week. */
export const SCORING: CompiledEvaluation = {
  ...NOTHING,
  ...{ id: 'scoring', clauses: ['S003-E-01', 'S003-E-10'], subject: 'provider', subjects: ['B'] },
  ...{ organiser: 'A', scorers: ['A'], decider: 'A', acknowledgers: ['A', 'B'], acknowledgeClauses: ['S003-E-11'] },
  ...{ objectionDays: 7, objectionClauses: ['S003-E-11'], publishTo: ['A', 'B'], publishClauses: ['S001b-61'] },
  money: { payer: 'A', payee: 'B', currency: 'CNY' },
};

/** A appraises its staff: themselves, their superior, all of them told in the end (S001b-61, S001c-43). */
export const STAFF_RULES: CompiledEvaluation = {
  ...NOTHING,
  ...{ id: 'staff-appraisal', clauses: ['S001b-36'], subject: 'staff', organiser: 'A', scorers: ['A'], decider: 'A' },
  ...{ selfAssessment: true, objectionDays: 7 },
  ...{ objectionClauses: ['S001b-61'], publishTo: ['A'], publishClauses: ['S001b-61'] },
  consequences: [{ consequence: 'honour', clauses: ['S001c-48'] }],
  scheme: {
    ...SCHEME,
    bands: [],
    indicators: [indicator('manners', { weight: '50' }), indicator('speed', { weight: '50' })],
  },
};

/** Whoever responded late explains it, and A decides (S004-25). */
export const LATE: CompiledEvaluation = {
  ...NOTHING,
  ...{ id: 'late-responses', clauses: ['S004-25'], form: 'accountability', subject: 'staff', scheme: null },
  ...{ organiser: 'A', decider: 'A' },
};

/** A’s clocks: how many of its cases were answered, and solved, in time (S002-27). */
export const CLOCKS: CompiledEvaluation = {
  ...NOTHING,
  ...{ id: 'clocks', clauses: ['S002-27'], subject: 'provider', subjects: ['A'], organiser: 'A', scorers: ['A'] },
  decider: 'A',
  scheme: {
    ...SCHEME,
    bands: [],
    indicators: ['response', 'resolution'].map((dimension) =>
      indicator(dimension, { source: 'case', measure: 'quantitative', weight: '50', dimension }),
    ),
  },
};

/** Lets an agreement know these evaluations, as its template would. */
export async function withEvaluations(
  desk: Desk,
  agreementId: string,
  evaluations: CompiledEvaluation[],
): Promise<void> {
  const { compiled } = await desk.database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const changed = { ...(compiled as object), evaluations } as unknown as Prisma.InputJsonObject;
  await desk.database.agreement.update({ where: { id: agreementId }, data: { compiled: changed } });
}
