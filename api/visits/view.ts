import type { z } from 'zod';
import type { Due } from '../../domain/agreement/event.ts';
import type { Zone } from '../../domain/time.ts';
import type { VisitEvent } from '../../domain/visit/event.ts';
import type { VisitState } from '../../domain/visit/state.ts';
import { visitRules } from '../../domain/visit/visit.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import type { CommandText } from '../commands.ts';
import type { ApiDeps } from '../deps.ts';
import { eventViews } from '../event-views.ts';
import { knownDimensions } from '../improvements/dimensions.ts';
import { type Principal, reachOf } from '../policy.ts';
import { possibleActs } from '../process/possible.ts';
import { processRecord } from '../process/record.ts';
import { type Belonging, type VisitProcess, belongingOf, findVisit, visitProcess } from '../process/rows.ts';
import { capacitiesOf } from '../process/speaking.ts';
import { obligationTitle } from '../views.ts';
import { mayPlan } from './planning.ts';
import type { VisitAct, visit as visitSchema, visitList, visitQuery } from './schema.ts';

type List = z.output<typeof visitList>;
type Summary = List['items'][number];
type View = z.output<typeof visitSchema>;
type Asked = z.output<typeof visitQuery>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/** Visits and call-backs of an agreement, by planned day. @throws Problem `unknown-agreement`, `not-started` */
export async function visitsOf(
  deps: Deps,
  { agreementId, reader, asked }: { agreementId: string; reader: Principal; asked: Asked },
): Promise<List> {
  const { database } = deps;
  const belonging = await belongingOf(database, agreementId);
  const { agreement, seat } = belonging;
  const rows = await database.process.findMany({ where: { agreementId, type: 'visit' } });
  const visits = rows.map(visitProcess);
  const nameOf = await namesOf(database, visits, reader);
  const all = visits
    .map((one) => summaryOf(belonging, one, nameOf))
    .sort((a, b) => (a.plannedOn === b.plannedOn ? (a.id < b.id ? -1 : 1) : a.plannedOn < b.plannedOn ? -1 : 1));
  const rules = agreement.visits ?? [];
  const capacities = rules.length === 0 ? [] : await capacitiesOf(deps, { agreementId, agreement, reader });
  const who = (of: typeof rules): List['may']['plan'] =>
    capacities
      .filter(({ actor }) => of.some((rule) => mayPlan(belonging, rule, actor)))
      .map(({ as, onBehalfOf }) => ({ as, onBehalfOf }));
  return {
    items: all.filter((item) => fits(item, asked)),
    counts: {
      status: countOf(all.map(({ status }) => status)),
      kind: countOf(all.map(({ kind }) => kind)),
      overdue: all.filter(({ overdue }) => overdue).length,
    },
    plans: plansOf(visits, agreement.zone),
    rules: rules.map(({ kind, clauses, leader, departments, reportDays, plan }) => ({
      kind,
      clauses,
      leader: seat(leader),
      departments: departments.map(seat),
      reportDays,
      plan,
    })),
    may: { plan: who(rules.filter(({ plan }) => plan !== null)), visit: who(rules) },
  };
}

/**
 * One visit as it stands: from Postgres alone. Names and words are for those who may read the record.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-visit`
 */
export async function visitView(
  deps: Deps,
  { agreementId, id, reader }: { agreementId: string; id: string; reader: Principal },
): Promise<View> {
  const { database, clock } = deps;
  const [belonging, process] = await Promise.all([
    belongingOf(database, agreementId),
    findVisit(database, agreementId, id),
  ]);
  const { row, input, state } = process;
  const { agreement, template } = belonging;
  const { zone } = input;
  const reads = reachOf('record.read', reader) !== 'none';
  const nowMs = clock();
  const [record, capacities, nameOf, dimensions] = await Promise.all([
    processRecord<VisitEvent>(database, row.workflowId, reads),
    capacitiesOf(deps, { agreementId, agreement, reader }),
    namesOf(database, [process], reader),
    knownDimensions(database, belonging),
  ]);
  const possible =
    row.status === 'starting'
      ? { can: [], as: {} }
      : possibleActs(visitRules.decide, state, { capacities, trials: trialsOf(state, nowMs), atMs: nowMs });
  const reported = record.of('visit-reported').at(-1);
  const changed = [...record.of('visit-rescheduled'), ...record.of('visit-cancelled')].sort(
    (a, b) => a.event.sequence - b.event.sequence,
  );
  const planned = reads ? (row.text as CommandText | null) : null;
  const { obligation } = input.rules;
  return {
    ...summaryOf(belonging, process, nameOf),
    sequence: row.sequence,
    asOf: isoAt(zone, nowMs),
    ...possible,
    clauses: input.rules.clauses,
    obligation: obligation === null ? null : { id: obligation, title: obligationTitle(template, obligation) },
    note: planned?.note ?? planned?.reason ?? null,
    reason: changed.at(-1)?.text.reason ?? null,
    rescheduled: state.rescheduled,
    report:
      reported === undefined
        ? null
        : {
            outcome: reported.text.details ?? null,
            documents: reported.documents,
            reportedAt: isoAt(zone, reported.event.occurredAtMs),
            daysLate: reported.event.daysLate,
            by: reported.person,
          },
    improvements: await improvementsOf(database, state, (workflowId) => {
      const raised = record.of('visit-finding-raised').find(({ event }) => event.workflowId === workflowId);
      return raised?.text.topic ?? null;
    }),
    dimensions: dimensions.map(belonging.dimension),
    mayRaise: input.improvement !== null,
    events: reads ? await eventViews(database, record.rows, { zone, seesMoney: true }) : [],
  };
}

function summaryOf(
  { seat }: Belonging,
  { row, input, state }: VisitProcess,
  nameOf: (customerId: string) => string | null,
): Summary {
  const { customerId, tier, kind, planYear, departments, rules, zone } = input;
  const { plannedOn, heldOn, comprehensive, reportDue, reportOverdue, findings } = state;
  return {
    id: row.id,
    reference: row.reference,
    kind,
    status: row.status as Summary['status'],
    customer: { customerId, name: nameOf(customerId), tier },
    plannedOn,
    heldOn,
    comprehensive,
    planYear,
    leader: seat(rules.leader),
    departments: departments.map(seat),
    reportDue: dueView(zone, reportDue),
    overdue: row.status === 'missed' || reportOverdue,
    findings: findings.length,
  };
}

function dueView(zone: Zone, due: Due | null): Summary['reportDue'] {
  return due && { dueAt: isoAt(zone, due.dueAtMs), localDate: due.localDate };
}

function fits({ plannedOn, heldOn, ...item }: Summary, { year, status, kind, customer }: Asked): boolean {
  const within = (day: string | null): boolean => day !== null && day.startsWith(`${String(year)}-`);
  return (
    (year === undefined || within(plannedOn) || within(heldOn)) &&
    (status === undefined || item.status === status) &&
    (kind === undefined || item.kind === kind) &&
    (customer === undefined || item.customer.customerId === customer)
  );
}

function countOf(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function plansOf(visits: readonly VisitProcess[], zone: Zone): List['plans'] {
  const years = [...new Set(visits.flatMap(({ input }) => input.planYear ?? []))].sort((a, b) => b - a);
  return years.map((year) => {
    const rows = visits.filter(({ input }) => input.planYear === year);
    const first = Math.min(...rows.map(({ row }) => row.createdAt.getTime()));
    return {
      year,
      rows: rows.filter(({ state }) => state.status !== 'cancelled').length,
      publishedAt: isoAt(zone, first),
    };
  });
}

async function namesOf(
  database: Database,
  visits: readonly VisitProcess[],
  reader: Principal,
): Promise<(customerId: string) => string | null> {
  if (reachOf('record.read', reader) === 'none') return () => null;
  const ids = [...new Set(visits.map(({ input }) => input.customerId))];
  const rows = await database.customer.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (customerId) => names.get(customerId) ?? null;
}

async function improvementsOf(
  database: Database,
  { findings }: VisitState,
  titleOf: (workflowId: string) => string | null,
): Promise<View['improvements']> {
  const rows = await database.process.findMany({
    where: { workflowId: { in: findings.map(({ workflowId }) => workflowId) } },
    select: { id: true, workflowId: true },
  });
  return findings.map(({ workflowId }) => ({
    id: rows.find((row) => row.workflowId === workflowId)?.id ?? null,
    reference: workflowId.split('/').slice(2).join('/'),
    title: titleOf(workflowId),
  }));
}

const FILES = [{ sha256: '0'.repeat(64), size: 1 }];

/** For each act, a command that is right in everything that whoever acts can still choose. */
function trialsOf(
  { input, plannedOn }: VisitState,
  atMs: number,
): Record<VisitAct, ({ type: string } & Record<string, unknown>)[]> {
  const today = localDateAt(input.zone, atMs);
  return {
    reschedule: [
      { type: 'reschedule', plannedOn: plannedOn > today ? today : `${String(Number(today.slice(0, 4)) + 1)}-01-01` },
    ],
    hold: [{ type: 'hold', heldOn: today, comprehensive: true }],
    report: [{ type: 'report', documents: FILES, hasOutcome: true }],
    cancel: [{ type: 'cancel' }],
    'follow-up': [{ type: 'follow-up', finding: 'trial', dimension: null, severity: 1 }],
  };
}
