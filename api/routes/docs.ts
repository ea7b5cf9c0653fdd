import { Readable } from 'node:stream';
import { z } from 'zod';
import { DOCS_CSP, type Description, docsPage } from '../docs/page.ts';
import { openApiDocument } from '../openapi.ts';
import { type Route, route } from '../route.ts';

/** The same description for people: one page without scripts, made from `openapi.json`. */
export function docsRoute(routes: () => readonly Route[]): Route {
  return route({
    id: 'docs',
    method: 'get',
    path: '/docs',
    summary: 'This description as a page',
    access: 'open',
    answers: { 200: { description: 'HTML', schema: z.string(), mediaType: 'text/html' } },
    handle: ({ deps }) => {
      // Its types allow for all of OpenAPI; the page reads what our routes make of it.
      const page = docsPage(openApiDocument(routes(), deps.version) as unknown as Description);
      return Promise.resolve({
        status: 200,
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': DOCS_CSP },
        stream: Readable.from([page]),
      });
    },
  });
}
