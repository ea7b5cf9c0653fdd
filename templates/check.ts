import type { Text } from '../domain/time.ts';
import { checkAnchors } from './anchor-check.ts';
import { bearersOf } from './bearers.ts';
import type { KnownClauses } from './clause-check.ts';
import { checkClauses } from './clause-check.ts';
import type { DataFile, FileProblem } from './data-file.ts';
import type { LedgerFile } from './ledger.ts';
import { isOperative, readLedgerFiles, reasonOf, repeatedClauses } from './ledger.ts';
import type { TemplateFolder } from './library.ts';
import { fileName, idClashes, readTemplateFile, templateFolders } from './library.ts';
import { checkCases } from './case-check.ts';
import { checkGoals } from './goal-check.ts';
import { pathText } from './problem.ts';
import { checkReminders } from './reminder-check.ts';
import type { Template } from './schema.ts';
import { checkSeats, checkWording } from './seat-check.ts';
import { checkSurveys } from './survey-check.ts';
import { checkTerms } from './term-check.ts';
import { checkUnits } from './unit-check.ts';
import { checkVisits } from './visit-check.ts';

/** How much of what obliges has something in the template that bears it. */
export interface Coverage {
  /** Clauses of status text, binding or policy. */
  operative: number;
  /** Of these: named by an obligation, a penalty, a rule, or an event of the agreement. A statement bears nothing. */
  covered: number;
  /** The others; `reason` is null where none is given, which is an error. */
  missing: { id: string; reason: Text | null }[];
}

/** What was found about one template. */
export interface TemplateCheck {
  id: string;
  /** Null while the file cannot be read. */
  version: number | null;
  problems: FileProblem[];
  coverage: Coverage;
}

type ReadLedger = LedgerFile & { read: DataFile<{ source: string; clauses: LedgerClauses }> };
type LedgerClauses = Extract<LedgerFile['read'], { value: unknown }>['value']['clauses'];

function isRead(ledger: LedgerFile): ledger is ReadLedger {
  return 'value' in ledger.read;
}

function coverageOf(template: Template | undefined, ledgers: readonly ReadLedger[]): [Coverage, FileProblem[]] {
  const bearers = template ? bearersOf(template) : [];
  const bearing = bearers.filter(({ kind }) => ['obligation', 'penalty', 'rule', 'event'].includes(kind));
  const statements = template?.rules.filter(({ kind }) => kind === 'statement') ?? [];
  const problems: FileProblem[] = [];
  const missing: Coverage['missing'] = [];
  let operative = 0;
  for (const { file, read } of ledgers) {
    read.value.clauses.forEach((clause, index) => {
      if (!isOperative(clause)) return;
      operative += 1;
      const { id } = clause;
      if (bearing.some(({ clauses }) => clauses.includes(id))) return;
      const statement = statements.find(({ clauses }) => clauses.includes(id))?.title;
      const reason =
        reasonOf(clause) ??
        (statement && {
          zh: `作为“${statement.zh}”登记、展示，由人办理`,
          en: `kept and shown as "${statement.en}"; a person acts`,
        }) ??
        null;
      missing.push({ id, reason });
      if (reason !== null || !template) return;
      problems.push({
        file,
        line: read.lineOf(['clauses', index]),
        path: `clauses[${index}]`,
        message: {
          zh: `应为：${template.id} 中有义务、违约金、规则或协议事件写明 ${id}，或者此处有 until 或 reason`,
          en: `expected an obligation, penalty, rule or event of ${template.id} that names ${id}, or until or reason here`,
        },
      });
    });
  }
  return [{ operative, covered: operative - missing.length, missing }, problems];
}

/** Parameters of the clauses that stand nowhere in the template. */
function strayParameters(template: Template, ledgers: readonly ReadLedger[]): FileProblem[] {
  const known = [
    ...template.terms.flatMap(({ name, parameter }) => [name, parameter ?? name]),
    ...template.elsewhere.map(({ parameter }) => parameter),
  ];
  return ledgers.flatMap(({ file, read }) =>
    read.value.clauses.flatMap(({ id, parameters }, index) =>
      parameters.flatMap((parameter, place): FileProblem[] =>
        known.includes(parameter)
          ? []
          : [
              {
                file,
                line: read.lineOf(['clauses', index, 'parameters', place]),
                path: `clauses[${index}].parameters[${place}]`,
                message: {
                  zh: `应为：${template.id} 的条款参数，或其 elsewhere 中的一项；${parameter}（${id}）都不是`,
                  en: `expected a term of ${template.id} or an entry of its elsewhere; ${parameter} (${id}) is neither`,
                },
              },
            ],
      ),
    ),
  );
}

function contradictionsOf(
  { value: template, lineOf }: DataFile<Template>,
  file: string,
  ledgers: readonly ReadLedger[],
  known: KnownClauses,
): FileProblem[] {
  const clauses = ledgers.flatMap(({ read }) => read.value.clauses);
  return [
    ...checkTerms(template, clauses),
    ...checkUnits(template),
    ...checkSeats(template),
    ...checkAnchors(template),
    ...checkReminders(template),
    ...checkSurveys(template),
    ...checkVisits(template),
    ...checkCases(template),
    ...checkGoals(template),
    ...checkWording(template),
    ...checkClauses(template, known),
  ].map(({ path, expected }) => ({ file, line: lineOf(path), path: pathText(path), message: expected }));
}

function checkFolder(folder: TemplateFolder, ledgers: readonly LedgerFile[], known: KnownClauses): TemplateCheck {
  const read = folder.templates.map((name) => ({ file: fileName(folder, name), read: readTemplateFile(folder, name) }));
  const newest = read
    .flatMap((one) => ('value' in one.read ? [{ file: one.file, read: one.read }] : []))
    .sort((a, b) => b.read.value.version - a.read.value.version)[0];
  const readable = ledgers.filter(isRead);
  const template = newest?.read.value;
  const [coverage, uncovered] = coverageOf(template, readable);
  return {
    id: folder.id,
    version: template?.version ?? null,
    problems: [
      ...read.flatMap((one) => ('problems' in one.read ? one.read.problems : [])),
      ...ledgers.flatMap((one) => ('problems' in one.read ? one.read.problems : [])),
      ...(newest ? contradictionsOf(newest.read, newest.file, readable, known) : []),
      ...(template ? strayParameters(template, readable) : []),
      ...uncovered,
    ],
    coverage,
  };
}

/**
 * Looks for contradictions in the templates of these folders; `others` are folders whose ledgers count as known. Never
 * throws for what a file says: it is a problem with file, line, path and what was expected. `strays` are problems of
 * ledgers that lie in no template's folder.
 */
export function checkTemplates(
  wanted: readonly TemplateFolder[],
  others: readonly TemplateFolder[] = templateFolders(),
): { templates: TemplateCheck[]; strays: FileProblem[] } {
  const all = [...others, ...wanted.filter(({ path }) => !others.some((one) => one.path === path))];
  const ledgers = readLedgerFiles(all);
  const known = new Map(
    ledgers.map(({ folder, file, read }) =>
      'value' in read
        ? [read.value.source, read.value.clauses.map(({ id }) => id)]
        : [file.slice(fileName(folder, 'clauses-').length, -'.yaml'.length), null],
    ),
  );
  const general = [...idClashes(all), ...repeatedClauses(ledgers)];
  const belongsTo = (folder: TemplateFolder, { file }: FileProblem): boolean =>
    [...folder.templates, ...folder.ledgers].some((name) => fileName(folder, name) === file);
  const ofFolder = (folder: TemplateFolder): LedgerFile[] => ledgers.filter((one) => one.folder.path === folder.path);
  const bare = wanted.filter(({ templates }) => templates.length === 0);
  return {
    templates: wanted
      .filter(({ templates }) => templates.length > 0)
      .map((folder) => {
        const checked = checkFolder(folder, ofFolder(folder), known);
        return { ...checked, problems: [...checked.problems, ...general.filter((one) => belongsTo(folder, one))] };
      }),
    strays: bare.flatMap((folder) => [
      ...ofFolder(folder).flatMap(({ read }) => ('problems' in read ? read.problems : [])),
      ...general.filter((one) => belongsTo(folder, one)),
    ]),
  };
}
