import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CONFIGURATION, readConfig } from '../../config.ts';
import { SERVER_VERSION } from '../../embedded/temporal-on-postgres.ts';
import { environmentOf, exampleVariables, NOT_IN_PRODUCTION, PROCESSES, services } from './compose-file.ts';

const FILLED_IN = {
  POSTGRES_PASSWORD: '0123456789abcdef',
  AUTH_SECRET: 'a secret of 32 characters or more',
  API_KEY: 'a-key-of-more-than-16',
  PUBLIC_URL: 'https://abide.example.com',
  SMTP_URL: 'smtp://mailpit:1025',
  MAIL_FROM: 'Abide <abide@example.com>',
};

test('every variable of every process is one that config.ts knows', () => {
  const known: string[] = CONFIGURATION.map(({ name }) => name);
  for (const name of PROCESSES) {
    expect(Object.keys(services[name]!.environment!).filter((variable) => !known.includes(variable))).toEqual([]);
  }
});

test('every variable of config.ts that production has a use for is given to some process', () => {
  const given = new Set(PROCESSES.flatMap((name) => Object.keys(services[name]!.environment!)));
  const missing = CONFIGURATION.map(({ name }) => name).filter(
    (name) => !given.has(name) && !NOT_IN_PRODUCTION.includes(name),
  );
  expect(missing).toEqual([]);
  expect(NOT_IN_PRODUCTION.filter((name) => given.has(name))).toEqual([]);
});

test.each(PROCESSES)('config.ts takes the environment of %s', (name) => {
  const config = readConfig(environmentOf(name, FILLED_IN));
  expect(config.databaseUrl).toBe('postgresql://abide:0123456789abcdef@postgres:5432/abide');
});

test('the API listens to others, who sign in; compose gives programs a key, the API does without', () => {
  const environment = environmentOf('api', FILLED_IN);
  expect(readConfig(environment)).toMatchObject({ apiHost: '0.0.0.0', apiKey: FILLED_IN.API_KEY });
  expect(readConfig({ ...environment, API_KEY: '' })).not.toHaveProperty('apiKey');
});

describe('nothing starts with a secret that everybody knows', () => {
  test.each(Object.keys(FILLED_IN))('%s must be filled in', (name) => {
    const values = { ...FILLED_IN, [name]: '' };
    expect(() => Object.keys(services).map((service) => environmentOf(service, values))).toThrow(name);
  });

  test('the example names exactly these, and leaves them empty', () => {
    expect(exampleVariables).toEqual(Object.fromEntries(Object.keys(FILLED_IN).map((name) => [name, ''])));
  });
});

test('Temporal is the release that is tried without Docker, and Abide is one image with three commands', () => {
  expect(services.temporal!.image).toBe(`temporalio/server:${SERVER_VERSION}`);
  expect(services['temporal-schema']!.image).toMatch(`temporalio/admin-tools:${SERVER_VERSION}-`);
  expect(new Set(PROCESSES.map((name) => services[name]!.image)).size).toBe(1);
  expect(PROCESSES.map((name) => services[name]!.command)).toEqual([['migrate'], ['worker'], ['api']]);
});

test('the scripts and the configuration of Temporal read what their services are given, and nothing else', () => {
  const read = (name: string): string[] => {
    const text = readFileSync(new URL(`../../deploy/temporal/${name}`, import.meta.url), 'utf8');
    return [...text.matchAll(/\$([A-Z_]+)|\(env "([A-Z_]+)"\)|\{ env "([A-Z_]+)"/g)].map(
      ([, shell, withDefault, needed]) => (withDefault ? '' : (shell ?? needed!)),
    );
  };
  for (const [service, name] of [
    ['temporal-schema', 'schema.sh'],
    ['temporal', 'server.yaml'],
    ['temporal-namespace', 'namespace.sh'],
  ] as const) {
    const needed = [...new Set(read(name))].filter((variable) => variable !== '').sort();
    const given = Object.keys(environmentOf(service, FILLED_IN)).sort();
    expect(needed).toEqual(
      name === 'server.yaml' || name === 'schema.sh' ? given : ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'],
    );
  }
});

test('the image holds every room that runs, and nothing that is made elsewhere', () => {
  const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
  const copied = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+) \.\/\1$/gm)].map(([, room]) => room!);
  const rooms = readdirSync(new URL('../../', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => !['node_modules', 'test', 'docs', 'web', 'deploy', 'coverage', 'dist', 'bench'].includes(name));
  expect(copied.filter((room) => room !== 'dist').sort()).toEqual(rooms.sort());
});
