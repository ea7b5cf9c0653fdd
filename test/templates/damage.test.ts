import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import { checkAnchors } from '../../templates/anchor-check.ts';
import { loadCalendar, sliceCalendar } from '../../templates/calendars.ts';
import { checkTemplates } from '../../templates/check.ts';
import { compileAgreement } from '../../templates/compile.ts';
import type { FileProblem } from '../../templates/data-file.ts';
import {
  type TemplateFolder,
  TemplateError,
  ownFolders,
  readTemplate,
  templateFolders,
} from '../../templates/library.ts';
import { planAgreement } from '../../templates/plan.ts';
import { pathText } from '../../templates/problem.ts';
import { checkReminders } from '../../templates/reminder-check.ts';
import { type Template, templateSchema } from '../../templates/schema.ts';
import { checkSeats, checkWording } from '../../templates/seat-check.ts';
import { expectation } from '../../templates/shape.ts';
import { checkTerms } from '../../templates/term-check.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { checkUnits } from '../../templates/unit-check.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { folderOf } from './small-template.ts';
import { Dice, termSet } from './term-sets.ts';

/** Of the data of each template; reading YAML costs more, so fewer of its text. */
const DAMAGES = 150;
const TEXT_DAMAGES = 15;

const zone = zoneData('Asia/Shanghai');
const calendar = sliceCalendar(loadCalendar('cn'), 2026, 2028);
const ours = templateFolders().filter(({ templates }) => templates.length > 0);
const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function textOf({ path }: TemplateFolder): string {
  return readFileSync(join(path, 'template.yaml'), 'utf8');
}

type Holder = Record<string, unknown> | unknown[];

/** Every place of the data: what holds it, and under which key. */
function places(value: unknown): { holder: Holder; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.entries(holder).flatMap(([key, item]) => [{ holder, key }, ...places(item)]);
}

const STRANGE: unknown[] = [
  null,
  true,
  1e308,
  1e15,
  -1,
  0.5,
  '',
  'nowhere',
  '\u0000',
  '1',
  [],
  {},
  [[]],
  'x'.repeat(9999),
];
const KEYS = ['__proto__', 'constructor', 'toString', 'nowhere', '', '0', '类型'];

/** Changes one place of the data; says what it did. */
function damage(data: unknown, dice: Dice): string {
  const all = places(data);
  const { holder, key } = dice.one(all);
  const values = holder as Record<string, unknown>;
  const old = JSON.stringify(values[key])?.slice(0, 60);
  switch (dice.one(['delete', 'rename', 'replace', 'exchange', 'double'])) {
    case 'delete':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete values[key];
      return `delete ${key}: ${old}`;
    case 'rename': {
      if (Array.isArray(holder)) return 'nothing';
      const name = dice.one(KEYS);
      const value = values[key];
      delete values[key];
      Object.defineProperty(values, name, { value, enumerable: true, configurable: true, writable: true });
      return `rename ${key} to ${name}`;
    }
    case 'replace': {
      const strange = dice.one(STRANGE);
      values[key] = structuredClone(strange);
      return `${key}: ${old} becomes ${JSON.stringify(strange).slice(0, 20)}`;
    }
    case 'exchange': {
      // A value of the same name from elsewhere: mostly of the right form, so that it is only wrong in its place.
      const same = dice.one(all.filter((place) => place.key === key));
      values[key] = structuredClone((same.holder as Record<string, unknown>)[same.key]);
      return `${key}: ${old} becomes ${JSON.stringify(values[key])?.slice(0, 60)}`;
    }
    default:
      if (Array.isArray(holder)) holder.push(structuredClone(values[key]));
      return `double ${key}: ${old}`;
  }
}

function contradictions(template: Template) {
  return [
    ...checkTerms(template, []),
    ...checkUnits(template),
    ...checkSeats(template),
    ...checkAnchors(template),
    ...checkReminders(template),
    ...checkWording(template),
  ];
}

/** Compiled with terms, and planned. */
function plan(template: Template, given: Record<string, unknown>): void {
  const { errors, ...terms } = resolveTerms(template, given);
  if (errors.length > 0) return;
  const agreement = compileAgreement(template, terms, { id: 'x', zone, calendar, seats: ['A'], year: 2026 });
  const untilMs = Date.parse('2026-12-31T00:00:00Z');
  planAgreement({ template, agreement, terms, addresses: { A: 'a@b.cn' }, dayZero: '2026-09-01', untilMs });
}

test.each(ours.map((folder, index) => ({ id: folder.id, folder, index })))(
  '$id: damaged data are refused with the place, or compile',
  ({ folder, index }) => {
    const sound = readTemplate(textOf(folder), folder.id);
    const data = parseDocument(textOf(folder)).toJS() as unknown;
    for (let number = 0; number < DAMAGES; number += 1) {
      const seed = 7_000_000 + index * 10_000 + number;
      const dice = new Dice(seed);
      const copy = structuredClone(data);
      const what = damage(copy, dice);
      try {
        const read = templateSchema.safeParse(copy);
        if (read.success) {
          const found = contradictions(read.data);
          for (const { path, expected } of found) {
            if (pathText(path) === '' || expected.zh === '' || expected.en === '') throw new Error('no place');
          }
          if (found.length === 0) plan(read.data, termSet(sound, dice));
          continue;
        }
        for (const issue of read.error.issues) {
          const { zh, en } = expectation(issue);
          const place = pathText(issue.path) !== '' || issue.code === 'unrecognized_keys';
          if (!place || zh === '' || en === '') throw new Error(`says nothing: ${JSON.stringify(issue)}`);
        }
      } catch (error) {
        throw new Error(`seed ${seed}, ${what}: ${String(error)}`, { cause: error });
      }
    }
  },
);

/** Changes the text itself, as a slip of the keyboard or a broken transfer does. */
function spoil(text: string, dice: Dice): string {
  const lines = text.split('\n');
  const at = dice.whole(0, lines.length - 1);
  const line = lines[at] ?? '';
  const offset = dice.whole(0, text.length - 1);
  const put = (...instead: string[]): string => lines.toSpliced(at, 1, ...instead).join('\n');
  switch (dice.one(['cut', 'delete', 'double', 'indent', 'nul', 'tab', 'bracket', 'colon', 'huge', 'nest', 'anchor'])) {
    case 'cut':
      return text.slice(0, offset);
    case 'delete':
      return put();
    case 'double':
      return put(line, line);
    case 'indent':
      return put(`  ${line}`);
    case 'nul':
      return `${text.slice(0, offset)}\u0000${text.slice(offset)}`;
    case 'tab':
      return put(`\t${line}`);
    case 'bracket':
      return `${text.slice(0, offset)}${dice.one(['{', '}', '[', ']', '"', "'", '&x ', '*x', '!t ', '|', '%', '@'])}${text.slice(offset)}`;
    case 'colon':
      return put(line.replace(':', ''));
    case 'huge':
      return put(line.replace(/\d+/, '9'.repeat(400)));
    case 'nest':
      return put(line.replace(/: .*/, `: ${'['.repeat(3000)}`));
    default:
      return put(line.replace(': ', ': &a '));
  }
}

function problemsOf(folder: TemplateFolder, text: string): FileProblem[] {
  const path = folderOf({
    [`${folder.id}-own/template.yaml`]: text,
    ...Object.fromEntries(
      folder.ledgers.map((name) => [`${folder.id}-own/${name}`, readFileSync(join(folder.path, name), 'utf8')]),
    ),
  });
  made.push(path);
  return checkTemplates(ownFolders(path), []).templates.flatMap(({ problems }) => problems);
}

test.each(ours.map((folder, index) => ({ id: folder.id, folder, index })))(
  '$id: a damaged text is refused with file, line and place, or passes',
  ({ folder, index }) => {
    const text = textOf(folder).replace(`\nid: ${folder.id}\n`, `\nid: ${folder.id}-own\n`);
    const name = `${folder.id}-own`;
    for (let number = 0; number < TEXT_DAMAGES; number += 1) {
      const seed = 8_000_000 + index * 10_000 + number;
      const spoiled = spoil(text, new Dice(seed));
      try {
        const problems = number < 3 ? problemsOf(folder, spoiled) : readProblems(spoiled, name);
        const last = spoiled.split('\n').length;
        for (const { file, line, path, message } of problems) {
          const told = line ?? Number(/line (\d+)/.exec(message.en)?.[1]);
          if (!(told >= 1 && told <= last)) throw new Error(`line ${told} of ${last}: ${path}: ${message.en}`);
          if (!file.includes(name) || message.zh === '') throw new Error(`no file or no words: ${message.en}`);
        }
      } catch (error) {
        throw new Error(`seed ${seed}: ${String(error)}`, { cause: error });
      }
    }
  },
);

/** What reading alone complains about. Anything but a TemplateError is thrown on. */
function readProblems(text: string, file: string): readonly FileProblem[] {
  try {
    readTemplate(text, file);
    return [];
  } catch (error) {
    if (error instanceof TemplateError) return error.problems;
    throw error;
  }
}

test.each(ours.map((folder, index) => ({ id: folder.id, folder, index })))(
  '$id: nonsense in one value is found on its line, or on that of what holds it',
  ({ folder, index }) => {
    const text = textOf(folder);
    const scalars: { from: number; to: number; line: number; holder: number }[] = [];
    const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
    visit(parseDocument(text), {
      Scalar: (key, node, path) => {
        const holder = path.findLast((one) => isMap(one) || isSeq(one));
        if (key === 'key' || !isScalar(node) || !node.range || !holder?.range) return;
        const [from, to] = node.range;
        scalars.push({ from, to, line: lineAt(from), holder: lineAt(holder.range[0]) });
      },
    });
    const dice = new Dice(9_000_000 + index);
    let found = 0;
    for (let number = 0; number < 6; number += 1) {
      const { from, to, line, holder } = dice.one(scalars);
      const problems = readProblems(`${text.slice(0, from)}{ nonsense: 1 }${text.slice(to)}`, folder.id);
      found += problems.length > 0 ? 1 : 0;
      for (const problem of problems) {
        const told = problem.line ?? Number(/line (\d+)/.exec(problem.message.en)?.[1]);
        expect(told >= holder - 1 && told <= line, `${line}, within ${holder}: ${JSON.stringify(problem)}`).toBe(true);
      }
    }
    expect(found).toBeGreaterThan(2);
  },
);
