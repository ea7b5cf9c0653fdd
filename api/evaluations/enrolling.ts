import type { EvaluationInput } from '../../domain/evaluation/command.ts';
import { readReference } from '../../domain/agreement/reference.ts';
import type { ApiDeps } from '../deps.ts';
import { demandKnown } from '../improvements/acting.ts';
import { assertPeople } from '../trainings/planning.ts';
import { isPerson } from './rows.ts';

/**
 * Somebody of the directory, or a seat of the agreement: other words would enter the record, which nobody can erase.
 *
 * @throws Problem `invalid-request`
 */
export async function assertSubject(
  deps: Pick<ApiDeps, 'database'>,
  { parties, seats, seatParties }: EvaluationInput,
  subject: string,
): Promise<void> {
  if (isPerson(subject)) await assertPeople(deps, [{ personId: subject, path: 'subject' }]);
  else demandKnown('subject', subject, [...new Set([...parties, ...seats, ...Object.keys(seatParties)])]);
}

/**
 * What was answered late is on record in the agreement: a case, an opinion, a process, a duty.
 *
 * @throws Problem `invalid-request`
 */
export async function assertItem(
  { database }: Pick<ApiDeps, 'database'>,
  agreementId: string,
  item: string,
): Promise<void> {
  const { obligation, occurrence = '' } = readReference(item);
  const [processes, opinions, duties] = await Promise.all([
    database.process.count({ where: { agreementId, reference: item } }),
    database.feedback.count({ where: { agreementId, number: item } }),
    database.obligation.count({ where: { agreementId, id: obligation, occurrence } }),
  ]);
  if (processes + opinions + duties > 0) return;
  const known = await database.feedback.findMany({ where: { agreementId }, select: { number: true }, take: 30 });
  demandKnown(
    'item',
    item,
    known.map(({ number }) => number),
  );
}
