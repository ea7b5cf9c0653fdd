import type { z } from 'zod';
import { CUSTOMER, answersFor, COORDINATOR } from '../../domain/agreement/parties.ts';
import type { CompiledCases } from '../../domain/case/compiled.ts';
import type { Text } from '../../domain/time.ts';
import { instantAt, isoAt } from '../../domain/zone.ts';
import { addDays } from '../../domain/local-date.ts';
import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { type Principal, reachOf } from '../policy.ts';
import { type Belonging, type CaseProcess, type ProcessRow, belongingOf, caseProcess } from '../process/rows.ts';
import { type Capacity, capacitiesOf } from '../process/speaking.ts';
import { categoryTitles } from './categories.ts';
import { contactsOf } from './contacts.ts';
import { publicCases } from './opening.ts';
import type { caseList, caseQuery, caseSummary } from './schema.ts';
import { isOverdue, nextDue, standingClocks } from '../../domain/case/clock-standing.ts';

type List = z.output<typeof caseList>;
type Summary = z.output<typeof caseSummary>;
type Asked = z.output<typeof caseQuery>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/** Cases of an agreement, those that came in last first. @throws Problem `unknown-agreement`, `not-started` */
export async function casesOf(
  deps: Deps,
  { agreementId, reader, asked }: { agreementId: string; reader: Principal; asked: Asked },
): Promise<List> {
  const { database, clock } = deps;
  const belonging = await belongingOf(database, agreementId);
  const { agreement, seat } = belonging;
  const rules = agreement.cases ?? [];
  const [{ rows, nextCursor }, counts, capacities] = await Promise.all([
    page(database, belonging, asked),
    countsOf(database, agreementId),
    capacitiesOf(deps, { agreementId, agreement, reader }),
  ]);
  const writing = capacities.filter(({ actor }) => rules.some((rule) => mayOpen(belonging, rule, actor)));
  const may = writing.map(({ as, onBehalfOf }) => ({ as, onBehalfOf }));
  const isPublic = publicCases(agreement).length > 0;
  return {
    items: await summariesOf(
      database,
      { words: () => wordsOf(belonging), reader, nowMs: clock() },
      rows.map(caseProcess),
    ),
    nextCursor,
    counts,
    rules: rules.map((rule) => ({
      id: rule.id,
      types: rule.types,
      clauses: rule.clauses,
      provider: seat(rule.provider),
      handler: seat(rule.handler),
      channels: rule.channels,
      categories: rule.categories.map(({ id, seat: of }) => ({
        id,
        title: categoryTitles(belonging)(id),
        seat: of === null ? null : seat(of),
      })),
      clocks: rule.clocks
        .filter(({ count, by }) => count !== null || Object.keys(by).length > 0)
        .map(({ id, count, unit, by, means, clauses }) => ({ clock: id, count, unit, by, means, clauses })),
      steps: rule.steps,
    })),
    may: { open: may, link: isPublic ? may : [] },
  };
}

/** Whether somebody may write down a case of these rules: the provider's side, the party that is itself the customer, the coordinator. */
export function mayOpen(
  { agreement }: Pick<Belonging, 'agreement'>,
  { provider, handler, customer }: Pick<CompiledCases, 'provider' | 'handler' | 'customer'>,
  actor: Capacity['actor'],
): boolean {
  if (actor.seat === COORDINATOR) return actor.onBehalfOf === undefined || answersFor(agreement, actor, provider);
  const sides = customer === null ? [provider, handler] : [provider, handler, customer];
  return actor.party === provider || sides.some((seat) => answersFor(agreement, actor, seat));
}

const UNDER_WAY = Prisma.sql`p.status <> 'closed'`;

/** One page of rows by what is asked for; what only a folded state says is looked at among those that are not closed. */
async function page(
  database: Database,
  { agreementId, agreement: { zone } }: Belonging,
  { limit, cursor, type, status, severity, overdue, customer, openedFrom, openedUntil, search }: Asked,
): Promise<{ rows: ProcessRow[]; nextCursor: string | null }> {
  const openedAt = Prisma.sql`(p.input ->> 'openedAtMs')::bigint`;
  const where = [
    Prisma.sql`p.agreement_id = ${agreementId}::uuid AND p.type = 'case'`,
    ...(type ? [Prisma.sql`p.input ->> 'caseType' = ${type}`] : []),
    ...(status === 'under-way' ? [UNDER_WAY] : status ? [Prisma.sql`p.status = ${status}`] : []),
    ...(severity ? [Prisma.sql`coalesce(p.snapshot ->> 'severity', p.input ->> 'severity') = ${severity}`] : []),
    ...(customer ? [Prisma.sql`p.input ->> 'customerId' = ${customer}`] : []),
    ...(openedFrom ? [Prisma.sql`${openedAt} >= ${instantAt(zone, openedFrom, '00:00')}`] : []),
    ...(openedUntil ? [Prisma.sql`${openedAt} < ${instantAt(zone, addDays(openedUntil, 1), '00:00')}`] : []),
    ...(search
      ? [
          Prisma.sql`(position(lower(${search}) IN lower(p.reference)) > 0
            OR position(lower(${search}) IN lower(coalesce(p.text ->> 'topic', ''))) > 0)`,
        ]
      : []),
    ...(overdue === 'true' ? [UNDER_WAY, Prisma.sql`p.snapshot -> 'breaches' <> '[]'::jsonb`] : []),
  ];
  if (cursor !== undefined) {
    const [openedAtMs, id] = readCursor(cursor, ['instant', 'uuid']);
    where.push(Prisma.sql`(${openedAt}, p.id) < (${openedAtMs}::bigint, ${id}::uuid)`);
  }
  const isFolded = overdue !== undefined;
  const found = await database.$queryRaw<{ id: string; openedAtMs: bigint }[]>`
    SELECT p.id::text AS id, ${openedAt} AS "openedAtMs" FROM process p
    WHERE ${Prisma.join(where, ' AND ')} ORDER BY 2 DESC, p.id DESC
    LIMIT ${isFolded ? MOST_FOLDED : limit + 1}`;
  const rows = await database.process.findMany({ where: { id: { in: found.map(({ id }) => id) } } });
  const known = new Map(rows.map((row) => [row.id, row]));
  const fitting = found
    .flatMap(({ id }) => known.get(id) ?? [])
    .filter((row) => {
      return !isFolded || (overdue === 'true') === isOverdue(caseProcess(row).state);
    });
  const shown = fitting.slice(0, limit);
  const last = shown.at(-1);
  const openedAtMs = Number(found.find(({ id }) => id === last?.id)?.openedAtMs ?? 0);
  return { rows: shown, nextCursor: fitting.length > limit && last ? writeCursor([openedAtMs, last.id]) : null };
}

/** So many are folded at a time to find those that are overdue. */
const MOST_FOLDED = 5_000;

/** Of all cases, whatever is filtered. */
async function countsOf(database: Database, agreementId: string): Promise<List['counts']> {
  const [rows, late] = await Promise.all([
    database.$queryRaw<{ status: string; type: string; severity: string; count: bigint }[]>`
      SELECT status, input ->> 'caseType' AS type, coalesce(snapshot ->> 'severity', input ->> 'severity') AS severity,
        count(*) AS count
      FROM process WHERE agreement_id = ${agreementId}::uuid AND type = 'case' GROUP BY 1, 2, 3`,
    database.$queryRaw<ProcessRow[]>`
      SELECT type, status, reference, sequence, input, snapshot FROM process p
      WHERE p.agreement_id = ${agreementId}::uuid AND p.type = 'case' AND ${UNDER_WAY}
        AND p.snapshot -> 'breaches' <> '[]'::jsonb
      LIMIT ${MOST_FOLDED}`,
  ]);
  const by = (key: 'status' | 'type' | 'severity'): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const row of rows) counts[row[key]] = (counts[row[key]] ?? 0) + Number(row.count);
    return counts;
  };
  return {
    status: by('status'),
    type: by('type'),
    severity: by('severity'),
    overdue: late.filter((row) => isOverdue(caseProcess(row).state)).length,
  };
}

/** What an agreement calls its seats and the categories of its cases. */
export interface CaseWords {
  seat: Belonging['seat'];
  category: (id: string) => Text;
}

export function wordsOf(belonging: Belonging): CaseWords {
  return { seat: belonging.seat, category: categoryTitles(belonging) };
}

/**
 * Cases as lists show them; words and names are for those who may read the record.
 *
 * @param words by the agreement's id
 */
export async function summariesOf(
  database: Database,
  { words, reader, nowMs }: { words: (agreementId: string) => CaseWords; reader: Principal; nowMs: number },
  cases: readonly CaseProcess[],
): Promise<Summary[]> {
  const reads = reachOf('record.read', reader) !== 'none';
  const contacts = reads
    ? await contactsOf(
        database,
        cases.map(({ row }) => row.workflowId),
      )
    : new Map<string, never>();
  return cases.map(({ row, input, state }): Summary => {
    const { zone } = input;
    const { seat, category } = words(row.agreementId);
    const clocks = standingClocks(state, nowMs);
    const due = nextDue(clocks);
    const contact = contacts.get(row.workflowId);
    const of = state.category ?? null;
    const { topic = null } = (reads ? ((row.text as { topic?: string } | null) ?? {}) : {}) as {
      topic?: string | null;
    };
    return {
      id: row.id,
      reference: row.reference,
      type: input.caseType,
      channel: input.channel,
      severity: state.severity,
      priority: state.priority,
      category: of === null ? null : { id: of, title: category(of) },
      status: row.status as Summary['status'],
      paused: state.paused !== null,
      topic,
      customer: {
        customerId: input.customerId,
        name: contact?.customer?.name ?? contact?.name ?? null,
        tier: input.tier,
        party: input.rules.customer === null ? null : seat(input.rules.customer),
      },
      handler: seat(state.handler),
      openedAt: isoAt(zone, input.openedAtMs),
      cycle: state.cycles.length,
      due: due && { clock: due.clock, dueAt: isoAt(zone, due.dueAtMs) },
      overdue: isOverdue(state),
      breaches: state.breaches.length,
      closedAt: state.closedAtMs === null ? null : isoAt(zone, state.closedAtMs),
      outcome: state.outcome,
    };
  });
}

/** A seat by its title; the customer is none of the template's. */
export function seatOrCustomer(belonging: Belonging, seat: string): { seat: string; title: Text } {
  return seat === CUSTOMER ? { seat, title: { zh: '客户', en: 'Customer' } } : belonging.seat(seat);
}
