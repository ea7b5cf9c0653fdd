import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { LocalDate, Text } from '../../domain/time.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type ResolvedDraft, planDraft, resolveDraft } from '../../templates/draft.ts';
import { findTemplate, templateReference } from '../../templates/library.ts';
import { type Problem as InputProblem, isMissing } from '../../templates/problem.ts';
import type { Template } from '../../templates/schema.ts';
import { termsToSign } from '../../templates/signing-terms.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { agreementHead } from '../agreements/listing.ts';
import { calendarFinder } from '../calendars/shelf.ts';
import { derivedId } from '../derived-id.ts';
import { unquoted } from '../directory/formula.ts';
import { type TableFile, type TableRow, readTable } from '../directory/table-file.ts';
import type { Principal } from '../policy.ts';
import { type Language, Problem, inputProblem } from '../problem.ts';
import type { Draft } from '../views.ts';
import { type BulkDeps, aboutOf } from './acts.ts';
import { type Column, REFERENCE, columnAt, columnsOf } from './columns.ts';
import { MOST_LINES, type NewLine, createJob, jobIdOf } from './jobs.ts';
import { isRemark } from './template-file.ts';

/** First dates that a row is shown with. */
const FIRST_DATES = 3;

/** Something about a cell, or about a row as a whole. */
interface Remark {
  /** Key of the column. */
  column: string | null;
  code: string;
  value: string;
  message: Text;
  cure: Text;
}

/** An agreement that a row would make. */
interface PlannedLine {
  line: number;
  reference: string;
  given: Record<string, unknown>;
  fingerprint: string;
  errors: Remark[];
  warnings: Remark[];
  firstDue: { title: Text; localDate: LocalDate; occurrence?: string }[];
  /** The agreement that the same row made before. */
  already: { agreementId: string; at: Date } | null;
}

export interface ImportOrder {
  template: string;
  zone: string;
  /** The day of the last signature that first dates are reckoned from. */
  signedOn?: LocalDate | undefined;
  dryRun: boolean;
  /** Starts what it makes. */
  start: boolean;
  /** Rows that made an agreement before make another. */
  again: boolean;
}

/**
 * Agreements from a table. A dry run says of each row what it would make, or what is wrong by row and column. Else a job is
 * stored that makes them all; with anything wrong, nothing is.
 *
 * @throws Problem of an unknown template or zone; `table-unreadable`, `archive-refused`, `table-too-long`, `rows-wrong`
 */
export async function importAgreements(
  deps: BulkDeps,
  file: TableFile & { fileName?: string },
  order: ImportOrder,
  { key, by, language }: { key: string; by: Principal; language: Language },
) {
  const found = findTemplate(order.template);
  if ('problem' in found) throw inputProblem([found.problem]);
  const { template } = found;
  assertZone(order.zone);
  const table = await readTable(file);
  const columns = columnsOf(template);
  const [head, ...below] = table.rows;
  const placed = placeColumns(head, columns);
  const rows = below.filter(({ cells }) => !isRemark(cells[0] ?? ''));
  assertSize(rows.length);
  const self = await coordinatorOf(deps, by);
  const planned = await planRows(deps, rows, { template, placed, order, self });
  const ready = planned.filter(({ errors, already }) => errors.length === 0 && (already === null || order.again));
  const errorCount = planned.reduce((sum, { errors }) => sum + errors.length, placed.errors.length);
  let job: string | null = null;
  if (!order.dryRun) {
    if (errorCount > 0) throw rowsWrong(planned, placed.errors, columns);
    if (ready.length === 0) throw nothingToMake();
    job = jobIdOf(key);
    const reference = templateReference(template);
    const options = { template: reference, start: order.start, fileName: file.fileName ?? '' };
    await createJob(deps, { id: job, act: 'import', options, by, lines: linesOf(job, ready) });
  }
  const name = (column: string | null): string | null =>
    column === null ? null : (columns.find(({ key: of }) => of === column)?.title[language] ?? column);
  const remarks = (list: readonly Remark[]) =>
    list.map(({ column, code, value, message, cure }) => {
      return { column: name(column), code, value, message: message[language], cure: cure[language] };
    });
  return {
    dryRun: order.dryRun,
    job,
    template: templateReference(template),
    format: table.format,
    rows: planned.length,
    ready: ready.length,
    already: planned.filter(({ already }) => already !== null).length,
    errorCount,
    columnErrors: remarks(placed.errors),
    columnWarnings: remarks(placed.warnings),
    lines: planned.map(({ line, reference, given, errors, warnings, firstDue, already }) => ({
      line,
      reference,
      ...agreementHead({ template: templateReference(template), parties: (given as Draft).parties }),
      firstDue,
      already: already && { agreementId: already.agreementId, at: already.at.toISOString() },
      errors: remarks(errors),
      warnings: remarks(warnings),
    })),
  };
}

function assertZone(zone: string): void {
  try {
    zoneData(zone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('invalid-request', {
      errors: [
        {
          path: 'zone',
          message: { zh: `没有时区“${zone}”`, en: `there is no time zone "${zone}"` },
          cure: { zh: '请用 IANA 名称，例如 Asia/Shanghai', en: 'use an IANA name such as Asia/Shanghai' },
        },
      ],
    });
  }
}

function assertSize(rows: number): void {
  const most = String(MOST_LINES);
  if (rows > MOST_LINES) {
    throw tableProblem('table-too-long', {
      message: { zh: `超过 ${most} 行`, en: `has more than ${most} rows` },
      cure: { zh: `拆成每份不超过 ${most} 行`, en: `split it into files of at most ${most} rows` },
    });
  }
  if (rows === 0) {
    throw tableProblem('rows-wrong', {
      message: { zh: '没有可导入的行', en: 'has no row to bring in' },
      cure: { zh: '从示例行下面开始，每行填写一份协议', en: 'write one agreement a row, below the example' },
    });
  }
}

function tableProblem(
  code: 'table-too-long' | 'rows-wrong',
  { message, cure }: { message: Text; cure: Text },
): Problem {
  return new Problem(code, { errors: [{ path: 'file', message, cure }] });
}

interface Placed {
  /** By position in a row; undefined for a column of somebody's own. */
  at: (Column | undefined)[];
  errors: Remark[];
  warnings: Remark[];
}

/** @throws Problem `rows-wrong` where no column is one of the template's */
function placeColumns(head: TableRow | undefined, columns: readonly Column[]): Placed {
  const at = (head?.cells ?? []).map((cell) => columnAt(unquoted(cell), columns));
  if (!at.some((column) => column && column.key !== REFERENCE)) {
    throw tableProblem('rows-wrong', {
      message: { zh: '第一行没有此模板的列名', en: 'has no column of this template in its first row' },
      cure: { zh: '下载此模板的导入表，保留第一行', en: "download this template's table, and keep its first row" },
    });
  }
  const errors: Remark[] = [];
  const warnings: Remark[] = [];
  for (const [index, cell] of (head?.cells ?? []).entries()) {
    const column = at[index];
    const title = cell.trim();
    if (title === '') continue;
    const remark = { column: title, value: title };
    if (!column && /\[[^\][]+\]\s*$/.test(title)) {
      errors.push({
        ...remark,
        code: 'unknown-column',
        message: { zh: '此列不属于所选模板', en: 'is no column of this template' },
        cure: {
          zh: '确认所选模板与导入表一致，或删除此列',
          en: 'choose the template that the table is of, or remove the column',
        },
      });
    } else if (!column) {
      warnings.push({
        ...remark,
        code: 'column-ignored',
        message: { zh: '无法识别的列，不导入', en: 'is not known and is left out' },
        cure: {
          zh: '需要导入的，请使用导入表中的列名',
          en: 'use the column’s name from the table, if it is to come in',
        },
      });
    } else if (at.indexOf(column) < index) {
      errors.push({
        ...remark,
        code: 'column-twice',
        message: { zh: '此列出现两次', en: 'is there twice' },
        cure: { zh: '只保留一列', en: 'keep one of them' },
      });
    }
  }
  return { at, errors, warnings };
}

/** Whoever brings the table in, for rows that name no coordinator. */
async function coordinatorOf({ database }: BulkDeps, by: Principal): Promise<Record<string, string> | undefined> {
  if (by.kind !== 'account' || by.personId === null) return undefined;
  const { name, email, language } = await database.person.findUniqueOrThrow({ where: { id: by.personId } });
  return { name, email, language };
}

async function planRows(
  deps: BulkDeps,
  rows: readonly TableRow[],
  {
    template,
    placed,
    order,
    self,
  }: { template: Template; placed: Placed; order: ImportOrder; self: Record<string, string> | undefined },
): Promise<PlannedLine[]> {
  const lines: PlannedLine[] = [];
  const calendars = await calendarFinder(deps.database);
  const seen = new Map<string, number>();
  const dates = firstDates(order.signedOn ?? localDateAt(zoneData(order.zone), deps.clock()));
  for (const row of rows) {
    const { given, reference } = draftOf(row, { template, placed, order, self });
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([reference, given]))
      .digest('hex');
    const { draft, errors, warnings } = judge(row, { given, template, placed, calendars, start: order.start });
    const twin = seen.get(fingerprint);
    if (twin !== undefined) errors.push(twinRemark(twin));
    seen.set(fingerprint, twin ?? row.line);
    lines.push({
      line: row.line,
      reference,
      given,
      fingerprint,
      errors,
      warnings,
      firstDue: draft ? dates(draft) : [],
      already: null,
    });
    await turn(); // other people's requests come in between
  }
  const made = await madeBefore(
    deps,
    lines.map(({ fingerprint }) => fingerprint),
  );
  return lines.map((line) => ({ ...line, already: made.get(line.fingerprint) ?? null }));
}

function twinRemark(line: number): Remark {
  return {
    column: null,
    code: 'row-twice',
    value: '',
    message: { zh: `与第 ${String(line)} 行完全相同`, en: `says the same as row ${String(line)}` },
    cure: {
      zh: '删除其中一行；确为两份协议的，请填写不同的编号',
      en: 'remove one, or give each a reference of its own',
    },
  };
}

/** What a row says, as a draft. */
function draftOf(
  { cells }: TableRow,
  {
    template,
    placed,
    order,
    self,
  }: { template: Template; placed: Placed; order: ImportOrder; self: Record<string, string> | undefined },
): { given: Record<string, unknown>; reference: string } {
  const given: Record<string, unknown> = {
    template: templateReference(template),
    zone: order.zone,
    terms: {},
    parties: {},
  };
  let reference = '';
  for (const [index, cell] of cells.entries()) {
    const column = placed.at[index];
    const text = unquoted(cell).trim();
    if (!column || text === '') continue;
    if (column.key === REFERENCE) reference = text.slice(0, 200);
    else put(given, column.path, column.read(text));
  }
  if (given['coordinator'] === undefined && self) given['coordinator'] = self;
  return { given, reference };
}

function put(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const inner = (into[first] ??= {}) as Record<string, unknown>;
  put(inner, rest, value);
}

/** What is wrong with a row; of one that is only to be a draft, what is missing is a warning, but never a side of it. */
function judge(
  { cells }: TableRow,
  {
    given,
    template,
    placed,
    calendars,
    start,
  }: {
    given: Record<string, unknown>;
    template: Template;
    placed: Placed;
    calendars: Awaited<ReturnType<typeof calendarFinder>>;
    start: boolean;
  },
): { draft: ResolvedDraft | null; errors: Remark[]; warnings: Remark[] } {
  const { draft, errors: found } = resolveDraft(given, calendars);
  const remark = (problem: InputProblem): Remark => {
    const index = placed.at.findIndex((column) => column !== undefined && isAt(problem.path, column.key));
    const near = index >= 0 ? index : placed.at.findIndex((column) => column?.key.startsWith(`${problem.path}.`));
    const column = placed.at[near]?.key ?? problem.path;
    const { code, message, cure } = problem;
    return { column, code, value: unquoted(cells[near] ?? '').trim(), message, cure: isMissing(problem) ? FILL : cure };
  };
  const isLate = (problem: InputProblem): boolean =>
    !start && isMissing(problem) && !problem.path.startsWith('parties');
  const errors = found.filter((problem) => !isLate(problem)).map(remark);
  const warnings = found.filter(isLate).map(remark);
  const toSign = termsToSign(template);
  for (const { term } of draft?.terms.open ?? []) {
    const label = template.terms.find(({ name }) => name === term)?.label ?? { zh: term, en: term };
    const open = remark({
      path: `terms.${term}`,
      code: 'term-open',
      message: { zh: `${label.zh}尚未约定`, en: `${label.en} is still open` },
      cure: toSign.includes(term) ? FILL : DECIDE,
    });
    (start ? errors : warnings).push(open);
  }
  return { draft, errors, warnings };
}

const FILL: Text = { zh: '请填写此列', en: 'fill this column' };
const DECIDE: Text = { zh: '请填写，或填“不作约定”', en: 'fill it, or write "not agreed"' };

/** Whether a path of a draft is about a column: its own, or what stands within it. */
function isAt(path: string, key: string): boolean {
  return path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`);
}

/** The first dates of a draft; they hang on terms and zone alone, which many rows have in common. */
function firstDates(signedOn: LocalDate): (draft: ResolvedDraft) => PlannedLine['firstDue'] {
  const known = new Map<string, PlannedLine['firstDue']>();
  return (draft) => {
    const key = JSON.stringify([draft.zone.id, draft.terms.terms]);
    const reckoned =
      known.get(key) ??
      planDraft(draft, signedOn)
        .obligations.flatMap(({ title, localDate, occurrence }) =>
          localDate === null ? [] : [{ title, localDate, ...(occurrence === undefined ? {} : { occurrence }) }],
        )
        .slice(0, FIRST_DATES);
    known.set(key, reckoned);
    return reckoned;
  };
}

/** Rows that made an agreement which is still there, or that wait to. */
async function madeBefore(
  { database }: BulkDeps,
  fingerprints: string[],
): Promise<Map<string, { agreementId: string; at: Date }>> {
  const rows = await database.$queryRaw<{ fingerprint: string; agreementId: string; at: Date }[]>`
    SELECT DISTINCT ON (fingerprint) fingerprint, agreement_id::text AS "agreementId", bulk_job.created_at AS at
    FROM bulk_line JOIN bulk_job ON bulk_job.id = job_id
    WHERE fingerprint = ANY(${fingerprints}::text[])
      AND (status IN ('waiting', 'pending') OR EXISTS (SELECT FROM agreement WHERE agreement.id = agreement_id))
    ORDER BY fingerprint, bulk_job.created_at DESC`;
  return new Map(rows.map(({ fingerprint, agreementId, at }) => [fingerprint, { agreementId, at }]));
}

/** Every line makes an agreement whose id follows from the job: carried out again, it makes no other one. */
function linesOf(job: string, ready: readonly PlannedLine[]): NewLine[] {
  return ready.map(({ line, reference, given, fingerprint }) => ({
    agreementId: derivedId('bulk-agreement', `${job}/${String(line)}`),
    about: {
      ...aboutOf({ template: String(given['template']), draft: given }),
      line,
      ...(reference === '' ? {} : { reference }),
    },
    draft: given as Prisma.InputJsonObject,
    fingerprint,
  }));
}

/** Problems that an answer lists one by one. */
const SHOWN = 500;

function rowsWrong(planned: readonly PlannedLine[], head: readonly Remark[], columns: readonly Column[]): Problem {
  const title = (key: string | null): Text =>
    columns.find((column) => column.key === key)?.title ?? { zh: key ?? '', en: key ?? '' };
  const all = [
    ...head.map((error) => ({ line: 1, error })),
    ...planned.flatMap(({ line, errors }) => errors.map((error) => ({ line, error }))),
  ];
  return new Problem('rows-wrong', {
    errors: all.slice(0, SHOWN).map(({ line, error }) => {
      const { zh, en } = title(error.column);
      return {
        path: en === '' ? `row ${String(line)}` : `row ${String(line)}, ${en}`,
        message: { zh: `第 ${String(line)} 行${zh}：${error.message.zh}`, en: error.message.en },
        cure: error.cure,
      };
    }),
  });
}

function nothingToMake(): Problem {
  return tableProblem('rows-wrong', {
    message: { zh: '各行均已导入过', en: 'has only rows that were brought in before' },
    cure: { zh: '确需再建一份的，勾选“再次创建”', en: 'choose to make them again, if that is meant' },
  });
}
