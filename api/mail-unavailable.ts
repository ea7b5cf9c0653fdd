import type { Logger } from 'pino';
import { Problem } from './problem.ts';

/** What may stand in a log of why a mail was not taken: a word, and never a server's sentence. */
const CODE = /^[\w.-]{1,40}$/;

/**
 * The answer to whoever waits for a mail that did not go out. Why stands in the log, as the name and the code of the error
 * alone: what the server said may hold an address.
 *
 * @param about what the mail was about, by ids
 */
export function mailUnavailable(log: Pick<Logger, 'error'>, error: unknown, about: Record<string, string>): Problem {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const word = (said: unknown): string | undefined => (CODE.test(String(said)) ? String(said) : undefined);
  log.error({ ...about, error: word(name), code: word(code) }, 'a mail that somebody waits for did not go out');
  return new Problem('mail-unavailable');
}
