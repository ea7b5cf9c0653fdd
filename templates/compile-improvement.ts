import type { CompiledObligation } from '../domain/agreement/compiled.ts';
import type { CompiledImprovement, FulfilledDuty } from '../domain/survey/compiled.ts';
import type { Text } from '../domain/time.ts';
import { seatIn } from './compile-survey.ts';
import type { Rule } from './rule-schema.ts';
import type { Template } from './schema.ts';
import { textsOf } from './survey-dimensions.ts';
import type { TermReader } from './term-reader.ts';

type ImprovementRule = Extract<Rule, { kind: 'improvement' }>;

function ruleIn(template: Template): ImprovementRule | undefined {
  return template.rules.find((rule): rule is ImprovementRule => rule.kind === 'improvement');
}

/** What becomes of findings, filled with the agreement's terms; null where the text says nothing, or nobody to plan is agreed. */
export function compileImprovement(
  template: Template,
  terms: TermReader,
  sides: Record<string, string>,
  obligations: readonly CompiledObligation[],
): CompiledImprovement | null {
  const rule = ruleIn(template);
  const planner = rule && seatIn(template, rule.planner, rule.fulfils ?? rule.id, terms, sides);
  if (!rule || planner === null || planner === undefined) return null;
  const duty = obligations.find(({ id }) => id === rule.fulfils);
  const days = (name: string | undefined): number | null => (name === undefined ? null : terms.daysOrNull(name));
  const {
    clauses,
    departments,
    classifier,
    approvers,
    cause,
    investigation,
    measureTypes,
    checks,
    verified,
    answer,
    publication,
  } = rule;
  return {
    clauses,
    planner,
    departments,
    ...(classifier === undefined ? {} : { classifier }),
    approvers: approvers?.seats ?? [],
    planDays: days(rule.plan),
    cause: cause ?? null,
    ...(investigation ? { investigation: { days: days(investigation.days), clauses: investigation.clauses } } : {}),
    measureTypes:
      typeof measureTypes === 'string'
        ? (textsOf(terms.value(measureTypes)) ?? [])
        : (measureTypes ?? []).map(({ id }) => id),
    checks: checks ? { days: days(checks.interval), by: checks.by, clauses: checks.clauses } : null,
    verified: verified ?? null,
    answer: answer ? { days: days(answer.days), clauses: answer.clauses } : null,
    publication: publication ?? null,
    escalateTo: rule.escalateTo ?? null,
    categories: (rule.categories === undefined ? null : textsOf(terms.value(rule.categories))) ?? [],
    fulfils: duty?.id ?? null,
    ...(rule.goesOn ? {} : { suspends: true as const }),
    ...(duty ? { duty: fulfilledDuty(duty) } : {}),
    ...(duty && typeof duty.deadline.anchor === 'object' && 'obligation' in duty.deadline.anchor
      ? { beginsAfter: true as const }
      : {}),
  };
}

function fulfilledDuty({ responsible, checklist, review }: CompiledObligation): FulfilledDuty {
  return { responsible, parts: (checklist ?? []).map(({ id }) => id), reviewers: review?.reviewers ?? [] };
}

/** Titles of the kinds of measures that a template names, by id; what a party added is its own title. */
export function measureTypeTitles(template: Template): Record<string, Text> {
  const { measureTypes } = ruleIn(template) ?? {};
  if (measureTypes === undefined) return {};
  if (typeof measureTypes !== 'string') return Object.fromEntries(measureTypes.map(({ id, title }) => [id, title]));
  const term = template.terms.find(({ name }) => name === measureTypes);
  const options = term?.type === 'texts' ? (term.options ?? []) : [];
  return Object.fromEntries(options.map(({ value, label }) => [value, label]));
}
