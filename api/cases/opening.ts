import type { Actor } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { CUSTOMER } from '../../domain/agreement/parties.ts';
import type { CaseInput } from '../../domain/case/command.ts';
import type { CaseChannel, CasePriority, CaseSeverity, CaseType, CompiledCases } from '../../domain/case/compiled.ts';
import { lateList } from '../../domain/evaluation/compiled.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { nobodyServes } from '../../templates/compile-case.ts';
import { processWorkflowId } from '../../workflows/ids.ts';
import { isUniqueViolation } from '../commands.ts';
import type { ApiDeps } from '../deps.ts';
import { derivedId } from '../derived-id.ts';
import { LIVING } from '../directory/persons.ts';
import { type FieldProblem, Problem } from '../problem.ts';
import { type Belonging, belongingOf } from '../process/rows.ts';
import { launchProcess } from '../processes.ts';
import { findAgreement, templateOf } from '../views.ts';
import { type Caller, customerByAddress } from './contacts.ts';

type Deps = Pick<ApiDeps, 'database' | 'clock' | 'temporal' | 'log'> & Pick<ApiDeps, 'engineDeadlineMs'>;

/** A case as it comes in, by whatever way. */
export interface NewCase {
  agreementId: string;
  /** Makes the same case of the same request, however often it comes. */
  key: string;
  caseType: CaseType;
  channel: CaseChannel;
  severity?: CaseSeverity | undefined;
  priority?: CasePriority | undefined;
  category?: string | undefined;
  topic: string;
  details?: string | undefined;
  caller: Caller;
  /** Who wrote it down; null: whoever brings it, who is none of the parties. */
  actor: Actor | null;
  via?: Actor['via'];
  /** When it reached the provider, from where all clocks run; missing: now. */
  receivedAtMs?: number | undefined;
  /** Rows that belong to it: the mail or the opinion that it comes from. */
  beside?: (tx: Prisma.TransactionClient, workflowId: string) => Promise<void>;
}

export interface OpenedCase {
  id: string;
  reference: string;
  workflowId: string;
  status: 'started' | 'pending';
}

/** What an agreement says of this sort of case; undefined: it knows none of it. */
export function rulesFor({ cases = [] }: Pick<CompiledAgreement, 'cases'>, type: CaseType): CompiledCases | undefined {
  return cases.find(({ types }) => types.includes(type));
}

/** What is said of cases of customers who are none of the parties: theirs alone come in by the public form and by mail. */
export function publicCases({ cases = [] }: Pick<CompiledAgreement, 'cases'>): CompiledCases[] {
  return cases.filter(({ customer }) => customer === null);
}

/**
 * Opens a case: its words and whoever brought it stay in Postgres, its workflow begins at once or, while the engine is away,
 * later; its clocks run from when it came in, either way. The same key again is the same case.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `not-in-force`, `agreement-ended`, `not-provided`, `unknown-customer`,
 *   `invalid-request`
 */
export async function openCase(deps: Deps, given: NewCase): Promise<OpenedCase> {
  const { database } = deps;
  const { agreementId, key } = given;
  const reference = `case-${derivedId('case', `${agreementId}/${key}`).slice(0, 8)}`;
  const workflowId = processWorkflowId('case', agreementId, reference);
  const known = await database.process.findUnique({ where: { workflowId }, select: { id: true, status: true } });
  if (!known) await store(deps, given, { reference, workflowId });
  const { id } = known ?? (await database.process.findUniqueOrThrow({ where: { workflowId }, select: { id: true } }));
  const status = known && known.status !== 'starting' ? 'started' : await launchProcess(deps, workflowId);
  return { id, reference, workflowId, status };
}

/** An agreement under which cases come in now. @throws Problem as `openCase` */
export async function receivingAgreement(deps: Pick<Deps, 'database'>, agreementId: string): Promise<Belonging> {
  const belonging = await belongingOf(deps.database, agreementId);
  const { status } = await findAgreement(deps.database, agreementId);
  // After the last day of the service a request is still taken in, out of term (S003-C-07).
  const isAfter = ['expired', 'closed'].includes(status) && belonging.agreement.cases?.some(({ service }) => service);
  if (!LIVING.includes(status) && !isAfter) throw new Problem('agreement-ended');
  if (status === 'starting' || status === 'awaiting-signatures') throw new Problem('not-in-force');
  if ((belonging.agreement.cases ?? []).length === 0) {
    const template = templateOf(belonging.agreement.template);
    const nobody = template && nobodyServes(template, belonging.agreement, undefined);
    throw new Problem('not-provided', { message: nobody ?? 'this agreement knows no cases' });
  }
  return belonging;
}

async function store(
  deps: Deps,
  given: NewCase,
  { reference, workflowId }: { reference: string; workflowId: string },
): Promise<void> {
  const { database, clock } = deps;
  const { agreementId, caller, topic, details } = given;
  const { agreement } = await receivingAgreement(deps, agreementId);
  const cases = given.actor === null ? publicCases(agreement) : (agreement.cases ?? []);
  const rules = rulesFor({ cases }, given.caseType);
  if (!rules)
    throw wrong(
      'type',
      cases.flatMap(({ types }) => types),
    );
  if (rules.channels.length > 0 && !rules.channels.includes(given.channel)) throw wrong('channel', rules.channels);
  const categories = rules.categories.map(({ id }) => id);
  if (given.category !== undefined && !categories.includes(given.category)) throw wrong('category', categories);
  const customer = await customerOf(deps, caller);
  const email = caller.email ?? customer?.email ?? null;
  const openedAtMs = given.receivedAtMs ?? clock();
  const contactId = derivedId('case-contact', workflowId);
  const input: CaseInput = {
    format: 1,
    workflowId,
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
    ...lateList(agreement.evaluations),
    caseType: given.caseType,
    channel: given.channel,
    severity: given.severity ?? 'normal',
    priority: given.priority ?? 'normal',
    tier: customer?.tier ?? null,
    category: given.category ?? null,
    customerId: customer?.id ?? null,
    contactId,
    customerMail: email !== null,
    openedAtMs,
    repeats: [],
    actor: given.actor ?? { personId: customer?.id ?? contactId, seat: CUSTOMER, via: given.via ?? 'link' },
  };
  try {
    await database.$transaction(async (tx) => {
      await tx.process.create({
        data: {
          workflowId,
          agreementId,
          type: 'case',
          reference,
          status: 'starting',
          input: input as unknown as Prisma.InputJsonObject,
          text: { topic, ...(details === undefined ? {} : { details }) },
          createdAt: new Date(clock()),
        },
      });
      await tx.caseContact.create({
        data: {
          id: contactId,
          workflowId,
          agreementId,
          customerId: customer?.id ?? null,
          name: caller.name ?? customer?.contact ?? customer?.name ?? null,
          email,
          phone: caller.phone ?? customer?.phone ?? null,
          language: customer?.language === 'en' ? 'en' : customer ? 'zh' : caller.language,
          createdAt: new Date(clock()),
        },
      });
      await given.beside?.(tx, workflowId);
    });
  } catch (error) {
    // The same request came twice at once, or the same mail.
    const isThere = isUniqueViolation(error) && (await database.process.count({ where: { workflowId } })) > 0;
    if (!isThere) throw error;
  }
}

/** @throws Problem `unknown-customer` */
async function customerOf({ database }: Pick<Deps, 'database'>, { customer, email }: Caller) {
  const id = customer ?? (email === undefined ? undefined : (await customerByAddress(database, email))?.id);
  if (id === undefined) return null;
  const row = await database.customer.findUnique({ where: { id } });
  if (!row || row.erasedAt !== null) throw new Problem('unknown-customer');
  return row;
}

function wrong(path: string, known: readonly string[]): Problem {
  const list = [...new Set(known)];
  const error: FieldProblem = {
    path,
    message: { zh: '不在本协议的范围内', en: 'is none that this agreement knows' },
    cure:
      list.length === 0
        ? { zh: '留空', en: 'leave it out' }
        : { zh: `可用：${list.join('、')}`, en: `use one of ${list.join(', ')}` },
  };
  return new Problem('invalid-request', { errors: [error] });
}
