import type { CaseInput } from '../domain/case/command.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { EvaluationInput } from '../domain/evaluation/command.ts';
import { type DueDuty, type JudgedCase, type MeasuredCycle, gatheredFigures } from '../domain/evaluation/figures.ts';
import { judgedCase } from '../domain/evaluation/judged-case.ts';
import type { EvaluationState } from '../domain/evaluation/state.ts';
import { restoreProcess } from '../domain/process/snapshot.ts';
import type { SurveyState } from '../domain/survey/state.ts';
import type { Database } from '../prisma/database.ts';
import type { Activities } from './index.ts';

/** Statuses of a duty that was due and is judged: what still waits for a verdict is neither in time nor late. */
const JUDGED = ['fulfilled', 'fulfilled-late', 'overdue', 'rework'];

/** Gathers what Postgres holds of a period for whoever is evaluated; it names nobody. */
export function createGatherFigures({ database }: { database: Database }): Activities['gatherFigures'] {
  return async ({ workflowId, asked }) => {
    const row = await database.process.findUniqueOrThrow({ where: { workflowId } });
    const { agreementId } = row;
    const { parties, rules, seatParties } = row.input as unknown as EvaluationInput;
    const { subjects } = row.snapshot as unknown as Pick<EvaluationState, 'subjects'>;
    const [cycles, duties, cases, seats] = await Promise.all([
      cyclesOf(database, agreementId),
      dutiesOf(database, { agreementId, but: rules.obligation, period: asked.period }),
      casesOf(database, agreementId),
      database.seat.findMany({ where: { agreementId }, include: { person: true } }),
    ]);
    const called = (personId: string): string[] =>
      subjects.filter((one) => one.subject === personId || one.personId === personId).map(({ subject }) => subject);
    return gatheredFigures(asked, {
      cycles,
      duties,
      cases,
      parties,
      groupOf: Object.fromEntries(seats.map(({ seat, person }) => [seat, person.organisationId])),
      heldBy: {
        ...Object.fromEntries(Object.entries(seatParties).map(([seat, party]) => [seat, [party]])),
        ...Object.fromEntries(
          seats.map(({ seat, party, personId }) => [seat, [...(party ? [party] : []), ...called(personId)]]),
        ),
      },
    });
  };
}

/** Cycles that are analysed, the earliest first. */
async function cyclesOf(database: Database, agreementId: string): Promise<MeasuredCycle[]> {
  const rows = await database.process.findMany({
    where: { agreementId, type: 'survey' },
    select: { workflowId: true, reference: true, snapshot: true },
    orderBy: { workflowId: 'asc' },
  });
  return rows
    .flatMap(({ workflowId, reference, snapshot }): MeasuredCycle[] => {
      const { figures, closedAtMs } = (snapshot ?? {}) as unknown as Partial<SurveyState>;
      if (!figures || closedAtMs == null) return [];
      return [{ workflowId, obligation: reference.split('#')[0] ?? reference, closedAtMs, figures }];
    })
    .sort((a, b) => a.closedAtMs - b.closedAtMs);
}

async function casesOf(database: Database, agreementId: string): Promise<JudgedCase[]> {
  const rows = await database.process.findMany({
    where: { agreementId, type: 'case', sequence: { gt: 0 } },
    select: { input: true, snapshot: true, sequence: true },
    orderBy: [{ createdAt: 'asc' }, { workflowId: 'asc' }],
  });
  return rows.flatMap(({ input, snapshot, sequence }) => {
    const state = restoreProcess<CaseState>('case', input as unknown as CaseInput, snapshot as object | null, sequence);
    return judgedCase(state) ?? [];
  });
}

/** Duties that fell due in the period, without the one that the evaluation itself fulfils. */
async function dutiesOf(
  database: Database,
  {
    agreementId,
    but,
    period: { fromMs, toMs },
  }: { agreementId: string; but: string | null; period: EvaluationInput['period'] },
): Promise<DueDuty[]> {
  const rows = await database.obligation.findMany({
    where: { agreementId, status: { in: JUDGED }, dueAt: { gte: new Date(fromMs), lt: new Date(toMs) } },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }, { occurrence: 'asc' }],
  });
  return rows
    .filter(({ id }) => id !== but)
    .map(({ id, occurrence, responsible, dueAt, status, settledDaysLate }) => ({
      reference: occurrence === '' ? id : `${id}#${occurrence}`,
      responsible,
      dueAtMs: dueAt?.getTime() ?? fromMs,
      inTime: status === 'fulfilled' && settledDaysLate === 0,
    }));
}
