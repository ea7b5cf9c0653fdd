import type { Text } from './time.ts';

/** The months in English, January first. */
export const MONTHS: readonly string[] = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];
const NUMERALS = ['', '一', '二', '三', '四'];

/** An occurrence as people say it: `2027-Q1` is 2027 年第一季度, `2027-03-15` 自2027年3月15日起的一期. */
export function occurrenceTitle(occurrence: string): Text {
  const [, year = '', part = ''] = /^(\d{4})(?:-(Q[1-4]|H[12]|\d{2}))?$/.exec(occurrence) ?? [];
  if (year === '') {
    const { zh, en } = dayTitle(occurrence);
    return { zh: `自${zh}起的一期`, en: `the period from ${en}` };
  }
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

/** A local date in words: 2027年3月15日, 15 March 2027. What is none stays as it is. */
function dayTitle(date: string): Text {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  const name = MONTHS[Number(month) - 1];
  if (year === undefined || name === undefined) return { zh: ` ${date} `, en: date };
  return { zh: `${year}年${Number(month)}月${Number(day)}日`, en: `${Number(day)} ${name} ${year}` };
}
