import { trainingBelonging, plannedOn, trainingProcess, traineesOf } from './rows.ts';
import type { Database } from '../../prisma/database.ts';

/** The sessions that list a person, withdrawn ones included: when they were there, their marks, certificate, what they gave it. */
export async function trainingsAbout(database: Database, personId: string): Promise<object[]> {
  const rows = await database.process.findMany({
    where: {
      type: 'training',
      OR: [
        { input: { path: ['trainees'], array_contains: [personId] } },
        { snapshot: { path: ['trainees'], array_contains: [{ personId }] } },
      ],
    },
    orderBy: { createdAt: 'asc' },
  });
  const ids = [...new Set(rows.map(({ agreementId }) => agreementId))];
  const belongings = await Promise.all(ids.map((id) => trainingBelonging(database, id)));
  return rows.map(trainingProcess).flatMap((process) => {
    const { row, input, state } = process;
    const belonging = belongings.find(({ agreementId }) => agreementId === row.agreementId);
    return traineesOf(process)
      .filter((one) => one.personId === personId)
      .map(({ withdrawn, attendedOn, attempts, examDue, retakeDue, certificate, feedback }) => ({
        agreementId: row.agreementId,
        reference: row.reference,
        title: belonging?.training(input.training.id).title,
        topics: input.topics.map((topic) => belonging?.taught(topic).title),
        status: row.status,
        plannedOn: plannedOn(process),
        heldOn: state.heldOn,
        withdrawn,
        attendedOn,
        attempts,
        examDueOn: examDue?.localDate ?? null,
        retakeDueOn: retakeDue?.localDate ?? null,
        certificate,
        feedback,
      }));
  });
}
