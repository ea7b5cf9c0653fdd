import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PERMISSION_NAMES } from '../../api/policy.ts';

test.each(['zh', 'en'])('every permission that a key may bear has its words: %s', (language) => {
  const path = new URL(`../../web/features/accounts/words.${language}.json`, import.meta.url);
  const { permissionName } = JSON.parse(readFileSync(path, 'utf8')) as { permissionName: Record<string, unknown> };
  const wordsOf = (name: string): unknown =>
    name
      .split('.')
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], permissionName);
  expect(PERMISSION_NAMES.filter((name) => typeof wordsOf(name) !== 'string')).toEqual([]);
});
