import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { samples } from '../../activities/mail/samples.ts';
import { LETTER_KINDS } from '../../api/accounts/letters.ts';
import { samplesOf, withoutLeaving } from '../../web/features/mail/mail.ts';

test.each(['zh', 'en'])('every variant of a mail has its words: %s', (language) => {
  const url = new URL(`../../web/features/mail/words.${language}.json`, import.meta.url);
  const { mailVariant, mailLetter } = JSON.parse(readFileSync(url, 'utf8')) as Record<
    'mailVariant' | 'mailLetter',
    Record<string, string>
  >;
  const variants = samples('zh').flatMap(({ name }) => (name.includes('.') ? name.slice(name.indexOf('.') + 1) : []));
  expect(Object.keys(mailLetter).toSorted()).toEqual([...LETTER_KINDS, 'new-link'].toSorted());
  expect(Object.keys(mailVariant).toSorted()).toEqual([...new Set(variants)].toSorted());
});

test('a mail is one row with both subjects', () => {
  const one = { name: 'reminder.before', kind: 'reminder', variant: 'before' };
  const two = { name: 'digest', kind: 'digest', variant: '' };
  expect(
    samplesOf([
      { ...one, language: 'zh', subject: '请于' },
      { ...two, language: 'zh', subject: '2 项' },
      { ...one, language: 'en', subject: 'Hand in' },
      { ...two, language: 'en', subject: 'Two' },
    ]),
  ).toEqual([
    { ...one, subjects: { zh: '请于', en: 'Hand in' } },
    { ...two, subjects: { zh: '2 项', en: 'Two' } },
  ]);
});

test('links of a shown mail lead nowhere', () => {
  expect(withoutLeaving('<!doctype html><html><head><title>t</title></head></html>')).toBe(
    '<!doctype html><html><head><base target="_blank"><title>t</title></head></html>',
  );
});
