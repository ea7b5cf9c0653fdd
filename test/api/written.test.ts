import { expect, test } from 'vitest';
import { MOST_TEXT, readWritten } from '../../api/inbound/written.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text.replace(/\n/g, '\r\n'));

test('a complaint by mail is read: who, what, and which mail it answers', async () => {
  const mail = await readWritten(
    bytes(`From: =?UTF-8?B?${Buffer.from('陈晓').toString('base64')}?= <Chen.Xiao@K.example>
Subject: =?UTF-8?B?${Buffer.from('空调不制冷').toString('base64')}?=
Message-ID: <one@k.example>
In-Reply-To: <ours@localhost>
References: <older@localhost> <ours@localhost>
Content-Type: text/plain; charset=utf-8

三号楼的空调昨天起不制冷。

请尽快派人。
陈晓

在 2026-09-01 写道：
> 您好
旧的文字
`),
  );
  expect(mail).toEqual({
    from: 'chen.xiao@k.example',
    name: '陈晓',
    subject: '空调不制冷',
    text: '三号楼的空调昨天起不制冷。\n\n请尽快派人。\n陈晓',
    messageId: '<one@k.example>',
    answers: ['<ours@localhost>', '<older@localhost>'],
    isAutomatic: false,
  });
});

test('GB18030, and a page without a plain text, are read; scripts and styles are not', async () => {
  const gb = Buffer.concat([
    bytes('From: a@k.example\nContent-Type: text/plain; charset=gb18030\nContent-Transfer-Encoding: 8bit\n\n'),
    Buffer.from([0xb7, 0xfe, 0xce, 0xf1]), // 服务
  ]);
  expect((await readWritten(gb))?.text).toBe('服务');
  const page = bytes(
    'From: a@k.example\nContent-Type: text/html; charset=utf-8\n\n<style>p{}</style><p>It &lt;leaks&gt;</p><script>no()</script><div>again',
  );
  expect((await readWritten(page))?.text).toBe('It <leaks>\n\nagain');
});

test.each(['Auto-Submitted: auto-replied', 'Precedence: bulk', 'List-Id: <news.k.example>', 'Return-Path: <>'])(
  '%s: a machine wrote it',
  async (header) => {
    expect((await readWritten(bytes(`From: a@k.example\n${header}\n\nBack on Monday.\n`)))?.isAutomatic).toBe(true);
  },
);

test('what is long, hostile or without a sender does no harm', async () => {
  const began = performance.now();
  const tags = await readWritten(bytes(`From: nobody\nContent-Type: text/html\n\n${'<style>'.repeat(60_000)}`));
  const lines = await readWritten(bytes(`From: a@k.example\n\n${'x'.repeat(80)}\n`.padEnd(300_000, 'on y wrote ')));
  const breaks = await readWritten(bytes(`From: a@k.example\nContent-Type: text/html\n\n${'\n'.repeat(400_000)}`));
  expect(performance.now() - began).toBeLessThan(3_000);
  expect(tags?.from).toBeNull();
  expect(lines?.text.length).toBeLessThanOrEqual(MOST_TEXT);
  expect(breaks?.text).toBe('');
});
