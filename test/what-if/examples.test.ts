import { expect, test } from 'vitest';
import { divergence, isDivergence, livedAgain, recordedLife } from '../../domain/what-if/record.ts';
import { type RawRecord, liveInMemory } from '../support/example-life.ts';
import { type Example, listExamples, readExample } from '../support/examples.ts';

/** An example's record, as the database would have it. */
function recordOf(example: Example): RawRecord & { untilMs: number } {
  const scenario = readExample(example);
  const records: RawRecord[] = [];
  liveInMemory(scenario, (record) => void records.push(record));
  const [record] = records;
  if (!record) throw new Error(`${example.name} was not lived`);
  // As it comes back from a database: JSON.
  return { ...(JSON.parse(JSON.stringify(record)) as RawRecord), untilMs: scenario.untilMs };
}

test.each(listExamples().map((example): [string, Example] => [example.name, example]))(
  '%s, lived again from its record: each event, due instant and sum as it was',
  (_name, example) => {
    const { agreement, events, said, untilMs } = recordOf(example);
    const record = recordedLife(agreement, events, said);
    if (isDivergence(record)) throw new Error(JSON.stringify(record));
    const lived = livedAgain(record, untilMs);
    if (isDivergence(lived)) throw new Error(JSON.stringify(lived));
    expect(divergence(events, lived.events)).toBeUndefined();
    expect(lived.events).toHaveLength(events.length);
  },
);

test('every example of ten templates is among them', () => {
  expect(new Set(listExamples().map(({ template }) => template)).size).toBe(10);
});
