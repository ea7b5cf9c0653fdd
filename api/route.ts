import type { Readable } from 'node:stream';
import type { NextFunction, Request, Response, Router } from 'express';
import express from 'express';
import type { z } from 'zod';
import { pathText } from '../templates/problem.ts';
import { expectation } from '../templates/shape.ts';
import type { CommandDesk } from './commands.ts';
import type { ApiDeps } from './deps.ts';
import { fingerprint } from './fingerprint.ts';
import { deskPrincipal } from './guard.ts';
import { answerOnce, requireKey } from './idempotency.ts';
import { type Access, permits } from './policy.ts';
import { type FieldProblem, type Language, Problem, preferredLanguage } from './problem.ts';
import { type BroughtDocument, readForm } from './upload.ts';

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Instead of a body: bytes, with their `Content-Type` among the headers. */
  stream?: Readable;
}

export type RouteDeps = ApiDeps & { desk: CommandDesk };

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
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

interface RouteDefinition<P, Q, B> {
  /** Also its name in OpenAPI, and what a refusal calls the act. */
  id: string;
  method: 'get' | 'post' | 'patch';
  /** Below `/api`, as OpenAPI writes it: `/agreements/{id}`. */
  path: string;
  summary: string;
  access: Access;
  params?: P;
  query?: Q;
  body?: B;
  /** What the body is, for OpenAPI, where templates/ checks it with codes of its own. */
  documentedBody?: z.ZodType;
  /** Takes `multipart/form-data` with the body's fields and files; `only` takes nothing else. */
  files?: 'too' | 'only';
  /** Says that a POST is a mere question: it needs no key and leaves no trace. */
  changesNothing?: true;
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

const json = express.json({ limit: '1mb', strict: true });

/** Mounts routes. One that does not say what it needs cannot be mounted. */
export function mountRoutes(router: Router, routes: readonly Route[], deps: RouteDeps): void {
  for (const one of routes) {
    if (!['anyone', 'desk', 'link'].includes(one.access)) throw new Error(`route ${one.id} does not say what it needs`);
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

async function serve(one: Route, deps: RouteDeps, request: Request, response: Response): Promise<void> {
  response.locals.route = one.path;
  response.locals.act = isAct(one) ? one.id : null;
  const principal = deskPrincipal(request, deps.config.apiKey);
  if (!permits(one.access, principal)) throw new Problem('unauthorized');
  response.locals.principal = principal;

  const params = one.params ? parse(one.params, request.params, 'path') : undefined;
  response.locals.agreementId = one.path.startsWith('/agreements/{id}') ? (params as { id: string }).id : undefined;
  const query = one.query ? parse(one.query, request.query, 'query') : undefined;
  const key = isAct(one) ? requireKey(request.get('Idempotency-Key')) : '';
  const { raw, documents } = one.body ? await readBody(one, deps, request, response) : { raw: {}, documents: [] };
  const body = one.body ? parse(one.body, raw, 'body') : undefined;
  response.locals.as =
    typeof (body as { as?: unknown } | undefined)?.as === 'string' ? (body as { as: string }).as : undefined;

  const language = preferredLanguage(request.get('Accept-Language'));
  const handle = (again: boolean): Promise<Answer> =>
    one.handle({ deps, params, query, body, documents, key, again, language } as RouteContext<
      undefined,
      undefined,
      undefined
    >);
  if (!isAct(one)) return send(response, await handle(false));
  const print = fingerprint(request.method, request.path, raw, documents);
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
    const { fields, documents } = await readForm(request, deps.documents);
    const raw = Object.fromEntries(
      Object.entries(fields).map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
    );
    return { raw, documents };
  }
  const empty =
    request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0;
  if (one.files !== 'only' && (empty || request.is('json'))) {
    await new Promise<void>((resolve, reject) => {
      json(request, response, ((error?: unknown) => (error ? reject(bodyProblem(error)) : resolve())) as NextFunction);
    });
    return { raw: (request.body as unknown) ?? {}, documents: [] };
  }
  throw new Problem('unsupported-media-type');
}

/** body-parser's errors, by their published types. */
function bodyProblem(error: unknown): unknown {
  const { type } = error as { type?: string };
  if (type === 'entity.too.large') return new Problem('upload-too-large');
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') return new Problem('unsupported-media-type');
  return type === undefined ? error : new Problem('malformed-body');
}

/** @throws Problem that lists every wrong field; a wrong id in the path is an unknown thing. */
function parse<T>(schema: z.ZodType<T>, value: unknown, part: 'path' | 'query' | 'body'): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  if (part === 'path') {
    const field = read.error.issues[0]?.path[0];
    throw new Problem(field === 'id' ? 'unknown-agreement' : field === 'documentId' ? 'unknown-document' : 'not-found');
  }
  throw new Problem('invalid-request', { errors: read.error.issues.flatMap(fieldProblems) });
}

function fieldProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      message: { zh: '不认识的字段', en: 'is unknown' },
      cure: { zh: '请删除，或检查拼写', en: 'remove it, or check its spelling' },
    }));
  }
  const expected = expectation(issue);
  return [
    {
      path: pathText(issue.path),
      message: { zh: `应为${expected.zh}`, en: `must be ${expected.en}` },
      cure: { zh: `请改为${expected.zh}`, en: `change it to ${expected.en}` },
    },
  ];
}

function send(response: Response, { status, body, headers = {}, stream }: Answer): void {
  response.status(status).set({ 'Cache-Control': 'no-store', ...headers });
  if (!stream) {
    response.json(body);
    return;
  }
  stream.on('error', (error) => response.destroy(error));
  stream.pipe(response);
}
