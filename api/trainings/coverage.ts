import { Big } from 'big.js';
import type { z } from 'zod';
import type { CompiledTraining } from '../../domain/training/compiled.ts';
import type { TrainingIntervals } from '../../domain/training/qualification.ts';
import { qualificationOf, rosterOf } from '../../domain/training/qualification.ts';
import type { LocalDate } from '../../domain/time.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import type { ApiDeps } from '../deps.ts';
import { type Principal, reachOf } from '../policy.ts';
import { surveyProcess } from '../process/rows.ts';
import { type TrainingBelonging, type TrainingProcess, traineesOf, trainingBelonging, trainingsOf } from './rows.ts';
import type { qualificationList, trainingCoverage } from './schema.ts';

type Coverage = z.output<typeof trainingCoverage>;
type Qualifications = z.output<typeof qualificationList>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/** A survey's overall score and the day of its close. */
interface Measured {
  closedOn: LocalDate;
  score: string | null;
}

/** What of the topics, modes and methods had no session yet. @throws Problem `unknown-agreement`, `not-started` */
export async function coverageOf({ database, clock }: Deps, agreementId: string): Promise<Coverage> {
  const belonging = await trainingBelonging(database, agreementId);
  const [sessions, surveys] = await Promise.all([
    trainingsOf(database, agreementId),
    database.process.findMany({ where: { agreementId, type: 'survey' } }),
  ]);
  const { zone } = belonging.agreement;
  const measured = surveys
    .map(surveyProcess)
    .flatMap(({ state: { closedAtMs, figures } }): Measured[] =>
      closedAtMs === null || figures === null
        ? []
        : [{ closedOn: localDateAt(zone, closedAtMs), score: figures.score }],
    )
    .sort((a, b) => (a.closedOn < b.closedOn ? -1 : 1));
  return {
    asOf: isoAt(zone, clock()),
    items: belonging.trainings.map((training) =>
      coverage(
        belonging,
        training,
        sessions.filter(({ input, state }) => input.training.id === training.id && state.status !== 'cancelled'),
        measured,
      ),
    ),
  };
}

function coverage(
  { training: titleOf, taught }: TrainingBelonging,
  training: CompiledTraining,
  sessions: TrainingProcess[],
  measured: Measured[],
): Coverage['items'][number] {
  const counted = (id: string, isOf: (one: TrainingProcess) => boolean) => {
    const own = sessions.filter(isOf);
    const held = own.filter(({ state }) => state.heldOn.length > 0);
    const days = held.flatMap(({ state }) => state.heldOn).sort();
    return { ...taught(id), planned: own.length - held.length, held: held.length, lastHeldOn: days.at(-1) ?? null };
  };
  const topics = training.topics.map(({ id }) => counted(id, ({ input }) => input.topics.includes(id)));
  const modes = training.modes.map((id) => counted(id, ({ input }) => input.mode === id));
  const methods = training.methods.map((id) => counted(id, ({ input }) => input.methods.includes(id)));
  const missing = (list: typeof topics) =>
    list.filter(({ held }) => held === 0).map(({ id, title }) => ({ id, title }));
  const scores = sessions.flatMap((one) => traineesOf(one).flatMap(({ feedback }) => feedback ?? []));
  const sum = scores.reduce((total, score) => total.plus(score), new Big(0));
  return {
    training: titleOf(training.id),
    clauses: training.clauses,
    topics,
    modes,
    methods,
    missing: { topics: missing(topics), modes: missing(modes), methods: missing(methods) },
    satisfaction: sessions.flatMap(({ row, state }) => {
      const [heldOn] = state.heldOn;
      return heldOn === undefined ? [] : [{ session: row.id, heldOn, ...around(measured, heldOn) }];
    }),
    feedback: { answers: scores.length, mean: scores.length === 0 ? null : sum.div(scores.length).toFixed(2) },
  };
}

/** What the last survey before a day said, and the first one after it (S001b-13, S001c-50). */
function around(measured: Measured[], day: LocalDate): { before: string | null; after: string | null } {
  return {
    before: measured.filter(({ closedOn }) => closedOn <= day).at(-1)?.score ?? null,
    after: measured.find(({ closedOn }) => closedOn > day)?.score ?? null,
  };
}

/**
 * Who may work under an agreement on a day, since when, and whose training is too long ago (S001c-13, S001b-39). Names are
 * for those who may read the record.
 *
 * @throws Problem `unknown-agreement`, `not-started`
 */
export async function qualificationsOf(
  { database, clock }: Deps,
  { agreementId, reader, on, trainee }: { agreementId: string; reader: Principal; on?: string; trainee?: string },
): Promise<Qualifications> {
  const belonging = await trainingBelonging(database, agreementId);
  const { trainings, agreement, taught } = belonging;
  const nowMs = clock();
  const day = on ?? localDateAt(agreement.zone, nowMs);
  const sessions = (await trainingsOf(database, agreementId)).map((one) => ({
    ...one.state,
    trainees: traineesOf(one),
  }));
  const people = rosterOf(sessions).filter((personId) => trainee === undefined || personId === trainee);
  const intervals = intervalsOf(belonging);
  const reads = reachOf('record.read', reader) !== 'none';
  const rows = reads
    ? await database.person.findMany({
        where: { id: { in: people }, erasedAt: null },
        select: { id: true, name: true },
      })
    : [];
  const items = people.map((personId): Qualifications['items'][number] => {
    const { missing, overdue, ...rest } = qualificationOf(trainings, sessions, intervals, personId, day);
    return {
      ...rest,
      name: rows.find(({ id }) => id === personId)?.name ?? null,
      missing: missing.map((one) => ({
        training: belonging.training(one.training),
        topics: one.topics.map(taught),
        exam: one.exam,
      })),
      overdue: overdue.map((one) => ({ ...one, training: belonging.training(one.training) })),
    };
  });
  const gates = trainings.flatMap(({ gate }) => gate ?? []);
  return {
    on: day,
    asOf: isoAt(agreement.zone, nowMs),
    gated: gates.length > 0,
    clauses: [...new Set(gates.flatMap(({ clauses }) => clauses))],
    items: items.sort((a, b) => Number(a.qualified === true) - Number(b.qualified === true)),
  };
}

/** How often a training recurs: as the duty that it serves does. */
function intervalsOf({ agreement, trainings }: TrainingBelonging): TrainingIntervals {
  return Object.fromEntries(
    trainings.flatMap(({ id, serves }) => {
      const recurrence = agreement.obligations.find((one) => serves.includes(one.id))?.recurrence;
      return recurrence?.by === 'interval' ? [[id, recurrence.every]] : [];
    }),
  );
}
