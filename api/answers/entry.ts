import { createHash } from 'node:crypto';
import type { SurveyChannel } from '../../domain/survey/compiled.ts';
import { withoutFiles } from '../../domain/survey/question.ts';
import { type Answers, checkAnswers } from '../../domain/survey/questionnaire.ts';
import type { Text } from '../../domain/time.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { Invitee } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import { type TableFile, readTable } from '../directory/table-file.ts';
import { Problem } from '../problem.ts';
import { findSurvey } from '../process/rows.ts';
import { askedIn, invalidAnswers } from './answering.ts';
import { type CellFault, readAnswerRows } from './cells.ts';
import { type Cycle, intakeOf } from './cycle.ts';
import type { AnswerDesk } from './desk.ts';
import { type NewAnswer, anybody } from './intake.ts';

type Deps = Pick<ApiDeps, 'database' | 'clock'> & { answers: AnswerDesk };

/** Faults that an answer lists one by one. */
const SHOWN = 500;

/** The cycle that answers are entered in. @throws Problem `unknown-survey` */
export async function cycleToEnter({ database, answers }: Deps, agreementId: string, survey: string): Promise<Cycle> {
  const { row } = await findSurvey(database, agreementId, survey);
  const cycle = await answers.cycleOf(row.workflowId);
  if (!cycle) throw new Problem('unknown-survey');
  return cycle;
}

/** An answer as somebody entered it for whoever gave it. */
interface Entered {
  /** Key of the customer; without it nobody is named. */
  customer?: string | undefined;
  channel: SurveyChannel;
  answers: Answers;
  /** When the paper came in, or the call was made; else today. */
  receivedOn?: string | undefined;
}

/** Enters one answer. @param key the same request again is the same answer */
export async function enterAnswer(
  deps: Deps,
  cycle: Cycle,
  { customer, channel, answers: given, receivedOn }: Entered,
  { by, key }: { by: string; key: string },
): Promise<'counted' | 'late'> {
  const { answers, clock } = deps;
  const questions = withoutFiles(askedIn(cycle, clock()).questions);
  const faults = checkAnswers(questions, given);
  if (faults.length > 0) throw invalidAnswers(faults);
  const today = localDateAt(cycle.input.zone, clock());
  if (receivedOn !== undefined && receivedOn > today) {
    throw wrong(
      'receivedOn',
      { zh: '日期晚于今天', en: 'is later than today' },
      { zh: '填写收到答卷的日期', en: 'give the day on which it came in' },
    );
  }
  const invitees = customer === undefined ? new Map<string, Invitee>() : await inviteesOf(deps, cycle, [customer]);
  const invitee = invitees.get(customer ?? '');
  if (customer !== undefined && !invitee) throw wrong('customer', ...NOT_DRAWN);
  const respondent = createHash('sha256').update(`${cycle.workflowId}/${key}`).digest('hex').slice(0, 32);
  const taken = await answers.intake.take(
    newAnswer(deps, cycle, { invitee, channel, given, receivedOn: receivedOn ?? today, respondent, by, source: null }),
  );
  if (taken === 'counted' || taken === 'late') return taken;
  if (invitee) throw new Problem('already-answered');
  return 'counted'; // the same request once more
}

/**
 * Enters a table of answers, all of it or nothing. The same table of the same source again brings nothing in.
 *
 * @throws Problem `table-unreadable`, `archive-refused`, `table-too-long`; `rows-wrong`, which lists them
 */
export async function importAnswers(
  deps: Deps,
  cycle: Cycle,
  file: TableFile,
  { source, channel, dryRun, by }: { source: string; channel: SurveyChannel | undefined; dryRun: boolean; by: string },
): Promise<{ rows: number; late: number }> {
  const { answers, clock, database } = deps;
  const questions = withoutFiles(askedIn(cycle, clock()).questions);
  const todayOn = localDateAt(cycle.input.zone, clock());
  const { rows, faults } = readAnswerRows(await readTable(file), questions, { channel, todayOn });
  const keys = rows.flatMap(({ customer }) => (customer === '' ? [] : [customer]));
  const invitees = await inviteesOf(deps, cycle, keys);
  const hash = (text: string): string => createHash('sha256').update(`${source}\n${text}`).digest('hex').slice(0, 32);
  const given = rows.map((row): NewAnswer =>
    newAnswer(deps, cycle, {
      invitee: invitees.get(row.customer),
      channel: row.channel,
      given: row.answers,
      receivedOn: row.receivedOn,
      respondent: hash(`${String(row.line)}\n${row.text}`),
      by,
      source,
    }),
  );
  const there = await database.answer.findMany({
    where: { workflowId: cycle.workflowId, respondent: { in: given.map(({ respondent }) => respondent) } },
    select: { respondent: true },
  });
  const known = new Set(there.map(({ respondent }) => respondent));
  const seen = new Set<string>();
  for (const [index, { line, customer }] of rows.entries()) {
    const at = (column: string, words: readonly [Text, Text]): void =>
      void faults.push({ line, column, message: words[0], cure: words[1] });
    const invitee = invitees.get(customer);
    if (customer !== '' && !invitee) at('customer', NOT_DRAWN);
    else if (seen.has(customer)) at('customer', TWICE);
    else if (invitee?.answered) at('customer', ANSWERED);
    else if (!invitee && known.has(given[index]?.respondent ?? '')) at('', THERE);
    if (customer !== '') seen.add(customer);
  }
  if (faults.length > 0) throw rowsWrong(faults);
  if (dryRun) return { rows: rows.length, late: 0 };
  const taken = await answers.intake.takeAll(given);
  if (taken === 'again') throw new Problem('already-answered'); // somebody answered meanwhile: nothing was brought in
  return { rows: rows.length, late: taken.filter((one) => one === 'late').length };
}

const NOT_DRAWN: readonly [Text, Text] = [
  { zh: '不在本次调查的名单中', en: 'is not among those who were drawn' },
  { zh: '填写名单中的客户编号，或留空', en: 'write the key of one of them, or leave it empty' },
];
const ANSWERED: readonly [Text, Text] = [
  { zh: '已提交过答卷', en: 'has answered already' },
  { zh: '删去此行', en: 'remove this row' },
];
const TWICE: readonly [Text, Text] = [
  { zh: '在表中出现两次', en: 'stands in the table twice' },
  { zh: '每个客户保留一行', en: 'keep one row for each customer' },
];
const THERE: readonly [Text, Text] = [
  { zh: '此行已由同一来源导入过', en: 'was brought in from the same source before' },
  { zh: '删去此行', en: 'remove this row' },
];

/** Of those customers, whoever was drawn, by key. */
async function inviteesOf({ database }: Deps, { workflowId }: Cycle, keys: string[]): Promise<Map<string, Invitee>> {
  if (keys.length === 0) return new Map();
  const customers = await database.customer.findMany({ where: { key: { in: keys } }, select: { id: true, key: true } });
  const rows = await database.invitee.findMany({
    where: { workflowId, customerId: { in: customers.map(({ id }) => id) } },
  });
  const byCustomer = new Map(rows.map((row) => [row.customerId, row]));
  return new Map(
    customers.flatMap(({ id, key }): [string, Invitee][] => {
      const row = byCustomer.get(id);
      return row ? [[key, row]] : [];
    }),
  );
}

function newAnswer(
  { clock }: Deps,
  cycle: Cycle,
  entered: {
    invitee: Invitee | undefined;
    channel: SurveyChannel;
    given: Answers;
    receivedOn: string;
    respondent: string;
    by: string;
    source: string | null;
  },
): NewAnswer {
  const { invitee, channel, given, receivedOn, respondent, by, source } = entered;
  const { anonymous } = cycle.input.survey;
  return {
    workflowId: cycle.workflowId,
    respondent: invitee ? (anonymous ? anybody() : invitee.id) : respondent,
    inviteeId: invitee?.id ?? null,
    anonymous,
    channel,
    tier: invitee?.tier ?? null,
    department: invitee?.department ?? null,
    branch: invitee?.branch ?? null,
    answers: given,
    files: [],
    receivedOn,
    receivedAt: new Date(clock()),
    late: intakeOf(cycle, clock()) === 'late',
    enteredBy: by,
    source,
    draftId: invitee?.id ?? null,
  };
}

function wrong(path: string, message: Text, cure: Text): Problem {
  return new Problem('invalid-answers', { errors: [{ path, message, cure }] });
}

function rowsWrong(faults: readonly CellFault[]): Problem {
  const sorted = [...faults].sort((a, b) => a.line - b.line);
  return new Problem('rows-wrong', {
    errors: sorted.slice(0, SHOWN).map(({ line, column, message, cure }) => ({
      path: column === '' ? `line ${String(line)}` : `line ${String(line)}, ${column}`,
      message,
      cure,
    })),
  });
}
