import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { vocabularyPage } from '../../cli/vocabulary.ts';
import { REJECTION_CODES } from '../../domain/agreement/rejection.ts';

test('docs/vocabulary.md is current (npx tsx cli/vocabulary.ts writes it) and names every rejection', async () => {
  const page = readFileSync(new URL('../../docs/vocabulary.md', import.meta.url), 'utf8');
  expect(page).toBe(await format(vocabularyPage(), { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' }));
  for (const code of REJECTION_CODES) expect(page).toContain(`| \`${code}\``);
});
