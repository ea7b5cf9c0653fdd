import { clauseLines } from '../templates/clause-lines.ts';
import type { LedgerClause } from '../templates/ledger.ts';
import { CommandFailed, language, print, printJson, table } from './output.ts';
import type { Language } from './output.ts';

const STATUSES = ['automated', 'recorded', 'shown', 'absent'] as const;

const WORDS = {
  zh: {
    statuses: { automated: '自动', recorded: '登记', shown: '展示', absent: '暂缺' },
    status: '状态',
    source: '来源',
    total: '合计',
    clause: '条款',
    says: '内容',
    by: '落实于',
    terms: '条款参数',
    article: '原文位置',
    tests: '验证',
    reason: '原因',
    none: '无',
    shows: '自动：事件、通知、账目或拒绝带有该条款；登记：保存、展示、导出，由人办理；展示：仅供阅读；暂缺：附原因。',
  },
  en: {
    statuses: { automated: 'automated', recorded: 'recorded', shown: 'shown', absent: 'absent' },
    status: 'status',
    source: 'source',
    total: 'total',
    clause: 'clause',
    says: 'says',
    by: 'borne by',
    terms: 'terms',
    article: 'article',
    tests: 'shown by',
    reason: 'reason',
    none: 'nothing',
    shows:
      'automated: an event, notice, ledger line or refusal bears it; recorded: kept, shown and exported, a person acts; shown: to be read; absent: with its reason.',
  },
};

/** One clause as the command prints it. */
interface ClauseLine {
  id: string;
  source: string;
  article: string;
  kind: LedgerClause['kind'];
  text: LedgerClause['text'];
  says: string;
  status: LedgerClause['status'];
  /** Ids of obligations, penalties, rules, seats and of the agreement's own events. */
  by: string[];
  /** Names of terms. */
  terms: string[];
  tests: string[];
  reason?: string;
}

function printedLines(lang: Language): ClauseLine[] {
  return clauseLines().map(({ id, source, article, kind, text, says, status, by, terms, tests, reason }) => ({
    ...{ id, source, article, kind, text, says: says[lang], status, by, terms, tests },
    ...(reason === null ? {} : { reason: reason[lang] }),
  }));
}

function countByStatus(lines: readonly ClauseLine[]): Record<(typeof STATUSES)[number], number> {
  const count = (status: string): number => lines.filter((line) => line.status === status).length;
  return {
    automated: count('automated'),
    recorded: count('recorded'),
    shown: count('shown'),
    absent: count('absent'),
  };
}

function totalsText(lines: readonly ClauseLine[], lang: Language): string[] {
  const words = WORDS[lang];
  const row = (name: string, some: readonly ClauseLine[]): string[] => {
    const counts = countByStatus(some);
    return [name, ...STATUSES.map((status) => String(counts[status])), String(some.length)];
  };
  const sources = [...new Set(lines.map(({ source }) => source))];
  return table(
    [words.source, ...STATUSES.map((status) => words.statuses[status]), words.total],
    [
      ...sources.map((source) =>
        row(
          source,
          lines.filter((line) => line.source === source),
        ),
      ),
      row(words.total, lines),
    ],
  );
}

function listText(lines: readonly ClauseLine[], lang: Language): string[] {
  const words = WORDS[lang];
  return table(
    [words.clause, words.status, words.says],
    lines.map(({ id, status, says }) => [id, words.statuses[status], says]),
  );
}

function oneText(line: ClauseLine, lang: Language): string[] {
  const words = WORDS[lang];
  const list = (items: readonly string[]): string => (items.length === 0 ? words.none : items.join(', '));
  return [
    `${line.id}  ${words.statuses[line.status]}`,
    line.says,
    `${words.article}: ${line.source} ${line.article} (${line.kind}, ${line.text})`,
    `${words.by}: ${list(line.by)}`,
    `${words.terms}: ${list(line.terms)}`,
    `${words.tests}: ${list(line.tests)}`,
    ...(line.reason === undefined ? [] : [`${words.reason}: ${line.reason}`]),
  ];
}

/** The lines asked for. @throws CommandFailed where nothing bears that name */
function chosen(
  lines: ClauseLine[],
  { id, source }: { id: string | undefined; source: string | undefined },
): ClauseLine[] {
  const some = lines.filter(
    (line) => (id === undefined || line.id === id) && (source === undefined || line.source === source),
  );
  if (some.length > 0 || lines.length === 0) return some;
  const sources = [...new Set(lines.map((line) => line.source))];
  const unknownSource = source !== undefined && !sources.includes(source);
  throw new CommandFailed([
    {
      path: unknownSource ? '--source' : '',
      code: unknownSource ? 'unknown-source' : 'unknown-clause',
      message: unknownSource
        ? { zh: `没有来源“${source}”`, en: `there is no source "${source}"` }
        : { zh: `没有条款“${id ?? ''}”`, en: `there is no clause "${id ?? ''}"` },
      cure: { zh: `来源有：${sources.join('、')}`, en: `the sources are ${sources.join(', ')}` },
    },
  ]);
}

/** `abide clauses [clause]`: what the product does about every clause of the sources. Needs neither engine nor network. */
export function runClauses(
  id: string | undefined,
  { source, json }: { source: string | undefined; json: boolean },
): Promise<number> {
  const lang = language();
  const lines = chosen(printedLines(lang), { id, source });
  if (json) printJson({ total: lines.length, byStatus: countByStatus(lines), clauses: lines });
  else if (id !== undefined) print(...lines.flatMap((line) => oneText(line, lang)));
  else if (source !== undefined) print(...listText(lines, lang), '', ...totalsText(lines, lang));
  else print(...totalsText(lines, lang), '', WORDS[lang].shows);
  return Promise.resolve(0);
}
