import type { Actor } from '../domain/agreement/command.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { EventBody, EventType, LedgerLine } from '../domain/agreement/event.ts';
import type { NoticeKind } from '../domain/agreement/notice.ts';
import { type Snapshot, restoreState } from '../domain/agreement/snapshot.ts';
import type { Database } from '../prisma/database.ts';
import { present } from '../domain/fields.ts';
import { type EventPeople, type Life, describeLife, eventGoal, eventPeople } from './life.ts';
import type { LivableScenario } from './livable.ts';
import { wholeMinute } from './lived-surveys.ts';
import { settling } from './settled.ts';
import { agreementWorkflowId } from '../workflows/ids.ts';

/**
 * What happened to an agreement up to the end of a scenario, read from the record alone. Its last local date counts for
 * what has accrued.
 */
export async function readLife(database: Database, agreementId: string, scenario: LivableScenario): Promise<Life> {
  const { untilMs, until: untilDate } = scenario;
  const settled = settling(scenario);
  const row = await database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const compiled = row.compiled as unknown as CompiledAgreement;
  const [events, notices, ledger] = await Promise.all([
    database.event.findMany({ where: { workflowId: agreementWorkflowId(agreementId) }, orderBy: { sequence: 'asc' } }),
    database.notice.findMany({
      where: { agreementId, at: { lte: new Date(untilMs) } },
      orderBy: [{ at: 'asc' }, { number: 'asc' }, { id: 'asc' }],
    }),
    database.ledgerLine.findMany({ where: { agreementId }, orderBy: { sequence: 'asc' } }),
  ]);
  const people = await database.person.findMany({ select: { id: true, email: true } });
  const addresses = new Map(people.map(({ id, email }) => [id, email]));
  const record = {
    state: restoreState(compiled, row.snapshot as unknown as Snapshot | null, row.sequence),
    events: events.map(({ occurredAt, type, obligation, occurrence, actor, clauses, body }) => ({
      atMs: settled(occurredAt.getTime()),
      type: type as EventType,
      ...present({ obligation, occurrence }),
      actor: withAddresses(actor as unknown as Actor, addresses),
      ...aboutPeople(body, addresses),
      ...eventGoal(JSON.parse(body) as EventBody),
      clauses,
    })),
    notices: inOrder(notices, settled).map(
      ({ atMs, address, role, kind, obligation, occurrence, rungs, subject, clauses }) => ({
        atMs,
        to: address,
        role,
        kind: kind as NoticeKind,
        ...present({ obligation, occurrence, subject }),
        rungs,
        clauses,
      }),
    ),
    ledger: ledger.map((line) => ({
      atMs: settled(line.at.getTime()),
      kind: line.kind as LedgerLine['kind'],
      ...present({ obligation: line.obligation, occurrence: line.occurrence }),
      debtor: line.debtor,
      creditor: line.creditor,
      amount: line.amountText,
      currency: line.currency,
      ...present({
        days: line.days,
        base: line.base,
        rate: line.rate,
        excludedDays: line.excludedDays,
        about: line.about,
      }),
      clauses: line.clauses,
    })),
  };
  return describeLife(record, { untilMs, untilDate });
}

/** By time, number and name; what a machine tells is told within a step, however long that takes in real time. */
function inOrder<T extends { id: string; at: Date; number: number }>(
  rows: readonly T[],
  settled: (atMs: number) => number,
): (T & { atMs: number })[] {
  return rows
    .map((row) => ({
      ...row,
      atMs: row.id.startsWith('agreement/') ? settled(row.at.getTime()) : wholeMinute(row.at.getTime()),
    }))
    .sort((a, b) => a.atMs - b.atMs || a.number - b.number || (a.id < b.id ? -1 : 1));
}

type Addresses = ReadonlyMap<string, string>;

/** Where a deputy acted, both by their address. */
function withAddresses(actor: Actor, addresses: Addresses): Actor {
  if (actor.deputyFor === undefined) return actor;
  const of = (id: string): string => addresses.get(id) ?? id;
  return { ...actor, personId: of(actor.personId), deputyFor: of(actor.deputyFor) };
}

/** Opaque ids become addresses. */
function aboutPeople(body: string, addresses: Addresses): EventPeople {
  const { person, before, absent, ...rest } = eventPeople(JSON.parse(body) as EventBody);
  const of = (id: string | undefined) => (id === undefined ? undefined : (addresses.get(id) ?? id));
  return { ...rest, ...present({ person: of(person), before: of(before), absent: of(absent) }) };
}
