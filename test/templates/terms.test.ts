import { expect, test } from 'vitest';
import { findTemplate } from '../../templates/library.ts';
import { resolveTerms } from '../../templates/terms.ts';

const found = findTemplate('service-attachments@1');
if ('problem' in found) throw new Error(found.problem.message.en);
const { template } = found;

function valueOf(given: Record<string, unknown>, name: string): unknown {
  const { terms, errors } = resolveTerms(template, { contractTotal: '1000000.00', ...given });
  expect(errors).toEqual([]);
  return terms.find((term) => term.name === name)?.value;
}

test('the three terms without value are open, with what they decide about', () => {
  expect(resolveTerms(template, { contractTotal: '1' }).open).toEqual([
    { term: 'penaltyCapPercent', clauses: ['S001a-69'], affects: ['late-deliverable-penalty'] },
    { term: 'penaltyGraceDays', clauses: ['S001a-69'], affects: ['late-deliverable-penalty'] },
    { term: 'expiresOn', clauses: ['S001a-01'], affects: ['expiry'] },
  ]);
});

test.each(['not-agreed', null])('%s closes an open term without a value', (answer) => {
  const given = { contractTotal: '1', penaltyCapPercent: answer, penaltyGraceDays: answer, expiresOn: answer };
  const { open, terms, errors } = resolveTerms(template, given);
  expect(errors).toEqual([]);
  expect(open).toEqual([]);
  expect(terms.find(({ name }) => name === 'expiresOn')).toMatchObject({ value: null, given: true });
});

test('a fixed term can be agreed otherwise, and is shown so (docs/adr/0004)', () => {
  const { terms } = resolveTerms(template, { contractTotal: '1', needsReportDays: 45 });
  expect(terms.find(({ name }) => name === 'needsReportDays')).toMatchObject({
    value: 45,
    origin: 'fixed',
    given: true,
  });
  expect(terms.find(({ name }) => name === 'processPlanDays')).toMatchObject({
    value: 60,
    origin: 'fixed',
    given: false,
  });
});

test('values come back in one form', () => {
  expect(valueOf({ contractTotal: '0001000000.5' }, 'contractTotal')).toBe('1000000.50');
  expect(valueOf({ contractTotal: '1000000', currency: 'JPY' }, 'contractTotal')).toBe('1000000');
  expect(valueOf({ contractTotal: '1.234', currency: 'KWD' }, 'contractTotal')).toBe('1.234');
  expect(valueOf({ penaltyCapPercent: 20 }, 'penaltyCapPercent')).toBe('20');
  expect(valueOf({ penaltyCapPercent: '20.50' }, 'penaltyCapPercent')).toBe('20.5');
  expect(valueOf({ reminderLeadDays: [1, 14] }, 'reminderLeadDays')).toEqual([14, 1]);
  expect(valueOf({ deliverableOwner: 'B' }, 'deliverableOwner')).toEqual({
    'needs-analysis-report': 'B',
    'process-plan': 'B',
    'training-plan': 'B',
  });
  expect(valueOf({ deliverableOwner: { 'training-plan': 'B' } }, 'deliverableOwner')).toEqual({
    'needs-analysis-report': 'A',
    'process-plan': 'A',
    'training-plan': 'B',
  });
});

test('decimals are those of the agreement’s own currency', () => {
  const { errors } = resolveTerms(template, { contractTotal: '1.50', currency: 'JPY' });
  expect(errors.map(({ path, code }) => [path, code])).toEqual([['terms.contractTotal', 'too-many-decimals']]);
});

test('names that every object has are no terms', () => {
  const { errors } = resolveTerms(template, JSON.parse('{"contractTotal":"1","__proto__":1,"constructor":2}'));
  expect(errors.map(({ code }) => code)).toEqual(['unknown-term', 'unknown-term']);
});
