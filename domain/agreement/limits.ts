import type { PersonCommand } from './command.ts';
import { localDateAt } from '../zone.ts';
import type { Rejection } from './rejection.ts';
import type { AgreementState } from './state.ts';

/** So many proposals of an amendment wait at once for answers or for their day. */
const OPEN_PROPOSALS = 5;
/** So many are made on one day of the agreement's zone: each is told to those who answer, though it be taken back. */
const PROPOSALS_A_DAY = 100;
/** Characters of an amendment's rules as JSON. */
const PATCH_LENGTH = 64 * 1024;
const OPEN_CLAIMS = 50;
const OPEN_MATTERS = 50;
const ENGAGEMENT_ENDS = 50;

/**
 * Why an agreement takes no more of it for now: what is open is carried whole from step to step, and nobody may fill it
 * until it can hold nothing else. Undefined where there is room.
 */
export function tooMany(command: PersonCommand, state: AgreementState): Rejection | undefined {
  switch (command.type) {
    case 'propose': {
      const open = state.amendments.filter(({ status }) => status === 'proposed' || status === 'accepted');
      if (open.length >= OPEN_PROPOSALS) return full(`${OPEN_PROPOSALS} proposals are open`);
      const dayOf = (atMs: number) => localDateAt(state.agreement.zone, atMs);
      const today = dayOf(command.receivedAtMs);
      const made = state.amendments.filter(({ proposedAtMs }) => dayOf(proposedAtMs) === today);
      if (made.length >= PROPOSALS_A_DAY) return full(`${PROPOSALS_A_DAY} proposals were made on ${today}`);
      const { length } = JSON.stringify(command.patch);
      return length > PATCH_LENGTH ? full(`its rules have ${length} characters of ${PATCH_LENGTH}`) : undefined;
    }
    case 'claim': {
      const open = state.claims.filter(({ status }) => status !== 'agreed' && status !== 'dropped');
      return open.length >= OPEN_CLAIMS ? full(`${OPEN_CLAIMS} claims are open`) : undefined;
    }
    case 'open-matter': {
      const open = state.matters.filter(({ endedAtMs }) => endedAtMs === null);
      return open.length >= OPEN_MATTERS ? full(`${OPEN_MATTERS} matters are open`) : undefined;
    }
    case 'end-engagement':
      return state.engagementEnds.length >= ENGAGEMENT_ENDS
        ? full(`${ENGAGEMENT_ENDS} ends were asked for`)
        : undefined;
    default:
      return undefined;
  }
}

function full(message: string): Rejection {
  return { rejected: 'too-many', message };
}
