import type { CompiledObligation } from '../domain/agreement/compiled.ts';
import type { CompiledTraining } from '../domain/training/compiled.ts';
import { seatIn } from './compile-survey.ts';
import type { Template } from './schema.ts';
import type { TermReader } from './term-reader.ts';
import { type TrainingRule, topicsOf, trainingRulesIn } from './training-topics.ts';

/** Training that the agreement speaks of, filled with its terms. One that nobody is agreed to organise is none. */
export function compileTrainings(
  template: Template,
  terms: TermReader,
  sides: Record<string, string>,
  obligations: readonly CompiledObligation[],
): CompiledTraining[] {
  return trainingRulesIn(template).flatMap((rule) => {
    const organiser = organiserOf(template, rule, terms, sides, obligations);
    return organiser === null ? [] : [compileTraining(template, rule, organiser, terms, obligations)];
  });
}

function organiserOf(
  template: Template,
  { organiser, serves, id }: TrainingRule,
  terms: TermReader,
  sides: Record<string, string>,
  obligations: readonly CompiledObligation[],
): string | null {
  const [duty = id] = serves;
  if (organiser !== undefined) return seatIn(template, organiser, duty, terms, sides);
  return obligations.find((one) => serves.includes(one.id))?.responsible ?? null;
}

function compileTraining(
  template: Template,
  rule: TrainingRule,
  organiser: string,
  terms: TermReader,
  obligations: readonly CompiledObligation[],
): CompiledTraining {
  const { exam, retraining, certificate, gate, feedback, fulfils } = rule;
  const days = (name: string | undefined): number | null => (name === undefined ? null : terms.daysOrNull(name));
  const duty = (id: string | undefined): string | null =>
    id !== undefined && obligations.some((one) => one.id === id) ? id : null;
  const passMark = exam ? terms.plain(exam.passMark) : null;
  const isRetrained = retraining !== undefined && (retraining.when === undefined || terms.isTrue(retraining.when));
  return {
    id: rule.id,
    clauses: rule.clauses,
    organiser,
    serves: rule.serves.flatMap((id) => duty(id) ?? []),
    fulfils: { exam: duty(fulfils.exam), retraining: duty(fulfils.retraining) },
    topics: topicsOf(template, rule, terms).map(({ id, clauses }) => ({ id, clauses })),
    modes: rule.modes.map(({ id }) => id),
    methods: rule.methods.map(({ id }) => id),
    exam: exam && passMark !== null ? { passMark, days: days(exam.days), clauses: exam.clauses } : null,
    retraining: retraining && isRetrained ? { days: days(retraining.days), clauses: retraining.clauses } : null,
    certificate: certificate ?? null,
    gate: gate ?? null,
    feedback: feedback ?? null,
    escalateTo: rule.escalateTo ?? null,
  };
}
