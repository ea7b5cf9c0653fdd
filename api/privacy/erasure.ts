import type { LocalDate } from '../../domain/time.ts';
import { addYears } from '../../domain/local-date.ts';
import { PROOF_YEARS } from '../../domain/retention.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { LIVING, findPerson } from '../directory/persons.ts';
import { keepingAdministrator } from '../accounts/administrators.ts';
import { agreementName, seatTitle, standInsOf } from '../directory/seats-held.ts';
import type { Principal } from '../policy.ts';
import { type FieldProblem, Problem } from '../problem.ts';
import type { RouteDeps } from '../route.ts';
import { type Draft, zoneOf } from '../views.ts';
import { logAccess, loggedActor, personSubject } from './access-log.ts';
import { refuseLinesNaming } from '../bulk/naming.ts';
import { agreementsNaming, draftEntries } from './person-data.ts';

/** Why it is asked for (PIPL art. 47). */
export const ERASURE_GROUNDS = ['requested', 'purpose-ended', 'unlawful'] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

/** What stands where a name stood. */
export const ERASED_NAME = '—';

/** An address at which nobody is (RFC 2606), one a person, because an organisation has each address once. */
export function erasedEmail(personId: string): string {
  return `${personId}@erased.invalid`;
}

/**
 * Removes a person's data: name, address, language and zone, their entries as contacts, the account with sessions, keys
 * and second factor, feeds, addresses and subjects of notices, copies of answers. Links are withdrawn. The id stays, so
 * that histories replay and evidence verifies: events bear opaque ids alone and are not touched. Documents and what was
 * written in acts are the contract's and are not touched either. Doing it again changes nothing.
 *
 * @throws Problem `unknown-person`; `still-needed` while they fill a seat or stand in; `retention-runs` until three
 *   years after the end of each agreement in which they acted (domain/retention.ts); `last-administrator`
 */
export async function erasePerson(
  deps: Pick<RouteDeps, 'database' | 'clock'>,
  { personId, ground, principal }: { personId: string; ground: ErasureGround; principal: Principal },
) {
  const nowMs = deps.clock();
  return deps.database.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT id::text FROM person WHERE id = ${personId}::uuid FOR UPDATE`;
      const person = await findPerson(tx, personId);
      if (person.erasedAt) return tx.erasure.findFirstOrThrow({ where: { personId }, orderBy: { at: 'desc' } });
      await assertNotNeeded(tx, personId, nowMs);
      await assertNotKept(tx, personId, nowMs);
      const at = new Date(nowMs);
      const done = await keepingAdministrator(tx, () => erase(tx, person, at));
      await logAccess({ database: tx, clock: deps.clock }, principal, {
        action: 'erase',
        subject: personSubject(personId),
      });
      return tx.erasure.create({ data: { personId, at, actor: loggedActor(principal), ground, done } });
    },
    { timeout: 60_000, maxWait: 20_000 },
  );
}

async function assertNotNeeded(tx: Prisma.TransactionClient, personId: string, nowMs: number): Promise<void> {
  const seats = await tx.seat.findMany({
    where: { personId, agreement: { status: { in: LIVING } } },
    include: { agreement: true },
  });
  const errors = [
    ...seats.map(({ agreement, seat }) => ({ ...agreementName(agreement), seat: seatTitle(agreement, seat) })),
    ...(await standInsOf(tx, { deputyId: personId }, nowMs)).map(({ agreementId, title, seatTitle: seat }) => {
      return { agreementId, title, seat };
    }),
  ].map(({ agreementId, title, seat }): FieldProblem => ({
    path: `agreements.${agreementId}`,
    message: { zh: `担任或代理《${title.zh}》的${seat.zh}岗位`, en: `is ${seat.en} of "${title.en}"` },
    cure: { zh: '先办理离职', en: 'record their departure first' },
  }));
  if (errors.length > 0) throw new Problem('still-needed', { errors });
}

/** Whoever acted in an agreement has to stay named until nobody can claim anything from it any more. */
async function assertNotKept(tx: Prisma.TransactionClient, personId: string, nowMs: number): Promise<void> {
  const agreements = await tx.agreement.findMany({
    where: {
      OR: [
        { seats: { some: { personId } } },
        {
          events: {
            some: {
              OR: [
                { actor: { path: ['personId'], equals: personId } },
                { actor: { path: ['deputyFor'], equals: personId } },
              ],
            },
          },
        },
      ],
    },
  });
  const errors = agreements.flatMap((row): FieldProblem[] => {
    const until: LocalDate | null = row.endedOn === null ? null : addYears(row.endedOn, PROOF_YEARS);
    if (until !== null && until < localDateAt(zoneOf(row), nowMs)) return [];
    const { agreementId, title } = agreementName(row);
    const years = String(PROOF_YEARS);
    return [
      {
        path: `agreements.${agreementId}`,
        message: {
          zh: `曾在《${title.zh}》中办理事项：${until === null ? '协议尚未结束' : `保存至 ${until}`}（《民法典》第 188 条）`,
          en: `acted in "${title.en}", ${until === null ? 'which has not ended' : `kept until ${until}`} (Civil Code art. 188)`,
        },
        cure: {
          zh: `协议结束满 ${years} 年后删除`,
          en: `erase it once ${years} years have passed since the end`,
        },
      },
    ];
  });
  if (errors.length > 0) throw new Problem('retention-runs', { errors });
}

type PersonRow = Awaited<ReturnType<typeof findPerson>>;

async function erase(tx: Prisma.TransactionClient, person: PersonRow, at: Date): Promise<Record<string, number>> {
  const { id, email, user } = person;
  const drafts = await eraseFromDrafts(tx, person);
  await tx.person.update({
    where: { id },
    data: { name: ERASED_NAME, email: erasedEmail(id), language: 'zh', zone: 'Asia/Shanghai', erasedAt: at },
  });
  const notices = await tx.notice.updateMany({
    where: { OR: [{ personId: id }, { addressee: id }] },
    data: { address: null, subject: null, language: null },
  });
  await tx.accessLog.updateMany({ where: { subject: personSubject(id) }, data: { addressHash: null } });
  const links = await tx.actionLink.updateMany({ where: { personId: id, revokedAt: null }, data: { revokedAt: at } });
  const feeds = await tx.calendarFeed.deleteMany({ where: { personId: id } });
  const lines = await refuseLinesNaming(tx, email, at);
  const traces = [email, id, ...(user ? [user.id, user.email] : [])];
  const verifications = await tx.verification.deleteMany({
    where: { OR: traces.flatMap((trace) => [{ identifier: { contains: trace } }, { value: { contains: trace } }]) },
  });
  const attempts = await tx.rateLimiterFlexible.deleteMany({
    where: { OR: traces.map((trace) => ({ key: { contains: trace } })) },
  });
  const answers = await tx.$executeRaw`
    DELETE FROM idempotent_request WHERE EXISTS (
      SELECT FROM unnest(${traces}::text[]) AS trace WHERE position(trace IN lower(answer_body::text)) > 0)`;
  const keys = user ? await tx.apikey.deleteMany({ where: { referenceId: user.id } }) : { count: 0 };
  if (user) await tx.user.delete({ where: { id: user.id } });
  return {
    person: 1,
    agreement: drafts,
    notice: notices.count,
    action_link: links.count,
    calendar_feed: feeds.count,
    bulk_line: lines,
    auth_user: user ? 1 : 0,
    auth_api_key: keys.count,
    auth_verification: verifications.count,
    rate_limit: attempts.count,
    idempotent_request: answers,
  };
}

/**
 * A draft says whom to write to. The parties are the contract's and stay; who was to be written to there goes. Where
 * somebody else bears the same address, only agreements are changed in which this very person sat.
 */
async function eraseFromDrafts(tx: Prisma.TransactionClient, { id, email }: PersonRow): Promise<number> {
  const named = await agreementsNaming(tx, email);
  const isShared = (await tx.person.count({ where: { email, erasedAt: null, NOT: { id } } })) > 0;
  const rows = await tx.agreement.findMany({
    where: {
      id: { in: named.map((one) => one.id) },
      ...(isShared
        ? { OR: [{ seats: { some: { personId: id } } }, { events: { some: { body: { contains: id } } } }] }
        : {}),
    },
  });
  let changed = 0;
  for (const row of rows) {
    const draft = structuredClone(row.draft) as Draft;
    const own = draftEntries(draft).filter(({ entry }) => entry.email?.toLowerCase() === email);
    for (const { path, entry } of own) {
      entry.email = erasedEmail(id);
      if (entry.contact !== undefined) entry.contact = ERASED_NAME;
      if (path[0] !== 'parties') entry.name = ERASED_NAME;
    }
    if (own.length === 0) continue;
    await tx.agreement.update({ where: { id: row.id }, data: { draft: draft as Prisma.InputJsonObject } });
    changed += 1;
  }
  return changed;
}

/** What people are shown of an erasure. */
export function erasureView({ personId, at, ground, done }: Awaited<ReturnType<typeof erasePerson>>) {
  return { personId, at: at.toISOString(), ground, done: done as Record<string, number> };
}
