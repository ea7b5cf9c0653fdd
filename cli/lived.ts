import { describeObligations, accruedLines } from '../domain/agreement/view.ts';
import type { Actor } from '../domain/agreement/command.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { type Snapshot, restoreState } from '../domain/agreement/snapshot.ts';
import type { LocalDate } from '../domain/time.ts';
import { isoAt } from '../domain/zone.ts';
import type { Database } from '../prisma/database.ts';

/** What was refused, in the order of the script. */
export interface RefusedAct {
  at: string;
  do: string;
  code: string;
  message: string;
  clauses?: string[];
}

/**
 * What happened to an agreement up to an instant, read from the record alone: the body of `abide simulate`'s answer.
 * `untilDate` is the last local date that counts for what has accrued.
 */
export async function readLife(
  database: Database,
  agreementId: string,
  untilMs: number,
  untilDate: LocalDate,
): Promise<Record<string, unknown>> {
  const row = await database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const compiled = row.compiled as unknown as CompiledAgreement;
  const state = restoreState(compiled, row.snapshot as unknown as Snapshot | null, row.sequence);
  const at = (instant: Date | number): string =>
    isoAt(compiled.zone, typeof instant === 'number' ? instant : instant.getTime());
  const [events, notices, ledger] = await Promise.all([
    database.event.findMany({ where: { agreementId }, orderBy: { sequence: 'asc' } }),
    database.notice.findMany({
      where: { agreementId, at: { lte: new Date(untilMs) } },
      orderBy: [{ at: 'asc' }, { number: 'asc' }],
    }),
    database.ledgerLine.findMany({ where: { agreementId }, orderBy: { sequence: 'asc' } }),
  ]);

  return {
    agreement: {
      template: row.template,
      status: row.status,
      inForceOn: row.inForceOn,
      expiresOn: row.expiresOn,
      endedOn: row.endedOn,
    },
    events: events.map((event) => ({
      at: at(event.occurredAt),
      type: event.type,
      ...present({ obligation: event.obligation, occurrence: event.occurrence }),
      ...actorOf(event.actor as unknown as Actor),
      clauses: event.clauses,
    })),
    notices: notices.map((notice) => ({
      at: at(notice.at),
      to: notice.address,
      role: notice.role,
      kind: notice.kind,
      ...present({ obligation: notice.obligation, occurrence: notice.occurrence }),
      ...(notice.rungs.length === 0 ? {} : { rung: notice.rungs.at(-1), rungs: notice.rungs }),
      subject: notice.subject,
      clauses: notice.clauses,
    })),
    ledger: [
      ...ledger.map((line) => ({
        at: at(line.at),
        kind: line.kind,
        ...present({ obligation: line.obligation, occurrence: line.occurrence }),
        debtor: line.debtor,
        creditor: line.creditor,
        amount: line.amountText,
        currency: line.currency,
        ...present({ days: line.days, base: line.base, rate: line.rate }),
        clauses: line.clauses,
      })),
      ...accruedLines(state, untilDate).map(({ obligation, occurrence, clauses, kind, ...line }) => ({
        at: at(untilMs),
        kind,
        obligation,
        ...present({ occurrence }),
        ...line,
        clauses,
        posted: false,
      })),
    ],
    obligations: describeObligations(state, untilMs - 1).map((view) => ({
      id: view.id,
      ...present({ occurrence: view.occurrence }),
      status: view.status,
      dueAt: view.due && at(view.due.dueAtMs),
      ...(view.fulfilledAtMs === null ? {} : { fulfilledAt: at(view.fulfilledAtMs) }),
      daysLate: view.daysLate,
    })),
  };
}

/** Time itself is no actor for a reader. */
function actorOf({ seat, party, onBehalfOf, via }: Actor): { actor?: object } {
  if (seat === 'clock') return {};
  return { actor: { seat, ...present({ party, onBehalfOf }), via } };
}

function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
