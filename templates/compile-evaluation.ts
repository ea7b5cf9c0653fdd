import type { CompiledObligation } from '../domain/agreement/compiled.ts';
import type { CompiledEvaluation } from '../domain/evaluation/compiled.ts';
import type { CompiledSurvey } from '../domain/survey/compiled.ts';
import { currencyIn } from './compile-payment.ts';
import { seatIn } from './compile-survey.ts';
import { type EvaluationRule, schemeIn } from './evaluation-scheme.ts';
import type { Template } from './schema.ts';
import type { TermReader } from './term-reader.ts';

/**
 * What is evaluated, filled with the agreement's terms. A rule whose duty is not run (its interval is open) can still be opened by
 * hand; one that nobody is agreed to organise is none.
 */
export function compileEvaluations(
  template: Template,
  terms: TermReader,
  sides: Record<string, string>,
  run: readonly CompiledObligation[],
  surveys: readonly CompiledSurvey[],
): CompiledEvaluation[] {
  return template.rules.flatMap((rule): CompiledEvaluation[] => {
    if (rule.kind !== 'evaluation' || !isRun(rule)) return [];
    const compiled = compiledOf(template, rule, terms, sides, run, surveys);
    return compiled ? [compiled] : [];
  });
}

/** A rule that names neither scores nor weights says what is kept and shown, and no more. */
function isRun({ form, scores, weights }: EvaluationRule): boolean {
  return form === 'accountability' || scores.length > 0 || weights !== undefined;
}

function compiledOf(
  template: Template,
  rule: EvaluationRule,
  terms: TermReader,
  sides: Record<string, string>,
  run: readonly CompiledObligation[],
  surveys: readonly CompiledSurvey[],
): CompiledEvaluation | null {
  const duty = run.find(({ id }) => id === rule.obligation);
  const owner = template.obligations.find(({ id }) => id === rule.obligation)?.responsible;
  const seat = (who: string | undefined): string | null =>
    seatIn(template, who, rule.obligation ?? rule.id, terms, sides);
  const seats = (list: readonly string[] | undefined): string[] =>
    (list ?? []).flatMap((who) => seat(who) ?? []).filter((one, index, all) => all.indexOf(one) === index);
  const organiser = seat(rule.organised?.by) ?? duty?.responsible ?? seat(owner);
  if (organiser === null) return null;
  const days = (name: string | undefined): number | null => (name === undefined ? null : terms.daysOrNull(name));
  const decision = run.find(({ id }) => id === rule.decided.fulfils);
  const [payer, payee] = [seat(rule.money?.payer), seat(rule.money?.payee)];
  const { acknowledged, confirmed, published } = rule;
  const scorers = seats(rule.scorers);
  const asked =
    rule.surveys === undefined ? surveys : surveys.filter(({ obligation }) => obligation === rule.surveys?.obligation);
  const isObjected = rule.objectionDays !== undefined;
  const scheme = rule.form === 'scored' ? schemeIn(rule, terms, asked) : null;
  if (rule.form === 'scored' && scheme === null && rule.demanded === undefined) return null;
  return {
    id: rule.id,
    clauses: rule.clauses,
    form: rule.form,
    obligation: duty?.id ?? null,
    subject: rule.subject,
    subjects: rule.of === undefined && rule.subject === 'agreement' ? ['agreement'] : seats(rule.of),
    scheme,
    organiser,
    scorers: scorers.length > 0 ? scorers : [organiser],
    acknowledgers: seats(acknowledged?.by),
    acknowledgeClauses: acknowledged?.clauses ?? [],
    acknowledgeDuties: Object.fromEntries(
      Object.entries(acknowledged?.duties ?? {}).filter(([, id]) => run.some((one) => one.id === id)),
    ),
    selfAssessment: rule.selfAssessment !== undefined,
    confirmer: seat(confirmed?.by),
    confirmClauses: confirmed?.clauses ?? [],
    bothMeasures: rule.bothMeasures,
    objectionDays: days(rule.objectionDays),
    objectionClauses: isObjected ? clausesOfTerm(template, rule) : [],
    minimumSample: rule.minimumSample === undefined ? null : terms.integerOrNull(rule.minimumSample),
    publishTo: seats(published?.to),
    publishClauses: published?.clauses ?? [],
    followUps: rule.followUps,
    proposes: rule.proposes
      .filter(({ when }) => when === undefined || terms.isAgreed(when))
      .map(({ consequence, clauses }) => ({ consequence, clauses })),
    planDays: days(rule.planDays),
    decider: seat(rule.decided.by) ?? organiser,
    decisionDuty: decision ? { obligation: decision.id, parts: (decision.checklist ?? []).map(({ id }) => id) } : null,
    consequences: rule.consequences,
    money: payer === null || payee === null ? null : { payer, payee, currency: currencyIn(template, terms) },
    surveys:
      rule.surveys && asked.length > 0 ? { obligation: rule.surveys.obligation, count: rule.surveys.count } : null,
    nextWeights: rule.nextWeights,
    reminderLeadDays: duty?.reminderLeadDays ?? [],
  };
}

/** Of the days to object: the clauses of the term that says how many. */
function clausesOfTerm(template: Template, rule: EvaluationRule): string[] {
  return template.terms.find(({ name }) => name === rule.objectionDays)?.clauses ?? rule.clauses;
}
