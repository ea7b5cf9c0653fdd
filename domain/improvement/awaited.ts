import { type Awaited, awaited } from '../awaited/awaited.ts';
import { COORDINATOR } from '../agreement/parties.ts';
import { datesOf } from './clock.ts';
import type { ImprovementState } from './state.ts';

const ACT_OF = {
  'cause-reminder': 'improvement-cause',
  'plan-reminder': 'improvement-plan',
  'measure-reminder': 'improvement-measure',
  'check-reminder': 'improvement-check',
  'answer-reminder': 'improvement-answer',
} as const;

/** What an improvement waits for: its dates, and the step that it has come to where that has none. */
export function awaitedOfImprovement(state: ImprovementState): Awaited[] {
  const isPaused = state.suspended !== null;
  const dated = datesOf(state).map(({ reminder, about, seat, due }) =>
    awaited('improvement', ACT_OF[reminder], [seat], { about, due: isPaused ? null : due, isPaused }),
  );
  const next = withoutDate(state).filter(({ key }) => !dated.some((one) => one.key === key));
  return [...dated, ...next];
}

function withoutDate(state: ImprovementState): Awaited[] {
  const { rules } = state.input;
  const department = state.department ?? rules.planner;
  const step = (act: string, waitsFor: string[]): Awaited[] => [awaited('improvement', act, waitsFor)];
  switch (state.status) {
    case 'raised':
      return step('improvement-classify', [rules.classifier ?? rules.planner]);
    case 'classified':
      return step('improvement-plan', [department]);
    case 'planned':
      return step(
        'improvement-approve',
        rules.approvers.filter((seat) => !state.approvedBy.includes(seat)),
      );
    case 'approved':
      return [];
    case 'implemented':
      return step('improvement-effect', [rules.checks?.by ?? rules.planner]);
    case 'effective':
      return rules.answer !== null && state.answeredAtMs === null
        ? step('improvement-answer', [department])
        : step('improvement-close', [COORDINATOR]);
    case 'closed':
    case 'merged':
    case 'dismissed':
    case 'cancelled':
      return [];
  }
}
