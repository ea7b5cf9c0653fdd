import type { RejectionCode } from '../agreement/rejection.ts';
import type { ProcessType } from './process.ts';

/** Why a process that is over takes nothing more. */
export const OVER_CODES: Record<ProcessType, RejectionCode> = {
  survey: 'survey-closed',
  improvement: 'finding-closed',
  visit: 'visit-closed',
  training: 'already-held',
  engagement: 'engagement-closed',
  case: 'case-closed',
  evaluation: 'evaluation-over',
  risk: 'risk-closed',
};

/** Whether the end of its agreement has ended it, as its snapshot says; one that was over before did not end with it. */
export function endedWithAgreement(type: string, snapshot: unknown): boolean {
  const { agreementOver, ended, status } = (snapshot ?? {}) as {
    agreementOver?: boolean;
    ended?: boolean;
    status?: string;
  };
  if (type === 'engagement') return agreementOver === true;
  if (type === 'risk') return ended === true;
  return type === 'evaluation' && status === 'ended';
}
