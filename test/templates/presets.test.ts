import { expect, test } from 'vitest';
import { listClauses } from '../../templates/ledger.ts';
import { presetsSchema, readPresets } from '../../templates/presets.ts';
import { abideHere } from '../cli/abide-here.ts';

const presets = readPresets();
const guidance = listClauses().filter(({ source }) => source === 'S003-guidance');
const everything = Object.values(presets).flat();

test('every guidance clause that is recorded is in a preset, and presets name no other', () => {
  const named = new Set(everything.flatMap(({ clauses }) => clauses));
  const recorded = guidance.filter(({ status }) => status === 'recorded').map(({ id }) => id);
  expect([...named].sort()).toEqual(recorded.sort());
});

test('every parameter of a recorded guidance clause stands in a preset of that clause', () => {
  const missing = guidance
    .filter(({ status }) => status === 'recorded')
    .flatMap(({ id, parameters }) => parameters.map((parameter) => ({ id, parameter })))
    .filter(
      ({ id, parameter }) =>
        !everything.some(
          (entry) => entry.clauses.includes(id) && JSON.stringify(entry).includes(`"parameter":"${parameter}"`),
        ),
    );
  expect(missing).toEqual([]);
});

test('every dimension has a question', () => {
  const asked = presets.questions.map(({ dimension }) => dimension);
  const dimensions = new Set(presets.dimensions.flatMap(({ parts }) => parts.map(({ id }) => id)));
  expect([...dimensions].filter((id) => !asked.includes(id))).toEqual([]);
});

test.each([
  ['a question of an unknown dimension', { ...presets.questions[0], dimension: 'weather' }, 'the id of a dimension'],
  ['a reason without its question', { ...presets.questions[0], kind: 'reason' }, 'after with kind reason'],
  ['a question twice', presets.questions[1], 'an id used once'],
])('%s is refused', (_name, question, expected) => {
  const read = presetsSchema.safeParse({ ...presets, questions: [...presets.questions, question] });
  expect(read.error?.issues.map(({ message }) => message)).toContainEqual(expect.stringContaining(expected));
});

test('abide templates presets prints them, as JSON and in the language of the terminal', async () => {
  expect(JSON.parse((await abideHere(['templates', 'presets', '--json'])).stdout)).toEqual(presets);
  expect((await abideHere(['templates', 'presets'])).stdout).toContain(
    '  four-factors  Four factors: Product quality, ',
  );
  expect((await abideHere(['templates', 'presets'], { locale: 'zh-CN' })).stdout).toContain(
    '四因素：产品质量、服务水平',
  );
});
