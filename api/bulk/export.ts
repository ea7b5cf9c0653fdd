import { Readable } from 'node:stream';
import { AGREEMENT_STATUS_WORDS } from '../../domain/agreement/vocabulary.ts';
import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type ListedAgreement, type Sort, listedAgreements } from '../agreements/listing.ts';
import { csvHead, csvLine } from '../directory/export.ts';
import type { ApiDeps } from '../deps.ts';
import { type Language, Problem } from '../problem.ts';
import { workbookOfSheets } from './workbook.ts';

/** Agreements that one read of the database brings. */
const PAGE = 1_000;
/** Rows of a workbook, which is made in memory; CSV has no end. */
const MOST_ROWS = 20_000;

const HEAD: Record<Language, string[]> = {
  zh: [
    ...['协议编号', '名称', '模板', '当事方', '状态', '项目协调人', '建立时间', '启动时间', '生效日', '有效期至'],
    ...['最近到期日', '最近到期事项', '责任方', '逾期事项数'],
  ],
  en: [
    ...[
      'id',
      'title',
      'template',
      'parties',
      'status',
      'coordinator',
      'created at',
      'started at',
      'in force on',
      'expires on',
    ],
    ...['next due on', 'next due', 'responsible', 'overdue'],
  ],
};

interface Chosen {
  where: Prisma.Sql;
  sort: Sort;
}

async function* pages(deps: Pick<ApiDeps, 'database'>, chosen: Chosen): AsyncGenerator<ListedAgreement[]> {
  for (let cursor: string | undefined; ;) {
    const { items, nextCursor } = await listedAgreements(deps, { ...chosen, limit: PAGE, cursor });
    yield items;
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}

function cellsOf(row: ListedAgreement, language: Language): string[] {
  const { nextDue, parties, status } = row;
  const separator = language === 'zh' ? '；' : '; ';
  const between = Object.values(parties).map(({ title, name }) => `${title[language]}: ${name}`);
  const period = nextDue && 'occurrence' in nextDue ? occurrenceTitle(String(nextDue.occurrence))[language] : '';
  return [
    row.id,
    row.title[language],
    row.template,
    between.join(separator),
    AGREEMENT_STATUS_WORDS[status as keyof typeof AGREEMENT_STATUS_WORDS][language],
    row.coordinator ?? '',
    row.createdAt,
    row.startedAt ?? '',
    row.inForceOn ?? '',
    row.expiresOn ?? '',
    nextDue?.localDate ?? '',
    nextDue ? `${nextDue.title[language]}${period && (language === 'zh' ? `（${period}）` : ` (${period})`)}` : '',
    nextDue?.responsibleTitle[language] ?? '',
    String(row.overdue),
  ];
}

/** Agreements as CSV (RFC 4180, UTF-8 with a byte order mark); what a spreadsheet would take for a formula is neutralised. */
export function agreementsCsv(deps: Pick<ApiDeps, 'database'>, chosen: Chosen, language: Language): Readable {
  return Readable.from(csvLines(deps, chosen, language));
}

async function* csvLines(deps: Pick<ApiDeps, 'database'>, chosen: Chosen, language: Language): AsyncGenerator<string> {
  yield csvHead(HEAD[language]);
  for await (const items of pages(deps, chosen)) {
    yield items.map((row) => csvLine(cellsOf(row, language))).join('');
  }
}

/**
 * Agreements as a workbook; its cells are texts, which no spreadsheet takes for formulas.
 *
 * @throws Problem `table-too-long` that says to narrow the list or to take CSV
 */
export async function agreementsWorkbook(
  deps: Pick<ApiDeps, 'database'>,
  chosen: Chosen,
  language: Language,
): Promise<Buffer> {
  const rows: string[][] = [];
  for await (const items of pages(deps, chosen)) {
    rows.push(...items.map((row) => cellsOf(row, language)));
    if (rows.length > MOST_ROWS) throw tooLong();
  }
  return workbookOfSheets([
    {
      name: language === 'zh' ? '协议' : 'Agreements',
      frozen: 1,
      widths: [38, 30, 26, 44, 12, 14, 26, 26, 12, 12, 12, 36, 18, 10],
      rows: [{ cells: HEAD[language], style: 'head' }, ...rows.map((cells) => ({ cells, style: 'text' as const }))],
    },
  ]);
}

function tooLong(): Problem {
  const most = String(MOST_ROWS);
  return new Problem('table-too-long', {
    errors: [
      {
        path: 'format',
        message: { zh: `工作簿最多 ${most} 行`, en: `a workbook has at most ${most} rows` },
        cure: { zh: '缩小筛选范围，或导出 CSV', en: 'narrow the list, or export it as CSV' },
      },
    ],
  });
}
