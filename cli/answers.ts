import { readFileSync } from 'node:fs';
import { Problem as ApiProblem } from '../api/problem.ts';
import { MAX_TABLE_ROWS, type Table, readCsv } from '../api/directory/table-file.ts';
import { SURVEY_CHANNELS, type SurveyChannel } from '../domain/survey/compiled.ts';
import type { Text } from '../domain/time.ts';
import type { Problem } from '../templates/problem.ts';

/** One answer as somebody wrote it down: question, or dimension by id or title, with what was answered. */
export interface GivenAnswer {
  /** Where it stands, for what is wrong with it: `script[3].answers[1]`, `script[3].file[row 2]`. */
  path: string;
  /** Key of the customer; missing: nobody knows whose it is. */
  customer?: string;
  channel?: SurveyChannel;
  values: Record<string, unknown>;
}

/** Columns of a file that are no question. */
const CUSTOMER = ['customer', 'customer key', 'key', '客户', '客户编号'];
const CHANNEL = ['channel', '渠道', '调查方式'];

/** How people call a channel. */
const CHANNELS: Record<string, SurveyChannel> = {
  ...(Object.fromEntries(SURVEY_CHANNELS.map((one) => [one, one])) as Record<SurveyChannel, SurveyChannel>),
  'e-mail': 'email',
  邮件: 'email',
  邮箱: 'email',
  电子邮件: 'email',
  web: 'online',
  线上: 'online',
  在线: 'online',
  在线问卷: 'online',
  telephone: 'phone',
  电话: 'phone',
  interview: 'face-to-face',
  visit: 'face-to-face',
  面访: 'face-to-face',
  面谈: 'face-to-face',
  上门: 'face-to-face',
  纸质: 'paper',
  纸质问卷: 'paper',
  短信: 'sms',
  信函: 'letter',
  正式发函: 'letter',
};

type Read = { answers: GivenAnswer[]; problems: Problem[] };

/** Answers as a script has them: a map, a list of maps, a list of `{ customer, channel, answers }`. */
export function answersInScript(given: unknown, path: string, channel: SurveyChannel | undefined): Read {
  const list: { one: unknown; at: string }[] = Array.isArray(given)
    ? given.map((one: unknown, index) => ({ one, at: `${path}[${index}]` }))
    : [{ one: given, at: path }];
  return readAll(list, channel);
}

/**
 * Answers of a file: CSV (UTF-8, or GB18030 as a Chinese Excel writes it) with a row for each answer and a column for
 * each question, or JSON with a list as a script has it. Empty cells are questions that were left out.
 */
export function answersInFile(file: string, path: string, channel: SurveyChannel | undefined): Read {
  const content = readFileSync(file);
  const start = content.subarray(0, 100).toString().trimStart();
  if (!/\.json$/i.test(file) && !/^\uFEFF?[[{]/.test(start)) return readRows(content, path, channel);
  const value = parseJson(content.toString());
  if (value === undefined) return { answers: [], problems: [unreadable(path, 'json')] };
  const rows: unknown = isMap(value) && Array.isArray(value['answers']) ? value['answers'] : value;
  const list = Array.isArray(rows) ? rows : [rows];
  return readAll(
    list.map((one: unknown, index) => ({ one, at: `${path}[row ${index + 1}]` })),
    channel,
  );
}

function readRows(content: Buffer, path: string, channel: SurveyChannel | undefined): Read {
  const table = readTable(content, path);
  if ('problems' in table) return { answers: [], problems: table.problems };
  const rows = table.rows.map(({ cells }) => cells);
  const [titles = [], ...body] = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
  const names = titles.map((title) => title.trim());
  const repeated = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (repeated !== undefined) return { answers: [], problems: [repeatedColumn(path, repeated)] };
  if (body.length === 0) return { answers: [], problems: [unreadable(path, 'empty')] };
  if (body.length > MAX_TABLE_ROWS) return { answers: [], problems: [unreadable(path, 'long')] };
  const problems: Problem[] = [];
  const list = body.map((row, index) => {
    const at = `${path}[row ${index + 1}]`;
    const cells = row.map((cell) => cell.trim());
    const beyond = cells.findIndex((cell, column) => cell !== '' && (names[column] ?? '') === '');
    if (beyond !== -1) problems.push(untitled(at, beyond + 1));
    const one: Record<string, unknown> = {};
    names.forEach((name, column) => {
      const cell = cells[column] ?? '';
      if (name === '' || cell === '') return;
      const isNumber = /^-?\d+(?:\.\d+)?$/.test(cell) && !isOneOf(CUSTOMER, name);
      one[name] = isNumber ? Number(cell) : cell;
    });
    return { one, at };
  });
  const read = readAll(list, channel);
  return { answers: read.answers, problems: [...problems, ...read.problems] };
}

function readAll(list: readonly { one: unknown; at: string }[], channel: SurveyChannel | undefined): Read {
  const problems: Problem[] = [];
  const answers = list.flatMap(({ one, at }): GivenAnswer[] => {
    if (!isMap(one)) {
      problems.push(noMap(at));
      return [];
    }
    const entries = Object.entries(one);
    const about = (titles: readonly string[]): unknown => entries.find(([title]) => isOneOf(titles, title))?.[1];
    const nested = isMap(one['answers']) ? one['answers'] : undefined;
    const customer = about(CUSTOMER);
    const by = about(CHANNEL);
    const known = by === undefined || by === null ? channel : channelOf(by);
    if (by !== undefined && by !== null && known === undefined) problems.push(unknownChannel(`${at}.channel`, by));
    const values =
      nested ?? Object.fromEntries(entries.filter(([title]) => !isOneOf(CUSTOMER, title) && !isOneOf(CHANNEL, title)));
    const said = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''));
    if (Object.keys(said).length === 0) problems.push(nothingSaid(at));
    return [
      {
        path: at,
        ...(typeof customer === 'string' || typeof customer === 'number' ? { customer: String(customer).trim() } : {}),
        ...(known === undefined ? {} : { channel: known }),
        values: said,
      },
    ];
  });
  return { answers, problems };
}

function channelOf(value: unknown): SurveyChannel | undefined {
  const asked = String(value).trim().toLowerCase().replaceAll('_', '-');
  return Object.hasOwn(CHANNELS, asked) ? CHANNELS[asked] : undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOneOf(titles: readonly string[], title: string): boolean {
  return titles.includes(title.trim().toLowerCase());
}

/** A CSV file, or what is wrong with it under `path`. */
export function readTable(content: Buffer, path: string): Table | { problems: Problem[] } {
  try {
    return readCsv(content);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const { code, errors } = error;
    return { problems: errors.map(({ message, cure }) => ({ path, code, message, cure })) };
  }
}

/** Undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const UNREADABLE: Record<'json' | 'empty' | 'long', { message: Text; cure: Text }> = {
  json: {
    message: { zh: '不是有效的 JSON', en: 'is no valid JSON' },
    cure: { zh: '请检查括号和引号', en: 'check its brackets and quotation marks' },
  },
  empty: {
    message: { zh: '没有答卷', en: 'has no answer' },
    cure: {
      zh: '首行为题号，其后每行一份答卷',
      en: 'write the questions in the first row and an answer in each row below',
    },
  },
  long: {
    message: { zh: `超过 ${MAX_TABLE_ROWS} 行`, en: `has more than ${MAX_TABLE_ROWS} rows` },
    cure: { zh: '请拆成多个文件', en: 'split it into several files' },
  },
};

function unreadable(path: string, why: keyof typeof UNREADABLE): Problem {
  return { path, code: 'answers-unreadable', ...UNREADABLE[why] };
}

function repeatedColumn(path: string, title: string): Problem {
  return {
    path,
    code: 'column-repeated',
    message: { zh: `“${title}”列出现两次`, en: `has two columns "${title}"` },
    cure: { zh: '请只保留一列', en: 'keep one of them' },
  };
}

function untitled(path: string, column: number): Problem {
  return {
    path,
    code: 'column-untitled',
    message: { zh: `第 ${column} 列没有题号`, en: `has a value in column ${column}, which has no title` },
    cure: { zh: '请在首行写明题号，或删除该值', en: 'name the question in the first row, or take the value out' },
  };
}

function noMap(path: string): Problem {
  return {
    path,
    code: 'invalid-value',
    message: {
      zh: '应为一份答卷，即题号与答案的键值对',
      en: 'must be an answer: a map of questions and what was answered',
    },
    cure: { zh: '请写成 { 题号: 答案 }', en: 'write it as { question: answer }' },
  };
}

function nothingSaid(path: string): Problem {
  return {
    path,
    code: 'answer-empty',
    message: { zh: '没有任何答案', en: 'answers no question' },
    cure: { zh: '请填写答案，或删除此行', en: 'write what was answered, or take it out' },
  };
}

function unknownChannel(path: string, value: unknown): Problem {
  return {
    path,
    code: 'unknown-channel',
    message: { zh: `没有调查方式“${String(value)}”`, en: `there is no channel "${String(value)}"` },
    cure: { zh: `可用的：${SURVEY_CHANNELS.join('、')}`, en: `the channels are ${SURVEY_CHANNELS.join(', ')}` },
  };
}
