import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../prisma/generated/client.ts';
import { isUniqueViolation } from '../commands.ts';
import { type Principal, type Role, areCompatible } from '../policy.ts';
import { Problem } from '../problem.ts';
import type { AccountDesk } from './accounts.ts';
import { keepingAdministrator } from './administrators.ts';
import { rolesOf } from './bearer.ts';
import { sendPasswordLink, tellOwner } from './passwords.ts';
import { note } from './note.ts';
import { PASSWORD_PURPOSES, withdrawTokens } from './one-time-token.ts';

export interface AccountRow {
  id: string;
  name: string;
  email: string;
  personId: string | null;
  organisation: string | null;
  roles: Role[];
  /** `invited`: no password was set yet. */
  status: 'active' | 'invited' | 'disabled';
  twoFactor: boolean;
  createdAt: Date;
  /** To some five minutes, of sessions that were not ended. */
  usedAt: Date | null;
}

const WITH = {
  person: { include: { organisation: true } },
  accounts: { select: { id: true } },
  sessions: { select: { updatedAt: true }, orderBy: { updatedAt: 'desc' as const }, take: 1 },
} satisfies Prisma.UserInclude;

type UserRow = Prisma.UserGetPayload<{ include: typeof WITH }>;

function rowOf(user: UserRow): AccountRow {
  const { id, email, personId, person, twoFactorEnabled, disabledAt, accounts, sessions, createdAt } = user;
  return {
    id,
    name: person?.name ?? user.name,
    email,
    personId,
    organisation: person?.organisation.name ?? null,
    roles: rolesOf(user.roles),
    status: disabledAt ? 'disabled' : accounts.length === 0 ? 'invited' : 'active',
    twoFactor: twoFactorEnabled === true,
    createdAt,
    usedAt: sessions[0]?.updatedAt ?? null,
  };
}

/** All accounts, by name. */
export async function listAccounts({ database }: AccountDesk): Promise<AccountRow[]> {
  const rows = await database.user.findMany({ include: WITH, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  return rows.map(rowOf);
}

/** @throws Problem `unknown-account` */
export async function findAccount({ database }: Pick<AccountDesk, 'database'>, id: string): Promise<AccountRow> {
  const row = await database.user.findUnique({ where: { id }, include: WITH });
  if (!row) throw new Problem('unknown-account');
  return rowOf(row);
}

/** Somebody of the directory, or somebody new to it. */
export type Invited =
  { personId: string } | { name: string; email: string; organisation: string; language: 'zh' | 'en' };

/**
 * Makes an account and mails a link for its password.
 *
 * @throws Problem `roles-incompatible`, `unknown-person`, `account-exists`
 */
export async function invite(desk: AccountDesk, by: Principal, who: Invited, roles: Role[]): Promise<AccountRow> {
  assertCompatible(roles);
  const id = randomUUID();
  const now = new Date(desk.clock());
  await desk.database
    .$transaction(async (tables) => {
      const { id: personId, name, email } = await personFor(tables, who);
      await tables.user.create({
        data: {
          id,
          name,
          email: email.toLowerCase(),
          personId,
          roles: [...new Set(roles)],
          createdAt: now,
          updatedAt: now,
        },
      });
      await note(tables, desk, by, id, 'account-invited');
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Problem('account-exists') : error;
    });
  await sendPasswordLink(desk, id, 'invitation');
  return findAccount(desk, id);
}

async function personFor(tables: Prisma.TransactionClient, who: Invited) {
  if ('personId' in who) {
    const person = await tables.person.findFirst({ where: { id: who.personId, erasedAt: null } });
    if (!person) throw new Problem('unknown-person');
    return person;
  }
  return enrol(tables, who);
}

/** The person of this name and address in an organisation of this name; both are written where they are not there yet. */
export async function enrol(
  tables: Prisma.TransactionClient,
  { name, email: given, organisation, language }: Exclude<Invited, { personId: string }>,
) {
  const email = given.toLowerCase();
  await tables.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('abide organisation ' || ${organisation}, 0))::text`;
  const home =
    (await tables.organisation.findFirst({
      where: { name: organisation, archivedAt: null },
      orderBy: { id: 'asc' },
    })) ?? (await tables.organisation.create({ data: { name: organisation } }));
  return tables.person.upsert({
    where: { organisationId_email: { organisationId: home.id, email } },
    update: { name, language },
    create: { organisationId: home.id, name, email, language },
  });
}

/**
 * Changes what an account may do, or whether it may do anything. One that is disabled loses its sessions and keys at
 * once, and gets none back when it is enabled again.
 *
 * @throws Problem `unknown-account`, `roles-incompatible`, `last-administrator`
 */
export async function changeAccount(
  desk: AccountDesk,
  by: Principal,
  id: string,
  { roles, disabled }: { roles?: Role[] | undefined; disabled?: boolean | undefined },
): Promise<AccountRow> {
  if (roles) assertCompatible(roles);
  const now = new Date(desk.clock());
  await desk.database.$transaction(async (tables) => {
    const { disabledAt, isNew } = await keepingAdministrator(tables, async () => {
      const user = await tables.user.findUnique({ where: { id } });
      if (!user) throw new Problem('unknown-account');
      const disabledAt = disabled === undefined ? user.disabledAt : disabled ? (user.disabledAt ?? now) : null;
      await tables.user.update({
        where: { id },
        data: { ...(roles ? { roles: [...new Set(roles)] } : {}), disabledAt, updatedAt: now },
      });
      return { disabledAt, isNew: !user.disabledAt };
    });
    if (disabledAt && isNew) {
      await tables.session.deleteMany({ where: { userId: id } });
      await tables.apikey.deleteMany({ where: { referenceId: id } });
      await withdrawTokens(tables, PASSWORD_PURPOSES, id);
    }
    if (roles) await note(tables, desk, by, id, 'account-roles-changed');
    if (disabled !== undefined) await note(tables, desk, by, id, disabled ? 'account-disabled' : 'account-enabled');
  });
  return findAccount(desk, id);
}

/** Mails a new link to somebody who lost the first one, or the password. @throws Problem `unknown-account` */
export async function inviteAgain(desk: AccountDesk, by: Principal, id: string): Promise<void> {
  await findAccount(desk, id);
  await sendPasswordLink(desk, id, 'invitation');
  await note(desk.database, desk, by, id, 'account-invited');
}

/** Signs an account out everywhere; its keys stay. @throws Problem `unknown-account` */
export async function endSessionsOf(desk: AccountDesk, by: Principal, id: string): Promise<number> {
  await findAccount(desk, id);
  const { count } = await desk.database.session.deleteMany({ where: { userId: id } });
  await note(desk.database, desk, by, id, 'account-signed-out');
  return count;
}

/** For somebody who lost the authenticator and the backup codes; signs them out. @throws Problem `unknown-account` */
export async function dropTwoFactor(desk: AccountDesk, by: Principal, id: string): Promise<void> {
  await findAccount(desk, id);
  await desk.database.$transaction(async (tables) => {
    await tables.twoFactor.deleteMany({ where: { userId: id } });
    await tables.user.update({ where: { id }, data: { twoFactorEnabled: false } });
    await tables.session.deleteMany({ where: { userId: id } });
    await note(tables, desk, by, id, 'account-two-factor-off');
  });
  await tellOwner(desk, id, 'two-factor-off');
}

function assertCompatible(roles: readonly Role[]): void {
  if (areCompatible(roles)) return;
  throw new Problem('roles-incompatible', {
    errors: [
      {
        path: 'roles',
        message: { zh: '审计人不能兼任其他角色', en: 'an auditor has no other role' },
        cure: { zh: '只选审计人，或去掉审计人', en: 'choose auditor alone, or leave it out' },
      },
    ],
  });
}
