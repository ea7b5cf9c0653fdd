import type { z } from 'zod';
import type { Zone } from '../../domain/time.ts';
import { isoAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../policy.ts';
import { loggedActor } from '../privacy/access-log.ts';
import { withNames } from '../privacy/person-data.ts';
import { Problem } from '../problem.ts';
import { SILENT_MS } from './desk.ts';
import { type auditRun, type auditRunView, type audit as auditSchema, WORKFLOW_TYPES } from './schema.ts';

/** So many are shown of an agreement. */
const SHOWN = 10;

type RunRow = Omit<Prisma.AuditRunGetPayload<object>, 'result'> & { name: string | null };
interface Frame {
  zone: Zone;
  nowMs: number;
}

/** What an audit begins with: the workflows with the ends of their chains, and what was replayed before. */
export async function auditOf(
  { database, audit, clock }: Pick<ApiDeps, 'database' | 'audit' | 'clock'>,
  { agreementId, zone }: { agreementId: string; zone: Zone },
): Promise<z.input<typeof auditSchema>> {
  const where = { agreementId };
  const [agreement, processes, heads, runs, [files], notices, asked, fingerprint] = await Promise.all([
    database.agreement.findUniqueOrThrow({ where: { id: agreementId }, select: { status: true, sequence: true } }),
    database.process.findMany({
      where,
      orderBy: [{ createdAt: 'asc' }, { workflowId: 'asc' }],
      select: { workflowId: true, id: true, type: true, reference: true, status: true, sequence: true },
    }),
    database.$queryRaw<{ id: string; events: bigint; hash: string }[]>`
      SELECT DISTINCT ON (workflow_id) workflow_id AS id, hash, count(*) OVER (PARTITION BY workflow_id) AS events
      FROM event WHERE agreement_id = ${agreementId}::uuid ORDER BY workflow_id, sequence DESC`,
    database.$queryRaw<{ id: string; runs: bigint; archived: bigint }[]>`
      SELECT workflow_id AS id, count(*) AS runs, count(archived_at) AS archived
      FROM workflow_run WHERE agreement_id = ${agreementId}::uuid GROUP BY workflow_id`,
    database.$queryRaw<{ count: bigint; bytes: bigint }[]>`
      SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes FROM document WHERE sha256 IN
        (SELECT sha256 FROM agreement_document WHERE agreement_id = ${agreementId}::uuid)`,
    database.notice.count({ where }),
    database.auditRun.findMany({ where, orderBy: { askedAt: 'desc' }, take: SHOWN, omit: { result: true } }),
    audit.fingerprint(),
  ]);
  const headOf = new Map(heads.map((one) => [one.id, one]));
  const runsOf = new Map(runs.map((one) => [one.id, one]));
  const own = { workflowId: agreementWorkflowId(agreementId), id: null, type: 'agreement', reference: null };
  const frame = { zone, nowMs: clock() };
  return {
    events: heads.reduce((sum, { events }) => sum + Number(events), 0),
    notices,
    documents: { count: Number(files?.count ?? 0), bytes: Number(files?.bytes ?? 0) },
    fingerprint,
    workflows: [{ ...own, ...agreement }, ...processes].map(({ workflowId, id, type, reference, status }) => ({
      ...{ workflowId, id, reference, status },
      type: WORKFLOW_TYPES.find((one) => one === type) ?? 'agreement',
      events: Number(headOf.get(workflowId)?.events ?? 0),
      head: headOf.get(workflowId)?.hash ?? null,
      runs: Number(runsOf.get(workflowId)?.runs ?? 0),
      archived: Number(runsOf.get(workflowId)?.archived ?? 0),
    })),
    runs: (await withNames(database, asked)).map((row) => runView(row, frame)),
  };
}

/**
 * Has an agreement replayed and compared, or one of its workflows replayed. While the same is under way, it is that one.
 *
 * @returns its id
 */
export async function askForRun(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  { agreementId, workflowId, by }: { agreementId: string; workflowId: string | undefined; by: Principal },
): Promise<string> {
  if (workflowId !== undefined && workflowId !== agreementWorkflowId(agreementId)) {
    const known = await database.process.count({ where: { agreementId, workflowId } });
    if (known === 0) throw new Problem('not-found');
  }
  const now = new Date(clock());
  const under = await database.auditRun.findFirst({
    where: {
      ...{ agreementId, workflowId: workflowId ?? null },
      OR: [{ status: 'waiting' }, { status: 'running', seenAt: { gt: new Date(clock() - SILENT_MS) } }],
    },
  });
  if (under) return under.id;
  const { id } = await database.auditRun.create({
    data: {
      ...{ agreementId, workflowId: workflowId ?? null },
      ...{ actor: loggedActor(by), askedAt: now, seenAt: now },
    },
  });
  return id;
}

/** One replay with its result. @throws Problem `not-found` */
export async function runOf(
  { database, clock }: { database: Database; clock: () => number },
  { agreementId, id, zone }: { agreementId: string; id: string; zone: Zone },
): Promise<z.input<typeof auditRunView>> {
  const row = await database.auditRun.findUnique({ where: { id, agreementId } });
  if (!row) throw new Problem('not-found');
  const [named] = await withNames(database, [row]);
  const view = runView({ ...row, name: named?.name ?? null }, { zone, nowMs: clock() });
  return { ...view, result: row.result as z.input<typeof auditRunView>['result'] };
}

function runView(row: RunRow, { zone, nowMs }: Frame): z.input<typeof auditRun> {
  const { id, workflowId, step, done, total, askedAt, endedAt, seenAt, name, failure } = row;
  const isSilent = row.status === 'running' && seenAt.getTime() < nowMs - SILENT_MS;
  return {
    ...{ id, workflowId, done, total, failure, by: name },
    status: (isSilent || failure === 'interrupted' ? 'interrupted' : row.status) as 'running',
    step: step as 'replaying',
    askedAt: isoAt(zone, askedAt.getTime()),
    endedAt: endedAt && isoAt(zone, endedAt.getTime()),
    code: row.code as { version: string; bundle: string; sdk: string } | null,
    verdict: row.verdict as 'identical' | null,
  };
}
