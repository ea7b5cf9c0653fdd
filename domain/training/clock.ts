import type { Due } from '../agreement/event.ts';
import type { NoticeDraft, NoticeKind } from '../agreement/notice.ts';
import { dueAfterDays } from '../deadline.ts';
import type { LocalDate } from '../time.ts';
import { instantAt } from '../zone.ts';
import type { TrainingInput } from './compiled.ts';
import type { TrainingState } from './state.ts';

/** Deadlines for an act: they end with their last day, which moves off rest days (Civil Code 203). */
const ACTS = { rollover: 'next-working-day', dayEnd: '24:00' } as const;

/** Trainees may say so long what they thought of it; ours. */
const FEEDBACK_DAYS = 10;

export function dueAfter({ calendar, zone }: TrainingInput, date: LocalDate, days: number): Due {
  return dueAfterDays(date, days, ACTS, calendar, zone);
}

/** The day that was planned: whoever planned chose it, so it does not move. */
export function dueOnDay({ zone }: Pick<TrainingInput, 'zone'>, localDate: LocalDate): Due {
  return { dueAtMs: instantAt(zone, localDate, '24:00'), localDate };
}

export function feedbackDueAfter(input: TrainingInput, heldOn: LocalDate): Due {
  return dueAfter(input, heldOn, FEEDBACK_DAYS);
}

/** One thing that the organiser has to do by a time, while it is not done. */
export interface Clock {
  reminder: Extract<NoticeKind, 'training-reminder' | 'exam-reminder' | 'retake-reminder'>;
  due: Due;
  /** Its overdue stands in the record already. */
  isOverdue: boolean;
  /** Whom it is about; of the session itself, nobody by name. */
  trainees: string[];
  clauses: string[];
}

/** The clocks that run now; examinations and repeated trainings that are due together are one. */
export function clocksOf(state: TrainingState): Clock[] {
  const { training } = state.input;
  const session: Clock[] =
    (state.status === 'planned' || state.status === 'missed') && state.due
      ? [
          {
            reminder: 'training-reminder',
            due: state.due,
            isOverdue: state.status === 'missed',
            trainees: [],
            clauses: training.clauses,
          },
        ]
      : [];
  if (state.status === 'cancelled' || state.status === 'closed') return [];
  const exams = state.trainees.flatMap(({ personId, examDue: due, examOverdue: isOverdue }) =>
    due ? [{ personId, due, isOverdue }] : [],
  );
  const retakes = state.trainees.flatMap(({ personId, retakeDue: due, retakeOverdue: isOverdue }) =>
    due ? [{ personId, due, isOverdue }] : [],
  );
  return [
    ...session,
    ...together('exam-reminder', exams, training.exam?.clauses ?? training.clauses),
    ...together('retake-reminder', retakes, training.retraining?.clauses ?? training.clauses),
  ];
}

function together(
  reminder: Clock['reminder'],
  each: { personId: string; due: Due; isOverdue: boolean }[],
  clauses: string[],
): Clock[] {
  const clocks: Clock[] = [];
  for (const { personId, due, isOverdue } of each) {
    const one = clocks.find((clock) => clock.due.dueAtMs === due.dueAtMs && clock.isOverdue === isOverdue);
    if (one) one.trainees.push(personId);
    else clocks.push({ reminder, due, isOverdue, trainees: [personId], clauses });
  }
  return clocks;
}

/** Whether a reminder that was put by is still of a clock that runs. */
export function isOfClock(notice: NoticeDraft, { reminder, due }: Clock): boolean {
  return notice.kind === reminder && notice.facts.dueAtMs === due.dueAtMs;
}
