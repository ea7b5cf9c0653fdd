import type { Notice } from '../agreement/notice.ts';
import { isThirdSeat } from '../agreement/parties.ts';
import { ENGAGEMENT_REQUESTS, type EngagementRequest } from './telling.ts';

/**
 * What a link of an engagement is for: what its reader was asked for, payment apart, which is recorded on the pages; `work`: what its
 * third party does once it is in force.
 */
export type EngagementStep = Exclude<EngagementRequest, 'pay'> | 'work';
export const ENGAGEMENT_STEPS: readonly EngagementStep[] = [
  ...ENGAGEMENT_REQUESTS.filter((what) => what !== 'pay'),
  'work',
];

/** Which engagement, what of it, and which one where there are several: a milestone, a request, a loss, a ground. */
export interface StepReference {
  reference: string;
  step: EngagementStep;
  about: string | null;
}

/** News that its third party acts upon: from its first day, when it has access, when it is given a task. */
const TO_WORK: readonly string[] = ['engagement-in-force', 'engagement-access-granted', 'engagement-task-assigned'];

/**
 * What a mail of an engagement lets its reader do by link; undefined where it only tells. Worked out from what the notice
 * says rather than recorded with it: notices of involvements that run already bear a link, too, and histories stay as they are.
 */
export function stepAsked({ kind, seat, role, facts }: Notice): StepReference | undefined {
  const { process: reference, what, status, about = null, ground = null, serves } = facts;
  if (reference === undefined || role === 'copy') return undefined;
  switch (kind) {
    case 'engagement-request':
    case 'engagement-reminder': {
      const step = what as EngagementRequest;
      if (step === 'pay') return undefined;
      return { reference, step, about: step === 'end' ? ground : about };
    }
    case 'engagement-notice':
      return what === 'cap' && serves !== undefined ? { reference, step: 'cap-consent', about: null } : undefined;
    case 'engagement-news':
      if (!isThirdSeat(seat) || status === undefined) return undefined;
      if (status === 'engagement-milestone-rejected') return { reference, step: 'milestone', about };
      return TO_WORK.includes(status) ? { reference, step: 'work', about: null } : undefined;
    default:
      return undefined;
  }
}

/** `engagement:<reference>:<step>`, and `:<about>` where there is more than one. */
export function stepSubject({ reference, step, about }: StepReference): string {
  return ['engagement', reference, step, ...(about === null ? [] : [about])].join(':');
}

const SUBJECT = new RegExp(`^engagement:(.+?):(${ENGAGEMENT_STEPS.join('|')})(?::([^:]+))?$`);

/** What a link's subject says; undefined for one that is about no engagement. */
export function readStep(subject: string | null): StepReference | undefined {
  const [, reference, step, about = null] = SUBJECT.exec(subject ?? '') ?? [];
  return reference === undefined ? undefined : { reference, step: step as EngagementStep, about };
}
