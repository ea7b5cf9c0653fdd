import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Clock } from '../activities/clock.ts';
import type { KillPoint } from '../activities/kill-points.ts';
import type { Actor, Start } from '../domain/agreement/command.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { Text } from '../domain/time.ts';
import { localDateAt } from '../domain/zone.ts';
import type { Database } from '../prisma/database.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import type { Calendar } from '../domain/calendar.ts';
import { calendarFinder } from './calendars/shelf.ts';
import { type ResolvedDraft, compileDraft, resolveDraft } from '../templates/draft.ts';
import { templateReference } from '../templates/library.ts';
import { type Problem as InputProblem, isMissing } from '../templates/problem.ts';
import type { Template } from '../templates/schema.ts';
import { termsToSign } from '../templates/signing-terms.ts';
import { TASK_QUEUE, agreementWorkflowId } from '../workflows/ids.ts';
import { type CommandDesk, isUniqueViolation } from './commands.ts';
import { derivedId } from './derived-id.ts';
import { seatPeople } from './directory.ts';
import { ENGINE_DEADLINE_MS, isAway, withinDeadline } from './engine.ts';
import { COORDINATOR_SEAT, DESK_PERSON } from './policy.ts';
import { OPERATOR } from './seats/person-for-seat.ts';
import { Problem, inputProblem } from './problem.ts';

/** How long the answer to a start waits for the first record. */
const RECORD_DEADLINE_MS = 2_000;

export interface StartDeps {
  database: Database;
  desk: Pick<CommandDesk, 'recorded'>;
  temporal: () => Client;
  clock: Clock;
  log: Logger;
  engineDeadlineMs?: number;
  killPoint?: KillPoint;
}

/** The id of the agreement that a request makes: the same request makes the same agreement, even after a crash. */
export function agreementIdOf(key: string): string {
  return derivedId('agreement', key);
}

/**
 * Keeps a draft: what people entered, checked as far as it goes; what is missing may come later. The same id again
 * changes nothing.
 *
 * @throws Problem of the first thing that is wrong
 */
export async function createDraft(
  { database, clock }: Pick<StartDeps, 'database' | 'clock'>,
  { id, given }: { id: string; given: Record<string, unknown> },
): Promise<void> {
  const { template, zone } = checkDraft(given, await calendarFinder(database));
  try {
    await database.agreement.create({
      data: {
        id,
        template,
        zone,
        status: 'draft',
        draft: given as Prisma.InputJsonObject,
        createdAt: new Date(clock()),
      },
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

/** Changes fields of a draft. @throws Problem, `not-a-draft` when it was started */
export async function changeDraft(
  { database }: Pick<StartDeps, 'database'>,
  { id, changes }: { id: string; changes: Record<string, unknown> },
): Promise<void> {
  const row = await database.agreement.findUnique({ where: { id }, select: { status: true, draft: true } });
  if (!row) throw new Problem('unknown-agreement');
  if (row.status !== 'draft') throw new Problem('not-a-draft');
  const given = { ...(row.draft as Record<string, unknown>), ...changes };
  const { template, zone } = checkDraft(given, await calendarFinder(database));
  const { count } = await database.agreement.updateMany({
    where: { id, status: 'draft' },
    data: { template, zone, draft: given as Prisma.InputJsonObject },
  });
  if (count === 0) throw new Problem('not-a-draft');
}

/** Whether what is there is right; what is missing does not count, but the template must be said. */
function checkDraft(
  given: Record<string, unknown>,
  calendarNamed: (reference: string | undefined) => Calendar,
): { template: string; zone: string } {
  const { draft, errors } = resolveDraft(given, calendarNamed);
  const wrong = errors.filter((problem) => !isMissing(problem) || problem.path === 'template');
  if (wrong.length > 0) throw inputProblem(wrong);
  const template = draft ? templateReference(draft.template) : String(given['template']);
  return { template, zone: typeof given['zone'] === 'string' ? given['zone'] : 'Asia/Shanghai' };
}

/**
 * Starts a draft's life: checks that nothing is missing and no term open, writes seats, people and the compiled
 * agreement, begins the workflow. The same command again goes on where the first stopped. "pending" while engine or
 * worker are away: the repeater goes on.
 *
 * @throws Problem: what is wrong or missing, `term-open`, `not-a-draft`, `unknown-agreement`
 */
export async function startAgreement(
  deps: StartDeps,
  { id, commandId, via = 'api' }: { id: string; commandId: string; via?: 'api' | 'cli' },
): Promise<'started' | 'pending'> {
  const { database } = deps;
  const row = await database.agreement.findUnique({ where: { id }, select: { status: true, draft: true } });
  if (!row) throw new Problem('unknown-agreement');
  if (row.status !== 'draft') {
    const command = await database.command.findUnique({ where: { id: commandId } });
    if (command?.agreementId !== id || command.type !== 'start') throw new Problem('not-a-draft');
    return row.status === 'starting' ? launch(deps, id) : 'started';
  }
  const draft = completeDraft(row.draft as Record<string, unknown>, await calendarFinder(database));
  const input = await freeze(deps, { id, commandId, via, draft });
  deps.killPoint?.('agreement:stored');
  return launch(deps, id, input);
}

/** What the person was told "pending" about; does not ask the engine. */
export async function startState(database: Database, id: string): Promise<'started' | 'pending'> {
  const { status } = await database.agreement.findUniqueOrThrow({ where: { id }, select: { status: true } });
  return status === 'draft' || status === 'starting' ? 'pending' : 'started';
}

/** What can be started. @throws Problem: what is wrong or missing, `term-open` */
export function completeDraft(
  given: Record<string, unknown>,
  calendarNamed?: (reference: string | undefined) => Calendar,
): ResolvedDraft {
  const { draft, errors } = resolveDraft(given, calendarNamed);
  if (!draft) throw inputProblem(errors);
  const { template, terms } = draft;
  const toSign = termsToSign(template).filter((name) =>
    terms.terms.some((term) => term.name === name && term.value === null),
  );
  const open = terms.open.map(({ term }) => term).filter((term) => !toSign.includes(term));
  const problems = [
    ...toSign.map((term) => openTerm(template, term, TO_SIGN)),
    ...open.map((term) => openTerm(template, term, TO_DECIDE)),
  ];
  if (problems.length > 0) throw inputProblem(problems);
  return draft;
}

const TO_DECIDE: Text = { zh: '请填写，或写明 "not-agreed"（未约定）', en: 'give it a value, or "not-agreed"' };
/** A draft without it would start and could never be signed (S003-N-13). */
const TO_SIGN: Text = {
  zh: '请填写：签署前须约定此项，不能填 "not-agreed"',
  en: 'give it a value: nobody may sign without it, and "not-agreed" will not do',
};

function openTerm(template: Template, term: string, cure: Text): InputProblem {
  const label = template.terms.find(({ name }) => name === term)?.label;
  return {
    path: `terms.${term}`,
    code: 'term-open',
    message: { zh: `${label?.zh ?? term}尚未约定`, en: `${label?.en ?? term} is still open` },
    cure,
  };
}

/** One transaction: people and seats, the command, and the agreement as it will be lived. */
async function freeze(
  { database, clock }: StartDeps,
  { id, commandId, via, draft }: { id: string; commandId: string; via: 'api' | 'cli'; draft: ResolvedDraft },
): Promise<AgreementInput> {
  const receivedAtMs = clock();
  const compiled = compileDraft(draft, { id, year: Number(localDateAt(draft.zone, receivedAtMs).slice(0, 4)) });
  return database.$transaction(
    async (tx) => {
      const people = Object.entries(draft.parties).map(([seat, { name, contact, email, language }]) => ({
        seat,
        party: seat as string | null,
        organisation: name,
        name: contact ?? name,
        email,
        language,
      }));
      for (const [seat, { name, email, language, party }] of Object.entries(draft.seats)) {
        people.push({ seat, party, organisation: draft.parties[party]?.name ?? name, name, email, language });
      }
      if (draft.coordinator) {
        const organisation = await organisationOf(tx, draft.coordinator.email);
        people.push({ seat: COORDINATOR_SEAT, party: null, organisation, ...draft.coordinator });
      }
      const persons = await seatPeople(tx, { agreementId: id, zone: draft.zone.id, people });
      const personId = persons[COORDINATOR_SEAT] ?? DESK_PERSON;
      const actor: Actor = { personId, seat: COORDINATOR_SEAT, via };
      const command: Start = { type: 'start', id: commandId, receivedAtMs, actor, seated: persons };
      const { count } = await tx.agreement.updateMany({
        where: { id, status: 'draft' },
        data: {
          status: 'starting',
          template: compiled.template,
          zone: draft.zone.id,
          compiled: compiled as unknown as Prisma.InputJsonObject,
          startedAt: new Date(receivedAtMs),
          expiresOn: compiled.expiresOn,
          calendarId: compiled.calendar.id,
          calendarVersion: compiled.calendar.version,
        },
      });
      if (count === 0) throw new Problem('not-a-draft');
      await tx.command.create({
        data: {
          id: commandId,
          agreementId: id,
          type: 'start',
          command: command as unknown as Prisma.InputJsonObject,
          receivedAt: new Date(receivedAtMs),
        },
      });
      return { agreement: compiled, start: command };
    },
    { timeout: 20_000, maxWait: 20_000 },
  );
}

/** A coordinator's organisation: that of whoever signs in under the address, else the operator's. */
async function organisationOf(tx: Prisma.TransactionClient, email: string): Promise<string> {
  const known = await tx.person.findFirst({
    where: { email: email.toLowerCase(), user: { isNot: null } },
    select: { organisation: { select: { name: true } } },
  });
  return known?.organisation.name ?? OPERATOR;
}

/** What the workflow of a new agreement is given (workflows/agreement.ts, which the API must not import). */
interface AgreementInput {
  agreement: CompiledAgreement;
  start: Start;
}

/** Begins the workflow of an agreement that is `starting`; one that runs already is success. */
export async function launch(deps: StartDeps, id: string, frozen?: AgreementInput): Promise<'started' | 'pending'> {
  const { desk, temporal, log } = deps;
  const input = frozen ?? (await storedInput(deps.database, id));
  const client = temporal();
  try {
    await withinDeadline(client, deps.engineDeadlineMs ?? ENGINE_DEADLINE_MS, () =>
      client.workflow.start('agreement', {
        workflowId: agreementWorkflowId(id),
        taskQueue: TASK_QUEUE,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [input],
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) {
      if (!isAway(error)) throw error;
      log.warn({ agreement: id, error: (error as Error).name }, 'the engine is away: the start waits');
      return 'pending';
    }
  }
  deps.killPoint?.('agreement:workflow-started');
  const { status } = await desk.recorded(input.start.id, RECORD_DEADLINE_MS);
  return status === 'pending' ? 'pending' : 'started';
}

async function storedInput(database: Database, id: string): Promise<AgreementInput> {
  const { compiled } = await database.agreement.findUniqueOrThrow({ where: { id }, select: { compiled: true } });
  const { command } = await database.command.findFirstOrThrow({ where: { agreementId: id, type: 'start' } });
  return { agreement: compiled as unknown as CompiledAgreement, start: command as unknown as Start };
}
