import type { ErrorRequestHandler, Request, Response } from 'express';
import { Prisma } from '../prisma/generated/client.ts';
import type { ApiDeps } from './deps.ts';
import type { Principal } from './policy.ts';
import { loggedActor } from './privacy/access-log.ts';
import { Problem, preferredLanguage, problemBody } from './problem.ts';

/** How long a client that still sends gets to read why it was refused. */
const LINGER_MS = 2_000;
/** Prisma's codes for a database that does not answer. */
const AWAY = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'];
const AWAY_CAUSES = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EPIPE', '57P01', '57P02', '57P03'];
/** A session that was cut while it was in use: the client of PostgreSQL gives these no code. */
const AWAY_WORDS = /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/;

/** What went wrong, as a problem; what we do not know is ours, and logged without its words, which may hold names. */
export function toProblem(error: unknown, { log }: Pick<ApiDeps, 'log'>): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof URIError) return new Problem('not-found');
  if (isDatabaseAway(error)) {
    log.error({ error: (error as Error).name }, 'the database is away');
    return new Problem('database-unavailable');
  }
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string };
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
  log.error({ error: name, code, frames }, 'a request failed');
  return new Problem('internal');
}

function isDatabaseAway(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) {
    const { code, message } = error as { code?: string; message?: string };
    return AWAY_CAUSES.includes(code ?? '') || AWAY_WORDS.test(message ?? '');
  }
  const cause = (
    error.meta as { driverAdapterError?: { cause?: { kind?: string; originalCode?: string } } } | undefined
  )?.driverAdapterError?.cause;
  return (
    AWAY.includes(error.code) ||
    AWAY_CAUSES.includes(error.code) ||
    AWAY_CAUSES.includes(cause?.originalCode ?? '') ||
    cause?.kind === 'DatabaseNotReachable'
  );
}

/**
 * What a refused request leaves. Nobody known: nothing but the process log, so that strangers fill no table. Whom the
 * policy does not let in: a line of the access log. An act that the contract or its input refuses: a refusal, unless it
 * became a command, which bears its refusal itself.
 */
export async function recordRefusal(
  { database, clock, log }: Pick<ApiDeps, 'database' | 'clock' | 'log'>,
  request: Request,
  response: Response,
  problem: Problem,
): Promise<void> {
  const { act, agreementId, as, principal, denied } = response.locals as {
    act?: string | null;
    agreementId?: string;
    as?: string;
    principal?: Principal;
    denied?: string;
  };
  if (principal === undefined || principal.kind === 'stranger' || problem.recorded || problem.status >= 500) return;
  const asks = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
  const at = new Date(clock());
  const about = { at, agreementId: agreementId ?? null };
  const written = (): Promise<unknown> => {
    if (denied !== undefined) {
      const line = { actor: loggedActor(principal), subject: `route/${denied}`, action: 'denied', outcome: 'refused' };
      return database.accessLog.create({ data: { ...about, ...line } });
    }
    if (asks || act === null) return Promise.resolve();
    const actor =
      principal.kind === 'link'
        ? { personId: principal.personId, seat: principal.seat, via: 'link' }
        : { ...loggedActor(principal), ...(as === undefined ? {} : { seat: as.slice(0, 100) }) };
    const { code, errors } = problem;
    return database.refusal.create({
      data: { ...about, actor, action: act ?? 'unknown', code, path: errors[0]?.path ?? null },
    });
  };
  try {
    await written();
  } catch (error) {
    // The person is still told why; without a database there is no other place for the row.
    log.error({ error: (error as Error).name, code: problem.code }, 'a refusal could not be recorded');
  }
}

/**
 * A refused upload is not kept reading for ever: the client gets a moment to see the answer, then the line is cut.
 * (`Connection: close` would cut it at once, and with unread bytes the answer could be lost on its way.)
 */
export function stopReading(request: Request, response: Response): void {
  if (request.readableEnded || request.complete) return;
  response.once('finish', () => {
    request.resume();
    setTimeout(() => request.destroy(), LINGER_MS).unref();
  });
}

/** The one place where errors become answers (RFC 9457). */
export function problemAnswers(deps: ApiDeps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = toProblem(error, deps);
    const answer = async (): Promise<void> => {
      await recordRefusal(deps, request, response, problem);
      stopReading(request, response);
      if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer');
      if (problem.retryAfterSeconds !== undefined) response.set('Retry-After', String(problem.retryAfterSeconds));
      const language = preferredLanguage(request.get('Accept-Language'));
      response
        .status(problem.status)
        .set({
          'Cache-Control': 'no-store',
          'Content-Language': language === 'zh' ? 'zh-CN' : 'en',
          Vary: 'Accept-Language',
        })
        .type('application/problem+json')
        .send(JSON.stringify(problemBody(problem, language)));
    };
    answer().catch(next);
  };
}
