import { timingSafeEqual, createHash } from 'node:crypto';
import type { Actor } from '../domain/agreement/command.ts';
import { Problem } from './problem.ts';

/** What a link may be used for. */
export const LINK_PURPOSES = ['sign', 'submit', 'review'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/**
 * What a route needs. `anyone`: nothing that is anybody's. `desk`: the coordinator's desk. `link`: a live link, and then
 * its own agreement, seat, purpose and obligation alone.
 */
export type Access = 'anyone' | 'desk' | 'link';

/**
 * Who asks. Until accounts come, whoever reaches the API from this machine, or bears the key, sits at the coordinator's
 * desk and may enter acts `as` any seat; a link's holder is one person in one seat.
 */
export type Principal =
  | { kind: 'stranger' }
  | { kind: 'desk' }
  | {
      kind: 'link';
      linkId: string;
      personId: string;
      agreementId: string;
      seat: string;
      purpose: LinkPurpose;
      obligation: string | null;
    };

/** The one place that decides whether a principal may use a route. */
export function permits(access: Access, principal: Principal): boolean {
  switch (access) {
    case 'anyone':
      return true;
    case 'desk':
      return principal.kind === 'desk';
    case 'link':
      return principal.kind === 'link';
  }
}

interface SeatRow {
  seat: string;
  party: string | null;
  personId: string;
}

/** Personal id of the desk where an agreement has nobody in the coordinator's seat. */
export const DESK_PERSON = 'desk';
export const COORDINATOR_SEAT = 'coordinator';

/**
 * The actor that the desk enters an act as. `onBehalfOf` is the coordinator's alone: a fact entered for a
 * party, or for a seat of the template.
 *
 * @throws Problem `unknown-seat` or `invalid-request`
 */
export function deskActor(
  seats: readonly SeatRow[],
  sides: readonly string[],
  { as, onBehalfOf }: { as: string; onBehalfOf?: string | undefined },
  via: 'api' | 'cli' = 'api',
): Actor {
  const row = seats.find(({ seat }) => seat === as);
  if (!row && as !== COORDINATOR_SEAT) {
    const known = seats.map(({ seat }) => seat).join(', ');
    throw new Problem('unknown-seat', {
      errors: [
        {
          path: 'as',
          message: { zh: `没有岗位“${as}”`, en: `there is no seat "${as}"` },
          cure: { zh: `可用：${known}`, en: `use one of ${known}` },
        },
      ],
    });
  }
  if (onBehalfOf !== undefined && (as !== COORDINATOR_SEAT || !sides.includes(onBehalfOf))) {
    const known = sides.join(', ');
    throw new Problem('unknown-seat', {
      errors: [
        {
          path: 'onBehalfOf',
          message: { zh: '仅协调人可代协议一方录入', en: 'only the coordinator enters facts, and for a party' },
          cure: { zh: `as 为 coordinator，此项为 ${known} 之一`, en: `as coordinator, one of ${known}` },
        },
      ],
    });
  }
  return {
    personId: row?.personId ?? DESK_PERSON,
    seat: as,
    ...(row?.party ? { party: row.party } : {}),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    via,
  };
}

/** Constant-time comparison of two secrets of any length. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
