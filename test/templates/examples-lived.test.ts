import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, openSimulator } from '../../cli/simulation.ts';
import { transcriptOf } from '../../cli/transcript.ts';
import { type Example, listExamples, readExample } from '../support/examples.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await openSimulator((line) => console.log(line));
});
afterAll(() => simulator.close());

/** A year and more with some hundred mails, on a machine that does other things as well. */
const LIVED_WITHIN_MS = 300_000;

test.each(listExamples().map((example): [string, Example] => [example.name, example]))(
  '%s on the real engine: the same transcript',
  async (name, example) => {
    const scenario = readExample(example);
    const life = await simulator.live(scenario);
    expect(transcriptOf(name, scenario, life)).toBe(readFileSync(example.transcript, 'utf8'));
  },
  LIVED_WITHIN_MS,
);
