import { Big } from 'big.js';
import type { Measured } from '../agreement/command.ts';
import { CLOCK } from '../agreement/parties.ts';
import type { GoalFigure } from '../goal/figure.ts';
import type { Errand } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { Figures } from './figures.ts';
import type { SurveyState } from './state.ts';

/**
 * What the cycle measured goes to the agreement, whose goals are held against it, as of the close. It is told when it is
 * analysed and not when the report is released, so that nobody can keep a figure back until a goal's date has passed.
 */
export function goalFigures({ input }: SurveyState, figures: Figures, atMs: Instant): Errand[] {
  if (!input.goals) return [];
  const { workflowId, agreementId, reference } = input;
  const command: Measured = {
    type: 'measured',
    id: `${workflowId} measured`, // with a space: no key of a person is like it
    receivedAtMs: atMs,
    actor: { ...CLOCK, via: 'workflow' },
    figures: figuresOf(figures, { source: reference, minimum: input.survey.minimumSample, atMs }),
  };
  return [{ kind: 'tell', workflowId: `agreement/${agreementId}`, command }];
}

/** The score and the share of satisfied answers, as the report shows them. */
function figuresOf(figures: Figures, of: Pick<GoalFigure, 'source' | 'minimum' | 'atMs'>): GoalFigure[] {
  const { score, scale, overall, verdict, answered } = figures;
  const { mean, satisfied } = overall;
  const percent = (fraction: string): string => new Big(fraction).times(100).toFixed();
  // Exact to four places where the survey's own target asks for it.
  const exact = verdict.outcome !== 'none' && verdict.measure === 'satisfied' ? verdict.value : null;
  return [
    {
      ...{ measure: 'satisfaction-score', ...of, value: score, n: answered, scale },
      // The mean of answers is the score only where every answer says something of every dimension.
      interval: mean !== null && mean.value === score ? { low: mean.low, high: mean.high } : null,
    },
    {
      ...{ measure: 'satisfaction-rate', ...of, n: answered, scale: null },
      value: satisfied === null ? null : (exact ?? percent(satisfied.value)),
      interval: satisfied === null ? null : { low: percent(satisfied.low), high: percent(satisfied.high) },
    },
  ];
}
