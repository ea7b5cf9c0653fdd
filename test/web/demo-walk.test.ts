import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { demoScenarios } from '../../cli/demo/scenarios.ts';
import { walkSteps } from '../../web/features/demo/steps.ts';

const names = demoScenarios(Date.parse('2026-11-23T08:05:00Z')).map(({ name }) => name);
const demo = {
  mailboxUrl: 'http://127.0.0.1:8025',
  agreements: Object.fromEntries(names.map((name) => [name, `id-of-${name}`])),
};
const all = (...permissions: string[]) => Object.fromEntries(permissions.map((one) => [one, 'all' as const]));

test('every stop leads somewhere, and has its words', () => {
  const steps = walkSteps({
    demo,
    permissions: all('self', 'agreements.read', 'agreements.manage', 'ledger.read', 'cases.read', 'audit'),
  });
  expect(steps.map(({ to }) => to).filter((to) => to.includes('//') && !to.startsWith('http'))).toEqual([]);
  for (const language of ['zh', 'en']) {
    const path = new URL(`../../web/features/demo/words.${language}.json`, import.meta.url);
    const words = JSON.parse(readFileSync(path, 'utf8')) as Record<'walkTitle' | 'walkText', object>;
    expect(Object.keys(words.walkTitle)).toEqual(steps.map(({ id }) => id));
    expect(Object.keys(words.walkText)).toEqual(steps.map(({ id }) => id));
  }
});

test('an auditor is not led to what they may not do; outside a demo nobody is led', () => {
  const permissions = all('self', 'agreements.read', 'ledger.read', 'cases.read', 'audit');
  expect(walkSteps({ demo, permissions }).map(({ id }) => id)).not.toContain('start');
  expect(walkSteps({ demo: null, permissions })).toEqual([]);
  expect(walkSteps({ demo, permissions: { 'agreements.read': 'own' } })).toEqual([]);
});
