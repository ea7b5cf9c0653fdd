import type { EventType } from './event.ts';
import type { AgreementState } from './state.ts';

/** What moves an agreement from one status to another; every other event leaves the status as it is. */
export interface Transition {
  event: EventType;
  from: readonly AgreementState['status'][];
  to: AgreementState['status'];
}

/** `agreement-suspended` and `agreement-resumed` move it only where all obligations are meant; a renewal goes on as it was. */
export const TRANSITIONS: readonly Transition[] = [
  { event: 'agreement-started', from: ['new'], to: 'awaiting-signatures' },
  { event: 'agreement-in-force', from: ['awaiting-signatures'], to: 'active' },
  { event: 'agreement-withdrawn', from: ['awaiting-signatures'], to: 'closed' },
  { event: 'agreement-suspended', from: ['active'], to: 'suspended' },
  { event: 'agreement-resumed', from: ['suspended'], to: 'active' },
  { event: 'agreement-renewed', from: ['active'], to: 'active' },
  { event: 'agreement-renewed', from: ['suspended'], to: 'suspended' },
  { event: 'agreement-terminated', from: ['active', 'suspended'], to: 'terminated' },
  { event: 'agreement-expired', from: ['active', 'suspended'], to: 'expired' },
  { event: 'agreement-closed', from: ['terminated', 'expired'], to: 'closed' },
];
