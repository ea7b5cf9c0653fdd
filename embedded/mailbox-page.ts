import type { Mail } from './mailbox.ts';

export type Language = 'zh' | 'en';

const WORDS = {
  title: { zh: '本地邮箱', en: 'Local mailbox' },
  note: {
    zh: 'Abide 发出的邮件都停在这里，不会寄往外部。',
    en: 'Mail that Abide sends stays here; none of it leaves this machine.',
  },
  empty: { zh: '还没有邮件。', en: 'No mail yet.' },
  noSubject: { zh: '（无主题）', en: '(no subject)' },
  from: { zh: '发件人', en: 'From' },
  to: { zh: '收件人', en: 'To' },
  received: { zh: '收到时间', en: 'Received' },
  attachments: { zh: '附件', en: 'Attachments' },
  html: { zh: '正文', en: 'Message' },
  text: { zh: '纯文本', en: 'Plain text' },
  headers: { zh: '邮件头', en: 'Headers' },
  raw: { zh: '原始邮件', en: 'Raw mail' },
  back: { zh: '返回列表', en: 'Back to the list' },
  newer: { zh: '较新', en: 'Newer' },
  older: { zh: '较早', en: 'Older' },
  notFound: { zh: '没有这封邮件。', en: 'There is no such mail.' },
  other: { zh: 'English', en: '中文' },
} as const;

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --quiet: #767676; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 56rem; padding: 1rem; font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; }
h1 { font-size: 1.25rem; margin: .5rem 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p, dd, time { color: var(--quiet); margin: 0; }
ul { list-style: none; margin: 1rem 0; padding: 0; border-top: 1px solid var(--line); }
li a { display: block; padding: .75rem 0; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none; }
li a:hover strong, li a:focus strong { text-decoration: underline; }
li strong, li span { display: block; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 1rem 0; }
dd { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.5 ui-monospace, monospace; margin: 0; padding: .75rem; border: 1px solid var(--line); border-radius: 4px; }
iframe { width: 100%; height: 22rem; resize: vertical; border: 1px solid var(--line); border-radius: 4px; background: #fff; }
summary { cursor: pointer; margin: 1rem 0 .5rem; }
nav { display: flex; gap: 1rem; margin: 1rem 0; }`;

/** The list, newest first. */
export function listPage(
  mails: readonly Mail[],
  { from, total, length, language }: { from: number; total: number; length: number; language: Language },
): string {
  const word = words(language);
  const rows = mails.map(
    (mail) => `<li><a href="/messages/${mail.id}?lang=${language}">
      <strong>${escape(mail.subject || word('noSubject'))}</strong>
      <span>${escape(mail.recipients.join(', ') || mail.to)}</span>
      ${time(mail.receivedAtMs)}</a></li>`,
  );
  const turn = (to: number, label: string): string => `<a href="/?from=${to}&lang=${language}">${label}</a>`;
  const turns = [
    from > 0 ? turn(Math.max(0, from - length), word('newer')) : '',
    from + length < total ? turn(from + length, word('older')) : '',
  ];
  return page(
    language,
    word('title'),
    `<header><h1>${word('title')}</h1>${otherLanguage(language, `/?from=${from}&`)}</header>
    <p>${word('note')}</p>
    ${rows.length > 0 ? `<ul>${rows.join('')}</ul>` : `<p><br>${word('empty')}</p>`}
    <nav>${turns.join('')}</nav>`,
  );
}

/** One mail: its HTML in a frame that runs nothing, its text, its headers. */
export function mailPage(mail: Mail, language: Language): string {
  const word = words(language);
  const attachments = mail.attachments
    .map(({ fileName, type, bytes }) => `${fileName || type} (${bytes} B)`)
    .join(', ');
  const title = mail.subject || word('noSubject');
  return page(
    language,
    title,
    `<header><a href="/?lang=${language}">← ${word('back')}</a>${otherLanguage(language, `/messages/${mail.id}?`)}</header>
    <h1>${escape(title)}</h1>
    <dl>
      <dt>${word('from')}</dt><dd>${escape(mail.from)}</dd>
      <dt>${word('to')}</dt><dd>${escape(mail.recipients.join(', ') || mail.to)}</dd>
      <dt>${word('received')}</dt><dd>${time(mail.receivedAtMs)}</dd>
      ${attachments === '' ? '' : `<dt>${word('attachments')}</dt><dd>${escape(attachments)}</dd>`}
    </dl>
    ${
      mail.html === undefined
        ? ''
        : `<h2>${word('html')}</h2>
    <iframe title="${word('html')}" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" src="/messages/${mail.id}/html"></iframe>`
    }
    <h2>${word('text')}</h2><pre>${linked(mail.text)}</pre>
    <details><summary>${word('headers')}</summary><pre>${mail.headers
      .map(({ name, value }) => `${escape(name)}: ${escape(value)}`)
      .join('\n')}</pre></details>
    <p><a href="/messages/${mail.id}/raw">${word('raw')}</a></p>`,
  );
}

export function notFoundPage(language: Language): string {
  const word = words(language);
  return page(
    language,
    word('title'),
    `<h1>${word('notFound')}</h1><a href="/?lang=${language}">← ${word('back')}</a>`,
  );
}

function words(language: Language): (key: keyof typeof WORDS) => string {
  return (key) => WORDS[key][language];
}

function page(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${STYLE}</style></head>
<body>${body}</body></html>`;
}

function otherLanguage(language: Language, path: string): string {
  const other = language === 'zh' ? 'en' : 'zh';
  return `<a lang="${other}" href="${path}lang=${other}">${WORDS.other[language]}</a>`;
}

function time(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, i) =>
      i % 2 === 1
        ? `<a href="${escape(part)}" target="_blank" rel="noopener noreferrer">${escape(part)}</a>`
        : escape(part),
    )
    .join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
