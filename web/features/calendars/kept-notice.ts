import type { Festival, Notice } from './calendar.ts';

/** A notice as it is being entered: every field as it stands in the form. */
export interface NoticeForm {
  year: number;
  holidays: { id: number; name: Festival | 'other'; also: Festival[]; title: string; from: string; to: string }[];
  makeUp: { id: number; name: Festival | 'other'; date: string }[];
  documentNumber: string;
  issuedOn: string;
  link: string;
}

const KEY = 'abide.calendar-notice';

export function keepNotice(previous: string, form: NoticeForm): void {
  window.sessionStorage.setItem(KEY, JSON.stringify({ previous, form }));
}

/** What was being entered on top of this version. */
export function keptNotice(previous: string): NoticeForm | null {
  const text = window.sessionStorage.getItem(KEY);
  if (text === null) return null;
  const kept = JSON.parse(text) as { previous: string; form: NoticeForm };
  return kept.previous === previous ? kept.form : null;
}

export function forgetNotice(): void {
  window.sessionStorage.removeItem(KEY);
}

/** What is sent of it: rows without any date are none. */
export function noticeOf({ year, holidays, makeUp, documentNumber, issuedOn, link }: NoticeForm): Notice {
  return {
    year,
    holidays: holidays
      .filter(({ from, to }) => from !== '' || to !== '')
      .map(({ name, also, title, from, to }) => ({
        name,
        ...(also.length > 0 ? { also } : {}),
        ...(name === 'other' ? { title: { zh: title, en: title } } : {}),
        from,
        to: to === '' ? from : to,
      })),
    makeUp: makeUp.filter(({ date }) => date !== '').map(({ name, date }) => ({ name, date })),
    source: { documentNumber, issuedOn, link },
  };
}
