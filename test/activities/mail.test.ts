import { expect, test } from 'vitest';
import { type Sample, samples } from '../../activities/mail/samples.ts';
import { threadIdOf } from '../../activities/mail/message-id.ts';
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

const OCCURRENCES = [
  ['reminder.quarter', '《季度满意度调查》（2027 年第一季度）', 'for Q1 2027'],
  ['reminder.half-year', '《满意度研究报告》（2027 年上半年）', 'for the first half of 2027'],
  ['reminder.month', '《服务费》（2027 年 3 月）', 'for March 2027'],
  ['reminder.year', '《年度培训》（2027 年度）', 'the annual training for 2027'],
  ['reminder.interval', '（自 2027-03-15 起的一期）', 'for the period from 2027-03-15'],
] as const;

test.each(OCCURRENCES)('%s: subject and text name the occurrence in words', (name, zh, en) => {
  const chinese = rendered('zh', name);
  const english = rendered('en', name);
  for (const part of [chinese.subject, chinese.text.split('-- \n')[0]]) expect(part).toContain(zh);
  for (const part of [english.subject, english.text.split('-- \n')[0]]) expect(part).toContain(en);
});

test('a duty that is no paper is not "handed in"', () => {
  expect(rendered('zh', 'reminder.quarter-overdue').subject).toBe(
    '《季度满意度调查》（2027 年第一季度）已逾期 5 天，请尽快完成',
  );
  expect(rendered('zh', 'reminder.month').subject).toContain('前支付《服务费》');
  expect(rendered('zh', 'reminder.acknowledgement').subject).toContain('前确认《服务规范》');
  expect(rendered('zh', 'reminder.quarter').text).not.toContain('交付物');
  expect(rendered('en', 'reminder.quarter').subject).toMatch(
    /^Complete the quarterly satisfaction survey for Q1 2027 by/,
  );
  expect(rendered('en', 'deliverable-submitted.quarter').subject).toBe(
    'Survey team has completed the quarterly satisfaction survey for Q1 2027',
  );
});

test("the duty's own sentence and the template's paragraph are shown where they belong", () => {
  const reminder = rendered('zh', 'reminder.quarter').text;
  expect(reminder).toContain('以问卷或访谈调查客户满意度，并提交问卷和结果。');
  expect(reminder).toContain('问卷样式可向项目协调人索取。');
  expect(rendered('en', 'deliverable-submitted.quarter').text).not.toContain('questionnaire form');
  expect(rendered('en', 'reminder.month').text).not.toContain('questionnaire form');
});

test('a copy that climbs the ladder of escalation says whom it was sent to', () => {
  const mail = rendered('zh', 'reminder.escalated');
  expect(mail.subject).toMatch(/^【抄送】.*调查小组尚未完成$/);
  expect(mail.text).toContain('主送调查小组（杭州云帆科技有限公司）');
  expect(mail.text).toContain('您在本协议中的身份：管理层');
});

test('the mail of the effect lists known dues, what recurs, and what waits for something', () => {
  const zh = rendered('zh', 'agreement-in-force.recurring').text;
  expect(zh).toContain('甲方（上海华讯客户服务有限公司）应于北京时间 2026-10-08（周四）24:00 前确认');
  expect(zh).toContain('《季度满意度调查》（每季度）');
  expect(zh).toContain('《改进计划》（按《季度满意度调查》各期）');
  expect(zh).toContain('《年度培训》（每年 3 月 15 日）');
  expect(zh).toMatch(/日期待定的事项：《回访》（“一方审核不通过，列明意见”后 5 天）/);
  const en = rendered('en', 'agreement-in-force.recurring').text;
  expect(en).toContain('Service fee (every month)');
  expect(en).toContain('Annual training (every year on 15 March)');
  expect(en).toMatch(/no date yet: Follow-up visit \(5 days after “a reviewer rejected/);
});

test('two occurrences of one duty in a summary are two items, each with its own link', () => {
  const sample = samples('zh').find(({ name }) => name === 'summary.occurrences');
  expect(sample?.input.links.map(({ occurrence }) => occurrence)).toEqual(['2027-Q1', '2027-Q2']);
  const { text } = rendered('zh', 'summary.occurrences');
  expect(text).toMatch(/（2027 年第一季度）\n[^*]*Nothing0\n\n\* 《季度满意度调查》（2027 年第二季度）\n[^*]*Nothing1/);
});

test('mails about one occurrence form a thread of their own', () => {
  const thread = (occurrence: string | null): string =>
    threadIdOf({ agreementId: 'a', obligation: 'quarterly-survey', occurrence }, 'abide.example');
  expect(new Set([thread(null), thread('2027-Q1'), thread('2027-Q2')]).size).toBe(3);
});
