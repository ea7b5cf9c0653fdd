import type { Zone } from '../domain/time.ts';

const FIRST_MS = Date.UTC(1990, 0, 1);
const END_MS = Date.UTC(2100, 0, 1);
/** Shorter than any time between two changes of a zone's clocks (Morocco's Ramadan is four weeks). */
const STEP_MS = 7 * 86_400_000;

const known = new Map<string, Zone>();

function offsetReader(id: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: id, timeZoneName: 'longOffset' });
  return (ms) => {
    const match = /GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(format.format(ms));
    if (!match) throw new Error(`Intl gives no offset for ${id}`);
    return (match[1] === '-' ? -1 : 1) * (Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0)) || 0;
  };
}

/**
 * The zone's offsets from 1990 to 2100 as data, taken from Intl, for processes that have none (design §3).
 * Throws RangeError for an unknown id.
 */
export function zoneData(id: string): Zone {
  const cached = known.get(id);
  if (cached) return structuredClone(cached);
  let offsetAt: (ms: number) => number;
  try {
    offsetAt = offsetReader(id);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`unknown time zone ${JSON.stringify(id)}; use an IANA name such as Asia/Shanghai`);
  }
  let offset = offsetAt(FIRST_MS);
  const offsets: Zone['offsets'] = [{ fromMs: null, offsetMinutes: offset }];
  for (let before = FIRST_MS; before < END_MS; before += STEP_MS) {
    const next = offsetAt(Math.min(before + STEP_MS, END_MS));
    if (next === offset) continue;
    let low = before;
    let high = Math.min(before + STEP_MS, END_MS);
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offsetAt(middle) === offset) low = middle;
      else high = middle;
    }
    offset = next;
    offsets.push({ fromMs: high, offsetMinutes: offset });
  }
  const zone: Zone = { id, offsets };
  known.set(id, zone);
  return structuredClone(zone);
}
