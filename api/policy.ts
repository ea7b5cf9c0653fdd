import { createHash, timingSafeEqual } from 'node:crypto';
import type { LocalDate } from '../domain/time.ts';
import type { Actor } from '../domain/agreement/command.ts';
import { type StandIn, standsIn } from '../domain/agreement/seating.ts';
import { Problem } from './problem.ts';

/** What a link may be used for. */
export const LINK_PURPOSES = [
  'sign',
  'submit',
  'review',
  'acknowledge',
  'seal',
  'approve',
  'accept',
  'object',
  'answer',
  'reply',
  'engagement',
] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/**
 * What an account is for. An `auditor` reads all and changes nothing, so it is no other role beside. Party members, third
 * parties, departments and interviewers see the agreements in which their person fills a seat or stands in for one.
 */
export const ROLES = [
  'administrator',
  'coordinator',
  'party-member',
  'third-party',
  'department',
  'interviewer',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

/** `own`: of agreements in which the person is seated. */
export type Reach = 'all' | 'own';

type Grants = Partial<Record<Role, Reach>>;

const SEATED: Grants = { 'party-member': 'own', 'third-party': 'own', department: 'own', interviewer: 'own' };
const EVERYBODY: Grants = Object.fromEntries(ROLES.map((role) => [role, 'all']));

/** Who may do what. What is not here nobody may. An API key bears some of these names as its scopes. */
export const PERMISSIONS = {
  /** One's own account, sessions, keys, delegations, data. */
  self: EVERYBODY,
  'templates.read': EVERYBODY,
  'agreements.read': { coordinator: 'all', auditor: 'all', ...SEATED },
  'agreements.manage': { coordinator: 'all' },
  'agreements.act': { coordinator: 'all', 'party-member': 'own', 'third-party': 'own', department: 'own' },
  /** Evaluations, as far as each reader has a part in them (api/evaluations/seen.ts); never a third party's. */
  'evaluations.read': { coordinator: 'all', auditor: 'all', 'party-member': 'own', department: 'own' },
  'evaluations.act': { coordinator: 'all', 'party-member': 'own', department: 'own' },
  /** Answers of a survey that came by other ways than its page. */
  'surveys.enter': { coordinator: 'all', 'party-member': 'own', department: 'own', interviewer: 'own' },
  /** Complaints, requests and enquiries of customers: what third parties and interviewers see nothing of. */
  'cases.read': { coordinator: 'all', auditor: 'all', 'party-member': 'own', department: 'own' },
  'cases.act': { coordinator: 'all', 'party-member': 'own', department: 'own' },
  /** Events, notices, documents. */
  'record.read': { coordinator: 'all', auditor: 'all', 'party-member': 'own', department: 'own' },
  'ledger.read': { coordinator: 'all', auditor: 'all', 'party-member': 'own' },
  /** Replay, refusals, access log. */
  audit: { coordinator: 'all', auditor: 'all' },
  'access-log.read': { administrator: 'all', auditor: 'all' },
  'directory.read': { administrator: 'all', coordinator: 'all', auditor: 'all' },
  'directory.write': { administrator: 'all', coordinator: 'all' },
  /** Erasure of a person's data. */
  'privacy.manage': { administrator: 'all' },
  'tasks.read': { coordinator: 'all', auditor: 'all' },
  'tasks.manage': { coordinator: 'all' },
  /** Working calendars of the installation. */
  'calendars.read': { administrator: 'all', coordinator: 'all', auditor: 'all' },
  'calendars.manage': { administrator: 'all', coordinator: 'all' },
  'mail.read': { administrator: 'all', coordinator: 'all', auditor: 'all' },
  'mail.manage': { administrator: 'all', coordinator: 'all' },
  'accounts.read': { administrator: 'all', auditor: 'all' },
  'accounts.manage': { administrator: 'all' },
  'webhooks.read': { administrator: 'all', auditor: 'all' },
  'webhooks.manage': { administrator: 'all' },
  /** Whether everything works. */
  'system.read': { administrator: 'all', auditor: 'all' },
} as const satisfies Record<string, Grants>;

export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];

/**
 * What a route needs: a permission; or `open`: nothing that is anybody's; `link`: a live link, and then its own agreement,
 * seat, purpose and obligation alone; `inbound`: the mail server's key.
 */
export type Access = Permission | 'open' | 'link' | 'inbound';

export function isAccess(text: string): text is Access {
  return text in PERMISSIONS || ['open', 'link', 'inbound'].includes(text);
}

/** Somebody who has signed in, or a personal API key of theirs. */
export interface AccountPrincipal {
  kind: 'account';
  accountId: string;
  /** The person in the directory; null for one who is not in it. */
  personId: string | null;
  roles: Role[];
  /** By `key`, `scopes` narrow what the roles grant. */
  via: 'session' | 'key';
  scopes: Permission[] | null;
  sessionId?: string;
}

/**
 * Who asks. `machine` bears API_KEY: the installation's own programs, with a coordinator's rights, which may enter acts
 * `as` any seat. `postmaster` bears INBOUND_KEY. A link's holder is one person in one seat.
 */
export type Principal =
  | { kind: 'stranger' }
  | { kind: 'machine' }
  | { kind: 'postmaster' }
  | AccountPrincipal
  | {
      kind: 'link';
      linkId: string;
      personId: string;
      agreementId: string;
      seat: string;
      purpose: LinkPurpose;
      /** The duty, or what else is answered: `amendment:<id>`, `claim:<id>`, `matter:<id>`, `baseline:<goal>@<value>` … */
      obligation: string | null;
    };

/** The one place that decides whether a principal may use a route, and of which agreements. */
export function reachOf(access: Access, principal: Principal): Reach | 'none' {
  if (access === 'open') return 'all';
  if (access === 'link') return principal.kind === 'link' ? 'own' : 'none';
  if (access === 'inbound') return principal.kind === 'postmaster' ? 'all' : 'none';
  const grants: Grants = PERMISSIONS[access];
  switch (principal.kind) {
    case 'stranger':
    case 'postmaster':
    case 'link':
      return 'none';
    case 'machine':
      return access === 'self' ? 'none' : (grants.coordinator ?? 'none');
    case 'account': {
      if (principal.scopes && !principal.scopes.includes(access)) return 'none';
      const reaches = principal.roles.map((role) => grants[role]);
      return reaches.includes('all') ? 'all' : reaches.includes('own') ? 'own' : 'none';
    }
  }
}

/** Whether anybody has this permission for their own agreements alone. */
export function isNarrowed(access: Access): boolean {
  return access in PERMISSIONS && Object.values(PERMISSIONS[access as Permission]).includes('own');
}

/** Roles that one account may have together. */
export function areCompatible(roles: readonly Role[]): boolean {
  return !roles.includes('auditor') || roles.length === 1;
}

interface SeatRow {
  seat: string;
  party: string | null;
  personId: string;
}

/** Personal id of whoever acts with API_KEY where an agreement has nobody in the coordinator's seat. */
export const DESK_PERSON = 'desk';
export const COORDINATOR_SEAT = 'coordinator';

/** An act that somebody wants to enter. */
export interface Entry {
  as: string;
  onBehalfOf?: string | undefined;
  /** What it is about, where a stand-in may be for some obligations alone. */
  obligation?: string | undefined;
}

/**
 * The actor of an act that came by the API: a seat that the person fills or stands in for today, or the coordinator's.
 * `onBehalfOf` is the coordinator's alone: a fact entered for a party, or for a seat of the template.
 *
 * @param sides what `onBehalfOf` may name
 * @param on today in the agreement's zone
 * @throws Problem `unknown-seat`, `not-your-seat`
 */
export function actorOf(
  principal: Principal,
  {
    seats,
    standIns,
    sides,
    on,
  }: { seats: readonly SeatRow[]; standIns: readonly StandIn[]; sides: readonly string[]; on: LocalDate },
  { as, onBehalfOf, obligation }: Entry,
): Actor {
  const row = seats.find(({ seat }) => seat === as);
  if (!row && as !== COORDINATOR_SEAT) throw unknownSeat(seats.map(({ seat }) => seat));
  if (onBehalfOf !== undefined && (as !== COORDINATOR_SEAT || !sides.includes(onBehalfOf))) throw notForThem(sides);
  const actor = {
    seat: as,
    ...(row?.party ? { party: row.party } : {}),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    via: 'api' as const,
  };
  if (principal.kind === 'machine') return { personId: row?.personId ?? DESK_PERSON, ...actor };
  if (principal.kind !== 'account') throw new Problem('forbidden');
  const personId = principal.personId ?? principal.accountId;
  if (as === COORDINATOR_SEAT && reachOf('agreements.manage', principal) === 'all') return { personId, ...actor };
  if (row?.personId === personId) return { personId, ...actor };
  const standIn = row && standsIn(standIns, { seat: as, deputy: personId, on, obligation });
  if (!standIn) throw new Problem('not-your-seat');
  return { personId, ...actor, deputyFor: standIn.absent };
}

function unknownSeat(known: string[]): Problem {
  return new Problem('unknown-seat', {
    errors: [
      {
        path: 'as',
        message: { zh: '没有这个岗位', en: 'there is no such seat' },
        cure: { zh: `可用：${known.join('、')}`, en: `use one of ${known.join(', ')}` },
      },
    ],
  });
}

function notForThem(sides: readonly string[]): Problem {
  const known = sides.join(', ');
  return new Problem('unknown-seat', {
    errors: [
      {
        path: 'onBehalfOf',
        message: { zh: '仅项目协调人可代当事方录入', en: 'only the coordinator enters facts, and for a party' },
        cure: { zh: `as 为 coordinator，此项为 ${known} 之一`, en: `as coordinator, one of ${known}` },
      },
    ],
  });
}

/** Constant-time comparison of two secrets of any length. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
