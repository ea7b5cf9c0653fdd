import { type Awaited, awaited } from '../awaited/awaited.ts';
import { clocksOf } from './clock.ts';
import type { TrainingState } from './state.ts';

const ACT_OF = {
  'training-reminder': 'training-hold',
  'exam-reminder': 'training-examine',
  'retake-reminder': 'training-repeat',
} as const;

/** What a training waits for: its day, examinations, repeated training; those that are due together are one. */
export function awaitedOfTraining(state: TrainingState): Awaited[] {
  const { organiser } = state.input.training;
  const clocks = clocksOf(state).map(({ reminder, due, isOverdue }) =>
    awaited('training', ACT_OF[reminder], [organiser], {
      key: `${ACT_OF[reminder]}:${String(due.dueAtMs)}${isOverdue ? ':overdue' : ''}`,
      due,
    }),
  );
  if (clocks.length > 0 || state.status === 'closed' || state.status === 'cancelled') return clocks;
  // Held, and its record is not whole; or complete, and feedback may still come.
  return state.status === 'held' ? [awaited('training', 'training-complete', [organiser])] : [];
}
