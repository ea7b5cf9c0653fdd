import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../activities/clock.ts';
import type { Database } from '../prisma/database.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { isUniqueViolation } from './commands.ts';
import { type FieldProblem, Problem } from './problem.ts';
import type { Text } from '../domain/time.ts';

/** A handler that has said nothing for so long died with its process; its request may be handled anew. */
const ABANDONED_AFTER_MS = 60_000;

/** How ids of our own begin: of what is done by link, of mail that was served or refused. */
const OURS = /^(?:link\/|served|refused)/;

export interface StoredAnswer {
  status: number;
  body: unknown;
}

/** The header's value. @throws Problem `idempotency-key-missing` or `idempotency-key-invalid` */
export function requireKey(header: string | undefined): string {
  if (header === undefined || header === '') throw new Problem('idempotency-key-missing');
  if (!/^[\x21-\x7e]{1,200}$/.test(header) || OURS.test(header)) throw new Problem('idempotency-key-invalid');
  return header;
}

/**
 * Handles a request once by its key (draft-ietf-httpapi-idempotency-key-header): the same request again gets the stored
 * answer. `run` must be safe to repeat after a crash half-way; it is called with `again` when the stored answer was
 * "pending", to say what became of it.
 *
 * @throws Problem `request-in-progress`, `idempotency-key-reused`, and whatever `run` throws or threw the first time
 */
export async function answerOnce(
  { database, clock }: { database: Database; clock: Clock },
  { key, fingerprint }: { key: string; fingerprint: string },
  run: (again: boolean) => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  /** When this handler took the key. */
  let since = new Date(clock());
  const row = await claim();
  if (row === 'ours') return keep(() => run(false));
  if (row.fingerprint !== fingerprint) throw new Problem('idempotency-key-reused');
  if (row.status === 'handling') {
    if (await takeOver()) return keep(() => run(false));
    throw new Problem('request-in-progress');
  }
  const status = row.answerCode ?? 200;
  if (status === 202) return keep(() => run(true));
  const stored = row.answerBody as unknown as { problem?: StoredProblem; body?: unknown };
  if (stored.problem) throw restoreProblem(stored.problem);
  return { status, body: stored.body };

  async function claim() {
    try {
      await database.idempotentRequest.create({ data: { key, fingerprint, status: 'handling', createdAt: since } });
      return 'ours' as const;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
    // Given up by its first handler in between: whoever repeats it tries again.
    const found = await database.idempotentRequest.findUnique({ where: { key } });
    if (!found) throw new Problem('request-in-progress');
    return found;
  }

  async function takeOver(): Promise<boolean> {
    since = new Date(clock());
    const { count } = await database.idempotentRequest.updateMany({
      where: { key, status: 'handling', createdAt: { lte: new Date(since.getTime() - ABANDONED_AFTER_MS) } },
      data: { createdAt: since },
    });
    return count === 1;
  }

  async function keep(handle: () => Promise<StoredAnswer>): Promise<StoredAnswer> {
    try {
      const answer = await handle();
      await store(answer.status, { body: answer.body });
      return answer;
    } catch (error) {
      const isFinal = error instanceof Problem && error.status < 500 && error.status !== 429;
      if (isFinal) await store(error.status, { problem: storedProblem(error) });
      else await release().catch(() => void releaseLater()); // the first error counts
      throw error;
    }
  }

  /** The next request with this key is handled anew. */
  async function release(): Promise<void> {
    await database.idempotentRequest.deleteMany({ where: { key, status: 'handling', createdAt: { lte: since } } });
  }

  /** The database is away: whoever repeats the request when it is back shall not have to wait until the row expires. */
  async function releaseLater(): Promise<void> {
    for (let waitMs = 250; waitMs < ABANDONED_AFTER_MS; waitMs *= 2) {
      await sleep(waitMs, undefined, { ref: false });
      const released = await release().then(
        () => true,
        () => false,
      );
      if (released) return;
    }
  }

  async function store(answerCode: number, answerBody: object): Promise<void> {
    await database.idempotentRequest.update({
      where: { key },
      data: { status: 'answered', answerCode, answerBody: answerBody as Prisma.InputJsonObject },
    });
  }
}

interface StoredProblem {
  code: string;
  message: string;
  errors: FieldProblem[];
  clauses?: string[];
  /** Of a code that templates/ gave. */
  input?: { title: Text; cure: Text };
}

function storedProblem({ code, specific, errors, clauses, title, cure, isInput }: Problem): StoredProblem {
  return {
    code,
    message: specific,
    errors: [...errors],
    ...(clauses.length > 0 ? { clauses: [...clauses] } : {}),
    ...(isInput ? { input: { title, cure } } : {}),
  };
}

function restoreProblem({ code, message, errors, clauses = [], input }: StoredProblem): Problem {
  const options = { errors, clauses, recorded: true, ...(message ? { message } : {}) };
  return input ? new Problem(code, options, input) : new Problem(code as never, options);
}
