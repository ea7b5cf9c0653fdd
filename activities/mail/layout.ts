import type { NoticeText } from './context.ts';

/** What frames every mail in one language. */
export interface Frame {
  /** `zh-Hans` or `en` */
  lang: string;
  greeting: string;
  /** Between the label of a detail and its value. */
  colon: string;
  /** Name of the agreement and its parties, above the heading. */
  agreement: string[];
  /** Shown before all else in copies. */
  banner?: string;
  /** The one button. */
  button?: { label: string; url: string };
  /** Under the button, for clients that show none. */
  buttonHint?: string;
  /** Links of single items, by `linkKey`. */
  itemLinks: Record<string, { label: string; url: string }>;
  smallPrint: string[];
}

/** The mail as plain text, in the order of the HTML. */
export function plainText(text: NoticeText, frame: Frame): string {
  const blocks: string[] = [];
  if (frame.banner) blocks.push(frame.banner);
  blocks.push(text.heading, frame.greeting, ...text.paragraphs);
  if (text.details?.length) {
    blocks.push(text.details.map(([label, value]) => `${label}${frame.colon}${value}`).join('\n'));
  }
  for (const item of text.items ?? []) {
    const link = item.link === undefined ? undefined : frame.itemLinks[item.link];
    blocks.push(
      [`* ${item.title}`, `  ${item.text}`, ...(link ? [`  ${link.label}`, `  ${link.url}`] : [])].join('\n'),
    );
  }
  if (frame.button) blocks.push(`${frame.button.label}${frame.colon}\n${frame.button.url}`);
  blocks.push(...(text.notes ?? []));
  blocks.push(`-- \n${[...frame.agreement, ...frame.smallPrint].join('\n')}`);
  return `${blocks.join('\n\n')}\n`;
}

const FONT =
  "font-family:-apple-system,'Segoe UI','PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif";

/** The mail as HTML that mail clients take: tables, inline styles, nothing fetched from elsewhere. */
export function html(text: NoticeText, frame: Frame): string {
  const paragraph = (content: string) =>
    `<p style="margin:0 0 14px;font-size:16px;line-height:1.6;color:#1f2733">${content}</p>`;
  return `<!DOCTYPE html>
<html lang="${frame.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="referrer" content="no-referrer">
<title>${escape(text.subject)}</title>
</head>
<body style="margin:0;padding:0;background:#eef1f5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eef1f5">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border:1px solid #d9dfe7;border-radius:8px;${FONT}">
<tr><td style="padding:20px 28px 0;font-size:13px;line-height:1.5;color:#5b6675">${frame.agreement.map(escape).join('<br>')}</td></tr>
${frame.banner ? `<tr><td style="padding:12px 28px 0"><div style="padding:10px 14px;background:#f3f5f8;border-radius:4px;font-size:14px;line-height:1.5;color:#3d4856">${escape(frame.banner)}</div></td></tr>\n` : ''}<tr><td style="padding:10px 28px 0"><h1 style="margin:0 0 16px;font-size:21px;line-height:1.4;font-weight:600;color:#111821">${inline(text.heading)}</h1>
${[frame.greeting, ...text.paragraphs].map((line) => paragraph(inline(line))).join('\n')}
</td></tr>
${details(text, frame)}${items(text, frame)}${frame.button ? button(frame.button, frame.buttonHint ?? '') : ''}${notes(text)}<tr><td style="padding:14px 28px 20px;border-top:1px solid #e4e8ee;font-size:12px;line-height:1.6;color:#5b6675">
${frame.smallPrint.map(inline).join('<br>\n')}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function details({ details: rows = [] }: NoticeText, { colon }: Frame): string {
  if (rows.length === 0) return '';
  const cells = rows.map(
    ([label, value]) => `<tr>
<td valign="top" style="padding:7px 16px 7px 0;font-size:14px;line-height:1.5;color:#5b6675;white-space:nowrap;border-bottom:1px solid #eef1f5">${escape(label)}<span style="display:none">${escape(colon)}</span></td>
<td valign="top" width="100%" style="padding:7px 0;font-size:15px;line-height:1.5;color:#111821;border-bottom:1px solid #eef1f5">${inline(value)}</td>
</tr>`,
  );
  return `<tr><td style="padding:0 28px 18px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-top:1px solid #eef1f5">
${cells.join('\n')}
</table></td></tr>
`;
}

function items({ items: entries = [] }: NoticeText, { itemLinks }: Frame): string {
  if (entries.length === 0) return '';
  const rows = entries.map((item) => {
    const link = item.link === undefined ? undefined : itemLinks[item.link];
    const anchor = link
      ? `<br>\n<a href="${escape(link.url)}" rel="noreferrer" style="color:#0b5cad;font-weight:600">${escape(link.label)}</a>`
      : '';
    return `<tr><td style="padding:10px 0;font-size:15px;line-height:1.6;color:#3d4856;border-bottom:1px solid #eef1f5"><strong style="color:#111821">${escape(item.title)}</strong><br>
${inline(item.text)}${anchor}</td></tr>`;
  });
  return `<tr><td style="padding:0 28px 18px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-top:1px solid #eef1f5">
${rows.join('\n')}
</table></td></tr>
`;
}

function button({ label, url }: { label: string; url: string }, hint: string): string {
  return `<tr><td style="padding:4px 28px 20px">
<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td style="border-radius:6px;background:#0b5cad"><a href="${escape(url)}" rel="noreferrer" style="display:inline-block;padding:13px 26px;font-size:16px;line-height:1.2;font-weight:600;color:#ffffff;text-decoration:none;border-radius:6px">${escape(label)}</a></td></tr></table>
<p style="margin:14px 0 0;font-size:12px;line-height:1.6;color:#5b6675">${escape(hint)}<br>
<a href="${escape(url)}" rel="noreferrer" style="color:#0b5cad;word-break:break-all">${escape(url)}</a></p>
</td></tr>
`;
}

function notes({ notes: lines = [] }: NoticeText): string {
  if (lines.length === 0) return '';
  return `<tr><td style="padding:0 28px 8px">
${lines.map((line) => `<p style="margin:0 0 10px;font-size:14px;line-height:1.6;color:#3d4856">${inline(line)}</p>`).join('\n')}
</td></tr>
`;
}

/** A date that breaks at its hyphens is hard to read. */
function inline(text: string): string {
  return escape(text).replace(/\b\d{4}-\d{2}-\d{2}\b/g, '<span style="white-space:nowrap">$&</span>');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
