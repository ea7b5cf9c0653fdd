import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import type { LivedScenario } from '../../cli/life.ts';
import { clausesBorne, transcriptOf } from '../../cli/transcript.ts';
import { listClauses } from '../../templates/ledger.ts';
import { newestTemplates } from '../../templates/library.ts';
import { liveInMemory } from '../support/example-life.ts';
import { type Example, listExamples, readExample } from '../support/examples.ts';

/** `npx vitest run --project unit test/templates/examples.test.ts -u` renews every golden file here. */
const EVIDENCE = fileURLToPath(new URL('../../templates/evidence.json', import.meta.url));

const examples = listExamples();
const lives = new Map<string, LivedScenario>();

/** An example's life; each is lived once. */
function lifeOf(example: Example): LivedScenario {
  const life = lives.get(example.name) ?? liveInMemory(readExample(example));
  lives.set(example.name, life);
  return life;
}

/** The examples that show each clause at work. */
function evidence(): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const example of examples) {
    for (const clause of clausesBorne(lifeOf(example))) (found[clause] ??= []).push(example.name);
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

test.each(examples.map((example): [string, Example] => [example.name, example]))('%s', async (name, example) => {
  await expect(transcriptOf(name, readExample(example), lifeOf(example))).toMatchFileSnapshot(example.transcript);
});

test('each template has at least two examples', () => {
  const counts = newestTemplates().map(({ id }) => ({
    id,
    examples: examples.filter(({ template }) => template === id).length,
  }));
  expect(counts.filter((one) => one.examples < 2)).toEqual([]);
});

test('what shows each clause at work is in templates/evidence.json', async () => {
  await expect(await format(JSON.stringify(evidence()), { parser: 'json', printWidth: 120 })).toMatchFileSnapshot(
    EVIDENCE,
  );
});

test('a clause is automated exactly where an example shows it at work', () => {
  const shown = Object.keys(evidence());
  const clauses = listClauses();
  const automated = clauses.filter(({ status }) => status === 'automated').map(({ id }) => id);
  expect({
    automatedWithoutEvidence: automated.filter((id) => !shown.includes(id)),
    evidenceWithoutAutomated: shown.filter((id) => !automated.includes(id)),
  }).toEqual({ automatedWithoutEvidence: [], evidenceWithoutAutomated: [] });
});
