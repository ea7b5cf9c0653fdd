import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { hostGuard, originGuard } from '../guard.ts';
import { requireKey } from '../idempotency.ts';
import { Problem } from '../problem.ts';
import { type RouteDeps, faultyJson, parse } from '../route.ts';
import { broughtAnswers, postAnswers } from '../routes/answers.ts';
import { DATA_CSP } from '../security-headers.ts';
import { jsonFault } from '../strict-json.ts';
import { handIn } from './answering.ts';

const JSON_TYPE = /^application\/json(?: *; *charset=utf-8)?$/i;
/** Bytes; the route takes longer ones. */
const LONGEST = 64 * 1024;

/**
 * A shorter way for an answer that comes as the answer page sends it: nobody has signed in, the body is JSON of a known,
 * usual length. The same checks in the same order as the route `postAnswers`, and the same answers, without what Express
 * does for all routes: thousands come at once when a survey is published. Whatever else comes takes the route; what is
 * refused is answered where all problems are.
 *
 * @param headers what every answer says
 */
export function answerDoor(deps: RouteDeps, headers: Readonly<Record<string, string>>): RequestHandler {
  const guards = [hostGuard(deps.config), originGuard(deps.config)];
  const ofAll = { ...headers, 'content-security-policy': DATA_CSP };
  const [counted, late] = [false, true].map((isLate) => {
    const body = JSON.stringify({ late: isLate });
    const own = {
      'Cache-Control': 'no-store',
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
    };
    return { body, head: Object.entries({ ...ofAll, ...own }).flat() };
  }) as [{ body: string; head: string[] }, { body: string; head: string[] }];

  return (request, response, next) => {
    if (!isBrought(request)) return next();
    response.locals = { route: postAnswers.path, act: postAnswers.id, principal: { kind: 'stranger' } };
    const take = async (): Promise<void> => {
      for (const guard of guards) void guard(request, response, () => undefined);
      const key = requireKey(request.headers['idempotency-key'] as string | undefined);
      const { token, answers } = parse(broughtAnswers, readJson(await bytesOf(request)), 'body');
      const taken = await handIn(deps, { token, ip: request.ip ?? '', key }, answers);
      const { body, head } = taken === 'late' ? late : counted;
      response.writeHead(201, head).end(body);
    };
    take().catch((error: unknown) => {
      response.set(ofAll);
      next(error);
    });
  };
}

function isBrought({ method, url, headers }: IncomingMessage): boolean {
  const length = Number(headers['content-length']);
  return (
    method === 'POST' &&
    url === `/api${postAnswers.path}` &&
    length > 0 &&
    length <= LONGEST &&
    headers['content-encoding'] === undefined &&
    headers.authorization === undefined &&
    headers.cookie === undefined &&
    JSON_TYPE.test(headers['content-type'] ?? '')
  );
}

/** Node.js itself sees to it that there are as many as the header says. */
function bytesOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)));
    request.on('error', () => reject(new Problem('malformed-body')));
  });
}

/** @throws Problem `malformed-body` */
function readJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  const fault = jsonFault(text);
  if (fault) throw faultyJson(fault);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Problem('malformed-body');
  }
  if (typeof json !== 'object' || json === null) throw new Problem('malformed-body');
  return json;
}
