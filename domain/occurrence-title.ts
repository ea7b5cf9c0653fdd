import type { Text } from './time.ts';

/** The months in English, January first. */
export const MONTHS: readonly string[] = [
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
      ? { zh: `${year} 年上半年`, en: `the first half of ${year}` }
      : { zh: `${year} 年下半年`, en: `the second half of ${year}` };
  }
  return { zh: `${year} 年 ${number} 月`, en: `${MONTHS[number - 1] ?? part} ${year}` };
}
