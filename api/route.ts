import type { Readable } from 'node:stream';
import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';
import express from 'express';
import type { z } from 'zod';
import type { Text } from '../domain/time.ts';
import { pathText } from '../templates/problem.ts';
import { faultOf } from '../templates/shape.ts';
import type { AnswerDesk } from './answers/desk.ts';
import type { AuditDesk } from './audit/desk.ts';
import type { CommandDesk } from './commands.ts';
import type { ApiDeps } from './deps.ts';
import { fingerprint } from './fingerprint.ts';
import { answerOnce, requireKey } from './idempotency.ts';
import type { Client } from './accounts/accounts.ts';
import { type AccountPrincipal, type Access, type Principal, isAccess, isNarrowed, reachOf } from './policy.ts';
import { headersOf, isSeated, isThirdOf, principalOf } from './principal.ts';
import { isEvaluated } from './evaluations/seen.ts';
import { type FieldProblem, type Language, Problem, type ProblemCode, preferredLanguage } from './problem.ts';
import { fieldsUnstorable } from './storable.ts';
import { jsonFault } from './strict-json.ts';
import { type BroughtDocument, type FileTaker, readForm } from './upload.ts';

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string | string[]>;
  /** Instead of a body: bytes, with their `Content-Type` among the headers. */
  stream?: Readable;
}

export type RouteDeps = ApiDeps & { desk: CommandDesk; answers: AnswerDesk; audits: AuditDesk };

export interface RouteContext<Params = unknown, Query = unknown, Body = unknown> {
  deps: RouteDeps;
  params: Params;
  query: Query;
  body: Body;
  documents: readonly BroughtDocument[];
  /** The Idempotency-Key; '' where none is needed. */
  key: string;
  /** Asked before and answered "pending": say what became of it, without asking the engine again. */
  again: boolean;
  language: Language;
  /** Who asks; the policy has let them in. */
  principal: Principal;
  /** From where they ask, and the headers that came along. */
  client: Client;
  /** Where they may see their own agreements alone: the person that these are of. Else null. */
  ownOf: string | null;
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

interface RouteDefinition<P, Q, B> {
  /** Also its name in OpenAPI, and what a refusal calls the act. */
  id: string;
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** Below `/api`, as OpenAPI writes it: `/agreements/{id}`. */
  path: string;
  summary: string;
  access: Access;
  /** It is about no agreement in its path, and the handler itself keeps to `ownOf`. */
  narrows?: true;
  /**
   * The third party of the engagement in its path is let in as well, who sees nothing else of the agreement: the handler
   * shows and takes what is this engagement's alone.
   */
  third?: true;
  /**
   * Whoever is evaluated in the evaluation in its path is let in as well, seated or not: the handler shows and takes what
   * concerns themselves.
   */
  evaluated?: true;
  params?: P;
  query?: Q;
  body?: B;
  /** What the body is, for OpenAPI, where templates/ checks it with codes of its own. */
  documentedBody?: z.ZodType;
  /** Takes `multipart/form-data` with the body's fields and files; `only` takes nothing else. */
  files?: 'too' | 'only';
  /** Takes the files instead of the document store: they are read and not kept. */
  filesTo?: FileTaker | ((deps: RouteDeps, ip: string) => FileTaker);
  /** The body is a raw mail, as bytes; what it says is its key, so that none is needed. */
  takes?: 'mail';
  /** Says that a POST is a mere question: it needs no key and leaves no trace. */
  changesNothing?: true;
  /**
   * Its request or its answer holds a secret: neither they nor a hash of them are kept by the Idempotency-Key, so that the
   * same request again is a new act. The key is asked for all the same: no other site's form can send it.
   */
  confidential?: true;
  answers: Record<number, { description: string; schema?: z.ZodType; mediaType?: string }>;
  handle(context: RouteContext<Parsed<P>, Parsed<Q>, Parsed<B>>): Promise<Answer>;
}

/** A route, its schemas and what it needs; the registry mounts it and documents it. */
export type Route = RouteDefinition<z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined>;

export function route<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(definition: RouteDefinition<P, Q, B>): Route {
  return definition as unknown as Route;
}

export function isAct({ method, changesNothing }: Route): boolean {
  return method !== 'get' && changesNothing !== true;
}

/** A route whose repetition is told by an Idempotency-Key. */
export function needsKey(one: Route): boolean {
  return isAct(one) && one.takes === undefined;
}

/** As body-parser's errors are told apart. */
const JSON_FAULT = 'json.fault';

const json = express.json({
  limit: '1mb',
  strict: true,
  verify(_request, _response, bytes, encoding) {
    const fault = jsonFault(bytes.toString(encoding as BufferEncoding));
    if (fault !== undefined) throw Object.assign(new Error(fault.en), { type: JSON_FAULT, fault });
  },
});
const mail = express.raw({ limit: '1mb', type: 'message/rfc822' });

/** Mounts routes. One that does not say what it needs cannot be mounted. */
export function mountRoutes(router: Router, routes: readonly Route[], deps: RouteDeps): void {
  for (const one of routes) {
    assertDeclared(one);
    const path = one.path.replace(/\{(\w+)\}/g, ':$1');
    router[one.method](path, (request, response, next) => {
      serve(one, deps, request, response).catch(next);
    });
  }
  for (const path of new Set(routes.map((one) => one.path))) {
    const methods = routes.filter((one) => one.path === path).map(({ method }) => method.toUpperCase());
    router.all(path.replace(/\{(\w+)\}/g, ':$1'), (_request, response) => {
      response.set('Allow', methods.join(', '));
      throw new Problem('method-not-allowed');
    });
  }
}

/** @throws Error where a route does not say what it needs, or could show what is not the asker's own */
function assertDeclared({ id, path, access, narrows }: Route): void {
  if (!isAccess(access)) throw new Error(`route ${id} does not say what it needs`);
  const isOfAgreement = path.startsWith('/agreements/{id}');
  if (isNarrowed(access) && !isOfAgreement && !narrows) throw new Error(`route ${id} must keep to the asker's own`);
}

/** @throws Problem: nobody known, not allowed, or an agreement that is not theirs, which for them is none */
async function admit(
  one: Route,
  deps: RouteDeps,
  principal: Principal,
  agreementId: string | undefined,
  { engagementId, evaluationId }: { engagementId?: string | undefined; evaluationId?: string | undefined } = {},
): Promise<string | null> {
  const reach = reachOf(one.access, principal);
  if (reach === 'none') throw new Problem(principal.kind === 'stranger' ? 'unauthorized' : 'forbidden');
  if (reach === 'all') return null;
  const { personId } = principal as AccountPrincipal;
  if (personId === null) throw new Problem('forbidden');
  if (agreementId === undefined || (await isSeated(deps, { agreementId, personId }))) return personId;
  const isThird = one.third && (await isThirdOf(deps, { agreementId, engagementId, personId }));
  const isOwn = one.evaluated && (await isEvaluated(deps, { agreementId, evaluationId, personId }));
  if (!isThird && !isOwn) throw new Problem('unknown-agreement');
  return personId;
}

async function serve(one: Route, deps: RouteDeps, request: Request, response: Response): Promise<void> {
  response.locals.route = one.path;
  response.locals.act = isAct(one) ? one.id : null;
  const principal = await principalOf(request, deps);
  response.locals.principal = principal;
  const denied = (error: unknown): never => {
    response.locals.denied = one.id;
    throw error;
  };
  if (reachOf(one.access, principal) === 'none') await admit(one, deps, principal, undefined).catch(denied);
  const params = one.params ? parse(one.params, request.params, 'path') : undefined;
  const agreementId = one.path.startsWith('/agreements/{id}') ? (params as { id: string }).id : undefined;
  response.locals.agreementId = agreementId;
  const { engagement: engagementId, evaluation: evaluationId } = (params ?? {}) as {
    engagement?: string;
    evaluation?: string;
  };
  const ownOf = await admit(one, deps, principal, agreementId, { engagementId, evaluationId }).catch(denied);
  const query = one.query ? parse(one.query, request.query, 'query') : undefined;
  const key = needsKey(one) ? requireKey(request.get('Idempotency-Key')) : '';
  const { raw, documents } = one.body ? await readBody(one, deps, request, response) : { raw: {}, documents: [] };
  const body = one.body ? parse(one.body, raw, 'body') : undefined;
  response.locals.as =
    typeof (body as { as?: unknown } | undefined)?.as === 'string' ? (body as { as: string }).as : undefined;

  const language = preferredLanguage(request.get('Accept-Language'));
  const client = { ip: request.ip ?? '', headers: headersOf(request) };
  const handle = (again: boolean): Promise<Answer> =>
    one.handle({ deps, params, query, body, documents, key, again, language, principal, client, ownOf } as RouteContext<
      undefined,
      undefined,
      undefined
    >);
  if (!isAct(one) || one.confidential) return send(response, await handle(false));
  const print = fingerprint(principal, request.method, request.path, raw, documents);
  const answer = await answerOnce(deps, { key, fingerprint: print }, async (again) => {
    const { status, body: content } = await handle(again);
    return { status, body: content };
  });
  const location = (answer.body as { location?: string } | undefined)?.location;
  send(response, { ...answer, ...(location && answer.status === 202 ? { headers: { Location: location } } : {}) });
}

async function readBody(
  one: Route,
  deps: RouteDeps,
  request: Request,
  response: Response,
): Promise<{ raw: unknown; documents: BroughtDocument[] }> {
  if (one.files && request.is('multipart/form-data')) {
    const taker = typeof one.filesTo === 'function' ? one.filesTo(deps, request.ip ?? '') : one.filesTo;
    const { fields, documents } = await readForm(request, taker ?? deps.documents);
    const raw = Object.fromEntries(
      Object.entries(fields).map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
    );
    return { raw, documents };
  }
  if (one.takes === 'mail') {
    if (!request.is('message/rfc822')) throw new Problem('unsupported-media-type');
    await read(mail, request, response);
    return { raw: request.body as unknown, documents: [] };
  }
  const empty =
    request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0;
  if (one.files !== 'only' && (empty || request.is('json'))) {
    await read(json, request, response);
    return { raw: (request.body as unknown) ?? {}, documents: [] };
  }
  throw new Problem('unsupported-media-type');
}

/** @throws Problem that says why the body cannot be read */
function read(parser: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown): void => (error ? reject(bodyProblem(error)) : resolve());
    void parser(request, response, next as NextFunction);
  });
}

/** body-parser's errors, by their published types. */
function bodyProblem(error: unknown): unknown {
  const { type, fault } = error as { type?: string; fault?: Text };
  if (type === 'entity.too.large') return new Problem('upload-too-large');
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') return new Problem('unsupported-media-type');
  if (type === JSON_FAULT && fault) return faultyJson(fault);
  return type === undefined ? error : new Problem('malformed-body');
}

/** @param fault what `jsonFault` says */
export function faultyJson(fault: Text): Problem {
  const cure = { zh: '请更正后重新发送', en: 'correct it and send it again' };
  return new Problem('malformed-body', { errors: [{ path: 'body', message: fault, cure }] });
}

const UNKNOWN: Record<string, ProblemCode> = {
  id: 'unknown-agreement',
  documentId: 'unknown-document',
  file: 'unknown-document',
  linkId: 'link-unknown',
  organisationId: 'unknown-organisation',
  personId: 'unknown-person',
  customerId: 'unknown-customer',
  survey: 'unknown-survey',
  feedbackId: 'unknown-feedback',
  improvement: 'unknown-improvement',
  engagement: 'unknown-engagement',
  evaluation: 'unknown-evaluation',
  training: 'unknown-training',
  case: 'unknown-case',
  clause: 'unknown-clause',
  trainee: 'unknown-person',
};

/** @throws Problem that lists every wrong field; a wrong id in the path is an unknown thing. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, part: 'path' | 'query' | 'body'): T {
  const read = schema.safeParse(value);
  const unstorable = part === 'body' ? [] : fieldsUnstorable(value);
  if (read.success && unstorable.length === 0) return read.data;
  if (part === 'path') {
    const field = unstorable[0] ?? read.error?.issues[0]?.path[0];
    throw new Problem(UNKNOWN[String(field)] ?? 'not-found');
  }
  const faults = (read.error?.issues ?? []).flatMap((issue) => fieldProblems(issue, value));
  throw new Problem('invalid-request', { errors: [...unstorable.map(unstorableProblem), ...faults] });
}

function unstorableProblem(path: string): FieldProblem {
  return {
    path,
    message: { zh: '含有无法处理的字符', en: 'holds a character that cannot be handled' },
    cure: { zh: '删去空字符及不完整的字符', en: 'remove NUL and halves of characters' },
  };
}

function fieldProblems(issue: z.core.$ZodIssue, whole: unknown): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      message: { zh: '无法识别的字段', en: 'is unknown' },
      cure: { zh: '请删除，或检查拼写', en: 'remove it, or check its spelling' },
    }));
  }
  const { message, cure } = faultOf(issue, whole);
  return [{ path: pathText(issue.path), message, cure }];
}

function send(response: Response, { status, body, headers = {}, stream }: Answer): void {
  response.status(status).set({ 'Cache-Control': 'no-store', ...headers });
  if (!stream) {
    response.json(body);
    return;
  }
  stream.on('error', (error) => response.destroy(error));
  response.once('close', () => stream.destroy()); // whoever goes away early holds nothing open
  stream.pipe(response);
}
