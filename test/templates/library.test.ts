import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeTemplate } from '../../templates/description.ts';
import { TemplateError, findTemplate, listTemplates, newestTemplates, readTemplate } from '../../templates/library.ts';

const text = readFileSync(new URL('../../templates/service-attachments/template.yaml', import.meta.url), 'utf8');

function complaint(altered: string): string {
  try {
    readTemplate(altered, 'x.yaml');
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
  return '';
}

test('a template is found by id and by version', () => {
  expect(findTemplate('service-attachments')).toMatchObject({ template: { id: 'service-attachments', version: 2 } });
  for (const version of [1, 2]) {
    const found = findTemplate(`service-attachments@${version}`);
    expect(found).toMatchObject({ template: { id: 'service-attachments', version } });
  }
});

test('an unknown template is answered with those that there are', () => {
  expect(findTemplate('../service-attachments')).toMatchObject({
    problem: {
      code: 'unknown-template',
      cure: { en: expect.stringMatching(/^the templates are .*service-attachments@1/) as string },
    },
  });
});

test('every term, obligation and attachment bears clauses of the source', () => {
  for (const template of listTemplates()) {
    const { terms, obligations, attachments } = describeTemplate(template);
    for (const { clauses } of [...terms, ...obligations, ...attachments]) {
      expect(clauses.length).toBeGreaterThan(0);
      const sources = template.source.split(', ');
      for (const clause of clauses) expect(sources.some((source) => clause.startsWith(`${source}-`))).toBe(true);
    }
  }
});

test.each([
  ['service-attachments@1', [1, 2, 3]],
  ['service-attachments@2', [1, 2, 3, 4, 5, 8, 9]],
])('%s names nine attachments, of which some are dated hand-ins', (reference, run) => {
  const found = findTemplate(reference);
  if (!('template' in found)) throw new Error(`${reference} is not there`);
  const { attachments } = describeTemplate(found.template);
  expect(attachments.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(attachments.filter(({ obligation }) => obligation !== null).map(({ number }) => number)).toEqual(run);
});

test('ten templates can be chosen, each by its newest version', () => {
  const ids = newestTemplates().map(({ id }) => id);
  expect(ids).toHaveLength(10);
  expect(new Set(ids).size).toBe(10);
});

test.each([
  ['an unknown key', text.replace('format: 1', 'format: 1\ncolour: red'), /^x\.yaml:\d+: : unknown key colour/],
  [
    'a term that does not exist',
    text.replace('days: needsReportDays', 'days: noSuchTerm'),
    /obligations\[0\]\.deadline\.days: expected the name of a term of type integer$/,
  ],
  [
    'a term of another type',
    text.replace('base: contractTotal', 'base: currency'),
    /penalties\[0\]\.base: expected the name of a term of type money$/,
  ],
  [
    'a penalty that does not exist',
    text.replace('penalty: late-deliverable-penalty', 'penalty: other'),
    /obligations\[0\]\.penalty: expected the id of a penalty$/,
  ],
  ['a value without quotes', text.replace(/value: ["']0\.5["']/, 'value: 0.5'), /terms\[5\]\.value: expected a text$/],
  ...['agreement-started', 'agreement-terminated', 'agreement-expired'].map((event): [string, string, RegExp] => [
    `an anchor on ${event}, when nothing runs`,
    text.replace('deadline: { anchor: signing,', `deadline: { anchor: { event: ${event} },`),
    /obligations\[0\]\.deadline\.anchor\.event: expected one of obligation-opened, deliverable-submitted, /,
  ]),
  [
    'a clause id that is none',
    text.replace('clauses: [S001a-37]', 'clauses: [x]').replace('termination: [S001a-37]', 'termination: [x]'),
    /clauses\.termination\[0\]: expected a clause id such as S001a-60$/,
  ],
  [
    'a reviewer who is no party',
    text.replace('reviewers: [A, B]', 'reviewers: [A, C]'),
    /obligations\[\d+\]\.review\[1\]: expected one of A, B/,
  ],
  [
    'the same term twice',
    text.replace('name: processPlanDays', 'name: needsReportDays'),
    /terms\[3\]: expected a name used once/,
  ],
])('%s is an error that names file, line and what was expected', (_name, altered, expected) => {
  expect(altered).not.toBe(text);
  const lines = complaint(altered).split('\n');
  expect(lines.some((line) => expected.test(line))).toBe(true);
  for (const line of lines) expect(line).toMatch(/^x\.yaml:\d+: /);
});

test('the line is the line', () => {
  const altered = text.replace('days: needsReportDays', 'days: noSuchTerm');
  const line = altered.split('\n').findIndex((one) => one.includes('noSuchTerm')) + 1;
  expect(complaint(altered)).toMatch(new RegExp(`^x\\.yaml:${line}: `));
});

test('broken YAML names its line', () => {
  expect(complaint('format: 1\nid: [')).toMatch(/^x\.yaml: line \d+: /);
});
