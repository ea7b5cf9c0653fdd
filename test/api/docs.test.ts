import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROUTES } from '../../api/routes.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
let response: Response;
let page: string;

beforeAll(async () => {
  desk = await openDesk();
  response = await fetch(`${desk.api.url}/api/docs`);
  page = await response.text();
});
afterAll(() => desk?.close());

test('the page describes every route, and each schema that it links to is there', () => {
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  for (const { id, path } of ROUTES) {
    expect(page, path).toContain(`id="${id}"`);
    expect(page, path).toContain(`<code class="path">${path}</code>`);
  }
  const ids = new Set(Array.from(page.matchAll(/ id="([^"]+)"/g), ([, id]) => id));
  const linked = Array.from(page.matchAll(/href="#([^"]+)"/g), ([, id]) => id);
  expect(linked.length).toBeGreaterThan(ROUTES.length);
  expect(linked.filter((id) => !ids.has(id))).toEqual([]);
  expect(page).not.toMatch(/\[object|undefined|>null</);
});

test('nothing comes from another host: no script, no image, no font, and the browser is told so', () => {
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
  expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base)\b|@import|url\(|\bsrc=/i);
  const addresses = Array.from(page.matchAll(/(?:href|action)="([^"]*)"/g), ([, address = '']) => address);
  expect(addresses.filter((address) => !address.startsWith('#'))).toEqual(['openapi.json']);
});
