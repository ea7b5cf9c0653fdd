import type { Actor } from '../domain/agreement/command.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { EventType, LedgerLine } from '../domain/agreement/event.ts';
import type { NoticeKind } from '../domain/agreement/notice.ts';
import { type Snapshot, restoreState } from '../domain/agreement/snapshot.ts';
import type { LocalDate } from '../domain/time.ts';
import type { Database } from '../prisma/database.ts';
import { type Life, describeLife, present } from './life.ts';

/**
 * What happened to an agreement up to an instant, read from the record alone. `untilDate` is the last local date that
 * counts for what has accrued.
 */
export async function readLife(
  database: Database,
  agreementId: string,
  untilMs: number,
  untilDate: LocalDate,
): Promise<Life> {
  const row = await database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const compiled = row.compiled as unknown as CompiledAgreement;
  const [events, notices, ledger] = await Promise.all([
    database.event.findMany({ where: { agreementId }, orderBy: { sequence: 'asc' } }),
    database.notice.findMany({
      where: { agreementId, at: { lte: new Date(untilMs) } },
      orderBy: [{ at: 'asc' }, { number: 'asc' }],
    }),
    database.ledgerLine.findMany({ where: { agreementId }, orderBy: { sequence: 'asc' } }),
  ]);
  const record = {
    state: restoreState(compiled, row.snapshot as unknown as Snapshot | null, row.sequence),
    events: events.map(({ occurredAt, type, obligation, occurrence, actor, clauses }) => ({
      atMs: occurredAt.getTime(),
      type: type as EventType,
      ...present({ obligation, occurrence }),
      actor: actor as unknown as Actor,
      clauses,
    })),
    notices: notices.map(({ at, address, role, kind, obligation, occurrence, rungs, subject, clauses }) => ({
      atMs: at.getTime(),
      to: address,
      role,
      kind: kind as NoticeKind,
      ...present({ obligation, occurrence, subject }),
      rungs,
      clauses,
    })),
    ledger: ledger.map((line) => ({
      atMs: line.at.getTime(),
      kind: line.kind as LedgerLine['kind'],
      ...present({ obligation: line.obligation, occurrence: line.occurrence }),
      debtor: line.debtor,
      creditor: line.creditor,
      amount: line.amountText,
      currency: line.currency,
      ...present({ days: line.days, base: line.base, rate: line.rate }),
      clauses: line.clauses,
    })),
  };
  return describeLife(record, { untilMs, untilDate });
}
