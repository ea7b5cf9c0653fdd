import { z } from 'zod';
import { CUSTOMER_TIERS, SURVEY_CHANNELS } from '../domain/survey/compiled.ts';
import { FINDING_SOURCES } from '../domain/improvement/command.ts';
import { isLocalDate } from '../domain/local-date.ts';

/** `quarterly-survey`, or `quarterly-survey#2027-Q1`. */
const CYCLE = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:#(\d{4}(?:-(?:Q[1-4]|H[12]|\d{2}(?:-\d{2})?))?))?$/;
/** `2027-Q1`, `2027-H1`, `2027-03`, `2027`, or a start date. */
const OCCURRENCE = /^\d{4}(?:-(?:Q[1-4]|H[12]|\d{2}(?:-\d{2})?))?$/;

/** How people write what a check or a review of the effect says, and what it is. */
const CHECKS = {
  'on-track': 'on-track',
  ok: 'on-track',
  accept: 'on-track',
  behind: 'behind',
  late: 'behind',
  reject: 'behind',
} as const;
const EFFECTS = {
  effective: 'effective',
  reached: 'effective',
  accept: 'effective',
  ineffective: 'ineffective',
  'not-reached': 'ineffective',
  reject: 'ineffective',
} as const;

/** How people write that a plan is approved or sent back, and what it is. */
const APPROVALS = { approve: 'approve', accept: 'approve', reject: 'reject' } as const;

const keysOf = <K extends string>(map: Record<K, string>): [K, ...K[]] => Object.keys(map) as [K, ...K[]];

const date = z.string().meta({ format: 'date' }).refine(isLocalDate, { error: 'invalid-date' });
const prose = z.string().min(1).max(10_000);
const reason = prose.optional();
const name = z.string().min(1).max(200);
const file = z.string().min(1).optional();
const survey = z.string().regex(CYCLE, { error: 'invalid-obligation' });
const occurrence = z.string().regex(OCCURRENCE, { error: 'invalid-occurrence' }).optional();
/** A number, or a decimal in quotes. */
const decimal = z.union([z.number(), z.string().regex(/^-?\d+(?:\.\d+)?$/, { error: 'invalid-decimal' })]);
const percentOrFraction = z.record(z.string(), decimal);
const channel = z.enum(SURVEY_CHANNELS).optional();

/** Question, or dimension by id or title, with what was answered. */
const answered = z.record(z.string(), z.unknown());
const oneAnswer = z.union([z.strictObject({ customer: name.optional(), channel, answers: answered }), answered]);

/** Which finding, or the plan that follows from it: all of them that the act fits, where none is named. */
const about = { finding: name.optional(), plan: name.optional() };
/** Those of a cycle, or of a dimension in it, by id or title. */
const found = { survey: survey.optional(), occurrence, dimension: name.optional(), ...about };

const measure = z.union([
  z.strictObject({
    measure: name.optional(),
    /** What is done, in words. */
    what: prose.optional(),
    kind: name.optional(),
    owner: name.optional(),
    dueOn: date.optional(),
  }),
  prose,
]);

/**
 * What people do in surveys and in what follows from them (`at`, `as`, `for` and `do` apart). Without `occurrence` the
 * earliest cycle is meant that the act fits; without a finding or a plan, all that it fits.
 */
export const SURVEY_ACTS = {
  propose: { survey, occurrence, date, reason },
  accept: { survey, occurrence, date: date.optional() },
  /** A questionnaire as SurveyJS JSON, in the script or in a file; without either, one is made from the question bank. */
  design: {
    survey,
    occurrence,
    questionnaire: z.record(z.string(), z.unknown()).optional(),
    weights: percentOrFraction.optional(),
    file,
  },
  draw: {
    survey,
    occurrence,
    method: z.enum(['all', 'random', 'stratified']).optional(),
    size: z.int().min(1).max(1_000_000).optional(),
    seed: z.union([z.string().min(1).max(100), z.int().min(0)]).optional(),
    tiers: z.array(z.enum(CUSTOMER_TIERS)).min(1).optional(),
  },
  /** A survey; or, with a finding or a plan, its results to staff. */
  publish: { ...found, channels: z.array(z.enum(SURVEY_CHANNELS)).min(1).optional(), file },
  respond: {
    survey,
    occurrence,
    /** One answer as a map, or a list of them. */
    answers: z.union([z.array(oneAnswer).min(1).max(10_000), answered]).optional(),
    file,
    channel,
  },
  /** A survey; or, with a finding or a plan, the improvement. */
  close: { survey: survey.optional(), occurrence, ...about },
  release: { survey, occurrence, judgement: reason, file },
  'set-weights': { survey, occurrence, weights: percentOrFraction },
  raise: {
    survey: survey.optional(),
    occurrence,
    finding: name,
    source: z.enum(FINDING_SOURCES).optional(),
    dimension: name.optional(),
    frequency: z.int().min(1).max(1_000_000).optional(),
    severity: z.int().min(1).max(5).optional(),
    customers: z.array(name).max(1_000).optional(),
    reason,
  },
  classify: {
    ...found,
    category: name.optional(),
    severity: z.int().min(1).max(5).optional(),
    department: name.optional(),
    reason,
  },
  merge: { finding: name, into: name, reason },
  dismiss: { ...found, reason: prose },
  /** Writes down the cause, where it has a date of its own. */
  investigate: { ...found, cause: prose, file },
  plan: {
    ...found,
    cause: reason,
    /** What the dimension is to reach in the next cycle. */
    goal: z.union([decimal, z.strictObject({ dimension: name.optional(), atLeast: decimal })]).optional(),
    measures: z.array(measure).min(1).max(100).optional(),
    file,
  },
  /** A plan, or the questionnaire of a survey; `what` may say it as `plan:<plan>` and `questionnaire:<survey>`. */
  approve: {
    what: name.optional(),
    ...found,
    verdict: z.enum(keysOf(APPROVALS)).optional(),
    points: z.array(prose).max(100).optional(),
    file,
  },
  reject: { ...found, points: z.array(prose).min(1).max(100) },
  complete: { ...found, measure: name.optional(), file },
  check: { ...found, verdict: z.enum(keysOf(CHECKS)).optional(), file },
  verify: { ...found, verdict: z.enum(keysOf(EFFECTS)).optional(), file },
  /** To the customers who raised it; `customers` are their keys. */
  answer: { ...found, customers: z.array(name).max(1_000).optional(), reason },
  /** What a customer says to the answer. */
  judge: { ...found, customer: name.optional(), satisfied: z.boolean(), reason },
} as const;

type SurveyActs = typeof SURVEY_ACTS;
export type SurveyDo = keyof SurveyActs;

/** An act as the scenario has it. */
export type SurveyAct = { [D in SurveyDo]: { do: D } & z.output<z.ZodObject<SurveyActs[D]>> }[SurveyDo];

/** Acts that concern an amendment, a claim or the agreement as well: which, a field of theirs says. */
const SHARED: Record<string, readonly string[]> = {
  propose: ['survey'],
  accept: ['survey'],
  approve: ['finding', 'plan', 'dimension', 'survey'],
};
const WHAT = /^(plan|finding|questionnaire|survey)(?::(.+))?$/;

/** Whether an item of a script is an act of a survey, or of what follows from one. */
export function isSurveyItem(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || !('do' in item) || typeof item.do !== 'string') return false;
  if (!Object.hasOwn(SURVEY_ACTS, item.do)) return false;
  if (item.do === 'answer') return !Object.hasOwn(item, 'claim');
  const fields = Object.hasOwn(SHARED, item.do) ? SHARED[item.do] : undefined;
  if (fields === undefined || fields.some((field) => Object.hasOwn(item, field))) return true;
  return item.do === 'approve' && 'what' in item && typeof item.what === 'string' && WHAT.test(item.what);
}

/** `approve{what: 'plan:finding-1'}` as `approve{what: 'plan', plan: 'finding-1'}`; `what` is always said then. */
export function approvalMeant(act: SurveyAct): SurveyAct {
  if (act.do !== 'approve') return act;
  const [, kind, of] = WHAT.exec(act.what ?? '') ?? [];
  const isOfPlan = kind === 'plan' || kind === 'finding' || [act.finding, act.plan, act.dimension].some(isSaid);
  if (isOfPlan) return { ...act, what: 'plan', ...(of === undefined ? {} : { plan: of }) };
  return { ...act, what: 'questionnaire', ...(of === undefined ? {} : { survey: of }) };
}

function isSaid(value: unknown): boolean {
  return value !== undefined;
}

/** A reference in its parts: `quarterly-survey#2027-Q1`. */
export function readCycle(reference: string): { survey: string; occurrence?: string } {
  const [, survey = reference, occurrence] = CYCLE.exec(reference) ?? [];
  return { survey, ...(occurrence === undefined ? {} : { occurrence }) };
}

/** What a verdict is, as the improvement knows it. */
export function checkVerdict(verdict: keyof typeof CHECKS): 'on-track' | 'behind' {
  return CHECKS[verdict];
}
export function effectVerdict(verdict: keyof typeof EFFECTS): 'effective' | 'ineffective' {
  return EFFECTS[verdict];
}
export function isSentBack(verdict: keyof typeof APPROVALS | undefined): boolean {
  return verdict !== undefined && APPROVALS[verdict] === 'reject';
}
