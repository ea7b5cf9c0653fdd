import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { simulationSchema } from '../../cli/output-schema.ts';
import { abide } from './abide-process.ts';

const SCENARIO = fileURLToPath(new URL('scenarios/short-survey.yaml', import.meta.url));

test('a survey simulated twice prints the same byte for byte, save its runs, as the published schema has it', () => {
  const [first, second] = [1, 2].map(() => {
    const { code, stdout, stderr } = abide(['simulate', SCENARIO, '--json']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    return stdout;
  });
  const withoutRuns = (text = ''): string => text.slice(0, text.lastIndexOf('"runs"'));
  expect(withoutRuns(second)).toBe(withoutRuns(first));
  const { surveys, plans, rejections } = simulationSchema.parse(JSON.parse(first ?? ''));
  expect(surveys).toMatchObject([
    { status: 'analysed', answered: 1, sample: { method: 'random', seed: 'winter', population: 5, drawn: 3 } },
  ]);
  expect(plans).toMatchObject([{ dimension: 'service-efficiency', status: 'approved', measured: '1.0000' }]);
  expect(rejections.map(({ code }) => code)).toEqual(['out-of-scale']);
}, 240_000);
