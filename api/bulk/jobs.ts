import type { Text } from '../../domain/time.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { BulkJob } from '../../prisma/generated/client.ts';
import { agreementHead } from '../agreements/listing.ts';
import { isUniqueViolation } from '../commands.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { derivedId } from '../derived-id.ts';
import { type Language, Problem } from '../problem.ts';
import type { Principal } from '../policy.ts';
import type { Draft } from '../views.ts';
import {
  type BulkAct,
  type BulkDeps,
  type JobAct,
  type JobOptions,
  aboutOf,
  candidatesOf,
  refusalsOf,
} from './acts.ts';
import { type Asker, askerOf } from './asker.ts';
import { type Reason, reason } from './reason.ts';

/** Agreements of one job. */
export const MOST_LINES = 500;

/** A line before it is stored. */
export interface NewLine {
  agreementId: string;
  about: Prisma.InputJsonObject;
  draft?: Prisma.InputJsonObject;
  fingerprint?: string;
  reason?: Reason;
}

/** Id of the job that a request makes. */
export function jobIdOf(key: string): string {
  return derivedId('bulk-job', key);
}

/** What an act would do to agreements: which it can be done to, and why not to the others. */
export async function previewJob(
  deps: BulkDeps,
  { act, ids, options }: { act: BulkAct; ids: readonly string[]; options: JobOptions },
  language: Language,
) {
  const candidates = await candidatesOf(deps, ids);
  const refusals = await refusalsOf(deps, act, candidates, options);
  return {
    act,
    can: candidates.length - refusals.size,
    cannot: refusals.size,
    items: candidates.map(({ id, template, status, draft }) => ({
      agreementId: id,
      ...agreementHead({ template, parties: (draft as Draft).parties }),
      status,
      reason: reasonIn(refusals.get(id), language),
    })),
  };
}

/** A reason in the words of who reads it. */
export function reasonIn(given: Reason | undefined | null, language: Language) {
  return given ? { code: given.code, message: given.message[language], cure: given.cure[language] } : null;
}

/**
 * Stores a job and its lines; the runner carries them out. What cannot be done is a line, too, which says why. The same
 * id again changes nothing.
 */
export async function createJob(
  { database, clock }: Pick<BulkDeps, 'database' | 'clock'>,
  {
    id,
    act,
    options,
    by,
    lines,
  }: { id: string; act: JobAct; options: JobOptions; by: Principal; lines: readonly NewLine[] },
): Promise<void> {
  const now = new Date(clock());
  try {
    await database.$transaction(async (tx) => {
      await tx.bulkJob.create({
        data: {
          id,
          act,
          by: askerOf(by) as unknown as Prisma.InputJsonObject,
          options: { ...options },
          createdAt: now,
        },
      });
      await tx.bulkLine.createMany({
        data: lines.map(({ agreementId, about, draft, fingerprint, reason: refusal }, index) => ({
          jobId: id,
          number: index + 1,
          agreementId,
          about,
          ...(draft === undefined ? {} : { draft }),
          ...(fingerprint === undefined ? {} : { fingerprint }),
          ...(refusal
            ? { status: 'refused', reason: refusal as unknown as Prisma.InputJsonObject, settledAt: now }
            : {}),
        })),
      });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

/** Begins an act on agreements. @returns the job's id */
export async function beginJob(
  deps: BulkDeps,
  {
    key,
    act,
    ids,
    options,
    by,
  }: { key: string; act: BulkAct; ids: readonly string[]; options: JobOptions; by: Principal },
): Promise<string> {
  const id = jobIdOf(key);
  const candidates = await candidatesOf(deps, ids);
  const refusals = await refusalsOf(deps, act, candidates, options);
  const lines = candidates.map((one) => {
    const refusal = refusals.get(one.id);
    return { agreementId: one.id, about: aboutOf(one), ...(refusal ? { reason: refusal } : {}) };
  });
  await createJob(deps, { id, act, options, by, lines });
  return id;
}

/** Leaves what waits of a job undone; what is being done ends. @throws Problem `not-found` */
export async function stopJob({ database, clock }: Pick<BulkDeps, 'database' | 'clock'>, id: string): Promise<void> {
  await findJob(database, id);
  const now = new Date(clock());
  await database.bulkJob.updateMany({ where: { id, stoppedAt: null, finishedAt: null }, data: { stoppedAt: now } });
  await leaveWaiting(database, id, now);
}

/** Settles what waits of a job that was stopped. */
export async function leaveWaiting(database: Prisma.TransactionClient, jobId: string, at: Date): Promise<void> {
  await database.bulkLine.updateMany({
    where: { jobId, status: 'waiting' },
    data: {
      status: 'refused',
      reason: reason('stopped') as unknown as Prisma.InputJsonObject,
      draft: Prisma.DbNull,
      settledAt: at,
    },
  });
}

async function findJob(database: Prisma.TransactionClient, id: string): Promise<BulkJob> {
  const job = await database.bulkJob.findUnique({ where: { id } });
  if (!job) throw new Problem('not-found');
  return job;
}

type Counts = Record<'waiting' | 'pending' | 'done' | 'refused', number>;

async function countsOf(database: Prisma.TransactionClient, jobIds: readonly string[]): Promise<Map<string, Counts>> {
  const rows = await database.bulkLine.groupBy({
    by: ['jobId', 'status'],
    where: { jobId: { in: [...jobIds] } },
    _count: true,
  });
  return new Map(
    jobIds.map((id) => {
      const own = rows.filter(({ jobId }) => jobId === id);
      const count = (status: string): number => own.find((row) => row.status === status)?._count ?? 0;
      return [
        id,
        { waiting: count('waiting'), pending: count('pending'), done: count('done'), refused: count('refused') },
      ];
    }),
  );
}

/** Who asked, as people read it. */
async function askersOf(
  database: Prisma.TransactionClient,
  jobs: readonly BulkJob[],
): Promise<(job: BulkJob) => string | null> {
  const ids = jobs.flatMap(({ by }) => {
    const asker = by as unknown as Asker;
    return asker.kind === 'account' && asker.personId !== null ? [asker.personId] : [];
  });
  const people = await database.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return ({ by }) => {
    const asker = by as unknown as Asker;
    return asker.kind === 'account' ? (people.find(({ id }) => id === asker.personId)?.name ?? null) : null;
  };
}

function jobView(job: BulkJob, counts: Counts | undefined, by: string | null) {
  const { id, act, options, createdAt, stoppedAt, finishedAt } = job;
  const { template, fileName, start } = options as JobOptions;
  return {
    id,
    act,
    by,
    ...(template === undefined ? {} : { template }),
    ...(fileName === undefined ? {} : { fileName }),
    ...(start === undefined ? {} : { start }),
    createdAt: createdAt.toISOString(),
    stopped: stoppedAt !== null,
    finishedAt: finishedAt?.toISOString() ?? null,
    counts: counts ?? { waiting: 0, pending: 0, done: 0, refused: 0 },
  };
}

/** Newest first. */
export async function listJobs(
  { database }: Pick<BulkDeps, 'database'>,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const after = cursor === undefined ? undefined : readCursor(cursor, ['instant', 'uuid']);
  const rows = await database.bulkJob.findMany({
    ...(after === undefined
      ? {}
      : {
          where: {
            OR: [{ createdAt: { lt: new Date(after[0]) } }, { createdAt: new Date(after[0]), id: { lt: after[1] } }],
          },
        }),
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const [counts, by] = await Promise.all([
    countsOf(
      database,
      page.map(({ id }) => id),
    ),
    askersOf(database, page),
  ]);
  const last = page.at(-1);
  return {
    items: page.map((job) => jobView(job, counts.get(job.id), by(job))),
    nextCursor: rows.length > limit && last ? writeCursor([last.createdAt.getTime(), last.id]) : null,
  };
}

/** How far a job is. @throws Problem `not-found` */
export async function jobDetail({ database }: Pick<BulkDeps, 'database'>, id: string) {
  const job = await findJob(database, id);
  const [counts, by] = await Promise.all([countsOf(database, [id]), askersOf(database, [job])]);
  return jobView(job, counts.get(id), by(job));
}

interface About {
  template: string;
  parties: Draft['parties'];
  line?: number;
  reference?: string;
}

/** What became of each line, in their order. @throws Problem `not-found` */
export async function jobLines(
  { database }: Pick<BulkDeps, 'database'>,
  id: string,
  { limit, cursor, status }: { limit: number; cursor?: string | undefined; status?: string | undefined },
  language: Language,
) {
  await findJob(database, id);
  const after = cursor === undefined ? 0 : readCursor(cursor, ['number'])[0];
  const rows = await database.bulkLine.findMany({
    where: { jobId: id, number: { gt: after }, ...(status === undefined ? {} : { status }) },
    orderBy: { number: 'asc' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const there = await database.agreement.findMany({
    where: { id: { in: page.map(({ agreementId }) => agreementId) } },
    select: { id: true },
  });
  const items = page.map((row) => {
    const { line, reference, ...about } = row.about as unknown as About;
    const head: { title: Text; parties: Record<string, { name: string; title: Text }> } = agreementHead(about);
    return {
      number: row.number,
      ...(line === undefined ? {} : { line }),
      ...(reference === undefined ? {} : { reference }),
      agreementId: row.agreementId,
      exists: there.some((one) => one.id === row.agreementId),
      ...head,
      status: row.status,
      reason: reasonIn(row.reason as unknown as Reason | null, language),
      settledAt: row.settledAt?.toISOString() ?? null,
    };
  });
  const last = page.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor([last.number]) : null };
}
