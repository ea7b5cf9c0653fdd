import { expect, test } from 'vitest';
import type { z } from 'zod';
import { planSchema, simulationSchema } from '../../cli/output-schema.ts';
import { planDraft } from '../../templates/draft.ts';
import { liveInMemory } from '../support/example-life.ts';
import { type Example, listExamples, readExample } from '../support/examples.ts';

/** What is wrong with an output as it goes over the wire; a field that the schema does not name is. */
function faults(schema: z.ZodType, output: object): string[] {
  const { error } = schema.safeParse(JSON.parse(JSON.stringify(output)));
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).slice(0, 5);
}

test.each(listExamples().map((example): [string, Example] => [example.name, example]))(
  '%s: its plan and its life are as their published schemas have them, field by field',
  (_name, example) => {
    const scenario = readExample(example);
    expect(faults(planSchema, planDraft(scenario.draft, scenario.dayZero, scenario.until))).toEqual([]);
    expect(faults(simulationSchema, { ...liveInMemory(scenario), runs: [] })).toEqual([]);
  },
);
