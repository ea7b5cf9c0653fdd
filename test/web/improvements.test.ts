import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { IMPROVEMENT_ACTS, IMPROVEMENT_STATUSES } from '../../api/improvements/schema.ts';
import {
  FINDING_PRIORITY_WORDS,
  FINDING_SOURCE_WORDS,
  IMPROVEMENT_EVENT_WORDS,
} from '../../domain/improvement/vocabulary.ts';
import { CUSTOMER_TIERS } from '../../domain/survey/compiled.ts';
import { askability } from '../../web/features/customers/askability.ts';
import { scoreText } from '../../web/features/improvements/score.ts';
import { standsAs } from '../../web/features/improvements/standing.ts';

type Words = Record<string, Record<string, string>>;
const wordsOf = (feature: string, language: string): Words =>
  JSON.parse(
    readFileSync(new URL(`../../web/features/${feature}/words.${language}.json`, import.meta.url), 'utf8'),
  ) as Words;

test.each(['zh', 'en'])('whatever the API says of an improvement or a customer has its words (%s)', (language) => {
  const words = { ...wordsOf('improvements', language), ...wordsOf('customers', language) };
  const keys = (group: string): string[] => Object.keys(words[group] ?? {}).toSorted();
  expect(keys('improvementStatus')).toEqual([...IMPROVEMENT_STATUSES].toSorted());
  expect(keys('improvementAct')).toEqual([...IMPROVEMENT_ACTS].toSorted());
  expect(keys('improvementEvent')).toEqual(Object.keys(IMPROVEMENT_EVENT_WORDS).toSorted());
  expect(keys('findingSource')).toEqual(Object.keys(FINDING_SOURCE_WORDS).toSorted());
  expect(keys('findingPriority')).toEqual(Object.keys(FINDING_PRIORITY_WORDS).toSorted());
  expect(keys('customerTier')).toEqual([...CUSTOMER_TIERS].toSorted());
  expect(keys('improvementStands')).toEqual(expect.arrayContaining([...IMPROVEMENT_STATUSES]));
});

const DATE = '2027-06-10T09:00:00+08:00';
const standing = {
  status: 'effective',
  plan: null,
  answer: { due: null, overdue: false, answeredAt: null, text: null, verdictDue: null },
  provides: { answers: true, publishes: true },
  publishedAt: null,
} as unknown as Parameters<typeof standsAs>[0];

test('what is proven waits for the customers first, then for the staff, and is closed then (S001a-14)', () => {
  const answered = { ...standing, answer: { ...standing.answer, answeredAt: DATE } };
  expect(standsAs(standing)).toBe('effective-unanswered');
  expect(standsAs(answered)).toBe('effective-unpublished');
  expect(standsAs({ ...answered, publishedAt: DATE })).toBe('effective');
});

test('what the contract does not ask for is not waited for', () => {
  const provides = { ...standing.provides, answers: false, publishes: false };
  expect(standsAs({ ...standing, provides })).toBe('effective');
});

test('without a measured goal somebody verifies; a plan that was sent back is not one that was never made', () => {
  const plan = { goal: null, points: ['写明责任人'] } as unknown as NonNullable<typeof standing.plan>;
  expect(standsAs({ ...standing, status: 'implemented', plan })).toBe('implemented-unmeasured');
  expect(standsAs({ ...standing, status: 'classified', plan })).toBe('returned');
  expect(standsAs({ ...standing, status: 'classified' })).toBe('classified');
});

test('figures are shown without the zeros that they are kept with', () => {
  expect(['3.5000', '4.0000', '3.2143', '10', '0.5'].map(scoreText)).toEqual(['3.5', '4', '3.2143', '10', '0.5']);
});

test('who asked to be left alone is not asked, whatever it consented to; promotion does not matter', () => {
  const optedOutAt = '2027-01-05T00:00:00.000Z';
  expect(askability({ surveyConsent: true, optedOutAt: null })).toBe('askable');
  expect(askability({ surveyConsent: false, optedOutAt: null })).toBe('refuses');
  expect(askability({ surveyConsent: true, optedOutAt })).toBe('opted-out');
});
