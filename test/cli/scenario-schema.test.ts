import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { publishedSchemas } from '../../cli/schemas.ts';

test.each(Object.entries(await publishedSchemas()))(
  'docs/%s is current (node --import tsx cli/schemas.ts writes it)',
  (name, text) => {
    expect(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')).toBe(text);
  },
);
