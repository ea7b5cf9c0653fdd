import type { CompiledObligation } from '../domain/agreement/compiled.ts';
import { type CompiledGoal, GOAL_MEASURES, type GoalMeasure, isRelative } from '../domain/goal/compiled.ts';
import { durationMinutes } from './durations.ts';
import { goalTerm } from './goal-schema.ts';
import type { Rule } from './rule-schema.ts';
import type { Template } from './schema.ts';
import type { TermReader } from './term-reader.ts';

type GoalRule = Extract<Rule, { kind: 'goal' }>;

/**
 * The goals that can be judged, filled with the agreement's terms. One whose target is open is none, nor one that hangs on a
 * duty that is not run, or whose unit nobody has agreed on.
 */
export function compileGoals(
  template: Template,
  terms: TermReader,
  obligations: readonly CompiledObligation[],
): CompiledGoal[] {
  return template.rules.flatMap((rule) => {
    const goal = rule.kind === 'goal' ? compileGoal(rule, terms, obligations) : null;
    return goal ? [goal] : [];
  });
}

function compileGoal(
  rule: GoalRule,
  terms: TermReader,
  obligations: readonly CompiledObligation[],
): CompiledGoal | null {
  const { id, clauses, how, judged, survey = null } = rule;
  const measure = measureOf(rule, terms);
  const runs = (duty: string): boolean => obligations.some((one) => one.id === duty);
  if (measure === null || judged === undefined) return null;
  if (typeof judged === 'object' && !runs(judged.obligation)) return null;
  if (survey !== null && !runs(survey)) return null;
  const by = byOf(rule, terms);
  const target = figure(rule.target, terms);
  const isGraded = target === null && rule.grade !== undefined && terms.isAgreed(rule.grade);
  if ((target === null && !isGraded) || (isRelative(rule) && by === null)) return null;
  return {
    ...{ id, clauses, measure, how, target, survey },
    by: by ?? 'value',
    baseline: figure(rule.baseline, terms),
    scale: scaleOf(rule, terms),
    judged: typeof judged === 'object' ? { at: 'due', obligation: judged.obligation } : { at: judged },
  };
}

/** A decimal; of a duration, its minutes. */
function figure(name: string | undefined, terms: TermReader): string | null {
  const text = name === undefined ? null : terms.plain(name);
  return text?.startsWith('P') ? (durationMinutes(text)?.toString() ?? null) : text;
}

function measureOf(rule: GoalRule, terms: TermReader): GoalMeasure | null {
  const term = goalTerm(rule, 'measure');
  if (term === undefined) return GOAL_MEASURES.find((one) => one === rule.measure) ?? null;
  return terms.value(term) === 'satisfied' ? 'satisfaction-rate' : 'satisfaction-score';
}

/** Null while the parties have not said whether a figure is one of units or of percent. */
function byOf(rule: GoalRule, terms: TermReader): CompiledGoal['by'] | null {
  const term = goalTerm(rule, 'by');
  const said = term === undefined ? rule.by : terms.value(term);
  if (said === 'percent') return 'percent';
  return said === 'value' || said === 'absolute' ? 'value' : null;
}

function scaleOf(rule: GoalRule, terms: TermReader): CompiledGoal['scale'] {
  const term = goalTerm(rule, 'scale');
  const said = term === undefined ? rule.scale : terms.value(term);
  return said === 'percentage' ? 'percentage' : 'questionnaire';
}
