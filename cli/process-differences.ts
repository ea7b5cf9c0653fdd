import { isLocalDate } from '../domain/local-date.ts';
import { NOUNS } from './nouns/registry.ts';
import type { LivedNouns } from './nouns/rows.ts';
import type { LivedPlan, LivedProcesses, LivedSurvey } from './lived-surveys.ts';

/** One thing that is otherwise in the second life; null where it is not there. */
export interface FieldDifference {
  field: string;
  a: string | number | null;
  b: string | number | null;
}

/** What differs between the surveys of two lives, and between what followed from them. */
export interface ProcessDifferences {
  surveys: ({ survey: string; occurrence?: string } & FieldDifference)[];
  plans: ({ plan: string } & FieldDifference)[];
  /** Engagements, cases, evaluations and risks, by `engagement-1`, `case-1` … */
  others: ({ of: string } & FieldDifference)[];
}

type Fields = Record<string, string | number | null | undefined>;
type Lives = LivedProcesses & LivedNouns;

/**
 * Cycle by cycle, plan by plan. A cycle that is named after the date on which it begins is compared with that of the same
 * number, and so is what followed from it, because another day 0 gives both another name.
 */
export function processDifferences(a: Lives, b: Lives): ProcessDifferences {
  const [inA, inB] = [named(a), named(b)];
  return {
    surveys: pairs(inA.cycles, inB.cycles).flatMap(({ one, other }) => {
      const { survey, occurrence } = (one ?? other) as LivedSurvey;
      const name = { survey, ...(occurrence === undefined ? {} : { occurrence }) };
      return differing(one && surveyFields(one), other && surveyFields(other)).map((field) => ({ ...name, ...field }));
    }),
    plans: pairs(inA.plans, inB.plans).flatMap(({ one, other }) => {
      const { plan } = (one ?? other) as LivedPlan;
      return differing(one && planFields(one), other && planFields(other)).map((field) => ({ plan, ...field }));
    }),
    others: pairs(othersIn(a), othersIn(b)).flatMap(({ one, other }) => {
      const { of } = (one ?? other) as { of: string };
      return differing(one?.fields, other?.fields).map((field) => ({ of, ...field }));
    }),
  };
}

/** Rows of every noun by its name; what is no word or number is compared as it is written. */
function othersIn(life: LivedNouns): Map<string, { of: string; fields: Fields }> {
  return new Map(
    NOUNS.flatMap(({ rows, type, name }) =>
      life[rows].map(({ events: _events, ...row }) => {
        const of = `${type} ${String(row[name])}`;
        const fields = Object.entries(row).map(([field, value]) => [
          field,
          typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value),
        ]);
        return [of, { of, fields: Object.fromEntries(fields) as Fields }] as const;
      }),
    ),
  );
}

/** Fields whose values are not the same, in the order of the first side, then what only the second has. */
export function differing(a: Fields | undefined, b: Fields | undefined): FieldDifference[] {
  const names = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])];
  return names
    .map((field) => ({ field, a: a?.[field] ?? null, b: b?.[field] ?? null }))
    .filter((one) => one.a !== one.b);
}

/** Cycles and plans by names that do not depend on day 0. */
function named({ surveys, plans }: LivedProcesses): {
  cycles: Map<string, LivedSurvey>;
  plans: Map<string, LivedPlan>;
} {
  const counts = new Map<string, number>();
  const names = new Map<string, string>();
  const cycles = new Map(
    surveys.map((cycle) => {
      const { survey, occurrence = '' } = cycle;
      const number = (counts.get(survey) ?? 0) + 1;
      counts.set(survey, number);
      const name = `${survey}#${isLocalDate(occurrence) ? number : occurrence}`;
      names.set(occurrence === '' ? survey : `${survey}#${occurrence}`, name);
      return [name, cycle];
    }),
  );
  const nameOf = ({ plan, about }: LivedPlan): string => {
    const cycle = about === undefined ? undefined : names.get(about);
    return about !== undefined && cycle !== undefined && plan.startsWith(`${about}/`)
      ? cycle + plan.slice(about.length)
      : plan;
  };
  return { cycles, plans: new Map(plans.map((plan) => [nameOf(plan), plan])) };
}

function pairs<T>(a: Map<string, T>, b: Map<string, T>): { one: T | undefined; other: T | undefined }[] {
  return [...new Set([...a.keys(), ...b.keys()])].map((key) => ({ one: a.get(key), other: b.get(key) }));
}

/** What of a cycle is compared; figures as they are printed. */
function surveyFields({ questionnaire, sample, figures, findings, nextWeights, ...cycle }: LivedSurvey): Fields {
  const { occurrence, status, dueAt, agreedDate, publishedAt, closesAt, closedAt, reportReleasedAt } = cycle;
  const means = (figures?.dimensions ?? []).map(({ id, measures }) => [`mean of ${id}`, measures.mean?.value]);
  return {
    ...{ occurrence, status, dueAt, agreedDate, publishedAt, closesAt, closedAt },
    questions: questionnaire?.questions,
    drawn: sample?.drawn,
    sample: sample?.sha256,
    invited: cycle.invited,
    answered: cycle.answered,
    late: cycle.late,
    score: figures?.score,
    ...(Object.fromEntries(means) as Fields),
    responseRate: figures?.responseRate?.value,
    nps: figures?.overall.nps?.value,
    findings: findings.length,
    nextWeights: nextWeights && JSON.stringify(nextWeights),
    reportReleasedAt,
  };
}

/** What of a finding and its plan is compared: a measure by its name, an effect by its round. */
function planFields({ goal, measures, effects, ...plan }: LivedPlan): Fields {
  const { source, dimension, measured, status, category, priority, score, department, dueAt, daysLate, round } = plan;
  return {
    ...{ source, dimension, measured, status, category, priority, score, department, dueAt, daysLate, round },
    goal: goal && `${goal.dimension} ≥ ${goal.atLeast}`,
    ...Object.fromEntries(
      measures.flatMap(({ measure, kind, owner, dueAt: due, completedAt, daysLate: late }) => [
        [`${measure}: kind`, kind],
        [`${measure}: owner`, owner],
        [`${measure}: dueAt`, due],
        [`${measure}: completedAt`, completedAt],
        [`${measure}: daysLate`, late],
      ]),
    ),
    ...Object.fromEntries(
      effects.flatMap(({ at, verdict, value }, index) => [
        [`effect ${index + 1}`, value === undefined ? verdict : `${verdict} ${value}`],
        [`effect ${index + 1}: at`, at],
      ]),
    ),
    mergedInto: plan.mergedInto,
    answeredAt: plan.answeredAt,
    customersAnswered: plan.customersAnswered,
    customersSatisfied: plan.customersSatisfied,
    publishedAt: plan.publishedAt,
    closedAt: plan.closedAt,
  };
}
