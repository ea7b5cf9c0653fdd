import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { z } from 'zod';
import { ledgerSchema } from '../templates/ledger-schema.ts';
import { templateSchema } from '../templates/schema.ts';
import { planSchema, simulationSchema } from './output-schema.ts';
import { scenarioSchema } from './scenario.ts';

/** What is read is described as it may be written, what is printed as it is printed. */
const SCHEMAS = {
  'scenario.schema.json': { schema: scenarioSchema, title: 'Abide scenario', io: 'input' },
  'template.schema.json': { schema: templateSchema, title: 'Abide template', io: 'input' },
  'clauses.schema.json': { schema: ledgerSchema, title: 'Abide ledger of clauses', io: 'input' },
  'simulation.schema.json': { schema: simulationSchema, title: 'What abide simulate --json prints', io: 'output' },
  'plan.schema.json': { schema: planSchema, title: 'What abide plan --json prints', io: 'output' },
} as const;

/** The published JSON Schemas by file name in docs/, made from the zod schemas. */
export async function publishedSchemas(): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [name, { schema, title, io }] of Object.entries(SCHEMAS)) {
    const json = { title, ...z.toJSONSchema(schema, { io }) };
    texts[name] = await format(JSON.stringify(json), { parser: 'json', printWidth: 120 });
  }
  return texts;
}

// Run as a script, it writes them.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(await publishedSchemas())) {
    writeFileSync(new URL(`../docs/${name}`, import.meta.url), text);
  }
}
