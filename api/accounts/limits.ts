import type { Limit } from '../attempts.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** Wrong passwords for one account from one address; the growing lock leaves the account's other addresses alone. */
export const SIGN_IN: Limit = {
  name: 'sign-in',
  attempts: 5,
  windowSeconds: 15 * MINUTE,
  lockSeconds: MINUTE,
  longestLockSeconds: HOUR,
};

/** For one account from everywhere: many addresses that guess together (NIST SP 800-63B 3.2.2: at most 100). */
export const SIGN_IN_ANYWHERE: Limit = {
  name: 'sign-in-anywhere',
  attempts: 50,
  windowSeconds: DAY,
  lockSeconds: 15 * MINUTE,
  longestLockSeconds: HOUR,
};

/** Sign-ins of all accounts from one address, an office's too. */
export const SIGN_IN_BY_ADDRESS: Limit = {
  name: 'sign-in-by-address',
  attempts: 100,
  windowSeconds: 10 * MINUTE,
  lockSeconds: 5 * MINUTE,
  longestLockSeconds: HOUR,
};

/** Codes of an authenticator, from one address; better-auth counts by account and by sign-in besides. */
export const CODES: Limit = {
  name: 'codes',
  attempts: 20,
  windowSeconds: 10 * MINUTE,
  lockSeconds: 5 * MINUTE,
  longestLockSeconds: HOUR,
};

/** A code is good once (RFC 6238 5.2); it is valid for three steps of 30 seconds. */
export const SAME_CODE: Limit = {
  name: 'same-code',
  attempts: 1,
  windowSeconds: 2 * MINUTE,
  lockSeconds: 2 * MINUTE,
  longestLockSeconds: 2 * MINUTE,
};

/** Passwords and codes asked for again within a session, by account. */
export const CONFIRMATION: Limit = {
  name: 'confirmation',
  attempts: 10,
  windowSeconds: 15 * MINUTE,
  lockSeconds: 5 * MINUTE,
  longestLockSeconds: HOUR,
};

/** Mails with a link for a new password, to one account, asked for from one address. */
export const RESET: Limit = {
  name: 'reset',
  attempts: 3,
  windowSeconds: HOUR,
  lockSeconds: HOUR,
  longestLockSeconds: HOUR,
};

/** Such mails to one account, from everywhere: a stranger shall not use up the owner's. */
export const RESET_ANYWHERE: Limit = {
  name: 'reset-anywhere',
  attempts: 12,
  windowSeconds: HOUR,
  lockSeconds: HOUR,
  longestLockSeconds: HOUR,
};

/** Requests for such mails, and tokens tried, from one address. */
export const RESET_BY_ADDRESS: Limit = {
  name: 'reset-by-address',
  attempts: 20,
  windowSeconds: 10 * MINUTE,
  lockSeconds: 5 * MINUTE,
  longestLockSeconds: HOUR,
};

/** Tokens tried at the first set-up, from one address. */
export const SETUP: Limit = {
  name: 'setup',
  attempts: 10,
  windowSeconds: 10 * MINUTE,
  lockSeconds: 5 * MINUTE,
  longestLockSeconds: HOUR,
};

/** Wrong keys from one address. A right one is let in all the same: else a neighbour could lock a program out. */
export const KEYS: Limit = {
  name: 'keys',
  attempts: 20,
  windowSeconds: 10 * MINUTE,
  lockSeconds: 5 * MINUTE,
  longestLockSeconds: HOUR,
};

/** A mail about a lock is sent once a day. */
export const LOCK_LETTER: Limit = {
  name: 'lock-letter',
  attempts: 1,
  windowSeconds: DAY,
  lockSeconds: DAY,
  longestLockSeconds: DAY,
};
