import { expect, test } from 'vitest';
import { compileCases, nobodyServes } from '../../templates/compile-case.ts';
import { findTemplate } from '../../templates/library.ts';
import type { Template } from '../../templates/schema.ts';
import { TermReader } from '../../templates/term-reader.ts';
import { resolveTerms } from '../../templates/terms.ts';

const found = findTemplate('vip-service@1');
if ('problem' in found) throw new Error('vip-service@1 is not here');
const { template } = found;

function casesOf(changed: Template, terms: Record<string, unknown>) {
  return compileCases(changed, new TermReader(resolveTerms(changed, terms)), { 'customer-manager': 'A' });
}

test('within how many days a repeat is proposed is said by a term; without it nothing is, and ours counts', () => {
  const rules = template.rules.map((rule) =>
    rule.kind === 'case' && rule.id === 'vip-request' ? { ...rule, repeatWithin: 'analysisDays' } : rule,
  );
  const cases = casesOf({ ...template, rules }, { providerParty: 'A', analysisDays: 14 });
  expect(cases.map(({ id, repeatDays }) => [id, repeatDays])).toEqual([
    ['vip-request', 14],
    ['vip-complaint', undefined],
  ]);
});

test('where nobody is agreed to serve, the open term is named with its cure', () => {
  const cases = casesOf(template, {});
  expect(cases).toEqual([]);
  expect(nobodyServes(template, { cases }, 'complaint')).toBe(
    'nobody is agreed to serve under vip-complaint: the term providerParty is open; agree on it, terms.providerParty: A or B',
  );
  expect(nobodyServes(template, { cases }, 'enquiry')).toBeUndefined(); // of which the contract says nothing
  expect(nobodyServes(template, { cases: casesOf(template, { providerParty: 'A' }) }, 'complaint')).toBeUndefined();
});
