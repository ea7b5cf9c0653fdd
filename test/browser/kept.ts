import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { parse } from 'yaml';
import { findTemplate } from '../../templates/library.ts';
import type { CompiledImprovement } from '../../domain/survey/compiled.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { type Desk, ask } from '../api/desk.ts';
import { act, draftOf } from '../api/life-desk.ts';

const coordinator = { name: '王协调', email: 'wang@c.example' };

async function begun(desk: Desk, draft: Record<string, unknown>, signers: string[]): Promise<string> {
  const key = randomUUID();
  const reply = await ask(desk.api, 'POST', '/agreements', { ...draft, start: true }, { 'Idempotency-Key': key });
  if (reply.status !== 202) throw new Error(JSON.stringify(reply.body));
  await desk.record(key);
  const { agreementId } = await desk.database.command.findUniqueOrThrow({ where: { id: key } });
  for (const as of signers) await act(desk, agreementId, '/signatures', { as });
  return agreementId;
}

/** The rules S003-S of a company, posted: key customers are visited; a report follows within five days. */
export async function visitRules(desk: Desk): Promise<string> {
  const found = findTemplate('satisfaction-management@1');
  if ('problem' in found) throw new Error('the template is gone');
  const open = resolveTerms(found.template, {}).open.map(({ term }) => [term, 'not-agreed']);
  const people = (name: string, email: string) => ({ name, email: `${email}@x.example` });
  const draft = {
    template: 'satisfaction-management@1',
    terms: { ...Object.fromEntries(open), visitReportDue: 'P5D' },
    parties: { Company: people('示例公司', 'office') },
    seats: { marketing: people('市场部', 'marketing'), business: people('业务部', 'business') },
    coordinator,
  };
  return begun(desk, draft, ['Company']);
}

/** Lets an agreement ask all of an improvement: approval, checks, an answer to customers, publication to staff. */
export async function strictly(desk: Desk, agreementId: string): Promise<void> {
  const { compiled } = await desk.database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const { improvement, ...rest } = compiled as { improvement: object };
  const rules: Partial<CompiledImprovement> = {
    ...{ approvers: ['A'], planDays: 10, cause: { clauses: ['S001c-26'] }, categories: ['响应', '产品'] },
    checks: { days: 30, by: 'A', clauses: ['S004-25'] },
    answer: { days: 3, clauses: ['S004-23'] },
    publication: { clauses: ['S004-26'] },
  };
  await desk.database.agreement.update({
    where: { id: agreementId },
    data: { compiled: { ...rest, improvement: { ...improvement, ...rules } } as unknown as Prisma.InputJsonObject },
  });
}

/** A text as spreadsheets save it in China. */
export function gb18030(text: string): Buffer {
  const reader = new TextDecoder('gb18030');
  const pairs = new Map<string, [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail !== 0x7f) pairs.set(reader.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Buffer.from([...text].flatMap((sign) => pairs.get(sign) ?? [sign.charCodeAt(0)]));
}

const KPI = new URL('../../templates/service-kpi/examples/everything-agreed.yaml', import.meta.url);

/** S001c as its example agrees on it: training and examination, 60 marks pass, nobody works before; with certificates. */
export async function trainingContract(desk: Desk): Promise<string> {
  const { terms, parties } = parse(readFileSync(KPI, 'utf8')) as {
    terms: Record<string, unknown>;
    parties: Record<string, unknown>;
  };
  const id = await begun(desk, { ...draftOf('service-kpi@1', { ...terms }), parties, coordinator }, ['A', 'B']);
  const { compiled } = await desk.database.agreement.findUniqueOrThrow({ where: { id } });
  const { trainings, ...rest } = compiled as { trainings: object[] };
  const certified = trainings.map((one) => ({ ...one, certificate: { clauses: ['S001b-15'] } }));
  await desk.database.agreement.update({
    where: { id },
    data: { compiled: { ...rest, trainings: certified } as unknown as Prisma.InputJsonObject },
  });
  return id;
}
