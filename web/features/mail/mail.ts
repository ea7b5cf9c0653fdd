import type { Language } from '../../wire.ts';

/** The wire of api/routes/mails.ts. */
export interface MailPreview {
  name: string;
  kind: string;
  variant: string;
  language: Language;
  subject: string;
}

export interface ShownMail {
  subject: string;
  html: string;
  text: string;
  calendar: string | null;
}

/** A mail with its subject in both languages. */
export interface MailSample extends Omit<MailPreview, 'language' | 'subject'> {
  subjects: Record<Language, string>;
}

/** One row for each mail, in the order of the list. */
export function samplesOf(previews: readonly MailPreview[]): MailSample[] {
  const subjectOf = (name: string, language: Language): string =>
    previews.find((one) => one.name === name && one.language === language)?.subject ?? '';
  return [...new Map(previews.map((preview) => [preview.name, preview])).values()].map(({ name, kind, variant }) => ({
    name,
    kind,
    variant,
    subjects: { zh: subjectOf(name, 'zh'), en: subjectOf(name, 'en') },
  }));
}

/** Its links open nothing: the frame may neither navigate to them nor open a window. */
export function withoutLeaving(html: string): string {
  return html.replace('<head>', '<head><base target="_blank">');
}
