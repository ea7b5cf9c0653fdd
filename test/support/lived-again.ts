import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, openSimulator } from '../../cli/simulation.ts';
import { transcriptOf } from '../../cli/transcript.ts';
import { type Example, listExamples, readExample } from './examples.ts';

/** A year and more with some hundred mails, on a machine that does other things as well. */
const LIVED_WITHIN_MS = 300_000;

/** Every second example lived on the real engine, from the first or the second on: two files, which run side by side. */
export function livedAgain(from: 0 | 1): void {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await openSimulator((line) => console.log(line));
  });
  afterAll(() => simulator.close());

  const examples = listExamples().filter((_, index) => index % 2 === from);
  test.each(examples.map((example): [string, Example] => [example.name, example]))(
    '%s on the real engine: the same transcript',
    async (name, example) => {
      const scenario = readExample(example);
      const life = await simulator.live(scenario);
      expect(transcriptOf(name, scenario, life)).toBe(readFileSync(example.transcript, 'utf8'));
    },
    LIVED_WITHIN_MS,
  );
}
