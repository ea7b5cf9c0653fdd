/**
 * Makes `cn@2026.1.json`: `TZ=UTC npx tsx templates/calendar-data.ts`. The same library version gives the same file.
 * Official years as chinese-days has them, later years by design §4. Only days that differ from the plain week are kept.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import chineseDays from 'chinese-days';
import type { Calendar } from '../domain/calendar.ts';
import { canonicalCalendar } from '../domain/calendar.ts';
import { addDays, weekday } from '../domain/local-date.ts';
import type { LocalDate, Text } from '../domain/time.ts';

// The library reads dates on the machine's clocks and errs west of Greenwich.
if (Intl.DateTimeFormat().resolvedOptions().timeZone !== 'UTC') throw new Error('run it with TZ=UTC');

const FIRST_YEAR = 2004;
const FIRST_PROVISIONAL_YEAR = 2027;
const LAST_YEAR = 2060;

const NAMES: Record<string, Text> = {
  'new-year': { zh: '元旦', en: "New Year's Day" },
  'spring-festival': { zh: '春节', en: 'Spring Festival' },
  qingming: { zh: '清明节', en: 'Qingming Festival' },
  'labour-day': { zh: '劳动节', en: 'Labour Day' },
  'dragon-boat': { zh: '端午节', en: 'Dragon Boat Festival' },
  'mid-autumn': { zh: '中秋节', en: 'Mid-Autumn Festival' },
  'national-day': { zh: '国庆节', en: 'National Day' },
  'victory-day': { zh: '抗战胜利纪念日', en: 'Victory Day' },
};

const KEYS: Record<string, string> = {
  "New Year's Day": 'new-year',
  'Spring Festival': 'spring-festival',
  'Tomb-sweeping Day': 'qingming',
  'Labour Day': 'labour-day',
  'Dragon Boat Festival': 'dragon-boat',
  'Mid-autumn Festival': 'mid-autumn',
  'National Day': 'national-day',
  'Anti-Fascist 70th Day': 'victory-day',
};

const rest: Record<LocalDate, string> = {};
const work: Record<LocalDate, string> = {};

for (let day = `${FIRST_YEAR}-01-01`; day < `${FIRST_PROVISIONAL_YEAR}-01-01`; day = addDays(day, 1)) {
  const weekend = weekday(day) > 5;
  const detail = chineseDays.getDayDetail(day);
  if (detail.work !== weekend) continue;
  const english = detail.name.split(',')[0] ?? '';
  const key = KEYS[english];
  if (key === undefined) throw new Error(`no key for ${detail.name} on ${day}`);
  (weekend ? work : rest)[day] = key;
}

for (let year = FIRST_PROVISIONAL_YEAR; year <= LAST_YEAR; year += 1) {
  const newYearsDay = chineseDays.getSolarDateFromLunar(`${year}-1-1`).date;
  const festivals: [LocalDate, string][] = [
    [`${year}-01-01`, 'new-year'],
    [addDays(newYearsDay, -1), 'spring-festival'],
    [newYearsDay, 'spring-festival'],
    [addDays(newYearsDay, 1), 'spring-festival'],
    [addDays(newYearsDay, 2), 'spring-festival'],
    [chineseDays.getSolarTermDate(year, 4, 'pure_brightness'), 'qingming'],
    [`${year}-05-01`, 'labour-day'],
    [`${year}-05-02`, 'labour-day'],
    [chineseDays.getSolarDateFromLunar(`${year}-5-5`).date, 'dragon-boat'],
    [chineseDays.getSolarDateFromLunar(`${year}-8-15`).date, 'mid-autumn'],
    [`${year}-10-01`, 'national-day'],
    [`${year}-10-02`, 'national-day'],
    [`${year}-10-03`, 'national-day'],
  ];
  for (const [day, key] of festivals) if (weekday(day) < 6) rest[day] ??= key;
}

const byDate = (days: Record<LocalDate, string>): Record<LocalDate, string> =>
  Object.fromEntries(Object.entries(days).sort(([a], [b]) => (a < b ? -1 : 1)));
const content: Omit<Calendar, 'hash'> = {
  id: 'cn',
  version: '2026.1',
  provisionalFrom: `${FIRST_PROVISIONAL_YEAR}-01-01`,
  names: NAMES,
  rest: byDate(rest),
  work: byDate(work),
};
const hash = createHash('sha256').update(canonicalCalendar(content)).digest('hex');
const { id, version, ...days } = content;
const file = new URL(`../domain/calendars/${id}@${version}.json`, import.meta.url);
writeFileSync(file, `${JSON.stringify({ id, version, hash, ...days }, null, 2)}\n`);
