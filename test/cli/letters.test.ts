import { expect, test } from 'vitest';
import { letterOf } from '../../api/accounts/letters.ts';
import { frameLetter } from '../../cli/letters.ts';

const reader = { name: '<b>王</b> & Co', email: 'wang@x.example' };
const url = 'https://abide.example/set-password#token=abc';

test('a letter says the same as text and as HTML, in both languages, and nothing of it is markup', () => {
  for (const language of ['zh', 'en'] as const) {
    const letter = letterOf('invitation', { ...reader, language }, url);
    const { text, html } = frameLetter(letter);
    expect(text).toContain(`${letter.button?.label ?? ''}${language === 'zh' ? '：' : ': '}\n${url}`);
    expect(html).toContain(`lang="${language === 'zh' ? 'zh-Hans' : 'en'}"`);
    for (const said of [letter.heading, ...letter.paragraphs, ...letter.notes]) {
      expect(text).toContain(said);
      expect(html).toContain(said);
    }
    expect(html).not.toContain('<b>王');
  }
});

test('a letter that only tells something has no button', () => {
  expect(letterOf('locked', { ...reader, language: 'en' }, url)).not.toHaveProperty('button');
});
