import { qualificationOf, rosterOf } from '../../domain/training/qualification.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { CaseProcess } from '../process/rows.ts';
import { traineesOf, trainingBelonging, trainingsOf } from '../trainings/rows.ts';

/**
 * Nobody is given a case who was enrolled in training that stands before the post and is not through it (S001c-10, S001c-13).
 * Of whoever is on no list of a training nothing is known, and nothing is said.
 *
 * @param to `person:<id>`, or a seat: whoever fills it
 * @throws Problem `not-qualified`, with what is missing
 */
export async function demandTrained(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  { row: { agreementId }, input: { zone } }: CaseProcess,
  to: string,
): Promise<void> {
  const belonging = await trainingBelonging(database, agreementId);
  const gates = belonging.trainings.filter(({ gate }) => gate !== null);
  if (gates.length === 0) return;
  const personId = to.startsWith('person:') ? to.slice('person:'.length) : await fillerOf(database, agreementId, to);
  if (personId === null) return;
  const processes = await trainingsOf(database, agreementId);
  const sessions = processes
    .filter(({ input }) => gates.some(({ id }) => id === input.training.id))
    .map((one) => ({ ...one.state, trainees: traineesOf(one) }));
  if (!rosterOf(sessions).includes(personId)) return;
  const { qualified, missing } = qualificationOf(gates, sessions, {}, personId, localDateAt(zone, clock()));
  if (qualified !== false) return;
  const lacks = missing.map(
    ({ training, topics, exam }) => `${training} (${[...topics, ...(exam ? ['exam'] : [])].join(', ')})`,
  );
  throw new Problem('not-qualified', {
    message: `whoever is to do it has not been through ${lacks.join('; ')}`,
    clauses: [...new Set(gates.flatMap(({ gate }) => gate?.clauses ?? []))],
  });
}

async function fillerOf(database: ApiDeps['database'], agreementId: string, seat: string): Promise<string | null> {
  const row = await database.seat.findUnique({ where: { agreementId_seat: { agreementId, seat } } });
  return row?.personId ?? null;
}
