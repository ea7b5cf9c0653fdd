import type { Text } from '../domain/time.ts';

/** An obligation, and of a recurring one perhaps the occurrence. */
export interface ObligationReference {
  obligation: string;
  occurrence?: string;
}

/** Reads `id` or `id#occurrence`, as paths, links and scenarios name an obligation. */
export function readReference(text: string): ObligationReference {
  const at = text.indexOf('#');
  if (at < 0 || at === text.length - 1) return { obligation: at < 0 ? text : text.slice(0, at) };
  return { obligation: text.slice(0, at), occurrence: text.slice(at + 1) };
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];
const NUMERALS = ['', '一', '二', '三', '四'];

/** An occurrence as people say it: `2027-Q1` is 2027 年第一季度. */
export function occurrenceTitle(occurrence: string): Text {
  const [, year = '', part = ''] = /^(\d{4})(?:-(Q[1-4]|H[12]|\d{2}))?$/.exec(occurrence) ?? [];
  if (year === '') return { zh: `自 ${occurrence} 起的一期`, en: `the period from ${occurrence}` };
  const number = Number(part.replace(/\D/g, ''));
  if (part === '') return { zh: `${year} 年度`, en: year };
  if (part.startsWith('Q')) return { zh: `${year} 年第${NUMERALS[number] ?? ''}季度`, en: `Q${number} ${year}` };
  if (part.startsWith('H')) {
    return number === 1
      ? { zh: `${year} 年上半年`, en: `first half of ${year}` }
      : { zh: `${year} 年下半年`, en: `second half of ${year}` };
  }
  return { zh: `${year} 年 ${number} 月`, en: `${MONTHS[number - 1] ?? part} ${year}` };
}
