import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { findTemplate, listTemplates, ownFolders, useOwnTemplates } from '../../templates/library.ts';
import { abideHere } from '../cli/abide-here.ts';
import { SMALL, SMALL_LEDGER, folderOf } from './small-template.ts';

const folders: string[] = [];
afterEach(() => useOwnTemplates(undefined));
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function own(files: Record<string, string>): string {
  const folder = folderOf(files);
  folders.push(folder);
  return folder;
}

/** The command with this folder as ABIDE_TEMPLATES. */
async function abide(args: string[], templates: string, options: { caller?: string; locale?: string } = {}) {
  return abideHere(args, { templates, ...options });
}

test('templates of the user stand beside ours, and are found', () => {
  const ours = listTemplates().length;
  useOwnTemplates(own({ 'small/template.yaml': SMALL }));
  expect(listTemplates()).toHaveLength(ours + 1);
  expect(findTemplate('small@1')).toMatchObject({ template: { id: 'small' } });
  useOwnTemplates(undefined);
  expect(findTemplate('small')).toMatchObject({ problem: { code: 'unknown-template' } });
});

test('the folder may be one template itself, and what is no template in it is left alone', () => {
  const folder = own({ 'small/template.yaml': SMALL, '.git/config': '', 'notes/draft.txt': '' });
  expect(ownFolders(folder).map(({ id }) => id)).toEqual(['small']);
  expect(ownFolders(join(folder, 'small')).map(({ id }) => id)).toEqual(['small']);
});

test('earlier versions lie beside the newest', () => {
  useOwnTemplates(
    own({
      'small/template.yaml': SMALL.replace('version: 1', 'version: 2'),
      'small/template@1.yaml': SMALL,
    }),
  );
  expect(findTemplate('small')).toMatchObject({ template: { version: 2 } });
  expect(findTemplate('small@1')).toMatchObject({ template: { version: 1 } });
});

test('an id of ours is an error with its cure', () => {
  const text = SMALL.replace('id: small', 'id: service-attachments');
  useOwnTemplates(own({ 'service-attachments/template.yaml': text }));
  expect(() => listTemplates()).toThrow(
    /service-attachments\/template\.yaml:1: id: expected an id that no template of ours has; service-attachments is taken: rename/,
  );
});

test('an id that is not the folder’s name is an error with its line', () => {
  useOwnTemplates(own({ 'little/template.yaml': SMALL }));
  expect(() => listTemplates()).toThrow(/little\/template\.yaml:2: id: expected little, the folder's name$/);
});

test('a folder that is not there, is a file, or has no template is an error that names ABIDE_TEMPLATES', () => {
  const empty = own({ 'a/readme.txt': '' });
  for (const [folder, expected] of [
    [join(empty, 'nowhere'), /^ABIDE_TEMPLATES: expected a folder that exists; there is no \//],
    [join(empty, 'a/readme.txt'), /^ABIDE_TEMPLATES: expected a folder that can be read: \//],
    [empty, /^ABIDE_TEMPLATES: expected template\.yaml, or folders that have one; there is none in \//],
  ] as const) {
    useOwnTemplates(folder);
    expect(() => listTemplates()).toThrow(expected);
  }
});

test('abide templates lists them, and so does its JSON; a relative folder counts from where one stands', async () => {
  const folder = own({ 'mine/small/template.yaml': SMALL });
  expect((await abide(['templates'], join(folder, 'mine'))).stdout).toContain('small@1');
  const { stdout } = await abide(['templates', '--json'], 'mine', { caller: folder });
  expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ id: 'small', version: 1, source: 'S900' }));
});

test('their clauses are in the ledger', async () => {
  const folder = own({ 'small/template.yaml': SMALL, 'small/clauses-S900.yaml': SMALL_LEDGER });
  expect(JSON.parse((await abide(['clauses', 'S900-02', '--json'], folder)).stdout)).toMatchObject({
    total: 1,
    clauses: [{ id: 'S900-02', by: expect.arrayContaining(['report', 'late', 'third-party']) as string[] }],
  });
});

test('a wrong one is refused by every command, with file and line, never with a stack trace', async () => {
  const folder = own({ 'small/template.yaml': SMALL.replace('kind: deliverable', 'kind: wish') });
  for (const args of [['templates'], ['clauses'], ['worker'], ['api']]) {
    const { code, stderr } = await abide(args, folder);
    expect({ args, code }).toEqual({ args, code: 1 });
    expect(stderr).toMatch(/small\/template\.yaml:\d+: obligations\[0\]\.kind: expected one of deliverable/);
    expect(stderr).not.toMatch(/^ +at /m);
  }
  expect(JSON.parse((await abide(['templates', '--json'], folder)).stderr)).toMatchObject({
    type: 'urn:abide:invalid-template',
  });
  expect((await abide(['templates'], folder, { locale: 'zh-CN' })).stderr).toMatch(/obligations\[0\]\.kind: 应为：/);
});

test('abide templates check takes a folder, without and with ABIDE_TEMPLATES', async () => {
  const bad = own({ 'small/template.yaml': SMALL.replace('price: 40', 'price: 30') });
  for (const [args, folder] of [
    [['templates', 'check', bad], ''],
    [['templates', 'check', join(bad, 'small')], ''],
    [['templates', 'check', 'small'], bad],
  ] as const) {
    const { code, stdout, stderr } = await abide([...args], folder);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringMatching(/^small@1 +1 +0 +0 +none of the sort$/m) as string,
    });
    expect(stderr).toMatch(
      /^\/.*small\/template\.yaml:\d+: terms\[6\]\.value: expected weights that total 100, not 90$/m,
    );
  }
  const { code, stdout } = await abide(['templates', 'check', bad, '--json'], '');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    templates: [
      {
        id: 'small',
        version: 1,
        errors: [
          {
            file: join(bad, 'small/template.yaml'),
            line: expect.any(Number) as number,
            path: 'terms[6].value',
            message: 'expected weights that total 100, not 90',
          },
        ],
        coverage: { operative: 0, covered: 0, missing: [] },
      },
    ],
  });
  const good = own({ 'small/template.yaml': SMALL, 'small/clauses-S900.yaml': SMALL_LEDGER });
  expect(await abide(['templates', 'check', good], '')).toMatchObject({ code: 0, stderr: '' });
  expect((await abide(['templates', 'check', good], '')).stdout).toMatch(/^small@1 +0 +3 +3 +100 %$/m);
});

test('abide templates check says what there is when the name is nothing', async () => {
  const { code, stderr } = await abide(['templates', 'check', 'nothing', '--json'], '');
  expect(code).toBe(1);
  expect(JSON.parse(stderr)).toMatchObject({
    type: 'urn:abide:unknown-template',
    errors: [{ cure: expect.stringContaining('service-attachments') as string }],
  });
  const empty = mkdtempSync(join(tmpdir(), 'abide-templates-'));
  folders.push(empty);
  mkdirSync(join(empty, 'x'));
  expect(await abide(['templates', 'check', empty], '')).toMatchObject({ code: 1 });
});
