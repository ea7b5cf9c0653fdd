import { describe, expect, test } from 'vitest';
import { type CaseLetterKind, caseMail } from '../../activities/mail/case-mail.ts';
import { CUSTOMER_NOTICE_KINDS } from '../../domain/agreement/notice.ts';

const KINDS = CUSTOMER_NOTICE_KINDS.filter((kind): kind is CaseLetterKind => kind !== 'customer-answer');

function letter(kind: CaseLetterKind, language: 'zh' | 'en', change: Partial<Parameters<typeof caseMail>[0]> = {}) {
  return caseMail({
    kind,
    language,
    name: language === 'zh' ? '周女士' : 'Ms Zhou',
    operator: '东钱湖会务',
    caseType: 'complaint',
    reference: 'T-1',
    verdict: null,
    days: null,
    words: { details: 'first line\nsecond line' },
    publicUrl: 'https://abide.example.com',
    token: 'secret-word',
    noticeId: 'case/a/T-1/n1',
    ...change,
  });
}

describe.each(['zh', 'en'] as const)('a mail to the customer in %s', (language) => {
  test.each(KINDS)('%s names its case and brings the page of it', (kind) => {
    const { subject, text, html } = letter(kind, language);
    expect(subject).toContain('T-1');
    expect(text).toContain('https://abide.example.com/case/secret-word');
    expect(html).toContain('https://abide.example.com/case/secret-word');
    expect(text).toContain('first line');
    expect(text).not.toMatch(/undefined|null|合同|agreement/);
  });

  test('the result asks for an opinion where the contract has that, and says that silence is none', () => {
    const asked = letter('case-result', language, { verdict: 'opinion', days: 7 });
    expect(asked.text).toContain(language === 'zh' ? '不答复不视为满意' : 'No answer is not taken for a yes');
    expect(asked.text).toContain('7');
    expect(letter('case-result', language).text).not.toContain('不答复不视为满意');
  });
});

test('a receipt says that it is automatic: it is no response', () => {
  expect(letter('case-receipt', 'en').text).toContain('automatic receipt');
  expect(letter('case-receipt', 'zh').text).toContain('自动发出的回执');
});
