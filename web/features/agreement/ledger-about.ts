import { numberedText } from '../life/numbered.ts';

interface AboutWords {
  t: (key: string, values?: Record<string, unknown>) => string;
  /** Title of a duty, or of what the contract provides for. */
  title: (id: string, occurrence?: string) => string;
}

/** What a line rests on beside a duty, in words: `claim:claim-1`, `waiver:2`, `penalty:report#2027-03`. */
export function ledgerAbout(about: string, { t, title }: AboutWords): string {
  const [, of = '', name = ''] = /^([a-z-]+):(.+)$/.exec(about) ?? [];
  const [id = '', occurrence] = name.split('#');
  switch (of) {
    case 'claim':
    case 'amendment':
      return t(`ledgerAbout.${of}`, { number: numberedText(name, t) });
    case 'waiver':
    case 'suspension':
      return t(`ledgerAbout.${of}`, { number: t('life.numbered', { number: name }) });
    case 'penalty':
    case 'item':
      return t(`ledgerAbout.${of}`, { what: title(id, occurrence) });
    case 'booking':
      return title(name);
    default:
      return about;
  }
}
