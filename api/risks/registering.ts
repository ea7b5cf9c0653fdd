import type { z } from 'zod';
import type { RiskInput } from '../../domain/risk/command.ts';
import { notRegistrable } from '../../domain/risk/standing.ts';
import { agreedOf } from '../../templates/risk-terms.ts';
import { processWorkflowId } from '../../workflows/ids.ts';
import { actorIn } from '../act-answer.ts';
import { derivedId } from '../derived-id.ts';
import { LIVING } from '../directory/persons.ts';
import { reachOf } from '../policy.ts';
import { Problem } from '../problem.ts';
import { belongingOf } from '../process/rows.ts';
import { startProcess } from '../processes.ts';
import type { Answer, RouteContext } from '../route.ts';
import { personForSeat } from '../seats/person-for-seat.ts';
import { findAgreement } from '../views.ts';
import { emergencyOf } from './acting.ts';
import type { newRisk } from './bodies.ts';
import { rulesOf } from './rows.ts';

type Context = Pick<RouteContext<{ id: string }, unknown, z.output<typeof newRisk>>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key'>;

/**
 * Puts a risk on the register: its own workflow. What its request does not say of threshold and departments is taken from
 * the contract's tables; a department's address that no seat has is only written to.
 *
 * @throws Problem `not-started`, `not-in-force`, `agreement-ended`, `not-provided`, `unknown-seat`, `not-your-seat`,
 *   `not-responsible`, `rating-out-of-range`, `emergency-plan-missing`, `threshold-missing`,
 *   `threshold-reversed`
 */
export async function registerRisk({ deps, params, principal, body, key }: Context): Promise<Answer> {
  const { database } = deps;
  const agreementId = params.id;
  if (reachOf('record.read', principal) === 'none') throw new Problem('not-provided');
  const belonging = await belongingOf(database, agreementId);
  const { actor } = await actorIn({ deps, principal }, agreementId, body);
  const { status } = await findAgreement(database, agreementId);
  if (!LIVING.includes(status)) throw new Problem('agreement-ended');
  const { agreement, inForceOn, template } = belonging;
  if (inForceOn === null) throw new Problem('not-in-force');
  const rules = rulesOf(belonging);
  if (!rules) throw new Problem('not-provided', { message: 'this agreement knows no register of risks' });
  const agreed = template
    ? agreedOf(template, belonging.term, [body.title])
    : { threshold: null, addresses: [] as string[] };
  const seats = await database.seat.findMany({
    where: { agreementId },
    include: { person: { select: { email: true } } },
  });
  const seatAt = (address: string): string | undefined => seats.find(({ person }) => person.email === address)?.seat;
  const mapped = agreed.addresses.flatMap((address) => seatAt(address) ?? []);
  const { emergency, text } = emergencyOf(body.emergency);
  const { windowDays, ...said } = body.threshold ?? { windowDays: undefined };
  const reference = `risk-${derivedId('risk', key).slice(0, 8)}`;
  const input: RiskInput = {
    format: 1,
    workflowId: processWorkflowId('risk', agreementId, reference),
    agreementId,
    reference,
    zone: agreement.zone,
    calendar: agreement.calendar,
    noticeHours: agreement.noticeHours,
    parties: agreement.parties,
    seats: agreement.seats,
    seatParties: agreement.seatParties ?? {},
    rules,
    anchorOn: inForceOn,
    registeredAtMs: deps.clock(),
    owner: body.owner ?? rules.keeper,
    departments: [...new Set([...(body.departments ?? []), ...mapped])],
    readers: [],
    probability: body.probability,
    impact: body.impact,
    threshold:
      'indicator' in said ? { ...said, ...(windowDays === undefined ? {} : { windowDays }) } : agreed.threshold,
    emergency: emergency ?? null,
    actor,
  };
  const refused = notRegistrable(input);
  if (refused) throw new Problem(refused.rejected, { message: refused.message, clauses: refused.clauses ?? [] });
  const readers: string[] = [];
  for (const email of agreed.addresses.filter((address) => seatAt(address) === undefined)) {
    readers.push(await personForSeat(database, { agreementId, seat: rules.keeper }, { name: email, email }));
  }
  const { id, status: begun } = await startProcess(deps, {
    type: 'risk',
    input: { ...input, readers } as RiskInput,
    text: { topic: body.title, ...(body.details === undefined ? {} : { details: body.details }), ...text },
  });
  const location = `/api/agreements/${agreementId}/risks/${id}`;
  return { status: begun === 'pending' ? 202 : 201, body: { id, reference, status: begun, location } };
}
