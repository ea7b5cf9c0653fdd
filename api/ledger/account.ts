import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { Event, LedgerLine } from '../../domain/agreement/event.ts';
import { evolve } from '../../domain/agreement/evolve.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import { obligationContext } from '../../domain/agreement/obligations.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { accruedLines } from '../../domain/agreement/view.ts';
import { present } from '../../domain/fields.ts';
import { addDays, daysBetween } from '../../domain/local-date.ts';
import { type Balance, balancesOf, withLine } from '../../domain/ledger/balance.ts';
import { explainLine } from '../../domain/ledger/line-explanation.ts';
import { pausedSpans } from '../../domain/obligations/deliverable-state.ts';
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
  /** Of the event that posted it; null: not posted. */
  sequence: number | null;
  /** The very days that it charges, where they follow from its due date and the line before; else null. */
  counted: CountedDays | null;
};

/** First and last day, both included, and the suspended days between that do not count. */
interface CountedDays {
  from: LocalDate;
  until: LocalDate;
  excluded: { from: LocalDate; until: LocalDate }[];
}

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
  const lines: Plain[] = [
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
      sequence: row.sequence,
    })),
    ...accruedLines(state, on).map((line) => ({ ...line, at: isoAt(zone, endMs), posted: false, sequence: null })),
  ];
  const counted = daysOf(lines, state);
  return {
    asOf: on,
    items: lines.map((line, index) => ({ ...line, why: why(line, state), counted: counted[index] ?? null })),
    balances: balancesOf(lines.reduce(withLine, {})),
  };
}

type Plain = Omit<AccountLine, 'why' | 'counted'>;

/** What a line is about as it stands, and the due date from which its days are counted: those of every round from the first. */
function subjectOf({ obligation, occurrence }: Plain, state: AgreementState) {
  const context = obligation === undefined ? undefined : obligationContext(state, obligation, occurrence ?? null);
  const progress = context?.state;
  return { context, due: (progress?.round === 1 ? progress.due : progress?.originalDue) ?? null };
}

/**
 * The very days of each line that is charged by the day. Each goes on where the one before it stopped. Days of grace, and
 * reviews between rounds, leave gaps that a line does not tell: where its number does not fit, no days are claimed.
 */
function daysOf(lines: readonly Plain[], state: AgreementState): (CountedDays | null)[] {
  const { zone } = state.agreement;
  const through = new Map<string, LocalDate>();
  return lines.map((line) => {
    const { days, about, kind, obligation, occurrence = '' } = line;
    const { context, due } = subjectOf(line, state);
    if (days === undefined || about !== undefined || (kind !== 'penalty' && kind !== 'late-fee')) return null;
    if (!context || !due) return null;
    const key = `${obligation ?? ''}#${occurrence}`;
    const from = addDays(through.get(key) ?? due.localDate, 1);
    // A line bears the instant up to which it counts; midnight is the end of the day before.
    const until = localDateAt(zone, Date.parse(line.at) - 1);
    through.set(key, until);
    if (until < from) return null;
    const excluded = pausedSpans(context.state.pauses, from, addDays(until, 1)).map((span) => ({
      from: span.from,
      until: addDays(span.to, -1),
    }));
    const lost = excluded.reduce((sum, span) => sum + daysBetween(span.from, span.until) + 1, 0);
    return daysBetween(from, until) + 1 - lost === days ? { from, until, excluded } : null;
  });
}

function why(all: Plain, state: AgreementState): Text[] {
  const {
    at: _at,
    clauses,
    posted,
    obligation: _obligation,
    occurrence: _occurrence,
    sequence: _sequence,
    ...line
  } = all;
  const { context, due } = subjectOf(all, state);
  const { agreement, claims } = state;
  const reckonedBy = context?.state.reckonedBy;
  const found = reckonedBy === undefined ? {} : { reckonedBy };
  return explainLine(line, { agreement, claims, rule: context?.rule, due, ...found, clauses, posted });
}
