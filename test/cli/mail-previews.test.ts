import { expect, test } from 'vitest';
import type { Mail } from '../../activities/mail/transport.ts';
import { openMailPreviews } from '../../cli/mail-previews.ts';

function previews() {
  const sent: Mail[] = [];
  const send = (mail: Mail): Promise<void> => Promise.resolve(void sent.push(mail));
  return { sent, previews: openMailPreviews({ send }, { mailFrom: 'Abide <abide@abide.example.com>' }) };
}

test('every mail is listed in both languages, and each of them can be shown', () => {
  const { previews: mails } = previews();
  const list = mails.list();
  const names = (language: string) => list.filter((one) => one.language === language).map(({ name }) => name);
  expect(names('zh')).toEqual(names('en'));
  expect(list.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['sign-invitation', 'reminder', 'penalty-started', 'agreement-expired', 'digest']),
  );
  for (const { name, language, subject } of list) {
    const shown = mails.show(name)?.[language];
    expect(shown?.subject).toBe(subject);
    expect(shown?.html).toContain('<!doctype html>');
    expect(shown?.text.length).toBeGreaterThan(100);
  }
  expect(mails.show('reminder.before')?.zh.calendar).toContain('METHOD:PUBLISH');
  expect(mails.show('nothing')).toBeUndefined();
});

test('the letters about accounts and the one with a fresh link are among them', () => {
  const { previews: mails } = previews();
  expect(mails.show('letter.invitation')?.zh.subject).toBe('Abide 账号已开通，请在 7 天内设置密码');
  const zh = mails.show('letter.new-link')?.zh;
  expect(zh?.subject).toContain('（新链接）');
  expect(zh?.text).toContain('各方：甲方：上海华讯客户服务有限公司　乙方：杭州云帆科技有限公司');
  expect(zh?.text).toContain('期限：北京时间 2026-10-08 24:00\n依据：S001a-60');
  expect(zh?.text).toContain('链接有效至北京时间 2027-01-07 00:00');
  expect(mails.show('letter.new-link')?.en.text).toContain('It is for you alone');
});

test('a test says that it is one, goes to one address, and enters no calendar', async () => {
  const { sent, previews: mails } = previews();
  const to = { name: '王莉', address: 'li@operator.example' };
  expect(await mails.send({ name: 'reminder.before', language: 'zh', to })).toBe(true);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ to, language: 'zh', subject: expect.stringMatching(/^【测试】请于/) as string });
  expect(sent[0]?.calendar).toBeUndefined();
  expect(await mails.send({ name: 'nothing', language: 'en', to })).toBe(false);
  expect(sent).toHaveLength(1);
});
