import type { SYSTEM_PARTS, SystemProblem } from './schema.ts';

type Value = string | number | boolean | null;

export interface Trouble {
  problem: SystemProblem;
  severity: 'warning' | 'bad';
  values: Record<string, Value>;
  named: string[];
}

/** One part of the installation: what is known of it, and what is wrong. */
export interface SystemPart {
  part: (typeof SYSTEM_PARTS)[number];
  state: 'ok' | 'warning' | 'bad';
  facts: Record<string, Value>;
  problems: Trouble[];
}

export function worst(states: readonly SystemPart['state'][]): SystemPart['state'] {
  return states.includes('bad') ? 'bad' : states.includes('warning') ? 'warning' : 'ok';
}

export function partOf(
  part: SystemPart['part'],
  facts: SystemPart['facts'],
  problems: (Trouble | false | undefined)[],
): SystemPart {
  const found = problems.filter((one) => one !== false && one !== undefined);
  return { part, facts, problems: found, state: worst(found.map(({ severity }) => severity)) };
}

export function trouble(
  problem: SystemProblem,
  severity: Trouble['severity'],
  values: Trouble['values'] = {},
  named: string[] = [],
): Trouble {
  return { problem, severity, values, named };
}

export const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
