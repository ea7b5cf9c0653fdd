import type { z } from 'zod';
import { answersFor } from '../../domain/agreement/parties.ts';
import { clocksOf } from '../../domain/training/clock.ts';
import type { CompiledTraining } from '../../domain/training/compiled.ts';
import type { TrainingEvent } from '../../domain/training/event.ts';
import { hasPassed, waitsForTraining } from '../../domain/training/standing.ts';
import { trainingRules } from '../../domain/training/training.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import { isoAt } from '../../domain/zone.ts';
import type { ApiDeps } from '../deps.ts';
import { eventViews } from '../event-views.ts';
import { type Principal, reachOf } from '../policy.ts';
import { possibleActs } from '../process/possible.ts';
import { type ProcessRecord, processRecord } from '../process/record.ts';
import { capacitiesOf } from '../process/speaking.ts';
import {
  type TrainingBelonging,
  type TrainingProcess,
  findTraining,
  plannedOn,
  traineesOf,
  trainingBelonging,
  trainingsOf,
} from './rows.ts';
import type { trainingList, trainingQuery, training as trainingSchema } from './schema.ts';
import { openDuty, topicsTaught } from './serving.ts';
import { trainingTrials } from './trials.ts';

type List = z.output<typeof trainingList>;
type Summary = List['items'][number];
type View = z.output<typeof trainingSchema>;
type Asked = z.output<typeof trainingQuery>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

const WHAT = { 'training-reminder': 'session', 'exam-reminder': 'exam', 'retake-reminder': 'retake' } as const;

/** Sessions of an agreement, and what it speaks of. @throws Problem `unknown-agreement`, `not-started` */
export async function trainingListOf(
  deps: Deps,
  { agreementId, reader, asked }: { agreementId: string; reader: Principal; asked: Asked },
): Promise<List> {
  const belonging = await trainingBelonging(deps.database, agreementId);
  const { agreement, trainings } = belonging;
  const all = (await trainingsOf(deps.database, agreementId)).map((one) => ({ one, item: summaryOf(belonging, one) }));
  const capacities = trainings.length > 0 ? await capacitiesOf(deps, { agreementId, agreement, reader }) : [];
  const status: Record<string, number> = {};
  for (const { item } of all) status[item.status] = (status[item.status] ?? 0) + 1;
  return {
    items: all.filter(({ one, item }) => fits(one, item, asked)).map(({ item }) => item),
    counts: { status, overdue: all.filter(({ item }) => item.overdue).length },
    provides: trainings.map((one) => providedOf(belonging, one)),
    may: {
      plan: capacities
        .filter(({ actor }) => trainings.some(({ organiser }) => answersFor(agreement, actor, organiser)))
        .map(({ as, onBehalfOf }) => ({ as, onBehalfOf })),
    },
  };
}

function fits(one: TrainingProcess, item: Summary, { year, status, training, trainee }: Asked): boolean {
  const isOf = (day: string): boolean => day.startsWith(`${String(year)}-`);
  return (
    (year === undefined || isOf(item.plannedOn) || item.heldOn.some(isOf)) &&
    (status === undefined || item.status === status) &&
    (training === undefined || item.training.id === training) &&
    (trainee === undefined || traineesOf(one).some(({ personId, withdrawn }) => personId === trainee && !withdrawn))
  );
}

function providedOf(belonging: TrainingBelonging, training: CompiledTraining): View['provides'] {
  const { seat, taught, duty } = belonging;
  return {
    training: belonging.training(training.id),
    clauses: training.clauses,
    organiser: seat(training.organiser),
    topics: training.topics.map(({ id, clauses }) => ({ ...taught(id), clauses })),
    modes: training.modes.map(taught),
    methods: training.methods.map(taught),
    passMark: training.exam?.passMark ?? null,
    examDays: training.exam?.days ?? null,
    retraining: training.retraining && { days: training.retraining.days },
    certificate: training.certificate !== null,
    gate: training.gate !== null,
    feedback: training.feedback !== null,
    serves: training.serves.map(duty),
  };
}

function dueView(zone: Zone, due: { dueAtMs: Instant; localDate: string } | null) {
  return due && { dueAt: isoAt(zone, due.dueAtMs), localDate: due.localDate };
}

function summaryOf(belonging: TrainingBelonging, process: TrainingProcess): Summary {
  const { row, input, state } = process;
  const { seat, taught, duty } = belonging;
  const clocks = clocksOf(state).sort((a, b) => a.due.dueAtMs - b.due.dueAtMs);
  const [next] = clocks;
  const there = traineesOf(process).filter(({ withdrawn }) => !withdrawn);
  return {
    id: row.id,
    reference: row.reference,
    training: belonging.training(input.training.id),
    status: row.status as Summary['status'],
    topics: input.topics.map(taught),
    mode: input.mode === null ? null : taught(input.mode),
    methods: input.methods.map(taught),
    plannedOn: plannedOn(process),
    heldOn: state.heldOn,
    organiser: seat(input.training.organiser),
    serves: state.duty && { obligation: duty(state.duty.obligation), occurrence: state.duty.occurrence },
    enrolled: there.length,
    attended: there.filter(({ attendedOn }) => attendedOn.length > 0).length,
    passed: there.filter(hasPassed).length,
    failed: there.filter((one) => one.attempts.length > 0 && !hasPassed(one)).length,
    next: next
      ? { dueAt: isoAt(input.zone, next.due.dueAtMs), localDate: next.due.localDate, what: WHAT[next.reminder] }
      : null,
    overdue: clocks.some(({ isOverdue }) => isOverdue),
  };
}

/**
 * One session as it stands: from Postgres alone. Names and words are for those who may read the record.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-training`
 */
export async function trainingView(
  deps: Deps,
  { agreementId, id, reader }: { agreementId: string; id: string; reader: Principal },
): Promise<View> {
  const { database, clock } = deps;
  const [belonging, process] = await Promise.all([
    trainingBelonging(database, agreementId),
    findTraining(database, agreementId, id),
  ]);
  const { row, input, state } = process;
  const { agreement } = belonging;
  const reads = reachOf('record.read', reader) !== 'none';
  const nowMs = clock();
  const [record, capacities, names, checklist] = await Promise.all([
    processRecord<TrainingEvent>(database, row.workflowId, reads),
    capacitiesOf(deps, { agreementId, agreement, reader, obligation: state.duty?.obligation }),
    reads ? namesOf(deps, process) : new Map<string, string>(),
    checklistOf(deps, belonging, process),
  ]);
  const possible =
    row.status === 'starting'
      ? { can: [], as: {} }
      : possibleActs(trainingRules.decide, state, { capacities, trials: trainingTrials(state, nowMs), atMs: nowMs });
  const changes = [...record.of('training-rescheduled'), ...record.of('training-cancelled')];
  const completed = record.of('training-completed').at(-1);
  const { zone } = input;
  return {
    ...summaryOf(belonging, process),
    sequence: row.sequence,
    asOf: isoAt(zone, nowMs),
    ...possible,
    clauses: input.training.clauses,
    provides: providedOf(belonging, input.training),
    note: reads ? ((row.text as { note?: string } | null)?.note ?? null) : null,
    reason: changes.sort((a, b) => a.event.sequence - b.event.sequence).at(-1)?.text.reason ?? null,
    trainees: traineesView(process, record, names),
    checklist,
    completedAt: state.completedAtMs === null ? null : isoAt(zone, state.completedAtMs),
    documents: completed?.documents ?? [],
    feedbackUntil: dueView(zone, state.feedbackDue),
    events: reads ? await eventViews(database, record.rows, { zone, seesMoney: true }) : [],
  };
}

async function namesOf({ database }: Pick<Deps, 'database'>, process: TrainingProcess): Promise<Map<string, string>> {
  const ids = traineesOf(process).map(({ personId }) => personId);
  const people = await database.person.findMany({
    where: { id: { in: ids }, erasedAt: null },
    select: { id: true, name: true },
  });
  return new Map(people.map(({ id, name }) => [id, name]));
}

function traineesView(
  process: TrainingProcess,
  record: ProcessRecord<TrainingEvent>,
  names: Map<string, string>,
): View['trainees'] {
  const { zone, training } = process.input;
  return traineesOf(process).map((one) => {
    const said = record
      .of('training-feedback-given')
      .filter(({ event }) => event.trainee === one.personId)
      .at(-1);
    return {
      personId: one.personId,
      name: names.get(one.personId) ?? null,
      withdrawn: one.withdrawn,
      attendedOn: one.attendedOn,
      attempts: one.attempts,
      examDue: dueView(zone, one.examDue),
      examOverdue: one.examOverdue,
      retakeDue: dueView(zone, one.retakeDue),
      retakeOverdue: one.retakeOverdue,
      mustRetrain: training.retraining !== null && !one.withdrawn && waitsForTraining(one),
      certificate: one.certificate,
      feedback: one.feedback === null ? null : { score: one.feedback, text: said?.text.details ?? null },
    };
  });
}

async function checklistOf(
  { database }: Pick<Deps, 'database'>,
  { state: agreement, checklistPart }: TrainingBelonging,
  process: TrainingProcess,
): Promise<View['checklist']> {
  const { input, state } = process;
  const duty = state.duty ?? openDuty(agreement, input.training);
  if (!duty) return [];
  const taught = await topicsTaught(database, process, duty);
  const topics = input.training.topics.map(({ id }) => id);
  const { parts = [], mayOmit = [] } = input.duties[duty.obligation] ?? {};
  return parts.map((part) => ({
    part: checklistPart(duty.obligation, part),
    topic: topics.includes(part),
    mayOmit: mayOmit.includes(part),
    taught: taught.includes(part),
  }));
}
