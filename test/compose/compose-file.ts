import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { VariableName } from '../../config.ts';

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: object;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
}

export const PROCESSES = ['migrate', 'worker', 'api'] as const;
export type Process = (typeof PROCESSES)[number];

/** What a production process has no use for: servers of its own, and fault tests. */
export const NOT_IN_PRODUCTION: readonly VariableName[] = [
  'TEMPORAL_PORT',
  'UI_PORT',
  'MAILBOX_PORT',
  'SMTP_PORT',
  'ABIDE_KILL_AT',
];

const file = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

export const services = (parse(file('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> })
  .services;

/** Names in deploy/env.example, which an operator copies and fills in. */
export const exampleVariables = Object.fromEntries(
  [...file('deploy/env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]),
);

/**
 * The environment of a service as docker compose would make it of `values`: `${X}`, `${X:-default}` and `${X:?message}`.
 *
 * @throws with compose's message for a required value that is missing or empty.
 */
export function environmentOf(service: string, values: Record<string, string>): Record<string, string> {
  const environment = services[service]?.environment ?? {};
  return Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, interpolate(text, values)]));
}

function interpolate(text: string, values: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, operator?: string, rest?: string) => {
    const value = values[name] ?? '';
    if (value !== '' || operator === undefined) return value;
    if (operator === '-') return rest!;
    throw new Error(`required variable ${name} is missing a value: ${rest}`);
  });
}
