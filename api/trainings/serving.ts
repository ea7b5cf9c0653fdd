import type { AgreementState, ObligationState } from '../../domain/agreement/state.ts';
import type { CompiledTraining, ServedDuty, TrainingInput } from '../../domain/training/compiled.ts';
import type { Database } from '../../prisma/database.ts';
import { type TrainingProcess, trainingsOf } from './rows.ts';

/** What is asked of the duties that a session may fulfil. */
export function dutiesServed({ agreement }: AgreementState, training: CompiledTraining): Record<string, ServedDuty> {
  const ids = [...training.serves, training.fulfils.exam, training.fulfils.retraining];
  return Object.fromEntries(
    agreement.obligations
      .filter(({ id }) => ids.includes(id))
      .map(({ id, responsible, checklist = [], review }) => [
        id,
        {
          responsible,
          parts: checklist.map((part) => part.id),
          mayOmit: checklist.filter(({ mayOmit }) => mayOmit).map((part) => part.id),
          reviewers: review?.reviewers ?? [],
        },
      ]),
  );
}

function isOpen({ status }: ObligationState): boolean {
  return status === 'pending' || status === 'overdue' || status === 'rework';
}

/** The earliest occurrence that is open of what a training serves; null where none is. */
export function openDuty({ obligations }: AgreementState, { serves }: CompiledTraining): TrainingInput['duty'] {
  const [first] = obligations
    .filter((one) => serves.includes(one.id) && isOpen(one) && one.due !== null)
    .sort((a, b) => (a.due?.dueAtMs ?? 0) - (b.due?.dueAtMs ?? 0));
  return first ? { obligation: first.id, occurrence: first.occurrence } : null;
}

/** Whether there is such an occurrence of what a training serves. */
export function servesOccurrence(
  { obligations }: AgreementState,
  { serves }: CompiledTraining,
  occurrence: string,
): TrainingInput['duty'] {
  const found = obligations.find((one) => serves.includes(one.id) && one.occurrence === occurrence);
  return found ? { obligation: found.id, occurrence } : null;
}

/** Topics that held sessions of the same occurrence have taught, this one included. */
export async function topicsTaught(
  database: Database,
  { row, input, state }: TrainingProcess,
  duty: TrainingInput['duty'],
): Promise<string[]> {
  const all = await trainingsOf(database, row.agreementId);
  const same = all.filter(
    (one) =>
      one.row.id !== row.id &&
      one.state.heldOn.length > 0 &&
      one.state.status !== 'cancelled' &&
      one.input.training.id === input.training.id &&
      one.state.duty?.obligation === duty?.obligation &&
      one.state.duty?.occurrence === duty?.occurrence,
  );
  const held = state.heldOn.length > 0 ? input.topics : [];
  return [...new Set([...held, ...same.flatMap((one) => one.input.topics)])];
}
