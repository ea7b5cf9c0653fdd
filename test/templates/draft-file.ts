import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** One thing wrong with a good draft, and the problem that follows. */
export interface BadCase {
  case: string;
  set?: Record<string, unknown>;
  remove?: string;
  path: string;
  code: string;
}

export function readCases<Case>(url: URL): Case[] {
  return parse(readFileSync(url, 'utf8')) as Case[];
}

export function goodDraft(): Record<string, unknown> {
  return {
    template: 'service-attachments',
    terms: { contractTotal: '1000000.00' },
    parties: { A: { name: 'Alpha', email: 'a@example.com' }, B: { name: 'Beta', email: 'b@example.com' } },
  };
}

function parentOf(data: Record<string, unknown>, path: string): [Record<string, unknown>, string] {
  const parts = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  const last = parts.pop() ?? '';
  const parent = parts.reduce((at, part) => at[part] as Record<string, unknown>, data);
  return [parent, last];
}

/** The data with the case's change made to it. */
export function changed(data: Record<string, unknown>, { set = {}, remove }: BadCase): Record<string, unknown> {
  const copy = structuredClone(data);
  for (const [path, value] of Object.entries(set)) {
    const [parent, key] = parentOf(copy, path);
    parent[key] = value;
  }
  if (remove !== undefined) {
    const [parent, key] = parentOf(copy, remove);
    delete parent[key];
  }
  return copy;
}
