import { FESTIVALS, type Festival, type HolidayNotice, type HolidayRange } from '../../domain/calendar-notice.ts';
import type { Text } from '../../domain/time.ts';
import { type FieldProblem, Problem } from '../problem.ts';

const TITLES: Record<Festival, string[]> = {
  'new-year': ['元旦', "new year's day", 'new year'],
  'spring-festival': ['春节', 'spring festival'],
  qingming: ['清明节', '清明', 'qingming festival', 'tomb-sweeping day'],
  'labour-day': ['劳动节', 'labour day'],
  'dragon-boat': ['端午节', 'dragon boat festival'],
  'mid-autumn': ['中秋节', 'mid-autumn festival'],
  'national-day': ['国庆节', 'national day'],
};
const HOLIDAY = ['holiday', '放假'];
const MAKE_UP = ['work', 'make-up', '调休', '上班', '调休上班'];
const HEADS = ['kind', '类型', '类别'];

/** What a file says of a year: still to be checked, and shown in the form before anything is saved. */
export type NoticeFile = Omit<HolidayNotice, 'year'> & { year: number | null };

/**
 * Reads a notice from JSON (`{ year, holidays, makeUp }`, as the API takes it) or CSV: `kind,name,from,to`, a line a
 * holiday or make-up day, with or without a heading; names and kinds in Chinese or English.
 *
 * @throws Problem `invalid-request` that names each line that cannot be read
 */
export function readNoticeFile(content: string): NoticeFile {
  const text = content.replace(/^\uFEFF/, '').trim();
  if (text === '') throw unreadable([at('content', { zh: '文件是空的', en: 'the file is empty' })]);
  return text.startsWith('{') ? readJson(text) : readCsv(text);
}

function readJson(text: string): NoticeFile {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw unreadable([at('content', { zh: 'JSON 格式有误', en: 'is no JSON' })]);
  }
  const { year, holidays, makeUp } = found as Record<string, unknown>;
  const areRows = (rows: unknown): rows is Record<string, unknown>[] =>
    Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null);
  if (!areRows(holidays) || !areRows(makeUp ?? [])) {
    throw unreadable([at('content', { zh: '缺少 holidays 清单', en: 'has no list of holidays' })]);
  }
  const cell = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
  return {
    year: typeof year === 'number' && Number.isInteger(year) ? year : null,
    holidays: holidays.map((row) => ({ ...named(titleIn(row)), from: cell(row['from']), to: cell(row['to']) })),
    makeUp: ((makeUp ?? []) as Record<string, unknown>[]).map((row) => ({
      date: cell(row['date']),
      name: named(titleIn(row)).name,
    })),
  };

  function titleIn(row: Record<string, unknown>): string {
    const title = row['title'] as { zh?: unknown } | undefined;
    return row['name'] === 'other' ? cell(title?.zh) : cell(row['name']);
  }
}

function readCsv(text: string): NoticeFile {
  const wrong: FieldProblem[] = [];
  const notice: NoticeFile = { year: null, holidays: [], makeUp: [] };
  text.split(/\r?\n/).forEach((line, index) => {
    const cells = line.split(/[,，;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const [kind = '', name = '', from = '', to = ''] = cells;
    if (line.trim() === '' || (index === 0 && HEADS.includes(kind.toLowerCase()))) return;
    if (HOLIDAY.includes(kind.toLowerCase())) {
      notice.holidays.push({ ...named(name), from, to: to === '' ? from : to });
    } else if (MAKE_UP.includes(kind.toLowerCase())) {
      notice.makeUp.push({ date: from, name: named(name).name });
    } else {
      wrong.push(
        at(`content.${index + 1}`, {
          zh: `第 ${index + 1} 行的类型“${kind}”无法识别`,
          en: `line ${index + 1}: "${kind}" is no kind`,
        }),
      );
    }
  });
  if (wrong.length > 0) throw unreadable(wrong);
  const years = notice.holidays.map(({ from }) => Number(from.slice(0, 4))).filter((year) => year > 0);
  return { ...notice, year: years[0] ?? null };
}

/** `春节`, `spring-festival`, or two festivals joined as `国庆节、中秋节`; anything else is another holiday of that name. */
function named(text: string): Pick<HolidayRange, 'name' | 'also' | 'title'> {
  const festivals = text.split(/[、/&+]/).map((part) => festivalOf(part.trim()));
  const [first, ...others] = festivals;
  if (first && others.every((one) => one !== undefined)) {
    return { name: first, ...(others.length > 0 ? { also: others } : {}) };
  }
  return { name: 'other', title: { zh: text, en: text } };
}

function festivalOf(text: string): Festival | undefined {
  const lower = text.toLowerCase();
  return FESTIVALS.find((festival) => festival === lower || TITLES[festival].includes(lower));
}

function at(path: string, message: Text): FieldProblem {
  return {
    path,
    message,
    cure: {
      zh: '每行写：放假或调休，名称，起日，止日；例如 放假,国庆节,2027-10-01,2027-10-07',
      en: 'each line: holiday or work, name, from, to; such as holiday,National Day,2027-10-01,2027-10-07',
    },
  };
}

function unreadable(errors: FieldProblem[]): Problem {
  return new Problem('invalid-request', { errors });
}
