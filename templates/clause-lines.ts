import type { Text } from '../domain/time.ts';
import { type Bearer, bearersOf } from './bearers.ts';
import type { LedgerClause } from './ledger.ts';
import { listClauses, readEvidence, reasonOf } from './ledger.ts';
import { listTemplates, newestTemplates, templateFolders, templateReference } from './library.ts';
import type { Template } from './schema.ts';

/** The test in which every example of a template is lived, and its events are searched for clause ids. */
const EXAMPLES = 'test/templates/examples.test.ts';

/** One clause, and what the product does about it. */
export interface ClauseLine extends Pick<
  LedgerClause,
  'id' | 'source' | 'article' | 'kind' | 'text' | 'says' | 'status' | 'behaviour' | 'parameters' | 'folder'
> {
  /** Ids of obligations, penalties, rules, seats and of the agreement's own events. */
  by: string[];
  /** Names of terms. Apart: those that every duty has (roll-over, notice hours) would hide the rest. */
  terms: string[];
  tests: string[];
  reason: Text | null;
}

/** What bears a clause in one version of a template. */
export interface TemplateBearers {
  template: Template;
  ref: string;
  bearers: Bearer[];
}

interface Loaded {
  folders: unknown;
  lines: readonly ClauseLine[];
  bearers: readonly TemplateBearers[];
}
let loaded: Loaded | undefined;

function load(): Loaded {
  const folders = templateFolders();
  if (loaded?.folders === folders) return loaded;
  const bearers = listTemplates().map((template) => ({
    template,
    ref: templateReference(template),
    bearers: bearersOf(template),
  }));
  const newest = new Set(newestTemplates());
  const byClause = new Map<string, string[]>();
  for (const { template, bearers: all } of bearers) {
    if (!newest.has(template)) continue;
    for (const { id, clauses } of all) {
      for (const clause of new Set(clauses)) byClause.set(clause, [...(byClause.get(clause) ?? []), id]);
    }
  }
  const evidence = readEvidence();
  const lines = listClauses().map((clause): ClauseLine => {
    const { id, source, article, kind, text, says, status, behaviour, parameters, folder } = clause;
    const named = [...new Set(byClause.get(id) ?? [])];
    const isTerm = (one: string): boolean => one.startsWith('term:');
    return {
      ...{ id, source, article, kind, text, says, status, behaviour, parameters, folder },
      by: named.filter((one) => !isTerm(one)),
      terms: named.filter(isTerm).map((one) => one.slice('term:'.length)),
      tests: (evidence[id] ?? []).map((example) => `${EXAMPLES}#${example}`),
      reason: reasonOf(clause) ?? null,
    };
  });
  loaded = { folders, lines, bearers };
  return loaded;
}

/** Every clause of every source, in the order of the sources. @throws TemplateError when a file is wrong */
export function clauseLines(): readonly ClauseLine[] {
  return load().lines;
}

/** Every version of every template, with what bears clauses in it. @throws TemplateError when a file is wrong */
export function templateBearers(): readonly TemplateBearers[] {
  return load().bearers;
}
