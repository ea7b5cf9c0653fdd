import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { parse } from 'yaml';
import { findTemplate } from '../../templates/library.ts';
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

const KPI = new URL('../../templates/service-kpi/examples/everything-agreed.yaml', import.meta.url);

/** S001c as its example agrees on it: training and examination, 60 marks pass, nobody works before. */
export async function trainingContract(desk: Desk): Promise<string> {
  const { terms, parties } = parse(readFileSync(KPI, 'utf8')) as {
    terms: Record<string, unknown>;
    parties: Record<string, unknown>;
  };
  return begun(desk, { ...draftOf('service-kpi@1', { ...terms }), parties, coordinator }, ['A', 'B']);
}
