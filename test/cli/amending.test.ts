import { describe, expect, test } from 'vitest';
import { checkChanges } from '../../cli/amending.ts';
import { resolveDraft } from '../../templates/draft.ts';

const { draft } = resolveDraft({
  template: 'service-attachments@2',
  terms: { contractTotal: '1000000.00' },
  parties: { A: { name: '甲方', email: 'a@a.example' }, B: { name: '乙方', email: 'b@b.example' } },
});

const pathsOf = (changes: Record<string, unknown>) =>
  checkChanges('script[0].changes', changes, draft).map(({ path }) => path);

describe('what is wrong with the changes of a proposal is told where it stands', () => {
  test('a term by its name alone, or under terms', () => {
    expect(pathsOf({ nope: 1 })).toEqual(['script[0].changes.nope']);
    expect(pathsOf({ terms: { nope: 1 } })).toEqual(['script[0].changes.terms.nope']);
    expect(pathsOf({ needsReportDays: '41' })).toEqual(['script[0].changes.needsReportDays']);
    const paymentSchedule = [{ dueDate: '2026-05-11', amount: '1.00', payer: 'X', payee: 'A' }];
    expect(pathsOf({ paymentSchedule })).toEqual(['script[0].changes.paymentSchedule[0].payer']);
    expect(pathsOf({ needsReportDays: 41 })).toEqual([]);
  });

  test('the same term in both places is an error: neither wins', () => {
    const [problem, ...others] = checkChanges(
      'script[0].changes',
      { needsReportDays: 42, terms: { needsReportDays: 41 } },
      draft,
    );
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ path: 'script[0].changes.needsReportDays', code: 'invalid-value' });
  });
});
