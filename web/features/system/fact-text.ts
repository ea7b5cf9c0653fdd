import { useFormat } from '../../app/format.ts';

const MEBIBYTE = 1024 * 1024;
/** Of which the value is bytes. */
const BYTES = ['bytes', 'memory', 'free', 'total'];
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** A fact as people read it: bytes in MiB or GiB, instants in the reader's zone with its name, everything else as it is. */
export function useFactText(): (name: string, value: string | number | boolean | null) => string {
  const format = useFormat();
  const numbers = new Intl.NumberFormat(format.language === 'en' ? 'en' : 'zh-CN', { maximumFractionDigits: 1 });
  return (name, value) => {
    if (value === null) return '';
    if (typeof value === 'number') {
      if (name === 'skewMs') return `${numbers.format(value)} ms`;
      if (!BYTES.includes(name)) return numbers.format(value);
      const mebibytes = value / MEBIBYTE;
      return mebibytes < 1024 ? `${numbers.format(mebibytes)} MiB` : `${numbers.format(mebibytes / 1024)} GiB`;
    }
    const text = String(value);
    if (INSTANT.test(text)) return format.here(text);
    return DATE.test(text) ? format.date(text) : text;
  };
}
