import type { Actor } from '../agreement/command.ts';
import { COORDINATOR, answersFor } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { ProcessEventEnvelope } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { TrainingInput } from './compiled.ts';
import type { Trainee, TrainingState } from './state.ts';

export function hasEnded({ status }: Pick<TrainingState, 'status'>): boolean {
  return status === 'closed' || status === 'cancelled';
}

/** The duty and the occurrence that a session serves. */
export function subjectOf({ duty }: TrainingInput): { obligation?: string; occurrence?: string } {
  if (duty === null) return {};
  return { obligation: duty.obligation, ...(duty.occurrence === null ? {} : { occurrence: duty.occurrence }) };
}

/** What every event of a command bears. */
export function causeOf(
  { input }: TrainingState,
  command: { receivedAtMs: Instant; actor: Actor; id: string },
  clauses: string[] = input.training.clauses,
): ProcessEventEnvelope & { obligation?: string; occurrence?: string } {
  const { actor, receivedAtMs: occurredAtMs, id: commandId } = command;
  return { ...subjectOf(input), occurredAtMs, actor, clauses, commandId };
}

/** Why this act is not the organiser's, nor the coordinator's; undefined where it is. */
export function notOrganiser({ input }: TrainingState, actor: Actor): Rejection | undefined {
  const { organiser, clauses } = input.training;
  if (actor.seat === COORDINATOR || answersFor(input, actor, organiser)) return undefined;
  return { rejected: 'not-responsible', message: `${input.reference}: this is for ${organiser} to do`, clauses };
}

/** Why nothing of it changes any more. */
export function over({ input, status }: TrainingState): Rejection | undefined {
  if (status !== 'closed' && status !== 'cancelled') return undefined;
  return { rejected: 'training-over', message: `${input.reference} is ${status}` };
}

export function unknownTrainee(state: TrainingState, trainee: string): Rejection {
  return {
    rejected: 'unknown-trainee',
    message: `${trainee} is not enrolled in ${state.input.reference}: enrol them first`,
  };
}

export function takesPart({ withdrawn }: Pick<Trainee, 'withdrawn'>): boolean {
  return !withdrawn;
}

export function traineeOf({ trainees }: Pick<TrainingState, 'trainees'>, personId: string): Trainee | undefined {
  return trainees.find((one) => one.personId === personId && takesPart(one));
}

export function hasPassed({ attempts }: Pick<Trainee, 'attempts'>): boolean {
  return attempts.some(({ passed }) => passed);
}

/** Failed, and not trained again since: where the agreement wants that before another examination (S001b-16). */
export function waitsForTraining({ attempts, attendedOn }: Trainee): boolean {
  const last = attempts.at(-1);
  return last !== undefined && !last.passed && attendedOn.length <= attempts.length;
}
