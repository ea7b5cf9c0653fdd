import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERMISSIONS, ROLES } from '../../api/policy.ts';
import { type Route, type RouteDeps, mountRoutes, route } from '../../api/route.ts';
import type { RunningApi } from '../../api/server.ts';
import { type Desk, type Reply, ask, openDesk } from './desk.ts';
import { FOREIGN_ANSWERS, GRANTED, NEEDS, OF_THIRD, ROLE_NAMES, type Reach } from './matrix-table.ts';
import { type Company, INBOUND_KEY, type Persona, type Place, openCompany } from './personas.ts';

interface Operation {
  id: string;
  method: string;
  path: string;
  /** What the route declares, as the description serves it. */
  access: string;
  hasBody: boolean;
}

let desk: Desk;
let api: RunningApi;
let company: Company;
let operations: Operation[];

beforeAll(async () => {
  desk = await openDesk();
  company = await openCompany(desk);
  const { accounts } = company;
  api = await desk.another({ accounts, config: { ...desk.deps.config, inboundKey: INBOUND_KEY } });
  operations = operationsOf((await ask(api, 'GET', '/openapi.json')).body);
});
afterAll(() => desk?.close());

function operationsOf(description: { paths: Record<string, Record<string, Record<string, unknown>>> }): Operation[] {
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      id: one['operationId'] as string,
      method: method.toUpperCase(),
      path,
      access: one['x-access'] as string,
      hasBody: 'requestBody' in one,
    })),
  );
}

/** Asks with an empty body: whoever is let in is then refused for what is missing. */
function tryAs({ headers }: Persona, { method, path, hasBody }: Operation, { params }: Place): Promise<Reply> {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? randomUUID()));
  return ask(api, method, filled, hasBody ? {} : undefined, { Authorization: '', ...headers });
}

const isOfAgreement = ({ path }: Operation): boolean => path.startsWith('/agreements/{id}');

/** The only answers that keep somebody out; all others are given to those who were let in. */
function outcomeOf({ status, body }: Reply): string {
  const code = (body as { type?: string }).type?.replace('urn:abide:', '');
  if (status >= 500) return `broken: ${status} ${code}`;
  const keptOut =
    (status === 401 && code === 'unauthorized') ||
    (status === 403 && code === 'forbidden') ||
    (status === 404 && code === 'unknown-agreement');
  return keptOut ? code : 'let in';
}

function expected(persona: Persona, reach: Reach, foreign: boolean): string {
  if (reach === 'none') return persona.turnedAway;
  return reach === 'own' && foreign ? 'unknown-agreement' : 'let in';
}

test('the table of the tests and the policy say the same of every role and permission', () => {
  expect([...ROLES]).toEqual([...ROLE_NAMES]);
  const policy = Object.entries(PERMISSIONS).map(([permission, grants]) => [
    permission,
    Object.fromEntries(ROLES.map((role) => [role, (grants as Record<string, string>)[role] ?? 'none'])),
  ]);
  expect(Object.fromEntries(policy)).toEqual(GRANTED);
});

test('every route stands in the table of the tests, with what it declares; a new one has to be thought about', () => {
  const declared = Object.fromEntries(operations.map(({ id, access }) => [id, access]));
  expect(declared).toEqual(NEEDS);
});

describe('every route × own and foreign agreement', () => {
  test.each([
    ...ROLE_NAMES,
    'a deputy, while it lasts',
    'a deputy, before and after',
    'an account without a person',
    'an account without roles',
    'administrator and party member',
    "a coordinator's key for the ledger alone",
    "a party member's key for more than they may",
    "one of the installation's programs",
    'the mail server',
    'a stranger',
    'an account that was disabled',
  ])('%s', async (name) => {
    const persona = company.personas.find((one) => one.name === name) ?? expect.unreachable(name);
    const isOutside = name === 'a deputy, before and after';
    const got: Record<string, string> = {};
    const want: Record<string, string> = {};
    for (const operation of operations) {
      const need = NEEDS[operation.id] ?? operation.access;
      const reach = persona.reach(need);
      for (const place of isOfAgreement(operation) ? (['own', 'foreign'] as const) : (['own'] as const)) {
        const cell = `${operation.method} ${operation.path} (${operation.id}), ${place}`;
        want[cell] = expected(persona, reach, place === 'foreign' || isOutside);
        if (!isOfAgreement(operation) && reach === 'own') want[cell] = 'let in'; // what it shows is asked below
        got[cell] = outcomeOf(await tryAs(persona, operation, company[place]));
      }
    }
    expect(got).toEqual(want);
  });
  test('they are all', () => {
    expect(company.personas).toHaveLength(18);
  });
});

describe('every route × the third party of an engagement', () => {
  const tryWith = (operation: Operation, place: Place, engagement: string): Promise<Reply> =>
    tryAs(company.third.persona, operation, { ...place, params: { ...place.params, engagement } });

  test('it reaches what is its engagement’s alone, and of its agreement nothing else', async () => {
    const { persona, engagement, anothers, foreign } = company.third;
    const places = [
      ['its own', company.own, engagement],
      ['another of the same agreement', company.own, anothers],
      ['one of another agreement', company.foreign, foreign],
      ['its own, by another agreement', company.foreign, engagement],
    ] as const;
    const got: Record<string, string> = {};
    const want: Record<string, string> = {};
    for (const operation of operations.filter(isOfAgreement)) {
      const isAllowed = GRANTED[NEEDS[operation.id] ?? '']?.['third-party'] === 'own';
      for (const [name, place, id] of places) {
        const cell = `${operation.method} ${operation.path} (${operation.id}), ${name}`;
        const isIn = name === 'its own' && OF_THIRD.includes(operation.id);
        want[cell] = isIn ? 'let in' : isAllowed ? 'unknown-agreement' : persona.turnedAway;
        got[cell] = outcomeOf(await tryWith(operation, place, id));
      }
    }
    expect(got).toEqual(want);
    expect(OF_THIRD.filter((id) => !operations.some((operation) => operation.id === id))).toEqual([]);
  });

  test('what it is shown of it names neither the others’ matters nor another engagement', async () => {
    const { persona, engagement, anothers, foreign } = company.third;
    const headers = { Authorization: '', ...persona.headers };
    const list = await ask(api, 'GET', '/engagements', undefined, headers);
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([engagement]);
    const view = await ask(
      api,
      'GET',
      `/agreements/${company.own.agreementId}/engagements/${engagement}`,
      undefined,
      headers,
    );
    expect(view.status).toBe(200);
    const { agreement, ...own } = view.body as { agreement: object };
    expect(Object.keys(agreement).sort()).toEqual(['currency', 'id', 'parties', 'title', 'zone']);
    for (const id of [anothers, foreign]) expect(JSON.stringify(own)).not.toContain(id);
    const rows = await desk.database.process.findMany({ where: { id: { in: [anothers, foreign] } } });
    for (const { reference } of rows) expect(JSON.stringify(view.body)).not.toContain(reference);
    expect((await ask(api, 'GET', '/agreements', undefined, headers)).body.items).toEqual([]);
  });
});

test('a foreign agreement is told from one that does not exist by nothing', async () => {
  const member = company.personas.find(({ name }) => name === 'party-member') as Persona;
  const nowhere = { ...company.foreign, params: { ...company.foreign.params, id: randomUUID() } };
  for (const operation of operations.filter(isOfAgreement)) {
    const [foreign, none] = [await tryAs(member, operation, company.foreign), await tryAs(member, operation, nowhere)];
    expect({ id: operation.id, ...seen(foreign) }).toEqual({ id: operation.id, ...seen(none) });
  }
  function seen({ status, headers, body }: Reply) {
    const { date: _date, ...rest } = Object.fromEntries(headers);
    return { status, body: body as unknown, rest };
  }
});

test('what is not below an agreement shows those who see only their own nothing of another', async () => {
  const foreign = company.foreign.agreementId;
  const narrowed = operations.filter(
    (one) => !isOfAgreement(one) && Object.values(GRANTED[one.access] ?? {}).includes('own'),
  );
  expect(narrowed.map(({ id }) => id)).toContain('listAgreements');
  for (const persona of company.personas.filter(({ reach }) => reach('agreements.read') === 'own')) {
    for (const operation of narrowed.filter(({ access }) => persona.reach(access) !== 'none')) {
      const reply = await tryAs(persona, operation, company.foreign);
      expect(JSON.stringify(reply.body), `${persona.name}, ${operation.id}`).not.toContain(foreign);
      const code = FOREIGN_ANSWERS[operation.id];
      if (code) expect(reply).toMatchObject({ status: 404, body: { type: `urn:abide:${code}` } });
    }
  }
  const member = company.personas.find(({ name }) => name === 'party-member') as Persona;
  const list = await ask(api, 'GET', '/agreements', undefined, { Authorization: '', ...member.headers });
  expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([company.own.agreementId]);
});

describe('an undeclared route cannot be', () => {
  const answers = { 200: { description: 'x' } };
  const handle = () => Promise.resolve({ status: 200 });
  const mount = (one: Route) => () => mountRoutes(Router(), [one], {} as RouteDeps);

  test('it does not compile, and it cannot be mounted', () => {
    // @ts-expect-error -- `access` is missing
    const silent = route({ id: 'x', method: 'get', path: '/x', summary: '', answers, handle });
    expect(mount(silent)).toThrow('does not say what it needs');
    // @ts-expect-error -- no such permission
    const invented = route({ id: 'x', method: 'get', path: '/x', summary: '', access: 'anything', answers, handle });
    expect(mount(invented)).toThrow('does not say what it needs');
  });

  test('nor one that would show those who see only their own whatever it likes', () => {
    const wide = { id: 'x', method: 'get', path: '/x', summary: '', access: 'record.read', answers, handle } as const;
    expect(mount(route(wide))).toThrow("keep to the asker's own");
    expect(mount(route({ ...wide, narrows: true }))).not.toThrow();
    expect(mount(route({ ...wide, access: 'audit' }))).not.toThrow();
  });

  test('nothing answers beside the list but the pages of links, of opting out, of verdicts and of cases, the feeds and the built pages', async () => {
    const folder = join(import.meta.dirname, '../../api');
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts')).sort();
    const found: string[] = [];
    for (const file of files) {
      const source = await readFile(join(folder, file), 'utf8');
      for (const [, registration = ''] of source.matchAll(
        /\b\w*[rR]outer\.((?:get|post|put|patch|delete|all)\([^,]+),|\b(?:app|api)\.((?:get|post|put|patch|delete|all)\([^,]+),/g,
      ))
        found.push(`${file}: ${registration})`);
    }
    expect(found).toEqual([
      "act/router.ts: get('/:id')",
      "act/router.ts: get('/:id/documents/:documentId')",
      "act/router.ts: post('/:id')",
      "act/router.ts: post('/:id/renewal')",
      "answers/opt-out-page.ts: get('/:word')",
      "answers/opt-out-page.ts: post('/:word')",
      "answers/verdict-page.ts: get('/:id')",
      "answers/verdict-page.ts: post('/:id')",
      "app.ts: get('/{*path}')",
      "cases/customer-page.ts: get('/:id')",
      "cases/customer-page.ts: post('/:id')",
      "feed/router.ts: get('/:file')",
      'route.ts: all(path.replace(/\\{(\\w+)\\}/g)',
    ]);
    const app = await readFile(join(folder, 'app.ts'), 'utf8');
    expect([...app.matchAll(/app\.use\('([^']+)'/g)].map(([, path]) => path)).toEqual([
      '/api',
      '/act',
      '/opt-out',
      '/verdict',
      '/case',
      '/feeds',
      '/answer',
    ]);
  });
});
