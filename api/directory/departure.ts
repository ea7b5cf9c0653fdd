import type { Actor } from '../../domain/agreement/command.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import type { LocalDate, Text } from '../../domain/time.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { isAdministrator, keepingAdministrator } from '../accounts/administrators.ts';
import { note } from '../accounts/note.ts';
import { PASSWORD_PURPOSES, withdrawTokens } from '../accounts/one-time-token.ts';
import { COORDINATOR_SEAT, type Principal, reachOf } from '../policy.ts';
import { Problem } from '../problem.ts';
import type { RouteDeps } from '../route.ts';
import { type Part, type PartResult, commandPrefix, deskActor, submitAll } from './many-commands.ts';
import { findPerson, findPresent } from './persons.ts';
import { agreementName, dutyViews, seatTitle, seatsHeld, standInsOf } from './seats-held.ts';

export interface DepartureOrder {
  on: LocalDate;
  successor?: string | undefined;
  successors?: Record<string, string> | undefined;
}

type SeatHeld = Awaited<ReturnType<typeof seatsHeld>>[number];
type StandIn = Awaited<ReturnType<typeof standInsOf>>[number];

/** A person's duties, agreement by agreement, and whose they would be or are. */
interface Handover {
  agreementId: string;
  title: Text;
  seat: string;
  seatTitle: Text;
  act: 'replace' | 'vacate' | 'recall';
  status: 'planned' | 'applied' | 'pending' | 'refused';
  owner: { id: string; name: string } | null;
  duties: ReturnType<typeof dutyViews>;
  code?: string;
  message?: string;
}

const KIND = 'departure';
const seatKey = ({ agreementId, seat }: { agreementId: string; seat: string }): string => `${agreementId}/${seat}`;
const held = ({ agreement, seat }: SeatHeld): string => seatKey({ agreementId: agreement.id, seat });

/** What a departure would do: who has to be found, and which duties wait. @throws Problem `unknown-person` */
export async function departurePreview({ database, clock }: Pick<RouteDeps, 'database' | 'clock'>, personId: string) {
  const person = await findPerson(database, personId);
  const [seats, { sole, shared }, deputies] = await Promise.all([
    seatsHeld(database, personId),
    deputyships(database, personId, clock()),
    standInsOf(database, { absentId: personId }, clock()),
  ]);
  return {
    status: 'planned' as const,
    person: { id: person.id, name: person.name },
    leftOn: person.leftOn,
    handovers: [
      ...seats.map((one) => planned(one, 'vacate')),
      ...sole.map((one): Handover => {
        const { agreementId, title, seat, seatTitle: name, absent } = one;
        return {
          agreementId,
          title,
          seat,
          seatTitle: name,
          act: 'recall',
          status: 'planned',
          owner: absent,
          duties: [],
        };
      }),
    ],
    standIns: shared,
    deputies,
    needsSuccessor: needingSuccessor(seats),
    account: person.user && { disabled: person.user.disabledAt !== null },
  };
}

/**
 * A person leaves. First they can do nothing any more: the account is closed, sessions, keys, links and feeds end. Then
 * each of their seats goes to the successor, or is vacant: its duties are the coordinator's, who is told by mail and
 * task. Where a successor cannot sit there (the other side's person), the seat is vacant, too. Where they stand in for
 * somebody, or somebody does for them, that ends. Doing it again changes nothing; what waits for the engine is handed over by the repeater.
 *
 * @throws Problem `unknown-person`, `person-erased`, `invalid-request`; `successor-needed` for a coordinator's seat;
 *   `person-left` and `person-erased` of a successor; `forbidden` for an administrator where whoever asks does not manage
 *   accounts; `last-administrator`
 */
export async function depart(
  deps: RouteDeps,
  asking: { personId: string; order: DepartureOrder; principal: Principal; key: string; again: boolean },
) {
  const { database, clock } = deps;
  const { personId, order, principal, key, again } = asking;
  const person = await findPerson(database, personId);
  if (person.erasedAt) throw new Problem('person-erased');
  if (person.user && isAdministrator(person.user) && reachOf('accounts.manage', principal) !== 'all') {
    throw new Problem('forbidden');
  }
  assertPast(order.on, localDateAt(zoneData(person.zone), clock()));
  const actor = deskActor(principal);
  const parts = again ? [] : await handoverParts(deps, asking, actor);
  if (!again) await closeAccess(deps, { personId, on: order.on, principal });
  const { sole, shared } = await deputyships(database, personId, clock());
  const recalled = sole.map(({ agreementId, seat }): Part => {
    return { agreementId, seat, command: { type: 'recall', actor, seat } };
  });
  const first = await submitAll(deps, { kind: KIND, key, parts: again ? [] : [...parts, ...recalled] });
  const unplaced = first.filter(
    ({ type, seat, result }) => type === 'replace' && result.status === 'refused' && seat !== COORDINATOR_SEAT,
  );
  const vacated = unplaced.map(({ agreementId, seat }): Part => {
    return { agreementId, seat, command: { type: 'vacate', actor, seat } };
  });
  const results = vacated.length > 0 ? await submitAll(deps, { kind: KIND, key, parts: vacated }) : first;
  return departureView(deps, { personId, results, shared });
}

/**
 * Who gets which seat. A request that a crash cut short may name seats that it has handed over already.
 *
 * @throws Problem before anything is changed
 */
async function handoverParts(
  { database }: Pick<RouteDeps, 'database'>,
  { personId, order, key }: { personId: string; order: DepartureOrder; key: string },
  actor: Actor,
): Promise<Part[]> {
  const seats = await seatsHeld(database, personId);
  const done = await database.command.findMany({ where: { id: { startsWith: commandPrefix(KIND, key) } } });
  const handed = done.map(({ agreementId, command }) =>
    seatKey({ agreementId, seat: (command as { seat: string }).seat }),
  );
  const successorOf = await readSuccessors(database, [...seats.map(held), ...handed], order, personId);
  const missing = needingSuccessor(seats).filter((one) => !successorOf(seatKey(one)));
  if (missing.length > 0) throw successorNeeded(missing);
  return seats.map((one): Part => {
    const successor = successorOf(held(one));
    const { agreement, seat } = one;
    const command = successor
      ? { type: 'replace' as const, actor, seat, personId: successor }
      : { type: 'vacate' as const, actor, seat };
    return { agreementId: agreement.id, seat, command };
  });
}

async function departureView(
  { database, clock }: Pick<RouteDeps, 'database' | 'clock'>,
  { personId, results, shared }: { personId: string; results: PartResult[]; shared: StandIn[] },
) {
  const person = await findPerson(database, personId);
  const left = await seatsHeld(database, personId);
  const agreements = await database.agreement.findMany({
    where: { id: { in: results.map(({ agreementId }) => agreementId) } },
  });
  const events = await database.event.findMany({
    where: { commandId: { in: results.map(({ commandId }) => commandId) } },
  });
  const names = new Map(
    (
      await database.person.findMany({
        where: { id: { in: results.map(({ command }) => String(command['personId'] ?? personId)) } },
      })
    ).map(({ id, name }) => [id, { id, name }]),
  );
  const handovers = results.flatMap(({ commandId, agreementId, seat, type, command, result }): Handover[] => {
    const agreement = agreements.find(({ id }) => id === agreementId);
    if (!agreement) return [];
    const event = events.find((one) => one.commandId === commandId);
    const open = event ? ((JSON.parse(event.body) as { open?: string[] }).open ?? []) : undefined;
    const waiting = left.find((one) => held(one) === seatKey({ agreementId, seat }));
    return [
      {
        ...headOf(agreement, seat),
        act: type as Handover['act'],
        status: result.status,
        owner: type === 'replace' ? (names.get(String(command['personId'])) ?? null) : null,
        duties: type === 'recall' ? [] : open ? dutyViews(agreement, open) : (waiting?.duties ?? []),
        ...(result.status === 'refused' ? { code: result.code, message: result.message } : {}),
      },
    ];
  });
  const pending = handovers.some(({ status }) => status === 'pending');
  return {
    status: pending ? ('pending' as const) : ('applied' as const),
    ...(pending ? { location: `/api/persons/${personId}/departure` } : {}),
    person: { id: person.id, name: person.name },
    leftOn: person.leftOn,
    handovers,
    standIns: shared,
    deputies: await standInsOf(database, { absentId: personId }, clock()),
    needsSuccessor: needingSuccessor(
      left.filter((one) => !handovers.some((two) => seatKey(two) === held(one) && two.status === 'pending')),
    ),
    account: person.user && { disabled: person.user.disabledAt !== null },
  };
}

function headOf(agreement: SeatHeld['agreement'], seat: string) {
  const { agreementId, title } = agreementName(agreement);
  return { agreementId, title, seat, seatTitle: seatTitle(agreement, seat) };
}

function planned({ agreement, seat, duties }: SeatHeld, act: 'replace' | 'vacate'): Handover {
  return { ...headOf(agreement, seat), act, status: 'planned', owner: null, duties };
}

function needingSuccessor(seats: readonly SeatHeld[]) {
  return seats
    .filter(({ seat }) => seat === COORDINATOR_SEAT)
    .map(({ agreement, seat }) => ({ agreementId: agreement.id, title: agreementName(agreement).title, seat }));
}

function successorNeeded(missing: ReturnType<typeof needingSuccessor>): Problem {
  return new Problem('successor-needed', {
    errors: missing.map(({ agreementId, seat, title }) => ({
      path: `successors.${agreementId}/${seat}`,
      message: {
        zh: `《${title.zh}》的项目协调人岗位不得空缺`,
        en: `the coordinator of "${title.en}" cannot be missing`,
      },
      cure: { zh: '指定接任人', en: 'name a successor' },
    })),
  });
}

function assertPast(on: LocalDate, today: LocalDate): void {
  if (isLocalDate(on) && on <= today) return;
  throw new Problem('invalid-request', {
    errors: [
      {
        path: 'on',
        message: { zh: '离职日期晚于今天', en: 'is after today' },
        cure: {
          zh: '请于最后工作日办理；提前交接的，请更换岗位人员或安排代理',
          en: 'record it on the last day; hand seats over or name a deputy before',
        },
      },
    ],
  });
}

/** By `agreementId/seat`. @throws Problem of a successor who cannot be one */
async function readSuccessors(
  database: Database,
  known: readonly string[],
  { successor, successors = {} }: DepartureOrder,
  personId: string,
): Promise<(key: string) => string | undefined> {
  const unknown = Object.keys(successors).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw new Problem('invalid-request', {
      errors: unknown.map((key) => ({
        path: `successors.${key}`,
        message: { zh: '不是此人的岗位', en: 'is no seat of this person' },
        cure: { zh: `可用：${known.join('、')}`, en: `use one of ${known.join(', ')}` },
      })),
    });
  }
  for (const id of new Set([...Object.values(successors), ...(successor ? [successor] : [])])) {
    if (id === personId) throw new Problem('person-left');
    await findPresent(database, id);
  }
  return (key) => successors[key] ?? successor;
}

/** Where they stand in: alone in the seat, so that it can be recalled, or beside another deputy. */
async function deputyships(database: Prisma.TransactionClient, personId: string, nowMs: number) {
  const own = await standInsOf(database, { deputyId: personId }, nowMs);
  const others = await database.delegation.findMany({
    where: { endedAt: null, deputyId: { not: personId }, agreementId: { in: own.map((one) => one.agreementId) } },
    include: { agreement: true },
  });
  const today = (zone: string): LocalDate => localDateAt(zoneData(zone), nowMs);
  const isShared = (one: StandIn): boolean =>
    others.some((other) => seatKey(other) === seatKey(one) && other.until >= today(other.agreement.zone));
  const sole = own.filter((one) => !isShared(one));
  return {
    sole: sole.filter((one, index) => sole.findIndex((other) => seatKey(other) === seatKey(one)) === index),
    shared: own.filter(isShared),
  };
}

/**
 * From now on they can do nothing: account, sessions, keys, links and feeds end together.
 *
 * @throws Problem `last-administrator`
 */
async function closeAccess(
  { database, clock }: Pick<RouteDeps, 'database' | 'clock'>,
  { personId, on, principal }: { personId: string; on: LocalDate; principal: Principal },
): Promise<void> {
  const at = new Date(clock());
  await database.$transaction(async (tx) => {
    await tx.person.updateMany({ where: { id: personId, leftOn: null }, data: { leftOn: on } });
    const user = await tx.user.findUnique({ where: { personId } });
    if (user) {
      const { count } = await keepingAdministrator(tx, () =>
        tx.user.updateMany({ where: { id: user.id, disabledAt: null }, data: { disabledAt: at } }),
      );
      if (count > 0) await note(tx, { clock }, principal, user.id, 'account-disabled');
      await tx.session.deleteMany({ where: { userId: user.id } });
      await tx.apikey.updateMany({ where: { referenceId: user.id }, data: { enabled: false } });
      await withdrawTokens(tx, PASSWORD_PURPOSES, user.id);
    }
    await tx.actionLink.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: at } });
    await tx.calendarFeed.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: at } });
  });
}
