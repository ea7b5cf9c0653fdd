import type { Language } from '../problem.ts';

/** A date and time with its zone, as the mails write it. */
export function moment(text: string, zone: string, language: Language): string {
  if (language !== 'zh') return `${text} (${zone})`;
  return zone === 'Asia/Shanghai' ? `北京时间 ${text}` : `${text}（${zone}）`;
}
