/** `2026-10-08` → `2026年10月8日`, `8 Oct 2026`. */
export function dateText(localDate: string, language: string): string {
  const at = new Date(`${localDate}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return localDate;
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'UTC',
    year: 'numeric',
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
  }).format(at);
}

/** Wall time of an instant. ISO text with an offset shows that very wall; a number of milliseconds is put into `zone`. */
export function wallOf(instant: string | number, zone: string): { date: string; time: string } {
  if (typeof instant === 'string' && /T.*[+-]\d\d:\d\d$/.test(instant)) {
    return { date: instant.slice(0, 10), time: instant.slice(11, 16) };
  }
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(instant));
  return { date: parts.slice(0, 10), time: parts.slice(11, 16) };
}

export function instantText(instant: string | number, zone: string, language: string): string {
  const { date, time } = wallOf(instant, zone);
  return `${dateText(date, language)} ${time}`;
}

/** With the zone's name: `2026年11月5日 15:20（中国标准时间）`, `5 Nov 2026 15:20 (China Standard Time)`. */
export function zonedText(instant: string | number, zone: string, language: string): string {
  const name = zoneText(zone, language, instant);
  const inside = language === 'en' ? ` (${name})` : `（${name}）`;
  return instantText(instant, zone, language) + inside;
}

/** A due moment is the first instant after the period: midnight is written as 24:00 of the last day. */
export function dueText(dueAt: string, localDate: string, language: string): string {
  const { time } = wallOf(dueAt, 'UTC');
  return `${dateText(localDate, language)} ${time === '00:00' ? '24:00' : time}`;
}

/** `UTC+8`, from the text's own offset. */
export function offsetText(instant: string): string {
  const offset = /([+-])(\d\d):(\d\d)$/.exec(instant);
  if (!offset) return 'UTC';
  const minutes = offset[3] === '00' ? '' : `:${offset[3] ?? ''}`;
  return `UTC${offset[1] ?? ''}${Number(offset[2])}${minutes}`;
}

/** `Asia/Shanghai` → `中国标准时间`, `China Standard Time`; `at`: when, where summer time has a name of its own. */
export function zoneText(zone: string, language: string, at: string | number = 0): string {
  const named = new Intl.DateTimeFormat(language === 'en' ? 'en' : 'zh-CN', {
    timeZone: zone,
    timeZoneName: 'long',
  })
    .formatToParts(new Date(at))
    .find((part) => part.type === 'timeZoneName');
  return named?.value ?? zone;
}

/** Wall time `YYYY-MM-DDTHH:MM` of a zone as ISO text with the offset in force then. */
export function isoInZone(wall: string, zone: string): string {
  const asUtc = Date.parse(`${wall}:00Z`);
  const offsetAt = (ms: number): number => {
    const { date, time } = wallOf(ms, zone);
    return Date.parse(`${date}T${time}:00Z`) - Math.floor(ms / 60_000) * 60_000;
  };
  const offset = offsetAt(asUtc - offsetAt(asUtc)) / 60_000;
  const size = Math.abs(offset);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${wall}:00${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** Today's date there. */
export function todayIn(zone: string): string {
  return wallOf(Date.now(), zone).date;
}

/** `115000.00` → `115,000.00`; the text's own digits, never a double. */
export function amountText(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return (fraction === undefined ? grouped : `${grouped}.${fraction}`).replace(/^-/, '−');
}

/** `0`, `0.00`. */
export function isNothing(amount: string): boolean {
  return /^-?0*(\.0*)?$/.test(amount);
}

export function moneyText(amount: string, currency: string): string {
  return `${currency} ${amountText(amount)}`;
}
