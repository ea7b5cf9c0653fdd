import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import type { LedgerClause } from '../templates/ledger.ts';
import { isOperative, listClauses, reasonOf } from '../templates/ledger.ts';

const STATUSES = ['automated', 'recorded', 'shown', 'absent'] as const;

/** It obliges, and something is to be done about it, but nothing does it of itself yet. */
function isException(clause: LedgerClause): boolean {
  return isOperative(clause) && clause.behaviour.length > 0 && clause.status !== 'automated';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((one) => cell(String(one))).join(' | ')} |`;
}

/** `docs/clauses.md`, made from the ledger of clauses. */
export async function clausesPage(): Promise<string> {
  const clauses = listClauses();
  const sources = [...new Set(clauses.map(({ source }) => source))];
  const totals = (name: string, some: readonly LedgerClause[]): string => {
    const demanding = some.filter((clause) => isOperative(clause) && clause.behaviour.length > 0);
    return row([
      name,
      ...STATUSES.map((status) => some.filter((clause) => clause.status === status).length),
      some.length,
      demanding.length,
      demanding.filter(({ status }) => status === 'automated').length,
    ]);
  };
  const of = (source: string): LedgerClause[] => clauses.filter((clause) => clause.source === source);
  const exceptions = (source: string): string[] => {
    const rows = of(source).filter(isException);
    if (rows.length === 0) return [];
    return [
      `### ${source}`,
      '',
      '| clause | says | names | status | why |',
      '| --- | --- | --- | --- | --- |',
      ...rows.map((clause) =>
        row([clause.id, clause.says.en, clause.behaviour.join(', '), clause.status, reasonOf(clause)?.en ?? '']),
      ),
      '',
    ];
  };
  const page = [
    '# The ledger of clauses 条款台账',
    '',
    'What the product does about every clause of the sources. Made from `templates/*/clauses-*.yaml` by',
    '`npx tsx cli/clauses-page.ts`; `abide clauses` prints the totals, `--source S001b` a source clause by clause, `--json` all of it.',
    '',
    '- `automated`: an event, notice, ledger line or rejection that bears the clause occurs in a golden scenario.',
    '- `recorded`: kept, shown and exported; a person acts.',
    '- `shown`: definitions, recitals, guidance and missing text, to be read.',
    '- `absent`: nothing yet, for the reason given.',
    '',
    '## Totals',
    '',
    'The last two columns count the clauses that oblige (text, binding or policy) and whose behaviour names a clock, gate,',
    'sum, mail or refusal, and how many of them are automated.',
    '',
    `| source | ${STATUSES.join(' | ')} | total | to automate | automated |`,
    '| --- | --: | --: | --: | --: | --: | --: | --: |',
    ...sources.map((source) => totals(source, of(source))),
    totals('total', clauses),
    '',
    '## Exceptions',
    '',
    'Clauses that oblige and name a clock, gate, sum, mail or refusal, and are not automated, each with its reason.',
    '',
    ...sources.flatMap(exceptions),
  ].join('\n');
  return format(page, { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' });
}

// Run as a script, it writes the page.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../docs/clauses.md', import.meta.url), await clausesPage());
}
