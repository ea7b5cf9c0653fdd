/** Why the contract says no; each is mapped once to RFC 9457. */
export const REJECTION_CODES = [
  'already-signed',
  'signed-on-in-future',
  'signed-on-too-early',
  'signed-after-expiry',
  'not-in-force',
  'not-responsible',
  'not-submitted',
  'points-missing',
  'already-fulfilled',
  'not-open-yet',
  'checklist-incomplete',
  'evidence-missing',
  'handed-in-out-of-range',
  'unknown-obligation',
  'agreement-ended',
] as const;

export type RejectionCode = (typeof REJECTION_CODES)[number];

/** The contract says no. Part of the decider's answer, never thrown inside of it. */
export interface Rejection {
  rejected: RejectionCode;
  message: string;
  /** The clauses that say so, where it is not the whole contract. */
  clauses?: string[];
}
