import { type Calendar, isWorkingDay } from './calendar.ts';
import { addDays, compareDates, isLocalDate, weekday } from './local-date.ts';
import type { LocalDate, Text } from './time.ts';

/** The seven festivals of which the official notice speaks every year, in the year's usual order. */
export const FESTIVALS = [
  'new-year',
  'spring-festival',
  'qingming',
  'labour-day',
  'dragon-boat',
  'mid-autumn',
  'national-day',
] as const;
export type Festival = (typeof FESTIVALS)[number];

/** Days off in a row, from the first to the last, both included. */
export interface HolidayRange {
  name: Festival | 'other';
  /** Another festival that the notice joins with it. */
  also?: Festival[];
  /** Of another holiday than the seven. */
  title?: Text;
  from: LocalDate;
  to: LocalDate;
}

/** One year's official notice of holidays, as it was entered. */
export interface HolidayNotice {
  year: number;
  holidays: HolidayRange[];
  /** Weekend days on which people work. */
  makeUp: { date: LocalDate; name: Festival | 'other' }[];
}

/** What is wrong with a notice; `path` as in `holidays.2.to`. */
export interface NoticeProblem {
  path: string;
  code: string;
  message: Text;
  cure: Text;
}

/** Days that are off whatever the notice arranges around them; the lunar ones stand in the provisional calendar. */
const FIXED: readonly [monthDay: string, festival: Festival][] = [
  ['01-01', 'new-year'],
  ['05-01', 'labour-day'],
  ['05-02', 'labour-day'],
  ['10-01', 'national-day'],
  ['10-02', 'national-day'],
  ['10-03', 'national-day'],
];

/** No holiday is longer: one that is was mistyped. */
const MOST_DAYS = 16;

/** Everything that is wrong with a notice for the next version of a calendar; nothing: it can be saved. */
export function noticeProblems(notice: HolidayNotice, base: Calendar): NoticeProblem[] {
  const inYear = yearProblems(notice, base);
  if (inYear.length > 0) return inYear;
  const dates = dateProblems(notice);
  if (dates.length > 0) return dates;
  return [...overlaps(notice), ...makeUpProblems(notice), ...missingDays(notice, base)];
}

/** The first year without an official notice. */
export function provisionalYear({ provisionalFrom }: Pick<Calendar, 'provisionalFrom'>): number {
  return Number(provisionalFrom.slice(0, 4));
}

function yearProblems({ year }: HolidayNotice, base: Calendar): NoticeProblem[] {
  const next = provisionalYear(base);
  const first = Number(Object.keys(base.rest).sort()[0]?.slice(0, 4) ?? next);
  if (year >= first && year <= next) return [];
  return [
    {
      path: 'year',
      code: 'year-out-of-order',
      message: {
        zh: `本日历只能录入 ${first} 至 ${next} 年的放假安排`,
        en: `this calendar takes notices of ${first} to ${next}`,
      },
      cure:
        year > next
          ? { zh: `请先录入 ${next} 年的放假安排`, en: `enter the notice of ${next} first` }
          : { zh: '请核对年份', en: 'check the year' },
    },
  ];
}

function dateProblems({ year, holidays, makeUp }: HolidayNotice): NoticeProblem[] {
  const wrong: NoticeProblem[] = [];
  const demand = (path: string, date: LocalDate): boolean => {
    if (!isLocalDate(date)) {
      wrong.push({
        path,
        code: 'invalid-date',
        message: { zh: `“${date}”不是日期`, en: `"${date}" is no date` },
        cure: { zh: '按 2027-10-01 的格式填写', en: 'write it like 2027-10-01' },
      });
      return false;
    }
    if (Number(date.slice(0, 4)) === year) return true;
    wrong.push({
      path,
      code: 'date-outside-year',
      message: { zh: `${date} 不在 ${year} 年内`, en: `${date} is not in ${year}` },
      cure: {
        zh: '只录入本年的日期；跨年的假期，另一年的日期在那一年录入',
        en: 'enter days of this year alone; days of the other year belong to that year’s notice',
      },
    });
    return false;
  };
  holidays.forEach(({ name, title, from, to }, index) => {
    const at = `holidays.${index}`;
    const areDates = [demand(`${at}.from`, from), demand(`${at}.to`, to)].every(Boolean);
    if (areDates && (to < from || to >= addDays(from, MOST_DAYS))) {
      wrong.push({
        path: `${at}.to`,
        code: 'range-invalid',
        message:
          to < from
            ? { zh: `止日 ${to} 早于起日 ${from}`, en: `ends on ${to}, before it begins on ${from}` }
            : { zh: `${from} 至 ${to} 超过 ${MOST_DAYS} 日`, en: `${from} to ${to} is more than ${MOST_DAYS} days` },
        cure: { zh: '请核对起止日期', en: 'check the first and the last day' },
      });
    }
    if (name === 'other' && !title?.zh.trim()) {
      wrong.push({
        path: `${at}.title`,
        code: 'title-missing',
        message: { zh: '其他假期没有名称', en: 'another holiday needs its name' },
        cure: { zh: '请填写通知中的名称', en: 'give the name in the notice' },
      });
    }
  });
  makeUp.forEach(({ date }, index) => demand(`makeUp.${index}.date`, date));
  return wrong;
}

function overlaps({ holidays }: HolidayNotice): NoticeProblem[] {
  return holidays.flatMap(({ from, to }, index) => {
    const earlier = holidays.slice(0, index).find((one) => one.from <= to && from <= one.to);
    if (!earlier) return [];
    return [
      {
        path: `holidays.${index}.from`,
        code: 'holidays-overlap',
        message: {
          zh: `与 ${earlier.from} 至 ${earlier.to} 的假期重叠`,
          en: `overlaps with the holiday from ${earlier.from} to ${earlier.to}`,
        },
        cure: {
          zh: '合并的假期只录入一行，另一节日选为合并节日',
          en: 'enter a joint holiday in one row, and name the other festival there',
        },
      },
    ];
  });
}

function makeUpProblems({ holidays, makeUp }: HolidayNotice): NoticeProblem[] {
  return makeUp.flatMap(({ date }, index) => {
    const path = `makeUp.${index}.date`;
    const problem = (code: string, message: Text, cure: Text): NoticeProblem[] => [{ path, code, message, cure }];
    if (weekday(date) < 6) {
      return problem(
        'make-up-on-weekday',
        { zh: `${date} 不是周末，无须调休`, en: `${date} is no weekend day: people work anyway` },
        { zh: '调休上班日须为周六或周日', en: 'a make-up working day is a Saturday or Sunday' },
      );
    }
    if (makeUp.findIndex((one) => one.date === date) < index) {
      return problem(
        'make-up-twice',
        { zh: `${date} 重复录入`, en: `${date} is there twice` },
        { zh: '请删除重复的一行', en: 'take one of them out' },
      );
    }
    const off = holidays.find(({ from, to }) => from <= date && date <= to);
    return off
      ? problem(
          'make-up-in-holiday',
          {
            zh: `${date} 在 ${off.from} 至 ${off.to} 的假期内`,
            en: `${date} lies in the holiday from ${off.from} to ${off.to}`,
          },
          { zh: '一日不能既放假又上班，请核对', en: 'a day is off or on, not both: check it' },
        )
      : [];
  });
}

/** Each festival is there, and so is every day that is off by law. */
function missingDays({ year, holidays }: HolidayNotice, base: Calendar): NoticeProblem[] {
  const isOff = (date: LocalDate): boolean => holidays.some(({ from, to }) => from <= date && date <= to);
  const lunar =
    year < provisionalYear(base) ? [] : Object.entries(base.rest).filter(([date]) => Number(date.slice(0, 4)) === year);
  const statutory = new Map([...FIXED.map(([day, name]): [LocalDate, string] => [`${year}-${day}`, name]), ...lunar]);
  const uncovered = [...statutory].filter(([date]) => !isOff(date)).sort(([a], [b]) => compareDates(a, b));
  const nameOf = (key: string): Text => base.names[key] ?? { zh: key, en: key };
  const absent = FESTIVALS.filter((one) => !holidays.some(({ name, also = [] }) => name === one || also.includes(one)));
  return [
    ...absent.map((festival) => ({
      path: 'holidays',
      code: 'festival-missing',
      message: { zh: `缺少${nameOf(festival).zh}`, en: `${nameOf(festival).en} is missing` },
      cure: {
        zh: '七个法定节日均须录入；与其他节日合并放假的，在该行选为合并节日',
        en: 'all seven statutory festivals are entered; one that is joined with another is named in that row',
      },
    })),
    ...uncovered
      .filter(([, key]) => !absent.some((festival) => festival === key))
      .map(([date, key]) => ({
        path: 'holidays',
        code: 'statutory-day-missing',
        message: {
          zh: `${date}（${nameOf(key).zh}）是法定节假日，未列入放假`,
          en: `${date} (${nameOf(key).en}) is off by law and in no holiday`,
        },
        cure: { zh: '请核对该节日的起止日期', en: 'check the first and last day of that festival' },
      })),
  ];
}

/** The next version: one year as its notice has it, every other day as before. */
export function calendarWith(base: Calendar, notice: HolidayNotice, version: string): Omit<Calendar, 'hash'> {
  const { id, names, provisionalFrom } = base;
  const { year, holidays, makeUp } = notice;
  const others = (days: Record<LocalDate, string>): [LocalDate, string][] =>
    Object.entries(days).filter(([date]) => Number(date.slice(0, 4)) !== year);
  const titles: Record<string, Text> = {};
  const rest: [LocalDate, string][] = [];
  for (const { name, title, from, to } of holidays) {
    const key = name === 'other' ? `other-${from}` : name;
    if (name === 'other' && title) titles[key] = title;
    for (let day = from; day <= to; day = addDays(day, 1)) if (weekday(day) < 6) rest.push([day, key]);
  }
  const other = holidays.find(({ name }) => name === 'other');
  const work = makeUp.map(({ date, name }): [LocalDate, string] => [
    date,
    name === 'other' && other ? `other-${other.from}` : name,
  ]);
  const byDate = (days: [LocalDate, string][]): Record<LocalDate, string> =>
    Object.fromEntries(days.sort(([a], [b]) => compareDates(a, b)));
  const next = `${year + 1}-01-01`;
  return {
    id,
    version,
    provisionalFrom: next > provisionalFrom ? next : provisionalFrom,
    names: { ...names, ...titles },
    rest: byDate([...others(base.rest), ...rest]),
    work: byDate([...others(base.work), ...work]),
  };
}

/** The name of the version after these: the last official year, and a number that counts up within it. */
export function nextVersion(
  versions: readonly string[],
  base: Pick<Calendar, 'provisionalFrom'>,
  year: number,
): string {
  const official = Math.max(provisionalYear(base) - 1, year);
  const numbers = versions.flatMap((version) => {
    const [major, minor] = version.split('.');
    return Number(major) === official ? [Number(minor)] : [];
  });
  return `${official}.${Math.max(0, ...numbers) + 1}`;
}

/** Earlier versions first. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [a, b].map((version) => version.split('.').map(Number));
  const [major = 0, minor = 0] = one ?? [];
  const [otherMajor = 0, otherMinor = 0] = other ?? [];
  return major - otherMajor || minor - otherMinor;
}

/** How many days of a year are off, weekends included, and how many are worked. */
export function countDays(calendar: Calendar, year: number): { rest: number; working: number; makeUp: number } {
  let [rest, working] = [0, 0];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day)) working += 1;
    else rest += 1;
  }
  const makeUp = Object.keys(calendar.work).filter((date) => Number(date.slice(0, 4)) === year).length;
  return { rest, working, makeUp };
}
