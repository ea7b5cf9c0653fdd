import type { LocalDate, Text } from '../../domain/time.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import type { SurveyChannel } from '../../domain/survey/compiled.ts';
import { SURVEY_CHANNELS } from '../../domain/survey/compiled.ts';
import type { Question } from '../../domain/survey/question.ts';
import { type Answers, checkAnswers } from '../../domain/survey/questionnaire.ts';
import { unquoted } from '../directory/formula.ts';
import type { Table } from '../directory/table-file.ts';

/** One row of a table of answers. */
export interface AnswerRow {
  line: number;
  /** The customer's key; '' where nobody is named. */
  customer: string;
  channel: SurveyChannel;
  receivedOn: string;
  answers: Answers;
  /** The row as it stood, to tell the same one again. */
  text: string;
}

/** What is wrong with a cell; line 1 is the header. */
export interface CellFault {
  line: number;
  column: string;
  message: Text;
  cure: Text;
}

/** Columns beside the questions, by what stands above them. */
const TITLES: Record<string, 'customer' | 'channel' | 'receivedOn'> = {
  customer: 'customer',
  客户编号: 'customer',
  channel: 'channel',
  渠道: 'channel',
  date: 'receivedOn',
  日期: 'receivedOn',
};

/** As the page names them, and shorter. */
const CHANNEL_TITLES: Record<string, SurveyChannel> = {
  电子邮件: 'email',
  邮件: 'email',
  在线问卷: 'online',
  线上: 'online',
  电话: 'phone',
  面访: 'face-to-face',
  纸质问卷: 'paper',
  纸质: 'paper',
  短信: 'sms',
  信函: 'letter',
};

/**
 * Answers from a table: a row each, a column for each question by its name (`name.row` in a matrix) or its title in either
 * language (`title: row` in a matrix); several choices with `;` between them. Everything that is wrong comes back, by line
 * and by the column as the table has it.
 */
export function readAnswerRows(
  { rows }: Table,
  questions: readonly Question[],
  { channel, todayOn }: { channel: SurveyChannel | undefined; todayOn: LocalDate },
): { rows: AnswerRow[]; faults: CellFault[] } {
  const [header, ...body] = rows;
  const written = (header?.cells ?? []).map((title) => title.trim());
  const faults: CellFault[] = [];
  const known = questions.flatMap(({ name, rows: lines, comment }) => [
    ...(lines.length > 0 ? lines.map(({ value }) => `${name}.${value}`) : [name]),
    ...(comment ? [`${name}-Comment`] : []),
  ]);
  const byTitle = namesByTitle(questions);
  const titles = written.map((title) =>
    TITLES[title] !== undefined || known.includes(title)
      ? title
      : (byTitle.find(([said]) => said === title)?.[1] ?? title),
  );
  /** What the table calls a column of ours; of a matrix any of its columns. */
  const calledInTable = (name: string): string =>
    written[titles.findIndex((title) => title === name || title.startsWith(`${name}.`))] ?? name;
  titles.forEach((title, index) => {
    if (title === '' && body.every(({ cells }) => (cells[index] ?? '').trim() === '')) return;
    const name = TITLES[title] ?? title;
    if (titles.findIndex((other) => (TITLES[other] ?? other) === name) < index) {
      const column = written[index] ?? title;
      faults.push(
        fault(1, column, { zh: '列名重复', en: 'stands above two columns' }, { zh: '保留一列', en: 'keep one' }),
      );
    } else if (TITLES[title] === undefined && !known.includes(title)) {
      const list = [...Object.keys(TITLES).filter((_one, at) => at % 2 === 1), ...known].join('、');
      faults.push(
        fault(
          1,
          title,
          { zh: '问卷中没有这道题', en: 'is no question of this questionnaire' },
          {
            zh: `列名可为题目全文，或：${list}`,
            en: `columns are titles of questions, or customer, channel, date, ${known.join(', ')}`,
          },
        ),
      );
    }
  });
  if (header === undefined || body.length === 0) {
    faults.push(
      fault(
        1,
        '',
        { zh: '表中没有答卷', en: 'the table holds no answers' },
        { zh: '表头之下每行一份', en: 'write one a row below the header' },
      ),
    );
  }
  if (faults.length > 0) return { rows: [], faults };
  const read = body.map(({ line, cells }): AnswerRow => {
    const row: AnswerRow = {
      line,
      customer: '',
      channel: channel ?? 'paper',
      receivedOn: todayOn,
      answers: {},
      text: JSON.stringify(cells),
    };
    let hasChannel = channel !== undefined;
    titles.forEach((title, index) => {
      const cell = unquoted((cells[index] ?? '').trim());
      if (cell === '') return;
      switch (TITLES[title]) {
        case 'customer':
          row.customer = cell;
          return;
        case 'channel': {
          const found = CHANNEL_TITLES[cell] ?? SURVEY_CHANNELS.find((one) => one === cell);
          hasChannel = true;
          if (found) row.channel = found;
          else
            faults.push(
              fault(
                line,
                title,
                { zh: '没有这种渠道', en: 'is no channel' },
                {
                  zh: `填写${Object.keys(CHANNEL_TITLES).join('、')}之一`,
                  en: `write one of ${SURVEY_CHANNELS.join(', ')}`,
                },
              ),
            );
          return;
        }
        case 'receivedOn':
          if (isLocalDate(cell) && cell <= todayOn) row.receivedOn = cell;
          else
            faults.push(
              fault(
                line,
                title,
                { zh: '不是过去的日期', en: 'is no day up to today' },
                { zh: '按 2027-03-15 的格式填写', en: 'write it as 2027-03-15' },
              ),
            );
          return;
        default:
          put(row.answers, questions, title, cell);
      }
    });
    if (!hasChannel)
      faults.push(
        fault(
          line,
          'channel',
          { zh: '未注明渠道', en: 'is missing' },
          { zh: '补充渠道列', en: 'add the column, or say it for the whole file' },
        ),
      );
    for (const { path, message, cure } of checkAnswers(questions, row.answers))
      faults.push({ line, column: calledInTable(path), message, cure });
    return row;
  });
  return { rows: read, faults };
}

/** Names of columns by what the page and the paper call them; of two that are called the same, none. */
function namesByTitle(questions: readonly Question[]): [title: string, name: string][] {
  const all = questions.flatMap(({ name, title, rows }): [string, string][] =>
    rows.length === 0
      ? [...new Set([title.zh, title.en])].map((said) => [said.trim(), name])
      : rows.flatMap((row): [string, string][] => [
          [`${title.zh}：${row.title.zh}`.trim(), `${name}.${row.value}`],
          [`${title.en}: ${row.title.en}`.trim(), `${name}.${row.value}`],
        ]),
  );
  return all.filter(([said]) => all.filter(([other]) => other === said).length === 1);
}

function fault(line: number, column: string, message: Text, cure: Text): CellFault {
  return { line, column, message, cure };
}

/** A cell as the answer that it means; what it does not mean stays as it is, for `checkAnswers` to refuse. */
function put(answers: Answers, questions: readonly Question[], title: string, cell: string): void {
  const [name = '', line] = questions.some((one) => one.name === title) ? [title] : title.split(/\.(.*)/s);
  const question = questions.find((one) => one.name === name);
  if (!question) {
    answers[title] = cell; // an own word beside the choices
    return;
  }
  const meant = (text: string): unknown =>
    question.choices.find(({ value, title: said }) => [String(value), said.zh, said.en].includes(text))?.value ??
    (question.scale !== null && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text);
  if (line !== undefined) answers[name] = { ...(answers[name] as object | undefined), [line]: meant(cell) };
  else if (question.type === 'checkbox' || question.type === 'ranking') {
    answers[name] = cell.split(/[;；]/).map((one) => meant(one.trim()));
  } else answers[name] = question.choices.length > 0 ? meant(cell) : cell;
}
