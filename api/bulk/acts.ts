import type { Prisma } from '../../prisma/generated/client.ts';
import { LIVING_STATUSES } from '../agreements/filter.ts';
import { type CommandDesk, createCommandDesk } from '../commands.ts';
import { calendarFinder } from '../calendars/shelf.ts';
import type { ApiDeps } from '../deps.ts';
import { deskActor } from '../directory/many-commands.ts';
import { findPresent } from '../directory/persons.ts';
import { reissueLink } from '../links/reissue.ts';
import { COORDINATOR_SEAT, type Principal } from '../policy.ts';
import { Problem } from '../problem.ts';
import { changeDraft, completeDraft, createDraft, startAgreement, startState } from '../starting.ts';
import { type Draft, templateOf } from '../views.ts';
import { type Reason, reason, reasonOf, reasonOfCode } from './reason.ts';

/** What carrying out many acts needs of the world. */
export type BulkDeps = ApiDeps & { desk: CommandDesk };

/** What is done to agreements that are there already. */
export const BULK_ACTS = ['start', 'delete-drafts', 'replace-coordinator', 'ask-signatures'] as const;
export type BulkAct = (typeof BULK_ACTS)[number];
export const JOB_ACTS = [...BULK_ACTS, 'import'] as const;
export type JobAct = (typeof JOB_ACTS)[number];

/** What holds for all lines of a job. */
export interface JobOptions {
  /** Who becomes coordinator. */
  personId?: string;
  /** Of an import: the template, the file's name, and whether what is made is started as well. */
  template?: string;
  fileName?: string;
  start?: boolean;
}

/** An agreement as far as an act has to know it beforehand. */
export interface Candidate {
  id: string;
  template: string;
  status: string;
  draft: Record<string, unknown>;
  /** Whoever fills the coordinator's seat. */
  coordinator: string | null;
}

/** Agreements by id, in the order of the ids; those that are gone are missing. */
export async function candidatesOf({ database }: Pick<BulkDeps, 'database'>, ids: readonly string[]) {
  const rows = await database.$queryRaw<Candidate[]>`
    SELECT agreement.id::text AS id, template, status, draft, seat.person_id::text AS coordinator
    FROM agreement LEFT JOIN seat ON seat.agreement_id = agreement.id AND seat.seat = ${COORDINATOR_SEAT}
    WHERE agreement.id = ANY(${[...ids]}::uuid[])`;
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

/** Why an act will be refused for an agreement, as far as that is known beforehand; else null. */
export async function refusalsOf(
  { database }: Pick<BulkDeps, 'database'>,
  act: BulkAct,
  candidates: readonly Candidate[],
  { personId }: JobOptions,
): Promise<Map<string, Reason>> {
  const asked = act === 'ask-signatures' ? await askedToSign(database, candidates) : new Set<string>();
  const calendars = await calendarFinder(database);
  const judge = ({ id, status, template, draft, coordinator }: Candidate): Reason | null => {
    switch (act) {
      case 'delete-drafts':
        return status === 'draft' ? null : reason('no-draft');
      case 'start':
        return status === 'draft' ? incompleteness(draft, template, calendars) : reason('no-draft');
      case 'replace-coordinator':
        if (status !== 'draft' && !LIVING_STATUSES.includes(status)) return reason('not-living');
        return coordinator === personId ? reason('same-person') : null;
      case 'ask-signatures':
        if (status !== 'awaiting-signatures') return reason('nothing-to-sign');
        return asked.has(id) ? null : reason('not-asked-yet');
    }
  };
  return new Map(
    candidates.flatMap((one) => {
      const found = judge(one);
      return found ? [[one.id, found] as const] : [];
    }),
  );
}

function incompleteness(
  draft: Record<string, unknown>,
  template: string,
  calendars: Awaited<ReturnType<typeof calendarFinder>>,
): Reason | null {
  try {
    completeDraft(draft, calendars);
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return reasonOf(error, templateOf(template));
  }
}

async function askedToSign(database: BulkDeps['database'], candidates: readonly Candidate[]): Promise<Set<string>> {
  const rows = await database.actionLink.findMany({
    where: { agreementId: { in: candidates.map(({ id }) => id) }, purpose: 'sign' },
    distinct: ['agreementId'],
    select: { agreementId: true },
  });
  return new Set(rows.map(({ agreementId }) => agreementId));
}

/** One line of a job, as it is carried out. */
export interface LineToDo {
  jobId: string;
  number: number;
  agreementId: string;
  draft: Prisma.JsonValue;
}

/** `pending`: it is stored and goes on by itself once engine and worker are back. */
export type LineResult = 'done' | 'pending' | Reason;

/** The id of the command that a line makes: the same line makes the same one, whoever carries it out again. */
function commandOf({ jobId, number }: LineToDo): string {
  return `bulk-${jobId}/${String(number)}`;
}

/**
 * Carries a line out; again, it changes nothing more (a mail that asks for a signature may go out twice when the process
 * ends in between).
 */
export async function carryOut(
  deps: BulkDeps,
  line: LineToDo,
  { act, options, by }: { act: JobAct; options: JobOptions; by: Principal },
): Promise<LineResult> {
  try {
    switch (act) {
      case 'start':
        return await begun(deps, line);
      case 'import':
        if (line.draft !== null) {
          await createDraft(deps, { id: line.agreementId, given: line.draft as Record<string, unknown> });
        }
        return options.start ? await begun(deps, line) : 'done';
      case 'delete-drafts':
        return await draftDeleted(deps, line);
      case 'replace-coordinator':
        return await coordinatorReplaced(deps, line, by, options.personId ?? '');
      case 'ask-signatures':
        return await signaturesAsked(deps, line, by);
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return reasonOf(error, await templateOfLine(deps, line));
  }
}

async function templateOfLine({ database }: BulkDeps, { agreementId: id }: LineToDo) {
  const row = await database.agreement.findUnique({ where: { id }, select: { template: true } });
  return row ? templateOf(row.template) : undefined;
}

async function begun(deps: BulkDeps, line: LineToDo): Promise<LineResult> {
  const state = await startAgreement(deps, { id: line.agreementId, commandId: commandOf(line) });
  return state === 'started' ? 'done' : 'pending';
}

async function draftDeleted({ database }: BulkDeps, { agreementId: id }: LineToDo): Promise<LineResult> {
  const { count } = await database.agreement.deleteMany({ where: { id, status: 'draft' } });
  if (count > 0 || (await database.agreement.count({ where: { id } })) === 0) return 'done';
  return reason('no-draft');
}

async function coordinatorReplaced(
  deps: BulkDeps,
  line: LineToDo,
  by: Principal,
  personId: string,
): Promise<LineResult> {
  const { agreementId } = line;
  const person = await findPresent(deps.database, personId);
  const row = await deps.database.agreement.findUnique({ where: { id: agreementId }, select: { status: true } });
  if (!row) return reason('unknown-agreement');
  if (row.status === 'draft') {
    const { name, email, language } = person;
    await changeDraft(deps, { id: agreementId, changes: { coordinator: { name, email, language } } });
    return 'done';
  }
  const command = {
    type: 'replace' as const,
    id: commandOf(line),
    actor: deskActor(by),
    seat: COORDINATOR_SEAT,
    personId,
  };
  const result = await deps.desk.submit({ agreementId, command });
  if (result.status === 'refused') return reasonOfCode(result.code);
  return result.status === 'applied' ? 'done' : 'pending';
}

/** A fresh link by mail to everybody who was asked and has not signed; the one before is withdrawn. */
async function signaturesAsked(deps: BulkDeps, { agreementId }: LineToDo, by: Principal): Promise<LineResult> {
  const row = await deps.database.agreement.findUnique({ where: { id: agreementId }, select: { status: true } });
  if (row?.status !== 'awaiting-signatures') return reason(row ? 'nothing-to-sign' : 'unknown-agreement');
  const links = await deps.database.actionLink.findMany({
    where: { agreementId, purpose: 'sign' },
    distinct: ['seat', 'personId'],
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  let asked = 0;
  for (const link of links) {
    try {
      await reissueLink(deps, link, by);
      asked += 1;
    } catch (error) {
      const isOver = error instanceof Problem && ['link-settled', 'link-not-held'].includes(error.code);
      if (!isOver) throw error; // signed since, or another fills the seat: nobody to ask
    }
  }
  return asked > 0 ? 'done' : reason('not-asked-yet');
}

/** What became of a line that was `pending`. */
export async function outcomeOf(deps: BulkDeps, line: LineToDo, act: JobAct): Promise<LineResult> {
  if (act === 'start' || act === 'import') {
    return (await startState(deps.database, line.agreementId)) === 'started' ? 'done' : 'pending';
  }
  const result = await deps.desk.look(commandOf(line));
  if (result.status === 'refused') return reasonOfCode(result.code);
  return result.status === 'applied' ? 'done' : 'pending';
}

/** The same, for whom the engine was just found away: each is stored and waits no longer than a moment. */
export function hurried(deps: BulkDeps): BulkDeps {
  const engineDeadlineMs = 200;
  return { ...deps, engineDeadlineMs, desk: createCommandDesk({ ...deps, engineDeadlineMs }) };
}

/** What is known of an agreement when a line is made: it may be gone when the line is read. */
export function aboutOf({ template, draft }: Pick<Candidate, 'template' | 'draft'>): Prisma.InputJsonObject {
  const parties = Object.fromEntries(
    Object.entries((draft as Draft).parties ?? {}).map(([role, { name }]) => [role, { name: name ?? '' }]),
  );
  return { template, parties };
}
