import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { type AccountDesk, openAccounts } from '../../api/accounts/accounts.ts';
import type { AccountPrincipal, Permission, Role } from '../../api/policy.ts';
import { type Desk, DRAFT, ask, form, inForce } from './desk.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { EngagementInput } from '../../domain/engagement/command.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { processWorkflowId } from '../../workflows/ids.ts';
import { WHOLE } from './engagement-desk.ts';
import { MACHINE } from '../support/machine-key.ts';
import { GRANTED, type Reach, type RoleName } from './matrix-table.ts';

export const INBOUND_KEY = 'the-mail-server-of-the-tests';
const WHO = 'x-test-account';
const GUEST = 'the third party of an engagement';

/** Somebody who asks. */
export interface Persona {
  name: string;
  headers: Record<string, string>;
  /** What the table of the tests says of them. */
  reach(need: string): Reach;
  /** What nobody known gets, and what those get who are known. */
  turnedAway: 'unauthorized' | 'forbidden';
}

/** Two agreements, a person in seats of the first, and accounts of every role. */
export interface Company {
  /** Where `Persona.headers` say who asks. */
  accounts: AccountDesk;
  personas: Persona[];
  own: Place;
  foreign: Place;
  /** Somebody who is the third party of one engagement, and sits nowhere else. */
  third: { persona: Persona; engagement: string; anothers: string; foreign: string };
}

/** An agreement in force, and what stands in its addresses. */
export interface Place {
  agreementId: string;
  params: Record<string, string>;
}

interface Account {
  roles: Role[];
  personId?: string | null;
  scopes?: Permission[];
}

/** Sets up the company on a desk: in-process accounts, so that a test may be anybody. */
export async function openCompany(desk: Desk): Promise<Company> {
  const { database, deps } = desk;
  const [own, foreign] = [await place(desk), await place(desk)];
  const organisation = await database.organisation.create({ data: { name: '矩阵公司' } });
  const person = async (name: string): Promise<string> => {
    const data = { organisationId: organisation.id, name, email: `${name}@matrix.example` };
    return (await database.person.create({ data })).id;
  };
  const seated = await person('seated');
  const deputy = await person('deputy');
  const formerDeputy = await person('former-deputy');
  await database.seat.create({ data: { agreementId: own.agreementId, seat: 'matrix', personId: seated } });
  const standIn = { agreementId: own.agreementId, seat: 'matrix', absentId: seated, obligations: [] };
  await database.delegation.createMany({
    data: [
      { ...standIn, id: 'matrix/1', deputyId: deputy, from: '2026-08-30', until: '2026-09-02' },
      { ...standIn, id: 'matrix/2', deputyId: formerDeputy, from: '2026-08-30', until: '2026-08-31' },
      { ...standIn, id: 'matrix/3', deputyId: formerDeputy, from: '2026-09-02', until: '2026-09-05' },
    ],
  });

  const guest = await person('guest');
  const engagements = {
    engagement: await engagementOf(desk, own, guest),
    anothers: await engagementOf(desk, own, await person('another-guest')),
    foreign: await engagementOf(desk, foreign, await person('foreign-guest')),
  };

  const known: Record<string, Account> = {
    [GUEST]: { roles: ['third-party'], personId: guest },
    administrator: { roles: ['administrator'] },
    coordinator: { roles: ['coordinator'] },
    'party-member': { roles: ['party-member'], personId: seated },
    'third-party': { roles: ['third-party'], personId: seated },
    department: { roles: ['department'], personId: seated },
    interviewer: { roles: ['interviewer'], personId: seated },
    auditor: { roles: ['auditor'] },
    'a deputy, while it lasts': { roles: ['party-member'], personId: deputy },
    'a deputy, before and after': { roles: ['party-member'], personId: formerDeputy },
    'an account without a person': { roles: ['party-member', 'department'] },
    'an account without roles': { roles: [], personId: seated },
    'administrator and party member': { roles: ['administrator', 'party-member'], personId: seated },
    "a coordinator's key for the ledger alone": { roles: ['coordinator'], scopes: ['ledger.read'] },
    "a party member's key for more than they may": {
      roles: ['party-member'],
      personId: seated,
      scopes: ['ledger.read', 'agreements.manage', 'accounts.manage'],
    },
  };
  const principals: Record<string, AccountPrincipal> = {};
  for (const [name, { roles, personId = null, scopes }] of Object.entries(known)) {
    const at = new Date(deps.clock());
    const accountId = randomUUID();
    const email = `${accountId}@matrix.example`;
    await database.user.create({ data: { id: accountId, name, email, roles, createdAt: at, updatedAt: at } });
    principals[name] = {
      kind: 'account',
      accountId,
      personId,
      roles,
      ...(scopes ? { via: 'key', scopes } : { via: 'session', scopes: null, sessionId: randomUUID() }),
    };
  }
  const real = openAccounts({
    database,
    secret: 'x'.repeat(32),
    publicUrl: deps.config.publicUrl,
    clock: deps.clock,
    log: pino({ level: 'silent' }),
    sendLetter: () => Promise.resolve(),
  });
  const accounts: AccountDesk = {
    ...real,
    principalOf: (headers) => Promise.resolve(principals[headers.get(WHO) ?? ''] ?? null),
  };

  const roles = Object.entries(known).filter(([name]) => name !== GUEST);
  return {
    accounts,
    own,
    foreign,
    third: {
      persona: { name: GUEST, headers: { [WHO]: GUEST }, reach: () => 'own', turnedAway: 'forbidden' },
      ...engagements,
    },
    personas: [
      ...roles.map(([name, account]): Persona => ({
        name,
        headers: { [WHO]: name },
        reach: (need) => reachByTable(account, need),
        turnedAway: 'forbidden',
      })),
      {
        name: "one of the installation's programs",
        headers: MACHINE,
        reach: (need) => (need === 'open' ? 'all' : need === 'self' ? 'none' : (GRANTED[need]?.coordinator ?? 'none')),
        turnedAway: 'forbidden',
      },
      {
        name: 'the mail server',
        headers: { Authorization: `Bearer ${INBOUND_KEY}` },
        reach: (need) => (need === 'open' || need === 'inbound' ? 'all' : 'none'),
        turnedAway: 'forbidden',
      },
      {
        name: 'a stranger',
        headers: {},
        reach: (need) => (need === 'open' ? 'all' : 'none'),
        turnedAway: 'unauthorized',
      },
      {
        name: 'an account that was disabled',
        headers: { [WHO]: 'disabled' },
        reach: (need) => (need === 'open' ? 'all' : 'none'),
        turnedAway: 'unauthorized',
      },
    ],
  };
}

function reachByTable({ roles, scopes, personId }: Account, need: string): Reach {
  if (need === 'open') return 'all';
  if (scopes && !scopes.includes(need as Permission)) return 'none';
  const reaches = roles.map((role) => GRANTED[need]?.[role as RoleName] ?? 'none');
  if (reaches.includes('all')) return 'all';
  // Whoever is nobody in the directory has no agreements of their own.
  return reaches.includes('own') && personId ? 'own' : 'none';
}

/** An engagement whose third party is a person. @returns its id */
async function engagementOf({ database }: Desk, { agreementId }: Place, personId: string): Promise<string> {
  const { compiled } = await database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const { zone, calendar, noticeHours, parties, seats, currency } = compiled as unknown as CompiledAgreement;
  const reference = `engagement-${randomUUID().slice(0, 8)}`;
  const thirdSeat = `third-${reference.slice(-8)}`;
  const workflowId = processWorkflowId('engagement', agreementId, reference);
  const input: EngagementInput = {
    ...{ format: 1, workflowId, agreementId, reference, zone, calendar, noticeHours, parties, currency, thirdSeat },
    ...{ seats: [...seats, thirdSeat], seatParties: {}, rules: WHOLE, appliedAtMs: 0 },
    application: { filled: [], scope: [], interest: 'none', documents: [] },
    actor: { personId: 'desk', seat: 'A', party: 'A', via: 'api' },
  };
  await database.seat.create({ data: { agreementId, seat: thirdSeat, party: 'third', personId } });
  const row = { workflowId, agreementId, type: 'engagement', reference, status: 'starting', createdAt: new Date(0) };
  const data = { ...row, input: input as unknown as Prisma.InputJsonObject };
  return (await database.process.create({ data })).id;
}

async function place(desk: Desk): Promise<Place> {
  const agreementId = await inForce(desk);
  const command = randomUUID();
  const path = `/agreements/${agreementId}/obligations/training-plan/submissions`;
  const submitted = await ask(desk.api, 'POST', path, form({ as: 'A' }, { '计划.txt': '培训计划' }), {
    'Idempotency-Key': command,
  });
  if (submitted.status !== 202) throw new Error(JSON.stringify(submitted.body));
  await desk.record(command);
  const { id: documentId } = await desk.database.agreementDocument.findFirstOrThrow({ where: { agreementId } });
  const report = { format: 'html', period: '2026-Q4' };
  const params = {
    id: agreementId,
    documentId,
    obligation: 'training-plan',
    command,
    template: DRAFT.template,
    clause: 'S001a-69',
    ...report,
  };
  return { agreementId, params };
}
