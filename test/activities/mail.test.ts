import { expect, test } from 'vitest';
import { type Sample, samples } from '../../activities/mail/samples.ts';
import { renderNotice } from '../../activities/mail/notice-mail.ts';

const LANGUAGES = ['zh', 'en'] as const;

/** A sample by name, changed. */
function rendered(language: 'zh' | 'en', name: string, change: (input: Sample['input']) => void = () => undefined) {
  const sample = samples(language).find((entry) => entry.name === name);
  if (!sample) throw new Error(`no sample ${name}`);
  const input = structuredClone({ ...sample.input, titles: undefined }) as unknown as Sample['input'];
  input.titles = sample.input.titles;
  change(input);
  return renderNotice(input);
}

for (const language of LANGUAGES) {
  test.each(samples(language).map((sample) => [sample.name, sample] as const))(
    `${language}: %s is whole`,
    (_name, sample) => {
      const mail = renderNotice(sample.input);
      expect(mail.language).toBe(language);
      for (const part of [mail.subject, mail.text, mail.html]) {
        expect(part).not.toMatch(/undefined|NaN|\bnull\b|\[object/);
        expect(part).not.toMatch(/electronic signature|电子签/i);
      }
      expect(mail.subject).not.toMatch(/[\r\n]|^\s|\s$| {2}/);
      expect([...mail.subject].length).toBeLessThanOrEqual(140);
      for (const line of `${mail.html}\n${mail.text}`.split('\n')) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998); // RFC 5322 2.1.1
      }
      for (const link of sample.input.links) {
        expect(mail.text).toContain(link.url);
        expect(mail.html).toContain(link.url);
      }
      expect(mail.text).toContain(sample.input.notice.clauses[0]);
      expect(mail.html).not.toMatch(/<(img|script|link|iframe)|src=|url\(/);
      // Every time of day names its zone.
      for (const line of mail.text.split('\n').filter((text) => /\d\d:\d\d/.test(text))) {
        expect(line).toMatch(/北京时间|Asia\/Shanghai|Europe\/Berlin/);
      }
      const cjk = /[\u4e00-\u9fff]/;
      expect(cjk.test(mail.text)).toBe(language === 'zh');
    },
  );

  test(`${language}: the subjects`, async () => {
    const subjects = samples(language).map(({ name, input }) => `${name}: ${renderNotice(input).subject}`);
    await expect(`${subjects.join('\n')}\n`).toMatchFileSnapshot(`mail-subjects.${language}.txt`);
  });
}

test('the subject says who must do what by when, with the zone', () => {
  expect(rendered('zh', 'reminder.before').subject).toBe(
    '请于北京时间 2026-10-08（周四）24:00 前提交《客户需求分析报告》',
  );
  expect(rendered('en', 'reminder.before').subject).toBe(
    'Hand in the needs-analysis report by Thu 2026-10-08, 24:00 (Asia/Shanghai)',
  );
});

test('another zone is named in Chinese too, and a reader elsewhere gets the time on his own clock', () => {
  const mail = rendered('zh', 'reminder.before', ({ agreement, notice }) => {
    agreement.compiled.zone = { id: 'Europe/Berlin', offsets: [{ fromMs: null, offsetMinutes: 120 }] };
    notice.facts.dueAtMs = Date.parse('2026-10-08T22:00:00Z');
  });
  expect(mail.subject).toBe('请于 2026-10-08（周四）24:00（Europe/Berlin）前提交《客户需求分析报告》');
  expect(mail.text).toContain('您所在时区：北京时间 2026-10-09（周五）06:00');
  expect(rendered('en', 'reminder.before').text).toContain('On your clock: Thu 2026-10-08, 18:00 (Europe/Berlin)');
});

test('a close of business is said as it is', () => {
  const mail = rendered('en', 'reminder.before', ({ notice }) => {
    notice.facts.dueAtMs = Date.parse('2026-10-08T17:30:00+08:00');
  });
  expect(mail.subject).toContain('by Thu 2026-10-08, 17:30 (Asia/Shanghai)');
});

test('what lateness costs is said only where a penalty was agreed', () => {
  const withPenalty = rendered('zh', 'reminder.overdue');
  expect(withPenalty.text).toContain('累计人民币 20,000.00 元');
  const without = rendered('zh', 'reminder.overdue', ({ agreement, notice }) => {
    for (const rule of agreement.compiled.obligations) rule.penalty = null;
    delete notice.facts.amount;
    delete notice.facts.rate;
    delete notice.facts.currency;
  });
  expect(without.text).toContain('已逾期 4 天');
  expect(without.text).not.toContain('违约金');
});

test('a copy says that it is one and whom it was sent to, and asks for nothing', () => {
  const zh = rendered('zh', 'reminder.overdue-copy');
  expect(zh.subject).toBe('【抄送】《客户需求分析报告》已逾期 4 天，甲方尚未提交');
  expect(zh.text).toContain('主送甲方（上海华讯客户服务有限公司）');
  expect(zh.html).not.toContain('/act/');
  const review = rendered('en', 'review-reminder.overdue-copy');
  expect(review.text).toContain('It is addressed to Party B (Yunfan Technology)');
});

test('the same words about a penalty go to debtor and creditor', () => {
  for (const language of LANGUAGES) {
    const [debtor, creditor] = ['debtor', 'creditor'].map((side) => rendered(language, `penalty-started.${side}`));
    expect(debtor?.subject).toBe(creditor?.subject);
    const body = (text = '') => text.split('-- \n')[0]?.split('\n').slice(3).join('\n');
    expect(body(debtor?.text)).toBe(body(creditor?.text));
  }
});

test('names cannot bring markup into the mail', () => {
  const mail = rendered('en', 'reminder.before', (input) => {
    input.recipient.name = '<script>alert(1)</script>';
    input.organisations['A'] = '"><img src=x>';
  });
  expect(mail.html).not.toContain('<script>');
  expect(mail.html).not.toContain('<img');
});

test('a title that the library does not know is shown by its id', () => {
  const mail = rendered('zh', 'reminder.before', (input) => {
    input.titles = () => ({ title: { zh: '协议', en: 'Agreement' }, obligations: [], parties: {} });
  });
  expect(mail.subject).toContain('《needs-analysis-report》');
});
