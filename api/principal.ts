import type { Request } from 'express';
import { THIRD } from '../domain/agreement/parties.ts';
import type { StandIn } from '../domain/agreement/seating.ts';
import type { Database } from '../prisma/database.ts';
import { KEYS } from './accounts/limits.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { type AccountPrincipal, type Principal, sameSecret } from './policy.ts';

/** Finds out who has an account's session or key. */
export interface Accounts {
  /** Null where the headers bear no session and no personal key, or one that does not hold any more. */
  principalOf(headers: Headers): Promise<AccountPrincipal | null>;
}

/**
 * Who is behind a request: the bearer of one of the installation's keys, an account, or nobody known.
 *
 * @throws Problem `too-many-attempts` where one address brings wrong keys again and again
 */
export async function principalOf(
  request: Request,
  { config, accounts }: Pick<ApiDeps, 'config' | 'accounts'>,
): Promise<Principal> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    if (config.apiKey !== undefined && sameSecret(bearer, config.apiKey)) return { kind: 'machine' };
    if (config.inboundKey !== undefined && sameSecret(bearer, config.inboundKey)) return { kind: 'postmaster' };
  }
  const account = await accounts?.principalOf(headersOf(request));
  if (account) return account;
  if (bearer !== undefined) await accounts?.attempts.demand(KEYS, request.ip ?? '');
  return { kind: 'stranger' };
}

/** The person of the directory who asks. @throws Problem `not-in-directory` */
export function personOf(principal: Principal): string {
  if (principal.kind === 'account' && principal.personId !== null) return principal.personId;
  throw new Problem('not-in-directory');
}

/** What Express has of the headers, as the Fetch standard has them. */
export function headersOf(request: Request): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** Whether a person fills a seat of the agreement, or stands in for one today. */
export async function isSeated(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  { agreementId, personId }: { agreementId: string; personId: string },
): Promise<boolean> {
  return (await ownAgreements({ database, clock }, personId, agreementId)).length > 0;
}

/**
 * Ids of the agreements in which a person fills a seat, or stands in for one today in the agreement's zone. Whoever is
 * written to for a third party answers by link: the agreement of the others is not theirs to read.
 */
export async function ownAgreements(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  personId: string,
  among?: string,
): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM agreement WHERE (${among ?? null}::uuid IS NULL OR id = ${among ?? null}::uuid) AND (
      EXISTS (SELECT FROM seat WHERE agreement_id = agreement.id AND person_id = ${personId}::uuid AND seat <> ${THIRD}
        AND party IS DISTINCT FROM ${THIRD})
      OR EXISTS (
        SELECT FROM delegation
        WHERE agreement_id = agreement.id AND deputy_id = ${personId}::uuid AND ended_at IS NULL AND seat <> ${THIRD}
          AND NOT EXISTS (SELECT FROM seat WHERE seat.agreement_id = agreement.id AND seat.seat = delegation.seat
            AND seat.party = ${THIRD})
          AND to_char(${new Date(clock())}::timestamptz AT TIME ZONE agreement.zone, 'YYYY-MM-DD')
              BETWEEN delegation."from" AND delegation.until))`;
  return rows.map(({ id }) => id);
}

/** Whether a person is the third party of an engagement, which is then all of the agreement that is theirs to see. */
export async function isThirdOf(
  { database }: Pick<ApiDeps, 'database'>,
  { agreementId, engagementId, personId }: { agreementId: string; engagementId: string | undefined; personId: string },
): Promise<boolean> {
  if (engagementId === undefined) return false;
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT process.id::text AS id FROM process
    JOIN seat ON seat.agreement_id = process.agreement_id AND seat.seat = process.input ->> 'thirdSeat'
    WHERE process.id = ${engagementId}::uuid AND process.agreement_id = ${agreementId}::uuid
      AND process.type = 'engagement' AND seat.person_id = ${personId}::uuid`;
  return rows.length > 0;
}

/** Those who stand in for somebody in an agreement, as they were arranged and not ended since. */
export async function standInsOf(database: Database, agreementId: string): Promise<StandIn[]> {
  const rows = await database.delegation.findMany({ where: { agreementId, endedAt: null }, orderBy: { id: 'asc' } });
  return rows.map(({ seat, absentId, deputyId, from, until, obligations }) => ({
    seat,
    absent: absentId,
    deputy: deputyId,
    from,
    until,
    obligations,
  }));
}
