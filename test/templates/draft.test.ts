import { expect, test } from 'vitest';
import { compileDraft, planDraft, resolveDraft } from '../../templates/draft.ts';
import { isMissing } from '../../templates/problem.ts';
import type { BadCase } from './draft-file.ts';
import { changed, goodDraft, readCases } from './draft-file.ts';

const badDrafts = readCases<BadCase>(new URL('bad-drafts.yaml', import.meta.url));

test.each(badDrafts)('$case is refused as $code at $path', (bad) => {
  const { draft, errors } = resolveDraft(changed(goodDraft(), bad));
  expect(errors.map(({ path, code }) => ({ path, code }))).toEqual([{ path: bad.path, code: bad.code }]);
  expect(draft).toBeNull();
  for (const { message, cure } of errors) {
    for (const text of [message.zh, message.en, cure.zh, cure.en]) expect(text).not.toBe('');
  }
});

test('all problems of a draft are told at once', () => {
  const { errors } = resolveDraft({
    template: 'service-attachments',
    terms: { contractTotal: '-1', expiresOn: '2026-13-01' },
    parties: { A: { name: '', email: 'x' } },
    colour: 'red',
  });
  expect(errors.map(({ path }) => path).sort()).toEqual([
    'colour',
    'parties.A.email',
    'parties.A.name',
    'parties.B',
    'terms.contractTotal',
    'terms.expiresOn',
  ]);
});

test('what a draft still lacks is told apart from what is wrong', () => {
  const { errors } = resolveDraft({ template: 'service-attachments', parties: { A: { name: 'Alpha' } } });
  expect(errors.every(isMissing)).toBe(true);
});

const examples = readCases<{
  why: string;
  signed: string;
  terms?: Record<string, unknown>;
  due: Record<string, string>;
}>(new URL('worked-examples.yaml', import.meta.url));

test.each(examples)('signed $signed: $why', ({ signed, terms, due }) => {
  const { draft, errors } = resolveDraft({ ...goodDraft(), terms: { contractTotal: '1000000.00', ...terms } });
  expect(errors).toEqual([]);
  if (!draft) return;
  const plan = planDraft(draft, signed);
  expect(Object.fromEntries(plan.obligations.map(({ id, localDate }) => [id, localDate]))).toEqual(due);
});

test('before signing nothing has a date, and the plan says what it waits for', () => {
  const { draft } = resolveDraft(goodDraft());
  if (!draft) throw new Error('the draft is good');
  for (const one of planDraft(draft, null).obligations) {
    expect(one).toMatchObject({ dueAt: null, localDate: null, after: 'signing', reminders: [] });
  }
});

test('reminders go to whoever owes the attachment, before it is due and never after the end', () => {
  const terms = { contractTotal: '1', deliverableOwner: { 'process-plan': 'B' }, expiresOn: '2026-10-28' };
  const { draft } = resolveDraft({ ...goodDraft(), terms });
  if (!draft) throw new Error('the draft is good');
  const [needs, process, training] = planDraft(draft, '2026-09-01').obligations;
  expect(needs?.reminders.map(({ at, to, rung }) => `${at} ${to} ${rung}`)).toEqual([
    '2026-09-30T09:00:00+08:00 a@example.com before-7',
    '2026-09-30T09:00:00+08:00 a@example.com before-3',
    '2026-09-30T09:00:00+08:00 a@example.com before-1',
    '2026-10-08T09:00:00+08:00 a@example.com due',
  ]);
  expect(process).toMatchObject({ id: 'process-plan', responsible: 'B', dueAt: '2026-11-03T00:00:00+08:00' });
  expect(process?.reminders).toEqual([{ at: '2026-10-26T09:00:00+08:00', to: 'b@example.com', rung: 'before-7' }]);
  expect(process?.explanation.at(-1)?.en).toBe(
    'the agreement ends before, on 2026-10-28: what is open then is cancelled',
  );
  expect(training?.reminders).toEqual([]);
});

test('a coordinator gets a seat', () => {
  const { draft } = resolveDraft({ ...goodDraft(), coordinator: { name: 'C', email: 'c@example.com' } });
  if (!draft) throw new Error('the draft is good');
  expect(compileDraft(draft, { id: 'x', year: 2026 }).seats).toEqual(['A', 'B', 'coordinator']);
});
