import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
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
      [
        `* ${item.title}`,
        ...(item.text === '' ? [] : [`  ${item.text}`]),
        ...(link ? [`  ${link.label}`, `  ${link.url}`] : []),
      ].join('\n'),
    );
  }
  if (frame.button) blocks.push(`${frame.button.label}${frame.colon}\n${frame.button.url}`);
  blocks.push(...(text.notes ?? []));
  blocks.push(`-- \n${[...frame.agreement, ...frame.smallPrint].join('\n')}`);
  return `${blocks.join('\n\n')}\n`;
}

const handlebars = Handlebars.create();

/** A date that breaks at its hyphens is hard to read. */
handlebars.registerHelper('dated', (text: string) => {
  const safe = Handlebars.escapeExpression(text);
  return new Handlebars.SafeString(
    safe.replace(/\b\d{4}-\d{2}-\d{2}\b/g, '<span style="white-space:nowrap">$&</span>'),
  );
});

/** Compiled once, at the first mail; `strict`: a slot that nothing fills is an error, not an empty place. */
const template = handlebars.compile(readFileSync(new URL('./layout.html', import.meta.url), 'utf8'), { strict: true });

/** The mail as HTML that mail clients take (layout.mjml), nothing fetched from elsewhere; everything is escaped. */
export function html(text: NoticeText, frame: Frame): string {
  return template({
    lang: frame.lang,
    subject: text.subject,
    agreement: frame.agreement,
    banner: frame.banner ?? null,
    heading: text.heading,
    paragraphs: [frame.greeting, ...text.paragraphs],
    details: (text.details ?? []).map(([label, value]) => ({ label, value })),
    colon: frame.colon,
    items: (text.items ?? []).map(({ link, ...item }) => ({
      ...item,
      link: (link === undefined ? undefined : frame.itemLinks[link]) ?? null,
    })),
    button: frame.button ? { ...frame.button, hint: frame.buttonHint ?? '' } : null,
    notes: text.notes ?? [],
    smallPrint: frame.smallPrint,
  });
}
