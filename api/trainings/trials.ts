import type { TrainingState } from '../../domain/training/state.ts';
import type { Instant } from '../../domain/time.ts';
import { addDays } from '../../domain/local-date.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { TrainingAct } from './schema.ts';

type Trial = { type: string } & Record<string, unknown>;

/** For each act, commands that are right in everything that whoever acts can still choose. */
export function trainingTrials(state: TrainingState, atMs: Instant): Record<TrainingAct, Trial[]> {
  const today = localDateAt(state.input.zone, atMs);
  const there = state.trainees.filter(({ withdrawn }) => !withdrawn);
  const each = (trial: (trainee: string) => Trial): Trial[] => there.map(({ personId }) => trial(personId));
  return {
    reschedule: [today, addDays(today, 1)].map((plannedOn) => ({ type: 'reschedule', plannedOn })),
    enrol: [{ type: 'enrol', trainees: ['somebody'] }],
    withdraw: each((trainee) => ({ type: 'withdraw', trainee })),
    hold: each((trainee) => ({ type: 'hold', heldOn: today, attended: [trainee] })),
    examine: each((trainee) => ({ type: 'examine', examinedOn: today, results: [{ trainee, score: '0' }] })),
    feedback: each((trainee) => ({ type: 'feedback', trainee, score: 5 })),
    complete: [{ type: 'complete', handIn: false, duty: null, taught: [], parts: [], documents: [] }],
    cancel: [{ type: 'cancel' }],
  };
}
