import type { z } from 'zod';
import { clocksOf } from '../../domain/improvement/clock.ts';
import type { ImprovementEvent } from '../../domain/improvement/event.ts';
import { improvementRules } from '../../domain/improvement/improvement.ts';
import { hasEnded } from '../../domain/improvement/standing.ts';
import type { EarlierPlan, ImprovementState } from '../../domain/improvement/state.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import { isoAt } from '../../domain/zone.ts';
import { measureTypeTitles } from '../../templates/compile-improvement.ts';
import type { Database } from '../../prisma/database.ts';
import type { ApiDeps } from '../deps.ts';
import { eventViews } from '../event-views.ts';
import { type Principal, reachOf } from '../policy.ts';
import { possibleActs } from '../process/possible.ts';
import { type ProcessRecord, processRecord } from '../process/record.ts';
import {
  type Belonging,
  type ImprovementProcess,
  belongingOf,
  findImprovement,
  improvementProcess,
} from '../process/rows.ts';
import { type Capacity, capacitiesOf } from '../process/speaking.ts';
import type { boardQuery, improvement as improvementSchema, improvementBoard } from './schema.ts';
import { improvementTrials } from './trials.ts';
import { type Wording, wordingsOf } from './wording.ts';

type Board = z.output<typeof improvementBoard>;
type Summary = Board['items'][number];
type View = z.output<typeof improvementSchema>;
type Asked = z.output<typeof boardQuery>;
type Told = ProcessRecord<ImprovementEvent>;

const CLOCKS = {
  'cause-reminder': 'cause',
  'plan-reminder': 'plan',
  'measure-reminder': 'measure',
  'check-reminder': 'check',
  'answer-reminder': 'answer',
} as const;

const PRIORITIES = ['high', 'medium', 'low', null];

/** All findings of an agreement with what becomes of them. @throws Problem `unknown-agreement`, `not-started` */
export async function boardOf(
  deps: Pick<ApiDeps, 'database' | 'clock'>,
  { agreementId, reader, asked }: { agreementId: string; reader: Principal; asked: Asked },
): Promise<Board> {
  const { database } = deps;
  const belonging = await belongingOf(database, agreementId);
  const rows = await database.process.findMany({ where: { agreementId, type: 'improvement' } });
  const processes = rows.map(improvementProcess);
  const reads = reachOf('record.read', reader) !== 'none';
  const wordingOf = await wordingsOf(database, [agreementId], reads ? processes : []);
  const all = processes
    .sort((a, b) => byUrgency(a, b))
    .map((one) => ({ one, item: summaryOf(belonging, one, wordingOf(one.row.workflowId)) }));
  const rules = belonging.agreement.improvement;
  const capacities = rules ? await capacitiesOf(deps, { agreementId, agreement: belonging.agreement, reader }) : [];
  return {
    items: all.filter(({ one, item }) => fits(one, item, asked)).map(({ item }) => item),
    counts: {
      status: countOf(all.map(({ item }) => item.status)),
      priority: countOf(all.flatMap(({ item }) => item.priority ?? [])),
      department: countOf(all.flatMap(({ item }) => item.department?.seat ?? [])),
      overdue: all.filter(({ item }) => item.overdue).length,
    },
    departments: rules ? [...new Set([rules.planner, ...rules.departments])].map(belonging.seat) : [],
    categories: rules?.categories ?? [],
    may: {
      raise: capacities.filter((one) => mayRaise(belonging, one)).map(({ as, onBehalfOf }) => ({ as, onBehalfOf })),
    },
  };
}

/** A finding is raised by one of the parties, or by the coordinator for itself. */
export function mayRaise(
  { agreement }: Belonging,
  { actor, onBehalfOf }: Pick<Capacity, 'actor' | 'onBehalfOf'>,
): boolean {
  if (actor.seat === 'coordinator') return onBehalfOf === null;
  return actor.party !== undefined && agreement.parties.includes(actor.party);
}

function byUrgency(a: ImprovementProcess, b: ImprovementProcess): number {
  const ended = Number(hasEnded(a.state)) - Number(hasEnded(b.state));
  const urgency = PRIORITIES.indexOf(a.state.priority) - PRIORITIES.indexOf(b.state.priority);
  return ended || urgency || a.input.raisedAtMs - b.input.raisedAtMs || (a.row.id < b.row.id ? -1 : 1);
}

function fits(
  { state }: ImprovementProcess,
  item: Summary,
  { status, priority, department, source, overdue }: Asked,
): boolean {
  return (
    (status === undefined || (status === 'open' ? !hasEnded(state) : item.status === status)) &&
    (priority === undefined || item.priority === priority) &&
    (department === undefined || item.department?.seat === department) &&
    (source === undefined || item.source === source) &&
    (overdue === undefined || item.overdue === (overdue === 'true'))
  );
}

function countOf(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function dueView(zone: Zone, due: { dueAtMs: Instant; localDate: string } | null) {
  return due && { dueAt: isoAt(zone, due.dueAtMs), localDate: due.localDate };
}

export function summaryOf(
  { seat, dimension }: Pick<Belonging, 'seat' | 'dimension'>,
  { row, input, state }: ImprovementProcess,
  { title }: Wording,
): Summary {
  const { zone } = input;
  const clocks = clocksOf(state).sort((a, b) => a.due.dueAtMs - b.due.dueAtMs);
  const [next] = clocks;
  return {
    id: row.id,
    reference: row.reference,
    title,
    status: row.status as Summary['status'],
    source: state.finding.source,
    about: state.finding.about,
    dimension: state.finding.dimension === null ? null : dimension(state.finding.dimension),
    category: state.category,
    score: state.score,
    priority: state.priority,
    department: state.department === null ? null : seat(state.department),
    next: next
      ? { dueAt: isoAt(zone, next.due.dueAtMs), localDate: next.due.localDate, what: CLOCKS[next.reminder] }
      : null,
    overdue: clocks.some(({ isOverdue }) => isOverdue),
    round: state.round,
    measures: {
      total: state.measures.length,
      done: state.measures.filter(({ completedAtMs }) => completedAtMs !== null).length,
    },
    raisedAt: isoAt(zone, input.raisedAtMs),
  };
}

/**
 * One improvement as it stands: from Postgres alone. Names and words are for those who may read the record.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-improvement`
 */
export async function improvementView(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  { agreementId, id, reader }: { agreementId: string; id: string; reader: Principal },
): Promise<View> {
  const [belonging, process] = await Promise.all([
    belongingOf(database, agreementId),
    findImprovement(database, agreementId, id),
  ]);
  const { row, input, state } = process;
  const reads = reachOf('record.read', reader) !== 'none';
  const nowMs = clock();
  const { agreement, seat } = belonging;
  const [record, capacities, wordingOf] = await Promise.all([
    processRecord<ImprovementEvent>(database, row.workflowId, reads),
    capacitiesOf({ database, clock }, { agreementId, agreement, reader }),
    wordingsOf(database, [agreementId], reads ? [process] : []),
  ]);
  const wording = wordingOf(row.workflowId);
  const possible =
    row.status === 'starting'
      ? { can: [], as: {} }
      : possibleActs(improvementRules.decide, state, {
          capacities,
          trials: improvementTrials(state, nowMs),
          atMs: nowMs,
        });
  const { zone, rules } = input;
  const at = (ms: Instant | null): string | null => (ms === null ? null : isoAt(zone, ms));
  const answered = record.of('customers-answered').at(-1);
  return {
    ...summaryOf(belonging, process, wording),
    sequence: row.sequence,
    asOf: isoAt(zone, nowMs),
    ...possible,
    details: wording.details,
    clauses: input.clauses,
    finding: await findingView(database, state, reads),
    absorbed: await linked(database, agreementId, state.absorbed),
    mergedInto: (await linked(database, agreementId, state.mergedInto === null ? [] : [state.mergedInto]))[0] ?? null,
    provides: provides(belonging, process),
    cause: rules.investigation
      ? {
          due: dueView(zone, state.causeDue),
          overdue: state.causeOverdue,
          foundAt: at(state.causeFoundAtMs),
          text: causeIn(state, record),
        }
      : null,
    planDue: dueView(zone, state.due),
    planDaysLate: state.planDaysLate,
    plan: planView(belonging, state, record),
    earlier: state.earlier.map((plan) => earlierView(belonging, plan, state, record)),
    checks: record.of('plan-checked').map(({ event, text, documents, person }) => ({
      at: isoAt(zone, event.occurredAtMs),
      verdict: event.verdict,
      by: person,
      note: text.note ?? null,
      documents,
    })),
    checkDue: dueView(zone, state.checkDue),
    effects: record.of('effect-verified').map(({ event, text }) => ({
      at: isoAt(zone, event.occurredAtMs),
      verdict: event.verdict,
      cycle: event.cycle ?? null,
      value: event.value ?? null,
      note: text.note ?? null,
    })),
    answer: {
      due: dueView(zone, state.answerDue),
      overdue: state.answerOverdue,
      answeredAt: at(state.answeredAtMs),
      text: answered?.text.details ?? null,
      verdictDue: dueView(zone, state.verdictDue),
    },
    publishedAt: at(state.publishedAtMs),
    publication: record.of('results-published').at(-1)?.text.details ?? null,
    events: reads ? await eventViews(database, record.rows, { zone, seesMoney: true }) : [],
  } as View;

  function provides({ titles, template }: Belonging, { input: { rules } }: ImprovementProcess): View['provides'] {
    const measureTitles = template ? measureTypeTitles(template) : {};
    return {
      planner: seat(rules.planner),
      departments: [...new Set([rules.planner, ...rules.departments])].map(seat),
      approvers: rules.approvers.map(seat),
      planDays: rules.planDays,
      cause: rules.cause !== null,
      measureTypes: rules.measureTypes,
      measureTypeTitles: rules.measureTypes.map((id) => ({ id, title: measureTitles[id] ?? { zh: id, en: id } })),
      categories: rules.categories,
      checks: rules.checks && { days: rules.checks.days, by: seat(rules.checks.by) },
      verified: rules.verified !== null,
      answerDays: rules.answer?.days ?? null,
      answers: rules.answer !== null,
      publishes: rules.publication !== null,
      dimensions: Object.entries(titles.dimensions).map(([key, title]) => ({ id: key, title })),
    };
  }
}

async function findingView(database: Database, state: ImprovementState, reads: boolean): Promise<View['finding']> {
  const { frequency, severity, customerWeight, measured, raisedBy } = state.finding;
  const customers = reads
    ? await database.customer.findMany({ where: { id: { in: raisedBy } }, select: { id: true, name: true } })
    : [];
  return {
    frequency,
    severity,
    customerWeight,
    measured,
    raisedBy: raisedBy.map((customerId) => ({
      customerId,
      name: customers.find(({ id }) => id === customerId)?.name ?? null,
      answered: state.answeredCustomers.includes(customerId),
      satisfied: state.verdicts[customerId] ?? null,
    })),
  };
}

async function linked(database: Database, agreementId: string, references: readonly string[]) {
  if (references.length === 0) return [];
  const rows = await database.process.findMany({
    where: { agreementId, type: 'improvement', reference: { in: [...references] } },
    select: { id: true, reference: true },
  });
  return references.map((reference) => ({
    id: rows.find((row) => row.reference === reference)?.id ?? null,
    reference,
  }));
}

/** The plan that stands, with the words that were written with it. */
function planView({ seat, dimension }: Belonging, state: ImprovementState, record: Told): View['plan'] {
  const { input, version, round, goal, measures, approvedBy, status } = state;
  if (measures.length === 0) return null;
  const submitted = record.of('plan-submitted').find(({ event }) => event.version === version);
  const rejected = record.of('plan-rejected').at(-1);
  const { approvers } = input.rules;
  return {
    round,
    version,
    goal: goal && { dimension: dimension(goal.dimension), atLeast: goal.atLeast },
    measures: measuresView({ seat }, input.zone, { version, measures }, record),
    cause: submitted?.text.cause ?? causeIn(state, record),
    note: submitted?.text.note ?? null,
    by: submitted?.person ?? null,
    documents: submitted?.documents ?? [],
    approvedBy: approvedBy.map(seat),
    waitsFor: status === 'planned' ? approvers.filter((one) => !approvedBy.includes(one)).map(seat) : [],
    points: rejected?.text.points ?? [],
  };
}

/** The cause of this round, in the words that came last. */
function causeIn({ causeFoundAtMs }: ImprovementState, record: Told): string | null {
  return causeFoundAtMs === null ? null : (record.of('cause-found').at(-1)?.text.cause ?? null);
}

function earlierView(
  { seat, dimension }: Belonging,
  { round, version, goal, measures }: EarlierPlan,
  { input }: ImprovementState,
  record: Told,
): View['earlier'][number] {
  return {
    round,
    version,
    goal: goal && { dimension: dimension(goal.dimension), atLeast: goal.atLeast },
    measures: measuresView({ seat }, input.zone, { version, measures }, record),
  };
}

function measuresView(
  { seat }: Pick<Belonging, 'seat'>,
  zone: Zone,
  { version, measures }: Pick<EarlierPlan, 'version' | 'measures'>,
  record: Told,
): NonNullable<View['plan']>['measures'] {
  const words = record.of('plan-submitted').find(({ event }) => event.version === version)?.text.measures ?? {};
  return measures.map(({ id, kind, owner, due, overdue, completedAtMs, daysLate }) => {
    const done = record
      .of('measure-completed')
      .find(({ event }) => event.measure === id && event.occurredAtMs === completedAtMs);
    return {
      id,
      kind,
      what: words[id]?.what ?? null,
      expected: words[id]?.expected ?? null,
      owner: seat(owner),
      due: { dueAt: isoAt(zone, due.dueAtMs), localDate: due.localDate },
      overdue,
      completedAt: completedAtMs === null ? null : isoAt(zone, completedAtMs),
      daysLate,
      evidence: done ? { note: done.text.note ?? null, documents: done.documents } : null,
    };
  });
}
