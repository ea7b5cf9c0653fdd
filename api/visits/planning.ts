import type { z } from 'zod';
import type { Actor } from '../../domain/agreement/command.ts';
import { COORDINATOR, answersFor } from '../../domain/agreement/parties.ts';
import type { CustomerTier } from '../../domain/survey/compiled.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { VisitInput } from '../../domain/visit/command.ts';
import type { CompiledVisits, VisitKind } from '../../domain/visit/compiled.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { processWorkflowId } from '../../workflows/ids.ts';
import { actorIn } from '../act-answer.ts';
import { derivedId } from '../derived-id.ts';
import { LIVING } from '../directory/persons.ts';
import { type FieldProblem, Problem } from '../problem.ts';
import { type Belonging, belongingOf, visitProcess } from '../process/rows.ts';
import { launchProcess } from '../processes.ts';
import type { Answer, RouteContext } from '../route.ts';
import { findAgreement } from '../views.ts';
import type { newVisit, planBody } from './bodies.ts';

type Context<B> = Pick<RouteContext<{ id: string }, unknown, B>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key'>;
interface Row {
  customer: string;
  plannedOn: LocalDate;
  departments: string[];
}
interface Planner {
  belonging: Belonging;
  actor: Actor;
  rules: CompiledVisits;
}

/** So many workflows are begun at once. */
const AT_ONCE = 4;

/**
 * Publishes the plan of a year, or adds to it with a reason: every customer of the tiers that the contract names has a row
 * then. One process a row, all of them or none; it fulfils nothing by itself.
 *
 * @throws Problem `not-started`, `not-in-force`, `agreement-ended`, `not-provided`, `unknown-seat`, `not-your-seat`,
 *   `not-responsible`, `invalid-request`, `plan-incomplete`
 */
export async function publishPlan(context: Context<z.output<typeof planBody>>): Promise<Answer> {
  const { deps, params, body, key } = context;
  const { year, rows, reason } = body;
  const planner = await plannerOf(context, 'visit');
  const { plan } = planner.rules;
  if (plan === null) throw new Problem('not-provided', { message: 'this agreement knows no plan of visits' });
  const inputs = await deps.database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id::text FROM agreement WHERE id = ${params.id}::uuid FOR UPDATE`;
    const earlier = (await tx.process.findMany({ where: { agreementId: params.id, type: 'visit' } }))
      .map(visitProcess)
      .filter(({ input }) => input.planYear === year);
    const own = rows.map((_, index) => referenceOf('visit', `${key} ${index}`));
    const others = earlier.filter(({ row, state }) => !own.includes(row.reference) && state.status !== 'cancelled');
    if (others.length > 0 && reason === undefined) throw reasonMissing();
    const customers = await customersIn(tx, rows);
    demandRows(rows, { customers, rules: planner.rules, year, today: todayOf(planner, deps.clock()) });
    const planned = [...rows.map(({ customer }) => customer), ...others.map(({ input }) => input.customerId)];
    const missing = await tx.customer.findMany({
      where: { tier: { in: plan.tiers }, archivedAt: null, erasedAt: null, id: { notIn: planned } },
      orderBy: { key: 'asc' },
      select: { id: true, name: true, key: true },
    });
    if (missing.length > 0) throw incomplete(missing, plan.clauses);
    const made = rows.map((row, index) =>
      inputOf(planner, { row, reference: own[index] ?? '', planYear: year, tier: customers.get(row.customer) }),
    );
    await insert(tx, made, { at: new Date(deps.clock()), text: reason === undefined ? undefined : { reason } });
    return made;
  });
  const visits = await startedOf(context, inputs);
  const status = visits.some((one) => one.status === 'pending') ? ('pending' as const) : ('started' as const);
  return {
    status: status === 'pending' ? 202 : 201,
    body: {
      year,
      visits: visits.map(({ id, reference, customer, plannedOn }) => ({ id, reference, customer, plannedOn })),
      status,
    },
  };
}

/** Plans one visit or call-back by itself. @throws Problem as `publishPlan` does */
export async function planVisit(context: Context<z.output<typeof newVisit>>): Promise<Answer> {
  const { deps, params, body, key } = context;
  const { kind, note, ...row } = body;
  const planner = await plannerOf(context, kind);
  const customers = await customersIn(deps.database, [row]);
  demandRows([row], { customers, rules: planner.rules, year: null, today: todayOf(planner, deps.clock()) });
  const reference = referenceOf(kind, key);
  const input = inputOf(planner, { row, reference, planYear: null, tier: customers.get(row.customer) });
  await insert(deps.database, [input], { at: new Date(deps.clock()), text: note === undefined ? undefined : { note } });
  const [visit] = await startedOf(context, [input]);
  if (!visit) throw new Error('unreachable: it was begun');
  const location = `/api/agreements/${params.id}/visits/${visit.id}`;
  return { status: visit.status === 'pending' ? 202 : 201, body: { ...visit, location } };
}

/** Whether somebody may plan visits of these rules: whoever leads them, and the coordinator. */
export function mayPlan({ agreement }: Belonging, { leader }: CompiledVisits, actor: Actor): boolean {
  return actor.seat === COORDINATOR || answersFor(agreement, actor, leader);
}

async function plannerOf(
  { deps, params, principal, body }: Context<{ as: string; onBehalfOf?: string | undefined }>,
  kind: VisitKind,
): Promise<Planner> {
  const belonging = await belongingOf(deps.database, params.id);
  const { actor } = await actorIn({ deps, principal }, params.id, body);
  const { status } = await findAgreement(deps.database, params.id);
  if (!LIVING.includes(status)) throw new Problem('agreement-ended');
  if (status === 'starting' || status === 'awaiting-signatures') throw new Problem('not-in-force');
  const rules = (belonging.agreement.visits ?? []).find((one) => one.kind === kind);
  if (!rules) throw new Problem('not-provided', { message: `this agreement knows no ${kind}` });
  if (!mayPlan(belonging, rules, actor)) throw new Problem('not-responsible', { clauses: rules.clauses });
  return { belonging, actor, rules };
}

function referenceOf(kind: VisitKind, key: string): string {
  return `${kind}-${derivedId('visit', key).slice(0, 8)}`;
}

function todayOf({ belonging }: Planner, nowMs: number): LocalDate {
  return localDateAt(belonging.agreement.zone, nowMs);
}

type Reads = Pick<Prisma.TransactionClient, 'customer'>;

/** Tiers of the customers that are there, by id. */
async function customersIn(database: Reads, rows: readonly Row[]): Promise<Map<string, CustomerTier>> {
  const found = await database.customer.findMany({
    where: { id: { in: rows.map(({ customer }) => customer) }, archivedAt: null, erasedAt: null },
    select: { id: true, tier: true },
  });
  return new Map(found.map(({ id, tier }) => [id, tier as CustomerTier]));
}

/** What is wrong with rows, field by field. @throws Problem `invalid-request` */
function demandRows(
  rows: readonly Row[],
  {
    customers,
    rules,
    year,
    today,
  }: { customers: Map<string, CustomerTier>; rules: CompiledVisits; year: number | null; today: LocalDate },
): void {
  const errors = rows.flatMap(({ customer, plannedOn, departments }, index): FieldProblem[] => {
    const at = year === null ? '' : `rows[${index}].`;
    const wrong = (field: string, message: FieldProblem['message'], cure: FieldProblem['cure']): FieldProblem => {
      return { path: `${at}${field}`, message, cure };
    };
    const isTwice = rows.findIndex((one) => one.customer === customer && one.plannedOn === plannedOn) < index;
    const strange = departments.filter((one) => !rules.departments.includes(one));
    return [
      ...(customers.has(customer)
        ? []
        : [
            wrong(
              'customer',
              { zh: '没有这个客户，或已停用', en: 'is no customer that is there' },
              { zh: '从客户名录中选择', en: 'choose one from the list of customers' },
            ),
          ]),
      ...(isTwice
        ? [
            wrong(
              'plannedOn',
              { zh: '同一客户同一天重复', en: 'plans the same customer for the same day twice' },
              { zh: '删除重复的一行，或改为其他日期', en: 'leave the row out, or choose another day' },
            ),
          ]
        : []),
      ...(plannedOn < today
        ? [
            wrong(
              'plannedOn',
              { zh: `已过，今日为 ${today}`, en: `has passed, today is ${today}` },
              { zh: '填写今日或以后的日期', en: 'choose today or a later day' },
            ),
          ]
        : []),
      ...(year !== null && !plannedOn.startsWith(`${year}-`)
        ? [
            wrong(
              'plannedOn',
              { zh: `不在 ${year} 年内`, en: `is not in ${year}` },
              { zh: '填写计划年度内的日期', en: 'choose a day of the plan’s year' },
            ),
          ]
        : []),
      ...strange.map((department) =>
        wrong(
          `departments[${departments.indexOf(department)}]`,
          { zh: '不是参加走访的部门', en: 'does not take part in visits' },
          rules.departments.length === 0
            ? { zh: '留空', en: 'leave it out' }
            : { zh: `可用：${rules.departments.join('、')}`, en: `use one of ${rules.departments.join(', ')}` },
        ),
      ),
    ];
  });
  if (errors.length > 0) throw new Problem('invalid-request', { errors: errors.slice(0, 100) });
}

function reasonMissing(): Problem {
  const error: FieldProblem = {
    path: 'reason',
    message: { zh: '该年度的计划已经发布', en: 'the plan of that year is published already' },
    cure: { zh: '写明增加走访的理由', en: 'say why visits are added to it' },
  };
  return new Problem('invalid-request', { errors: [error] });
}

/** Nothing is half-done: who has no row is named, and nothing is published. */
function incomplete(missing: { id: string; name: string; key: string }[], clauses: string[]): Problem {
  const errors = missing.map(({ id, name, key }): FieldProblem => ({
    path: `rows[customer=${id}]`,
    message: { zh: `${name}（${key}）没有走访安排`, en: `${name} (${key}) has no row` },
    cure: { zh: '为该客户至少安排一次走访', en: 'plan at least one visit to this customer' },
  }));
  return new Problem('plan-incomplete', { errors, clauses });
}

function inputOf(
  { belonging: { agreement, agreementId }, actor, rules }: Planner,
  {
    row,
    reference,
    planYear,
    tier,
  }: { row: Row; reference: string; planYear: number | null; tier: CustomerTier | undefined },
): VisitInput {
  return {
    format: 1,
    workflowId: processWorkflowId('visit', agreementId, reference),
    agreementId,
    reference,
    zone: agreement.zone,
    calendar: agreement.calendar,
    noticeHours: agreement.noticeHours,
    parties: agreement.parties,
    seats: agreement.seats,
    seatParties: agreement.seatParties ?? {},
    rules,
    improvement: agreement.improvement ?? null,
    customerId: row.customer,
    tier: tier ?? 'ordinary',
    kind: rules.kind,
    plannedOn: row.plannedOn,
    departments: [...new Set(row.departments)],
    planYear,
    actor,
  };
}

async function insert(
  database: Pick<Prisma.TransactionClient, 'process'>,
  inputs: readonly VisitInput[],
  { at, text }: { at: Date; text: { note?: string; reason?: string } | undefined },
): Promise<void> {
  await database.process.createMany({
    data: inputs.map((input) => ({
      workflowId: input.workflowId,
      agreementId: input.agreementId,
      type: 'visit',
      reference: input.reference,
      status: 'starting',
      input: input as unknown as Prisma.InputJsonObject,
      ...(text ? { text } : {}),
      createdAt: at,
    })),
    skipDuplicates: true,
  });
}

interface Started {
  id: string;
  reference: string;
  customer: string;
  plannedOn: LocalDate;
  status: 'started' | 'pending';
}

/** Begins their workflows, a few at once; while the engine is away, the repeater does. */
async function startedOf({ deps }: Pick<RouteContext, 'deps'>, inputs: readonly VisitInput[]): Promise<Started[]> {
  const rows = await deps.database.process.findMany({
    where: { workflowId: { in: inputs.map(({ workflowId }) => workflowId) } },
    select: { id: true, workflowId: true },
  });
  const ids = new Map(rows.map(({ id, workflowId }) => [workflowId, id]));
  const all: Started[] = [];
  let isAway = false;
  for (let from = 0; from < inputs.length; from += AT_ONCE) {
    const some = inputs.slice(from, from + AT_ONCE);
    const states = await Promise.all(
      some.map(({ workflowId }) => (isAway ? ('pending' as const) : launchProcess(deps, workflowId))),
    );
    isAway ||= states.includes('pending');
    for (const [index, { workflowId, reference, customerId: customer, plannedOn }] of some.entries()) {
      all.push({ id: ids.get(workflowId) ?? '', reference, customer, plannedOn, status: states[index] ?? 'pending' });
    }
  }
  return all;
}
