import { z } from 'zod';
import { openApiDocument } from '../openapi.ts';
import { type Route, route } from '../route.ts';

/** Describes all routes, itself among them. */
export function openApiRoute(routes: () => readonly Route[]): Route {
  return route({
    id: 'openapi',
    method: 'get',
    path: '/openapi.json',
    summary: 'This description (OpenAPI 3.1)',
    access: 'open',
    answers: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) } },
    handle: ({ deps }) => Promise.resolve({ status: 200, body: openApiDocument(routes(), deps.version) }),
  });
}
