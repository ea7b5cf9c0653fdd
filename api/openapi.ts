import { z } from 'zod';
import { type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, createDocument } from 'zod-openapi';
import { type Route, needsKey } from './route.ts';
import { problemSchema } from './schemas.ts';

const key = z
  .string()
  .min(1)
  .max(200)
  .meta({
    description: 'A new unique key for each act, the same one when it is repeated',
    examples: ['0b9f2c9e-1f0a-4d56-9d4c-6f2d8a1f6c11'],
  });

/** OpenAPI 3.1 of every route, made from the schemas that check the requests. */
export function openApiDocument(routes: readonly Route[], version: string): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const one of routes) paths[one.path] = { ...paths[one.path], [one.method]: operation(one) };
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Abide', version, description: 'Agreements that are lived as durable workflows.' },
    servers: [{ url: '/api' }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A personal key (POST /api-keys), or API_KEY' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-abide-session',
          description: 'Of POST /session; abide-session where PUBLIC_URL is no https address',
        },
      },
    },
  });
}

function operation(one: Route): ZodOpenApiOperationObject {
  const body = one.documentedBody ?? one.body;
  const params = {
    ...(one.params ? { path: one.params as z.ZodObject } : {}),
    ...(one.query ? { query: one.query as z.ZodObject } : {}),
    ...(needsKey(one) ? { header: z.object({ 'Idempotency-Key': key }) } : {}),
  };
  const responses = Object.fromEntries(
    Object.entries(one.answers).map(([status, { description, schema, mediaType = 'application/json' }]) => [
      status,
      { description, ...(schema ? { content: { [mediaType]: { schema } } } : {}) },
    ]),
  );
  return {
    operationId: one.id,
    summary: one.summary,
    security: one.access === 'open' ? [] : [{ key: [] }, { session: [] }],
    'x-access': one.access, // api/policy.ts
    ...(Object.keys(params).length > 0 ? { requestParams: params } : {}),
    ...(body ? { requestBody: { content: bodyContent(one, body) } } : {}),
    responses: {
      ...responses,
      default: { description: 'Refused', content: { 'application/problem+json': { schema: problemSchema } } },
    },
  };
}

function bodyContent(one: Route, body: z.ZodType) {
  if (one.takes === 'mail') return { 'message/rfc822': { schema: body } };
  const form =
    body instanceof z.ZodObject
      ? body.extend({ file: z.array(z.string().meta({ format: 'binary' })).optional() })
      : body;
  return {
    ...(one.files === 'only' ? {} : { 'application/json': { schema: body } }),
    ...(one.files ? { 'multipart/form-data': { schema: form } } : {}),
  };
}
