import { randomUUID } from 'node:crypto';
import { lifeSchema } from '../../api/life/schema.ts';
import { findTemplate } from '../../templates/library.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { type Desk, type Reply, ask } from './desk.ts';

/** A draft of a template whose open terms are not agreed, save those that are given. */
export function draftOf(template: string, terms: Record<string, unknown>): Record<string, unknown> {
  const found = findTemplate(template);
  if ('problem' in found) throw new Error(`there is no ${template}`);
  const open = resolveTerms(found.template, terms).open.map(({ term }) => [term, 'not-agreed']);
  return { template, terms: { ...Object.fromEntries(open), ...terms } };
}

/** Two parties with a service contract that is sealed, renews by itself, is paid in two rows, and knows force majeure. */
export const SERVICE = {
  ...draftOf('service-third-party@1', {
    contractTotal: '160000.00',
    termYears: 1,
    expiresOn: null,
    sealRequired: true,
    automaticRenewal: true,
    serviceFeeSchedule: [
      { dueDate: '2026-10-12', amount: '80000.00' },
      { dueDate: '2027-03-10', amount: '80000.00' },
    ],
    latePaymentFeePercentPerDay: '0.5',
    negotiationDays: 15,
    analysisDueDays: 10,
  }),
  parties: {
    A: { name: '甲方服务有限公司', email: 'li.hua@a.example', contact: '李华' },
    B: { name: '乙方客户有限公司', email: 'wu.min@b.example', contact: '吴敏' },
  },
  coordinator: { name: '王协调', email: 'wang@c.example' },
};

/** An act, recorded as the worker would. */
export async function act(desk: Desk, agreementId: string, path: string, body: unknown): Promise<Reply> {
  const key = randomUUID();
  const reply = await ask(desk.api, 'POST', `/agreements/${agreementId}${path}`, body, { 'Idempotency-Key': key });
  if (reply.status === 202) await desk.record(key);
  return reply;
}

/** What refuses an act: the engine is away, so that the record's attempt says it. */
export async function refusalOf(desk: Desk, agreementId: string, path: string, body: unknown): Promise<string> {
  try {
    const { status, body: answer } = await act(desk, agreementId, path, body);
    return status === 202 ? 'done' : String((answer as { type?: string }).type).replace('urn:abide:', '');
  } catch (error) {
    return (error as Error).message;
  }
}

/** Starts a draft. @returns its id */
export async function started(desk: Desk, draft: Record<string, unknown>): Promise<string> {
  const key = randomUUID();
  const reply = await ask(desk.api, 'POST', '/agreements', { ...draft, start: true }, { 'Idempotency-Key': key });
  if (reply.status !== 202) throw new Error(JSON.stringify(reply.body));
  await desk.record(key);
  return (await desk.database.command.findUniqueOrThrow({ where: { id: key } })).agreementId;
}

/** The service contract, signed and sealed by both today. */
export async function serviceInForce(desk: Desk): Promise<string> {
  const id = await started(desk, SERVICE);
  for (const as of ['A', 'B']) {
    await act(desk, id, '/signatures', { as });
    await act(desk, id, '/seals', { as });
  }
  return id;
}

/** The view of a life, checked against its published schema. */
export async function lifeOf(desk: Desk, agreementId: string, headers: Record<string, string> = {}) {
  const { status, body } = await ask(desk.api, 'GET', `/agreements/${agreementId}/life`, undefined, headers);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return lifeSchema.parse(body);
}
