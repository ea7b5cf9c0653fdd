import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { Event, LedgerLine } from '../../domain/agreement/event.ts';
import { evolve } from '../../domain/agreement/evolve.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import { obligationContext } from '../../domain/agreement/obligations.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { accruedLines } from '../../domain/agreement/view.ts';
import { present } from '../../domain/fields.ts';
import { type Balance, balancesOf, withLine } from '../../domain/ledger/balance.ts';
import { explainLine } from '../../domain/ledger/line-explanation.ts';
import type { LocalDate, Text } from '../../domain/time.ts';
import { instantAt, isoAt, localDateAt } from '../../domain/zone.ts';
import type { ApiDeps } from '../deps.ts';
import { findAgreement, zoneOf } from '../views.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';

/** Events that bear the moment of their entry, and whose date is the one on paper. */
const SIGNING = ['agreement-started', 'agreement-signed', 'agreement-in-force'];

/** A line as people read it: when, about what, under which clauses, and why. */
export type AccountLine = LedgerLine & {
  at: string;
  obligation?: string;
  occurrence?: string;
  clauses: string[];
  posted: boolean;
  why: Text[];
};

/** The ledger as it stood at the end of a date. */
export interface Account {
  asOf: LocalDate;
  items: AccountLine[];
  balances: Balance[];
}

/**
 * What arose up to the end of a date: the posted lines, then what had accrued by then, computed.
 *
 * @param asOf today in the agreement's zone when missing
 * @throws Problem `unknown-agreement`
 */
export async function readAccount(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  id: string,
  asOf?: LocalDate,
): Promise<Account> {
  const agreement = await findAgreement(database, id);
  const zone = zoneOf(agreement);
  const on = asOf ?? localDateAt(zone, clock());
  const endMs = instantAt(zone, on, '24:00');
  const where = { agreementId: id };
  const [rows, events] = await Promise.all([
    database.ledgerLine.findMany({ where: { ...where, at: { lt: new Date(endMs) } }, orderBy: { sequence: 'asc' } }),
    database.event.findMany({
      where: {
        workflowId: agreementWorkflowId(id),
        OR: [{ occurredAt: { lt: new Date(endMs) } }, { type: { in: SIGNING } }],
      },
      orderBy: { sequence: 'asc' },
      select: { body: true },
    }),
  ]);
  if (!agreement.compiled) return { asOf: on, items: [], balances: [] };
  // The state as it was at the end of that date: what had been posted later does not count. In force counts from day 0,
  // the date on paper, however late it was entered.
  const state = events
    .map(({ body }) => JSON.parse(body) as Event)
    .filter((event) => event.type !== 'agreement-in-force' || event.signedOn <= on)
    .reduce<AgreementState>(evolve, initialState(agreement.compiled as unknown as CompiledAgreement));
  const lines: Omit<AccountLine, 'why'>[] = [
    ...rows.map((row) => ({
      at: isoAt(zone, row.at.getTime()),
      kind: row.kind as LedgerLine['kind'],
      ...present({ obligation: row.obligation, occurrence: row.occurrence }),
      debtor: row.debtor,
      creditor: row.creditor,
      amount: row.amountText,
      currency: row.currency,
      ...present({ days: row.days, base: row.base, rate: row.rate }),
      ...present({ excludedDays: row.excludedDays, about: row.about }),
      clauses: row.clauses,
      posted: true,
    })),
    ...accruedLines(state, on).map((line) => ({ ...line, at: isoAt(zone, endMs), posted: false })),
  ];
  return {
    asOf: on,
    items: lines.map((line) => ({ ...line, why: why(line, state) })),
    balances: balancesOf(lines.reduce(withLine, {})),
  };
}

function why(
  { at: _at, clauses, posted, obligation, occurrence, ...line }: Omit<AccountLine, 'why'>,
  state: AgreementState,
): Text[] {
  const context = obligation === undefined ? undefined : obligationContext(state, obligation, occurrence ?? null);
  const progress = context?.state;
  // Days of every round are counted from the first.
  const due = (progress?.round === 1 ? progress.due : progress?.originalDue) ?? null;
  const { agreement, claims } = state;
  return explainLine(line, { agreement, claims, rule: context?.rule, due, clauses, posted });
}
