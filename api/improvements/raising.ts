import type { z } from 'zod';
import { agreementClocks } from '../../activities/agreement-clocks.ts';
import type { Actor } from '../../domain/agreement/command.ts';
import type { FindingFacts, ImprovementInput } from '../../domain/improvement/command.ts';
import { raisersWeight } from '../../domain/improvement/priority.ts';
import { LIVING } from '../directory/persons.ts';
import { actorIn } from '../act-answer.ts';
import { derivedId } from '../derived-id.ts';
import { Problem } from '../problem.ts';
import { type Belonging, belongingOf } from '../process/rows.ts';
import { startProcess } from '../processes.ts';
import type { Answer, RouteContext } from '../route.ts';
import { findAgreement } from '../views.ts';
import { processWorkflowId } from '../../workflows/ids.ts';
import { demandKnown } from './acting.ts';
import type { newFinding } from './bodies.ts';
import { knownDimensions } from './dimensions.ts';
import { mayRaise } from './view.ts';

type Body = z.output<typeof newFinding>;
type Context = Pick<RouteContext<{ id: string }, unknown, Body>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key'>;

/**
 * Opens an improvement for what somebody found outside of a survey: its words beside the process, its workflow at once or,
 * while the engine is away, later. The same key again is the same finding.
 *
 * @throws Problem `not-started`, `not-in-force`, `agreement-ended`, `not-provided`, `unknown-seat`, `not-your-seat`,
 *   `not-responsible`, `unknown-customer`, `invalid-request`
 */
export async function raiseFinding(context: Context): Promise<Answer> {
  const { deps, params, body, key } = context;
  const belonging = await belongingOf(deps.database, params.id);
  const { agreement } = belonging;
  const { actor } = await actorIn(context, params.id, body);
  await assertLiving(context);
  if (!agreement.improvement) throw new Problem('not-provided', { message: 'this agreement knows no improvements' });
  if (!mayRaise(belonging, { actor, onBehalfOf: body.onBehalfOf ?? null })) throw new Problem('not-responsible');
  const reference = `finding-${derivedId('finding', key).slice(0, 8)}`;
  const workflowId = processWorkflowId('improvement', params.id, reference);
  const { title, details } = body;
  const { id, status } = await startProcess(deps, {
    type: 'improvement',
    input: await inputOf(context, belonging, { actor, reference, workflowId }),
    text: { topic: title, ...(details === undefined ? {} : { details }) },
  });
  const location = `/api/agreements/${params.id}/improvements/${id}`;
  return { status: status === 'pending' ? 202 : 201, body: { id, reference, status, location } };
}

async function assertLiving({ deps, params }: Context): Promise<void> {
  const { status } = await findAgreement(deps.database, params.id);
  if (!LIVING.includes(status)) throw new Problem('agreement-ended');
  if (status === 'starting' || status === 'awaiting-signatures') throw new Problem('not-in-force');
}

async function inputOf(
  context: Context,
  belonging: Belonging,
  { actor, reference, workflowId }: { actor: Actor; reference: string; workflowId: string },
): Promise<ImprovementInput> {
  const { deps, params } = context;
  const { agreement } = belonging;
  const rules = agreement.improvement;
  if (!rules) throw new Error('unreachable: it was asked before');
  return {
    format: 1,
    workflowId,
    agreementId: params.id,
    reference,
    zone: agreement.zone,
    calendar: agreement.calendar,
    noticeHours: agreement.noticeHours,
    parties: agreement.parties,
    seats: agreement.seats,
    seatParties: agreement.seatParties ?? {},
    rules,
    finding: await factsOf(context, belonging),
    clauses: rules.clauses,
    raisedAtMs: deps.clock(),
    ...(await agreementClocks(deps.database, params.id)).standstill,
    actor,
  };
}

async function factsOf({ deps, params, body }: Context, belonging: Belonging): Promise<FindingFacts> {
  const { database } = deps;
  const { source, about = null, dimension = null, frequency, severity } = body;
  if (about !== null) await assertThere(database, params.id, source, about);
  if (dimension !== null) demandKnown('dimension', dimension, await knownDimensions(database, belonging));
  const customers = body.customers ?? (source === 'feedback' ? await senderOf(database, about) : []);
  const known = await database.customer.findMany({ where: { id: { in: customers }, erasedAt: null } });
  if (known.length < new Set(customers).size) throw new Problem('unknown-customer');
  return {
    source,
    about,
    dimension,
    frequency,
    severity,
    customerWeight: raisersWeight(known.map(({ tier }) => tier)),
    measured: null,
    raisedBy: [...new Set(customers)],
  };
}

/** The customer who sent an opinion: as it was noted, else the only one with the address that was left. */
async function senderOf(database: Context['deps']['database'], number: string | null): Promise<string[]> {
  const feedback = await database.feedback.findUnique({ where: { number: number ?? '' } });
  const { customerId = null, email = null } = feedback ?? {};
  if (customerId === null && email === null) return [];
  const where =
    customerId === null ? { email: { equals: email ?? '', mode: 'insensitive' as const } } : { id: customerId };
  const found = await database.customer.findMany({ where: { ...where, erasedAt: null }, take: 2 });
  return found.length === 1 ? found.map(({ id }) => id) : [];
}

/** What it comes from is on record, and of this agreement. */
async function assertThere(
  database: Context['deps']['database'],
  agreementId: string,
  source: Body['source'],
  about: string,
): Promise<void> {
  const isThere =
    source === 'feedback'
      ? (await database.feedback.count({ where: { agreementId, number: about } })) > 0
      : source === 'visit' &&
        (await database.process.count({ where: { agreementId, type: 'visit', reference: about } })) > 0;
  if (!isThere) demandKnown('about', about, []);
}
