import type { AgreementState } from '../../domain/agreement/state.ts';
import { explainJudgement } from '../../domain/goal/formula.ts';
import { baselineOf } from '../../domain/goal/goals.ts';
import { type Judgement, judge } from '../../domain/goal/judgement.ts';
import { measures } from '../../domain/goal/figure.ts';
import { GOAL_MEASURE_WORDS, GOAL_VERDICT_WORDS } from '../../domain/goal/vocabulary.ts';
import type { LocalDate, Text } from '../../domain/time.ts';
import type { Template } from '../../templates/schema.ts';
import type { ReportLanguage, Section } from './document.ts';

/** A goal as a report tells of it. */
export interface ReportedGoal {
  title: Text;
  clauses: string[];
  measure: Text;
  verdict: Judgement['verdict'];
  needed: string | null;
  measured: string | null;
  formula: Text[];
  /** On which it was judged; null: held against one cycle alone, ahead of its date or beside it. */
  judgedOn: LocalDate | null;
}

/** Every goal that this cycle measures, held against it alone: what the progress is (S000-04). */
export function goalsOfCycle(state: AgreementState, template: Template | undefined, reference: string): ReportedGoal[] {
  const figures = (state.goals?.figures ?? []).filter(({ source }) => source === reference);
  return (state.agreement.goals ?? [])
    .filter((goal) => figures.some((figure) => measures(goal, figure)))
    .map((goal) => ({
      ...reported(goal, template, judge(goal, { baseline: baselineOf(state, goal), figures })),
      judgedOn: null,
    }));
}

/** Verdicts of the days from `from` to `until`, oldest first. */
export function goalsJudged(
  state: AgreementState,
  template: Template | undefined,
  { from, until }: { from: LocalDate; until: LocalDate },
): ReportedGoal[] {
  return (state.goals?.judged ?? []).flatMap((judged) => {
    const goal = state.agreement.goals?.find(({ id }) => id === judged.goal);
    if (!goal || judged.localDate < from || judged.localDate > until) return [];
    return [{ ...reported(goal, template, judged), judgedOn: judged.localDate }];
  });
}

function reported(
  goal: NonNullable<AgreementState['agreement']['goals']>[number],
  template: Template | undefined,
  judgement: Judgement,
): Omit<ReportedGoal, 'judgedOn'> {
  const { verdict, needed, measured } = judgement;
  return {
    title: template?.rules.find(({ id }) => id === goal.id)?.title ?? { zh: goal.id, en: goal.id },
    clauses: goal.clauses,
    measure: GOAL_MEASURE_WORDS[goal.measure],
    ...{ verdict, needed, measured },
    formula: explainJudgement(goal, judgement),
  };
}

/** The goals of a report with their formulas; no section where there are none. */
export function goalsSection(goals: readonly ReportedGoal[], language: ReportLanguage): Section[] {
  if (goals.length === 0) return [];
  const say = (text: Text): string => text[language];
  const title = say({ zh: '目标达成情况', en: 'Goals' });
  const dated = goals.some(({ judgedOn }) => judgedOn !== null);
  return [
    {
      title,
      blocks: [
        {
          kind: 'table',
          caption: title,
          columns: [
            { label: say({ zh: '目标', en: 'Goal' }), kind: 'text' },
            { label: say({ zh: '指标', en: 'Measured by' }), kind: 'text' },
            ...(dated ? [{ label: say({ zh: '判定截止日', en: 'Judged as of' }), kind: 'text' as const }] : []),
            { label: say({ zh: '目标值', en: 'Needed' }), kind: 'text' },
            { label: say({ zh: '测得值', en: 'Measured' }), kind: 'text' },
            {
              label: dated ? say({ zh: '判定', en: 'Verdict' }) : say({ zh: '与目标相比', en: 'Against the goal' }),
              kind: 'text',
            },
          ],
          rows: goals.map((goal) => [
            `${say(goal.title)}${language === 'zh' ? '（' : ' ('}${goal.clauses.join(', ')}${language === 'zh' ? '）' : ')'}`,
            say(goal.measure),
            ...(dated ? [goal.judgedOn] : []),
            goal.needed,
            goal.measured,
            say(GOAL_VERDICT_WORDS[goal.verdict]),
          ]),
        },
        {
          kind: 'text',
          paragraphs: goals.map(
            (goal) =>
              `${say(goal.title)}${language === 'zh' ? '：' : ': '}${goal.formula.map(say).join(language === 'zh' ? '；' : '; ')}`,
          ),
        },
      ],
    },
  ];
}
