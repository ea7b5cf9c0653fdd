import { z } from 'zod';
import type {
  CompiledAgreement,
  CompiledLife,
  CompiledObligation,
  CompiledPatch,
} from '../domain/agreement/compiled.ts';
import { expiryOf } from '../domain/agreement/ending.ts';
import { followedBy, recurs } from '../domain/agreement/opening.ts';
import { THIRD, partyOf } from '../domain/agreement/parties.ts';
import type { CompiledCases } from '../domain/case/compiled.ts';
import type { CompiledEvaluation } from '../domain/evaluation/compiled.ts';
import type { CompiledEngagement } from '../domain/engagement/compiled.ts';
import type { CompiledGoal } from '../domain/goal/compiled.ts';
import type { CompiledImprovement, CompiledSurvey } from '../domain/survey/compiled.ts';
import { isSame } from '../domain/life/patch.ts';
import { isLocalDate } from '../domain/local-date.ts';
import type { LocalDate } from '../domain/time.ts';
import type { CompiledRisks } from '../domain/risk/compiled.ts';
import type { CompiledTraining } from '../domain/training/compiled.ts';
import type { CompiledVisits } from '../domain/visit/compiled.ts';
import { compileAgreement } from './compile.ts';
import { type ResolvedDraft, resolveDraft } from './draft.ts';
import type { Problem } from './problem.ts';

const id = z.string().min(1).max(100);
const date = z.string().refine(isLocalDate, { error: 'invalid-date' });

/** What an amendment changes, as people write it. */
export const changesSchema = z
  .strictObject({
    terms: z.record(id, z.unknown()).optional().meta({ description: 'New values of terms; null is "not agreed"' }),
    owners: z.record(id, id).optional().meta({ description: 'Obligation: the seat that owes it from now on' }),
    dates: z
      .record(id, z.union([z.int().min(-3_660).max(3_660), date]))
      .optional()
      .meta({ description: 'Obligation: days from the same day 0, or the day on which it is due' }),
    remove: z.array(id).max(200).optional().meta({ description: 'Obligations that end' }),
    expiresOn: date.nullable().optional().meta({ description: 'The last day of the term; null: none' }),
  })
  .meta({ id: 'AmendmentChanges' });

export type AmendmentChanges = z.output<typeof changesSchema>;

/** A draft with the terms of amendments, one after the other. */
export function amendedDraft(
  given: Record<string, unknown>,
  amendments: readonly AmendmentChanges[],
): Record<string, unknown> {
  const terms = amendments.reduce(
    (known, { terms: changed = {} }) => ({ ...known, ...changed }),
    (given['terms'] ?? {}) as Record<string, unknown>,
  );
  return { ...given, terms };
}

/** What an amendment is made against. */
export interface Amendable {
  /** As it was started, with the terms of the amendments in effect (`amendedDraft`). */
  given: Record<string, unknown>;
  /** As it runs now. */
  agreement: CompiledAgreement;
  inForceOn: LocalDate | null;
}

/**
 * What an amendment changes of the rules: the template compiled once with the terms as they are and once with the new ones,
 * and the difference laid over the agreement as it runs now, so that what earlier amendments agreed stays; then owners,
 * dates and what ends. Problems bear paths below `changes`.
 */
export function amendmentPatch(
  now: Amendable,
  changes: AmendmentChanges,
): { patch: CompiledPatch } | { problems: Problem[] } {
  const { agreement } = now;
  const compiled = recompiled(now, changes);
  if ('problems' in compiled) return compiled;
  const {
    obligations,
    life,
    surveys,
    improvement,
    goals,
    visits,
    trainings,
    evaluations,
    risks,
    cases,
    engagements,
    expiresOn,
    terms,
  } = compiled;
  const problems: Problem[] = [];
  const named = [
    ...Object.keys(changes.owners ?? {}).map((id) => ({ id, path: `changes.owners.${id}` })),
    ...Object.keys(changes.dates ?? {}).map((id) => ({ id, path: `changes.dates.${id}` })),
    ...(changes.remove ?? []).map((id, index) => ({ id, path: `changes.remove[${index}]` })),
  ];
  for (const { id, path } of named) {
    if (!obligations.some((rule) => rule.id === id)) problems.push(unknownObligation(path, obligations));
  }
  const target = obligations.map((rule) => {
    const owner = changes.owners?.[rule.id];
    const due = changes.dates?.[rule.id];
    const owned = owner === undefined ? rule : withOwner(agreement, rule, owner);
    if ('path' in owned) {
      problems.push(owned);
      return rule;
    }
    const dated = due === undefined ? owned : withDate(agreement, owned, due);
    if ('path' in dated) problems.push(dated);
    return 'path' in dated ? owned : dated;
  });
  if (problems.length > 0) return { problems };
  const kept = withoutRemoved(target, changes.remove ?? []);
  const end = changes.expiresOn === undefined ? expiresOn : changes.expiresOn;
  const asked = surveys.flatMap((survey) => surveyOf(survey, obligations, kept));
  const taught = trainings.flatMap((training) => trainingOf(training, obligations, kept));
  return {
    patch: {
      obligations: kept.filter((rule) => !isSame(rule, ofId(agreement.obligations, rule.id))),
      removed: agreement.obligations.filter(({ id }) => !ofId(kept, id)).map(({ id }) => id),
      ...(end === undefined ? {} : { expiresOn: end }),
      ...(life === undefined || isSame(life, agreement.life) ? {} : { life }),
      ...(isSame(asked, agreement.surveys ?? []) ? {} : { surveys: asked }),
      ...(improvement === undefined || isSame(improvement, agreement.improvement) ? {} : { improvement }),
      ...(isSame(goals, agreement.goals ?? []) ? {} : { goals }),
      ...(isSame(visits, agreement.visits ?? []) ? {} : { visits }),
      ...(isSame(taught, agreement.trainings ?? []) ? {} : { trainings: taught }),
      ...(isSame(evaluations, agreement.evaluations ?? []) ? {} : { evaluations }),
      ...(isSame(risks, agreement.risks ?? []) ? {} : { risks }),
      ...(isSame(engagements, agreement.engagements ?? []) ? {} : { engagements }),
      ...(isSame(cases, agreement.cases ?? []) ? {} : { cases }),
      terms,
    },
  };
}

/**
 * The rules as the new terms make them, with the names of those terms whose value is another; `expiresOn` is missing where
 * the terms do not change it.
 */
function recompiled(
  { given, agreement, inForceOn }: Amendable,
  changes: AmendmentChanges,
):
  | {
      obligations: CompiledObligation[];
      life: CompiledLife | undefined;
      surveys: CompiledSurvey[];
      improvement: CompiledImprovement | undefined;
      goals: CompiledGoal[];
      visits: CompiledVisits[];
      trainings: CompiledTraining[];
      evaluations: CompiledEvaluation[];
      risks: CompiledRisks[];
      engagements: CompiledEngagement[];
      cases: CompiledCases[];
      expiresOn?: LocalDate | null;
      terms: string[];
    }
  | { problems: Problem[] } {
  const { improvement: own } = agreement;
  const {
    surveys = [],
    goals = [],
    visits = [],
    trainings = [],
    evaluations = [],
    risks = [],
    cases = [],
    engagements = [],
  } = agreement;
  const now = { surveys, improvement: own, goals, visits, trainings, evaluations, risks, cases, engagements };
  const asItIs = { obligations: agreement.obligations, life: agreement.life, ...now, terms: [] };
  if (Object.keys(changes.terms ?? {}).length === 0) return asItIs;
  const before = compiledOf(given, agreement);
  if ('problems' in before) throw new Error(`the terms of ${agreement.id} do not compile any more`);
  const after = compiledOf(amendedDraft(given, [changes]), agreement);
  if ('problems' in after) return after;
  const valueOf = ({ terms }: ResolvedDraft['terms'], name: string) => terms.find((term) => term.name === name)?.value;
  const terms = Object.keys(changes.terms ?? {}).filter(
    (name) => !isSame(valueOf(before.terms, name) ?? null, valueOf(after.terms, name) ?? null),
  );
  const obligations = after.compiled.obligations.flatMap((rule) => {
    const current = ofId(agreement.obligations, rule.id);
    const former = ofId(before.compiled.obligations, rule.id);
    // What an earlier amendment took out does not come back because of another term.
    if (former && !current) return [];
    return [current && former ? overlaid(current, former, rule) : rule];
  });
  // What only an earlier amendment brought stays.
  const kept = agreement.obligations.filter(
    ({ id }) => !ofId(before.compiled.obligations, id) && !ofId(after.compiled.obligations, id),
  );
  const { life: lifeBefore } = before.compiled;
  const { life: lifeAfter } = after.compiled;
  const life =
    agreement.life && lifeBefore && lifeAfter
      ? (changedFields(agreement.life, lifeBefore, lifeAfter) as CompiledLife)
      : agreement.life;
  const asking = {
    surveys: rulesAfter(now.surveys, before.compiled.surveys ?? [], after.compiled.surveys ?? []),
    improvement:
      own && before.compiled.improvement && after.compiled.improvement
        ? changedFields(own, before.compiled.improvement, after.compiled.improvement)
        : own,
    goals: rulesAfter(now.goals, before.compiled.goals ?? [], after.compiled.goals ?? []),
    visits: rulesAfter(now.visits, before.compiled.visits ?? [], after.compiled.visits ?? []),
    trainings: rulesAfter(now.trainings, before.compiled.trainings ?? [], after.compiled.trainings ?? []),
    evaluations: rulesAfter(now.evaluations, before.compiled.evaluations ?? [], after.compiled.evaluations ?? []),
    engagements: rulesAfter(now.engagements, before.compiled.engagements ?? [], after.compiled.engagements ?? []),
    risks: rulesAfter(now.risks, before.compiled.risks ?? [], after.compiled.risks ?? []),
    cases: rulesAfter(now.cases, before.compiled.cases ?? [], after.compiled.cases ?? []),
  };
  const endChanges =
    !isSame(before.compiled.expiresOn, after.compiled.expiresOn) ||
    !isSame(before.compiled.term ?? null, after.compiled.term ?? null);
  if (!endChanges) return { obligations: [...obligations, ...kept], life, ...asking, terms };
  const expiresOn = inForceOn === null ? after.compiled.expiresOn : expiryOf(after.compiled, inForceOn);
  return { obligations: [...obligations, ...kept], life, ...asking, expiresOn, terms };
}

/** Surveys, goals, as the new terms make them; one that this agreement never had, or lost, does not come with a term of another. */
function rulesAfter<T extends { id: string }>(current: T[], before: T[], after: T[]): T[] {
  return after.flatMap((rule) => {
    const [own, former] = [current, before].map((list) => list.find(({ id }) => id === rule.id));
    if (former && !own) return [];
    return [own && former ? changedFields(own, former, rule) : rule];
  });
}

/** A survey after its duty changed hands, or after duties ended; none where its own did. */
function surveyOf(
  survey: CompiledSurvey,
  before: readonly CompiledObligation[],
  after: readonly CompiledObligation[],
): CompiledSurvey[] {
  const [was, is] = [ofId(before, survey.obligation), ofId(after, survey.obligation)];
  if (!is) return [];
  const seat = (one: string): string => (one === was?.responsible ? is.responsible : one);
  const duty = (id: string | null): string | null => (id !== null && ofId(after, id) ? id : null);
  const { date, audience, report } = survey.fulfils;
  return [
    {
      ...survey,
      responsible: seat(survey.responsible),
      fulfils: { date: duty(date), audience: duty(audience), report: duty(report) },
      report: { ...survey.report, by: seat(survey.report.by) },
    },
  ];
}

/** Training after a duty that it serves changed hands, or ended; none where all that it served did. */
function trainingOf(
  training: CompiledTraining,
  before: readonly CompiledObligation[],
  after: readonly CompiledObligation[],
): CompiledTraining[] {
  const serves = training.serves.filter((id) => ofId(after, id));
  if (serves.length === 0 && training.serves.length > 0) return [];
  const owner = (rules: readonly CompiledObligation[]) => ofId(rules, serves[0] ?? '')?.responsible;
  const isOwners = training.organiser === owner(before);
  const duty = (id: string | null): string | null => (id !== null && ofId(after, id) ? id : null);
  const { exam, retraining } = training.fulfils;
  return [
    {
      ...training,
      organiser: (isOwners ? owner(after) : undefined) ?? training.organiser,
      serves,
      fulfils: { exam: duty(exam), retraining: duty(retraining) },
    },
  ];
}

function compiledOf(
  given: Record<string, unknown>,
  agreement: CompiledAgreement,
): { compiled: CompiledAgreement; terms: ResolvedDraft['terms'] } | { problems: Problem[] } {
  // The version that it was started with, and the seats that are filled now.
  const { draft, errors } = resolveDraft({ ...given, template: agreement.template }, () => agreement.calendar);
  if (!draft) return { problems: errors.map((problem) => ({ ...problem, path: `changes.${problem.path}` })) };
  const { id, zone, calendar, seats } = agreement;
  const year = Number(calendar.provisionalFrom.slice(0, 4));
  const compiled = compileAgreement(draft.template, draft.terms, { id, year, zone, calendar, seats });
  return { compiled, terms: draft.terms };
}

/** Parts of a rule that are laid over field by field: an earlier amendment may have changed one of them. */
const PARTS = ['deadline', 'penalty', 'review', 'lateFee'] as const;

function overlaid(
  current: CompiledObligation,
  before: CompiledObligation,
  after: CompiledObligation,
): CompiledObligation {
  const fields = changedFields<Fields>({ ...current }, { ...before }, { ...after });
  for (const part of PARTS) {
    const [own, former, next] = [current, before, after].map((rule) => (rule as unknown as Fields)[part]);
    if (isFields(own) && isFields(former) && isFields(next)) fields[part] = changedFields(own, former, next);
  }
  const { anchor, offset } = after.deadline;
  const isRedated = !isSame(before.deadline.anchor, anchor) || !isSame(before.deadline.offset, offset);
  // Day 0 and the period from it belong together: a day that an earlier amendment named gives way to the new period.
  if (isRedated) fields['deadline'] = { ...(fields['deadline'] as Fields), anchor, offset };
  return fields as unknown as CompiledObligation;
}

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** `current` with those fields as in `after` that are not as in `before`. */
function changedFields<T extends object>(current: T, before: T, after: T): T {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof T)[];
  const changed = fields.filter((field) => !isSame(before[field], after[field]));
  const kept = Object.entries(current).filter(([field]) => !changed.includes(field as keyof T));
  const fresh = Object.entries(after).filter(([field]) => changed.includes(field as keyof T));
  return Object.fromEntries([...kept, ...fresh]) as T;
}

/** Another seat owes it. Where the side changes with it, the sides of review, penalty and payment change places. */
function withOwner(
  agreement: CompiledAgreement,
  rule: CompiledObligation,
  owner: string,
): CompiledObligation | Problem {
  const known = [...agreement.parties, ...Object.keys(agreement.seatParties ?? {})];
  const seats = known.filter((seat) => seat !== THIRD); // S001b-80: what the parties owe stays theirs
  if (!seats.includes(owner)) {
    return {
      path: `changes.owners.${rule.id}`,
      code: 'unknown-seat',
      message: { zh: `协议没有岗位“${owner}”`, en: `the agreement has no seat "${owner}"` },
      cure: { zh: `可用：${seats.join('、')}`, en: `use one of ${seats.join(', ')}` },
    };
  }
  const before = partyOf(agreement, rule.responsible);
  const after = partyOf(agreement, owner);
  const swapped = (party: string): string => (party === after ? before : party === before ? after : party);
  if (rule.rule === 'payment@1') return { ...rule, responsible: owner, payee: swapped(rule.payee) };
  return {
    ...rule,
    responsible: owner,
    review: rule.review && { ...rule.review, reviewers: rule.review.reviewers.map(swapped) },
    penalty: rule.penalty && { ...rule.penalty, creditor: swapped(rule.penalty.creditor) },
  };
}

/** So many days from the same day 0, or on a day, which what recurs does not have. */
function withDate(
  agreement: CompiledAgreement,
  rule: CompiledObligation,
  due: number | LocalDate,
): CompiledObligation | Problem {
  const { deadline } = rule;
  if (typeof due === 'number') {
    const unit = deadline.offset.unit === 'working-days' ? 'working-days' : 'days';
    return { ...rule, deadline: { ...deadline, offset: { unit, count: due } } };
  }
  if (recurs(agreement, rule)) {
    return {
      path: `changes.dates.${rule.id}`,
      code: 'invalid-value',
      message: { zh: '该义务按期重复，没有单一的到期日', en: 'recurs: it has no single date' },
      cure: { zh: '请填写天数', en: 'give a number of days' },
    };
  }
  return {
    ...rule,
    deadline: { ...deadline, anchor: { on: due, term: 'amendment' }, offset: { unit: 'days', count: 0 } },
  };
}

/** Without what ends, and without what waits for it. */
function withoutRemoved(rules: CompiledObligation[], removed: readonly string[]): CompiledObligation[] {
  const kept = rules.filter((rule) => !removed.includes(rule.id));
  const orphans = kept.filter((rule) => {
    const of = followedBy(rule);
    return of !== undefined && !ofId(kept, of);
  });
  return orphans.length === 0
    ? kept
    : withoutRemoved(
        kept,
        orphans.map(({ id }) => id),
      );
}

function unknownObligation(path: string, obligations: readonly CompiledObligation[]): Problem {
  const ids = obligations.map(({ id }) => id);
  return {
    path,
    code: 'unknown-obligation',
    message: { zh: '没有这项义务', en: 'is no obligation that runs here' },
    cure: { zh: `可用：${ids.join('、')}`, en: `use one of ${ids.join(', ')}` },
  };
}

function ofId(rules: readonly CompiledObligation[], id: string): CompiledObligation | undefined {
  return rules.find((rule) => rule.id === id);
}
