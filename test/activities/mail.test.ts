import { expect, test } from 'vitest';
import { actsOf } from '../../activities/mail/context.ts';
import { sampleLife } from '../../activities/mail/life-samples.ts';
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
      // A day moves with the calendar by law; no clause says so.
      if (sample.name !== 'calendar-repinned') expect(mail.text).toContain(sample.input.notice.clauses[0]);
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

test('beside a renewal stands what surveys have measured, cycle by cycle (S003-A-02)', () => {
  const notice = samples('zh').find(({ name }) => name.startsWith('renewal-notice'))?.name ?? '';
  const withTrend = (input: Sample['input']): void => {
    input.trend = [
      { cycle: 'quarterly-survey#2027-Q1', score: '3.4000' },
      { cycle: 'quarterly-survey#2027-Q2', score: '4.1250' },
      { cycle: 'quarterly-survey#2027-Q3', score: null },
    ];
  };
  const zh = rendered('zh', notice, withTrend).text;
  expect(zh).toMatch(/满意度趋势.*2027 年第一季度.*3\.4；.*4\.125；.*未得出得分/s);
  expect(rendered('en', notice, withTrend).text).toMatch(/Satisfaction trend.*3\.4; .*4\.125; .*no score/s);
  expect(rendered('zh', notice).text).toContain('尚无调查结果数据，无法显示趋势');
});

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

test('a mail of an engagement leads to its step by link; what only tells, copies and the parties’ news do not', () => {
  const subjects = (language: 'zh' | 'en') =>
    Object.fromEntries(
      samples(language)
        .filter(({ name }) => /^engagement-(request|reminder|news|notice)/.test(name))
        .map(({ name, input }) => [
          name,
          input.links.map(({ purpose, obligation }) => `${purpose} ${obligation ?? ''}`),
        ]),
    );
  expect(subjects('zh')).toMatchObject({
    'engagement-request': ['engagement engagement:market-study:reply'],
    'engagement-request.settle': ['engagement engagement:market-study:settle'],
    'engagement-reminder.overdue': ['engagement engagement:market-study:reply:round-1'],
    'engagement-news.refused': [],
    'engagement-news.in-force': [],
    'engagement-news.in-force-third': ['engagement engagement:market-study:work'],
    'engagement-news.returned': ['engagement engagement:market-study:milestone:milestone-1'],
    'engagement-notice': ['engagement engagement:market-study:cap-consent'],
    'engagement-notice.end': [],
    'engagement-notice.by-hand': [],
  });
  const sign = rendered('zh', 'engagement-request.sign');
  expect(sign.text).toContain('前往签署');
  expect(sign.text).not.toContain('登录');
  expect(rendered('en', 'engagement-request.cap-consent').text).toContain('Consent or decline');
  const named = rendered('zh', 'engagement-request', (input) => {
    input.words = { topic: '衡信检测有限公司' };
  });
  expect(named.subject).toContain('答复引入第三方的申请（衡信检测有限公司）');
  const copy = structuredClone(samples('en').find(({ name }) => name === 'engagement-reminder.overdue')?.input.notice);
  expect(copy && actsOf({ ...copy, role: 'copy' })).toEqual([]);
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
  ['reminder.interval', '（自2027年3月15日起的一期）', 'for the period from 15 March 2027'],
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

test('whoever follows is told in the second person, the coordinator by name; what waits has its dates', () => {
  const zh = rendered('zh', 'seat-handed-over');
  expect(zh.subject).toBe('您已接任甲方岗位：《客户服务合同附件》');
  expect(zh.text).toContain('您已接任甲方岗位\n');
  expect(zh.text).toContain('由您接替吴刚担任《客户服务合同附件》的甲方岗位');
  expect(zh.text).toContain('* 《客户需求分析报告》\n  提交期限：北京时间 2026-10-08（周四）24:00');
  expect(zh.text).toContain('* 《服务人员培训计划》\n  日期待定（生效后 90 天）');
  const en = rendered('en', 'seat-handed-over');
  expect(en.subject).toBe('You are now Party A in “Attachments to the customer service contract”');
  expect(en.text).toContain('you act as Party A in “Attachments to the customer service contract” in place of Gang Wu');
  expect(en.text).toContain('* Needs-analysis report\n  Due Thu 2026-10-08, 24:00 (Asia/Shanghai)');
  expect(rendered('en', 'seat-handed-over.copy').text).toContain('Xiaoming Chen acts as Party A');
});

test('the deputy of whoever follows is not told to have followed', () => {
  const mail = rendered('en', 'seat-handed-over', (input) => {
    input.deputyFor = 'Xiaoming Chen';
  });
  expect(mail.subject).toBe('Xiaoming Chen is now Party A in “Attachments to the customer service contract”');
});

test('a notice about a seat from an old history, without names and dates, is whole all the same', () => {
  for (const name of ['seat-handed-over', 'seat-handed-over.copy', 'seat-vacant', 'delegation-made']) {
    for (const language of LANGUAGES) {
      const mail = rendered(language, name, (input) => {
        input.people = {};
        delete input.notice.facts.dutyDates;
      });
      expect(mail.text).not.toMatch(/undefined|日期待定|No date/);
    }
  }
});

test('the mails about a deputy name both people', () => {
  expect(rendered('zh', 'delegation-made').subject).toBe(
    '请于 2026-10-19 至 2026-10-30 代理陈晓明办理甲方事项：《客户服务合同附件》',
  );
  expect(rendered('zh', 'delegation-made.copy').text).toContain('由孙妍代理陈晓明办理');
  expect(rendered('en', 'delegation-made.copy').text).toContain('Yan Sun acts for Xiaoming Chen as Party A');
});

test.each([
  ['reminder.before', '甲方（代理陈晓明）', 'Party A, standing in for Xiaoming Chen,'],
  ['reminder.overdue-copy', '项目协调人（代理陈晓明）', 'the coordinator, standing in for Xiaoming Chen,'],
])('a deputy reads for whom it is: %s', (name, zh, en) => {
  const text = (language: 'zh' | 'en') =>
    rendered(language, name, (input) => {
      input.deputyFor = language === 'zh' ? '陈晓明' : 'Xiaoming Chen';
    }).text;
  expect(text('zh')).toContain(`您在本协议中的身份：${zh}。`);
  expect(text('en')).toContain(`You get this mail as ${en} of this agreement`);
});

test('a notice that came back is told with whom it was for, the address and its subject', () => {
  const { subject, text } = rendered('zh', 'notice-undelivered');
  expect(subject).toContain('发给李文静的通知被退回');
  expect(text).toContain('邮箱地址：li@yunfan.example\n邮件主题：请于北京时间 2026-11-09（周一）24:00 前审核');
  expect(text).toContain('重新发送办理链接');
});

test.each([
  ['zh', 'service-failed.taken-back', '视为未送达', '重新送达'],
  ['zh', 'service-failed.stands', '后果此前已经发生', '法务人员判断'],
  ['en', 'service-failed.taken-back', 'what ran from its receipt is taken back', 'serve it again'],
  ['en', 'notice-undelivered.stands', 'Nothing is undone by itself', 'have a lawyer decide'],
] as const)('a written notice that came back says what is left of it: %s %s', (language, name, left, cure) => {
  const text = rendered(language, name).text.replaceAll('\n', language === 'zh' ? '' : ' ');
  expect(text).toContain(left);
  expect(text).toContain(cure);
});

test('mails about one occurrence form a thread of their own', () => {
  const thread = (occurrence: string | null): string =>
    threadIdOf({ agreementId: 'a', obligation: 'quarterly-survey', occurrence }, 'abide.example');
  expect(new Set([thread(null), thread('2027-Q1'), thread('2027-Q2')]).size).toBe(3);
});

test('a notice of breach says who, what, until when, and that it takes effect on receipt; no button, nothing to unsubscribe', () => {
  const { subject, text, html } = rendered('zh', 'breach-notice');
  expect(subject).toBe('违约通知：甲方未按约履行《客户需求分析报告》，请自收到之日起 10 日内与通知方协商解决');
  expect(text).toContain('该义务的履行期限为北京时间 2026-10-08（周四）24:00');
  expect(text).toContain('《民法典》第一百三十七条');
  expect(text).toContain('依据条款：S001a-37');
  expect(html).not.toContain('/act/');
});

test('a notice of the end says its ground and when it takes effect; what the contract does not say is not said', () => {
  const breach = rendered('zh', 'termination-notice.breach').text;
  expect(breach).toContain('自本通知到达之次日起满 30 日时终止（《民法典》第五百六十五条第一款）');
  const handed = rendered('zh', 'termination-notice.at-once').text;
  expect(handed).toContain('协议自本通知到达时终止');
  expect(handed).toContain('本通知已另以书面方式送达');
  expect(handed).not.toContain('通知期');
  const bare = rendered('zh', 'breach-notice', ({ notice }) => delete notice.facts.days).text;
  expect(bare).not.toMatch(/日内|协商/);
});

test('an end by notice is not told as agreed on; one of both by agreement rests on 562, not 565', () => {
  const breach = rendered('zh', 'agreement-terminated.breach').text;
  expect(breach).toContain('终止事由：违约且未获补救');
  expect(breach).not.toContain('协商一致');
  expect(rendered('en', 'agreement-terminated.breach').text).toContain('has ended for breach that was not put right');
  expect(rendered('zh', 'agreement-terminated').text).toContain('经各方协商一致');
  const agreed = rendered('zh', 'termination-notice.breach', ({ notice }) => (notice.facts.ground = 'mutual')).text;
  expect(agreed).toContain('《民法典》第五百六十二条第一款');
  expect(agreed).not.toContain('解除');
});

test.each([
  [{ seal: true, policy: false }, '已由各方签字盖章，最后签字或盖章之日为 2026-09-01（周二）'],
  [{ seal: false, policy: true }, '已获批准并公布，公布日为 2026-09-01（周二）'],
  [{ seal: false, policy: false }, '已由各方签署，签署日为 2026-09-01（周二）'],
])('what brought it into force is named: %o', (effect, words) => {
  const { text } = rendered('zh', 'agreement-in-force', (input) => {
    input.agreement.compiled.life = { ...sampleLife, effect: { ...sampleLife.effect, ...effect } };
  });
  expect(text).toContain(words);
});

test('an amendment is told by its difference, in words', () => {
  const { text } = rendered('zh', 'amendment-proposed');
  expect(text).toContain('* 《服务流程优化方案》\n  期限由 2026-11-02（周一）改为 2026-11-16（周一）');
  expect(text).toContain('责任方由甲方（上海华讯客户服务有限公司）改为乙方（杭州云帆科技有限公司）');
  expect(text).toContain('金额由人民币 80,000.00 元改为人民币 90,000.00 元');
  expect(rendered('en', 'amendment-proposed').text).toContain('Last day: Fri 2027-12-31 instead of Tue 2027-08-31');
});

test('our own threshold of penalties is never shown as a cap or as the law', () => {
  expect(rendered('zh', 'cap-reached.warning').text).toContain('既非合同约定的上限，也非法律规定的限额');
  expect(rendered('en', 'cap-reached.warning').text).toContain('neither a cap of the contract nor a limit of the law');
});

test('a link of an act on something else than a duty names it', () => {
  const about = (name: string) => samples('zh').find((sample) => sample.name === name)?.input.links[0];
  expect(about('claim-made')).toMatchObject({ purpose: 'answer', obligation: 'claim:claim-1' });
  expect(about('amendment-proposed')).toMatchObject({ purpose: 'accept', obligation: 'amendment:amendment-1' });
  expect(about('baseline-entered')).toMatchObject({ purpose: 'approve', obligation: 'baseline:satisfaction@82.5' });
  expect(about('waiver-proposed.days')).toMatchObject({ purpose: 'approve', obligation: 'waiver:1' });
  expect(about('matter-opened.request')).toMatchObject({ purpose: 'reply', obligation: 'matter:request-1' });
  expect(about('renewal-notice')).toMatchObject({ purpose: 'object', obligation: 'renewal' });
  expect(about('termination-consent')).toMatchObject({ purpose: 'approve', obligation: 'termination:termination-1' });
  expect(about('approval-request.suspension')).toMatchObject({ purpose: 'approve', obligation: 'suspension:1' });
});

test('who is asked for a pause reads of what, and from which day', () => {
  const { text } = rendered('zh', 'approval-request.suspension');
  expect(text).toContain('涉及：《服务流程优化方案》。');
  expect(text).toMatch(/拟中止起始日：2026-10-12/);
  expect(rendered('en', 'approval-request.suspension').text).toMatch(/From: Mon 2026-10-12/);
});

test('a formal notice bears the facts that were written for it, a claim its items; without them it is whole all the same', () => {
  expect(rendered('zh', 'breach-notice').text).toContain('事实与理由：报告至今未提交，贵方亦未说明原因。');
  expect(rendered('en', 'claim-made').text).toContain('* Rework\n  CNY 20,000.00');
  const bare = rendered('zh', 'breach-notice', (input) => {
    input.words = {};
  });
  expect(bare.text).not.toContain('事实与理由');
  const hostile = rendered('en', 'matter-opened.request', (input) => {
    input.words = { topic: '<img src=x onerror=alert(1)>' };
  });
  expect(hostile.html).not.toContain('<img');
});

test('mails about one survey, or one improvement, are one thread, whatever duty they name', () => {
  const thread = (process: string, obligation: string | null = null) =>
    threadIdOf({ agreementId: 'a', obligation, occurrence: null, facts: { process } }, 'abide.example');
  expect(thread('quarterly-survey#2027-Q1')).toBe(thread('quarterly-survey#2027-Q1', 'quarterly-survey'));
  expect(thread('quarterly-survey#2027-Q1')).not.toBe(thread('quarterly-survey#2027-Q2'));
});

test('an improvement is named by its dimension where the template has a title for it, by its reference otherwise', () => {
  expect(rendered('zh', 'plan-submitted').subject).toContain('“服务态度”改进事项');
  expect(rendered('zh', 'finding-assigned.no-length').subject).toBe('请提交改进事项 feedback-7 的改进计划');
  const untitled = rendered('en', 'plan-reminder.before', (input) => {
    const { titles } = input;
    input.titles = (ref) => ({ ...titles(ref), dimensions: [] });
  });
  expect(untitled.subject).toContain('improvement quarterly-survey#2027-Q1-attitude by');
  expect(untitled.text).toContain('Dimension: attitude');
});

test('what is done on a page has a button to it, and says that one signs in; a copy has none', () => {
  const page = /https:\/\/abide\.example\.com\/agreements\//;
  const asked = rendered('en', 'plan-reminder.before');
  expect(asked.text).toMatch(page);
  expect(asked.html).toContain('asks you to sign in');
  expect(rendered('en', 'plan-submitted.copy').html).not.toContain('asks you to sign in');
});

test('a cycle that was not published in time says who must publish it', () => {
  expect(rendered('zh', 'survey-missed').subject).toMatch(/，请尽快补办$/);
  expect(rendered('zh', 'survey-missed.other').subject).toMatch(/，调查小组应尽快补办$/);
});

test('an effect that was not reached says goal and measure', () => {
  expect(rendered('zh', 'plan-reopened').text).toContain('目标为不低于 4.2 分，其后一期调查测得 3.9 分');
  expect(rendered('en', 'plan-reopened').text).toContain('a score of at least 4.2; the next survey measured 3.9');
});
