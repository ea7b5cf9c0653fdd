import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { obligationTitle as titleIn } from '../../domain/obligation-title.ts';
import type { Text } from '../../domain/time.ts';
import type { Bearer } from '../../templates/bearers.ts';
import { type ClauseLine, clauseLines, templateBearers } from '../../templates/clause-lines.ts';
import { findTemplate, newestTemplates, templateFolders } from '../../templates/library.ts';
import { readingsOf } from '../../templates/readings.ts';
import type { Template } from '../../templates/schema.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { Problem } from '../problem.ts';
import type { clauseList, clauseQuery, clause as clauseSchema } from './schema.ts';

type List = z.output<typeof clauseList>;
type Line = List['items'][number];
type View = z.output<typeof clauseSchema>;
type Asked = z.output<typeof clauseQuery>;

/**
 * Clauses of the sources in their order, with what the product does about each.
 *
 * @throws Problem `unknown-template`
 */
export function clausesOf({ limit, cursor, template, source, status, kind, search }: Asked): List {
  const sources = template === undefined ? undefined : sourcesOf(template);
  const all = clauseLines().filter(
    (one) => (sources === undefined || sources.includes(one.source)) && (source === undefined || one.source === source),
  );
  const words = (search ?? '').toLowerCase();
  const found = all.filter(
    (one) =>
      (status === undefined || one.status === status) &&
      (kind === undefined || one.kind === kind) &&
      (words === '' || saysAny(one, words)),
  );
  const [from = 0] = cursor === undefined ? [0] : readCursor(cursor, ['number']);
  const next = from + limit;
  return {
    items: found.slice(from, next).map(lineOf),
    nextCursor: next < found.length ? writeCursor([next]) : null,
    found: found.length,
    counts: {
      total: all.length,
      status: countBy(all, (one) => one.status),
      kind: countBy(all, (one) => one.kind),
      source: countBy(all, (one) => one.source),
    },
  };
}

function saysAny({ id, article, says }: ClauseLine, words: string): boolean {
  return [id, article, says.zh, says.en].some((text) => text.toLowerCase().includes(words));
}

function countBy<K extends string>(lines: readonly ClauseLine[], key: (one: ClauseLine) => K): Record<K, number> {
  const counts = {} as Record<K, number>;
  for (const one of lines) counts[key(one)] = (counts[key(one)] ?? 0) + 1;
  return counts;
}

/** The sources that a kind of agreement was made from. @throws Problem `unknown-template` */
function sourcesOf(reference: string): string[] {
  const found = findTemplate(reference);
  if ('problem' in found) throw new Problem('unknown-template');
  return found.template.source.split(',').map((one) => one.trim());
}

function lineOf(line: ClauseLine): Line {
  const { folder: _folder, parameters: _parameters, ...shown } = line;
  return {
    ...shown,
    templates: bearingTemplates(line.id).map(({ template: { id, title } }) => ({ id, title })),
  };
}

/** Newest versions that bear a clause. */
function bearingTemplates(clause: string) {
  const newest = new Set(newestTemplates());
  return templateBearers().filter(
    ({ template, bearers }) => newest.has(template) && bearers.some(({ clauses }) => clauses.includes(clause)),
  );
}

/** References of all versions of templates that bear a clause, each with the ids of the duties that rest on it. */
export function bearingReferences(clause: string): { ref: string; template: Template; obligations: string[] }[] {
  return templateBearers()
    .filter(({ bearers }) => bearers.some(({ clauses }) => clauses.includes(clause)))
    .map(({ ref, template, bearers }) => ({
      ref,
      template,
      obligations: bearers
        .filter(({ kind, clauses }) => kind === 'obligation' && clauses.includes(clause))
        .map(({ id }) => id),
    }));
}

/** @throws Problem `unknown-clause` */
export function clauseView(id: string): View {
  const all = clauseLines();
  const place = all.findIndex((one) => one.id === id);
  const line = all[place];
  if (!line) throw new Problem('unknown-clause');
  const [before, after] = [all[place - 1], all[place + 1]];
  return {
    ...lineOf(line),
    bearers: bearingTemplates(id).map(({ template, ref, bearers }) => ({
      id: template.id,
      ref,
      title: template.title,
      items: once(bearers.filter(({ clauses }) => clauses.includes(id))).map((bearer) => ({
        id: bearer.id,
        kind: bearer.kind,
        title: bearerTitle(template, bearer),
      })),
    })),
    examples: line.tests.map(exampleOf),
    readings: readingsOf(id).map(({ template, ...says }) => ({ id: template, title: templateTitle(template), says })),
    before: before?.source === line.source ? before.id : null,
    after: after?.source === line.source ? after.id : null,
  };
}

function once(bearers: readonly Bearer[]): Bearer[] {
  return bearers.filter(({ id }, index) => bearers.findIndex((one) => one.id === id) === index);
}

function templateTitle(id: string): Text {
  const found = newestTemplates().find((one) => one.id === id);
  return found?.title ?? { zh: id, en: id };
}

const OWN_EVENTS: Record<string, Text> = {
  start: { zh: '启动', en: 'Its start' },
  signing: { zh: '签署', en: 'Its signing' },
  'in-force': { zh: '生效', en: 'Its coming into force' },
  termination: { zh: '终止', en: 'Its termination' },
  expiry: { zh: '届满', en: 'Its expiry' },
};

function bearerTitle(template: Template, { id, kind }: Bearer): Text {
  const name = id.slice(id.indexOf(':') + 1);
  const found = ((): Text | undefined => {
    switch (kind) {
      case 'obligation':
        return titleIn(template, id);
      case 'penalty':
        return template.penalties.find((one) => one.id === id)?.title;
      case 'rule':
      case 'statement':
        return template.rules.find((one) => one.id === id)?.title;
      case 'event':
        return OWN_EVENTS[id];
      case 'seat':
        return template.seats.find((one) => one.id === name)?.title;
      case 'term':
        return template.terms.find((one) => one.name === name)?.label;
    }
  })();
  return found ?? { zh: id, en: id };
}

/** An example by what its first two lines say of it: one in Chinese, one in English. */
function exampleOf(test: string): View['examples'][number] {
  const [template = '', example = ''] = test.slice(test.indexOf('#') + 1).split('/');
  const folder = templateFolders().find(({ id }) => id === template);
  const id = `${template}/${example}`;
  const title = (folder && exampleTitle(join(folder.path, 'examples', `${example}.yaml`))) ?? { zh: id, en: id };
  return { id, template, title };
}

const titles = new Map<string, Text | undefined>();

function exampleTitle(file: string): Text | undefined {
  if (!titles.has(file)) titles.set(file, readTitle(file));
  return titles.get(file);
}

function readTitle(file: string): Text | undefined {
  const [zh, en] = readFileSync(file, 'utf8')
    .split('\n', 2)
    .map((line) => /^# (.+)$/.exec(line)?.[1]);
  return zh === undefined ? undefined : { zh, en: en ?? zh };
}
