import { readReference } from '../../domain/agreement/reference.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import type { CompiledGoal } from '../../domain/goal/compiled.ts';
import { explainJudgement } from '../../domain/goal/formula.ts';
import { nextOccasion, standing } from '../../domain/goal/goals.ts';
import type { Judgement } from '../../domain/goal/judgement.ts';
import { GOAL_MEASURE_WORDS, NO_VERDICT_WORDS } from '../../domain/goal/vocabulary.ts';
import { obligationTitle } from '../../domain/obligation-title.ts';
import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import type { Text } from '../../domain/time.ts';
import { isoAt } from '../../domain/zone.ts';
import type { Template } from '../../templates/schema.ts';
import type { GoalsView } from './schema.ts';

type Item = GoalsView['items'][number];

/** Every goal of an agreement that can be judged: how it stands, when it is judged next, and the verdicts on record. */
export function goalsView(state: AgreementState, template: Template | undefined, nowMs: number): GoalsView {
  const at = (ms: number): string => isoAt(state.agreement.zone, ms);
  return {
    asOf: at(nowMs),
    items: (state.agreement.goals ?? []).map((goal) => itemOf(state, goal, template)),
  };
}

function itemOf(state: AgreementState, goal: CompiledGoal, template: Template | undefined): Item {
  const at = (ms: number): string => isoAt(state.agreement.zone, ms);
  const { id, clauses, measure, how, by, scale, judged } = goal;
  const next = nextOccasion(state, goal);
  const said = (judgement: Judgement) => judgementView(goal, judgement, template, at);
  return {
    goal: id,
    title: template?.rules.find((rule) => rule.id === id)?.title ?? { zh: id, en: id },
    clauses,
    ...{ measure, how, by, scale },
    unit: GOAL_MEASURE_WORDS[measure],
    judged: judged.at,
    obligation: judged.at === 'due' ? judged.obligation : null,
    next: next ? { asOf: at(next.asOfMs), localDate: next.localDate } : null,
    standing: said(standing(state, goal)),
    verdicts: (state.goals?.judged ?? [])
      .filter((one) => one.goal === id)
      .map((one) => ({ of: one.of, asOf: at(one.asOfMs), localDate: one.localDate, ...said(one) }))
      .reverse(),
  };
}

function judgementView(
  goal: CompiledGoal,
  judgement: Judgement,
  template: Template | undefined,
  at: (ms: number) => string,
): Item['standing'] {
  const { verdict, why = null, target, baseline, needed, measured, data } = judgement;
  return {
    verdict,
    why,
    cure: why === null ? null : NO_VERDICT_WORDS[why].cure,
    ...{ target, baseline, needed, measured },
    formula: explainJudgement(goal, judgement),
    data: data && {
      source: data.source,
      title: sourceTitle(template, data.source),
      ...{ value: data.value, n: data.n, interval: data.interval, scale: data.scale },
      asOf: at(data.atMs),
    },
  };
}

/** `quarterly-survey#2027-Q1`: 季度满意度调查，2027 年第一季度. */
export function sourceTitle(template: Template | undefined, source: string): Text {
  const { obligation, occurrence } = readReference(source);
  const title = (template && obligationTitle(template, obligation)) ?? { zh: obligation, en: obligation };
  if (occurrence === undefined) return title;
  const which = occurrenceTitle(occurrence);
  return { zh: `${title.zh}，${which.zh}`, en: `${title.en}, ${which.en}` };
}
