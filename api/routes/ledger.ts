import { z } from 'zod';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { Event } from '../../domain/agreement/event.ts';
import { evolve } from '../../domain/agreement/evolve.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { accruedLines } from '../../domain/agreement/view.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import { addMoney } from '../../domain/money.ts';
import { instantAt, isoAt, localDateAt } from '../../domain/zone.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement, zoneOf } from '../views.ts';

/** Events that bear the moment of their entry, and whose date is the one on paper. */
const SIGNING = ['agreement-started', 'agreement-signed', 'agreement-in-force'];

interface Line {
  debtor: string;
  creditor: string;
  currency: string;
  amount: string;
}

export const getLedger = route({
  id: 'getLedger',
  method: 'get',
  path: '/agreements/{id}/ledger',
  summary: 'Money that arose up to the end of a date (today when missing); what is not posted yet is computed',
  access: 'desk',
  params: schemas.idParams,
  query: z.object({ asOf: z.string().refine(isLocalDate, { error: 'YYYY-MM-DD' }).optional() }),
  answers: { 200: { description: 'Lines and balances', schema: schemas.ledger } },
  handle: async ({ deps: { database, clock }, params, query }) => {
    const agreement = await findAgreement(database, params.id);
    const zone = zoneOf(agreement);
    const asOf = query.asOf ?? localDateAt(zone, clock());
    const endMs = instantAt(zone, asOf, '24:00');
    const where = { agreementId: params.id };
    const [rows, events] = await Promise.all([
      database.ledgerLine.findMany({ where: { ...where, at: { lt: new Date(endMs) } }, orderBy: { sequence: 'asc' } }),
      database.event.findMany({
        where: { ...where, OR: [{ occurredAt: { lt: new Date(endMs) } }, { type: { in: SIGNING } }] },
        orderBy: { sequence: 'asc' },
        select: { body: true },
      }),
    ]);
    const posted = rows.map((row) => ({
      at: isoAt(zone, row.at.getTime()),
      kind: row.kind,
      ...(row.obligation === null ? {} : { obligation: row.obligation }),
      ...(row.occurrence === null ? {} : { occurrence: row.occurrence }),
      debtor: row.debtor,
      creditor: row.creditor,
      amount: row.amountText,
      currency: row.currency,
      ...(row.days === null ? {} : { days: row.days }),
      ...(row.base === null ? {} : { base: row.base }),
      ...(row.rate === null ? {} : { rate: row.rate }),
      clauses: row.clauses,
      posted: true,
    }));
    // The state as it was at the end of that date: what had been posted later does not count. In force counts from day 0,
    // the date on paper, however late it was entered.
    const state =
      agreement.compiled &&
      events
        .map(({ body }) => JSON.parse(body) as Event)
        .filter((event) => event.type !== 'agreement-in-force' || event.signedOn <= asOf)
        .reduce<AgreementState>(evolve, initialState(agreement.compiled as unknown as CompiledAgreement));
    const accrued = state
      ? accruedLines(state, asOf).map((line) => ({ ...line, at: isoAt(zone, endMs), posted: false }))
      : [];
    const items = [...posted, ...accrued];
    return { status: 200, body: { asOf, items, balances: balances(items) } };
  },
});

function balances(lines: readonly Line[]): Line[] {
  const sums: Line[] = [];
  for (const { debtor, creditor, currency, amount } of lines) {
    const sum = sums.find((one) => one.debtor === debtor && one.creditor === creditor && one.currency === currency);
    if (sum) sum.amount = addMoney(sum.amount, amount);
    else sums.push({ debtor, creditor, currency, amount });
  }
  return sums;
}
