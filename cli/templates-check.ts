import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Coverage, TemplateCheck } from '../templates/check.ts';
import { checkTemplates } from '../templates/check.ts';
import type { FileProblem } from '../templates/data-file.ts';
import { problemLine } from '../templates/data-file.ts';
import type { TemplateFolder } from '../templates/library.ts';
import { ownFolders, templateFolders } from '../templates/library.ts';
import type { Language } from './output.ts';
import { CommandFailed, language, print, printJson, table } from './output.ts';

const WORDS = {
  zh: {
    head: ['模板', '错误', '有约束力的条款', '已落实', '比例'],
    missing: '未由义务、时限、关口或规则落实',
    unexplained: '没有说明原因',
    none: '无此类条款',
  },
  en: {
    head: ['template', 'errors', 'operative clauses', 'covered', 'share'],
    missing: 'borne by no obligation, clock, gate or rule',
    unexplained: 'no reason given',
    none: 'none of the sort',
  },
};

/** A template by its id, or the templates in a folder. @throws CommandFailed where it is neither */
function foldersNamed(name: string, all: readonly TemplateFolder[]): TemplateFolder[] {
  const byId = all.filter(({ id }) => id === name);
  if (byId.length > 0) return byId;
  if (!existsSync(name)) {
    const known = all.filter(({ templates }) => templates.length > 0).map(({ id }) => id);
    throw new CommandFailed([
      {
        path: '',
        code: 'unknown-template',
        message: { zh: `没有名为“${name}”的模板或文件夹`, en: `there is no template or folder "${name}"` },
        cure: { zh: `可用的模板：${known.join('、')}`, en: `the templates are ${known.join(', ')}` },
      },
    ]);
  }
  const at = resolve(name);
  const ours = all.filter(({ path }) => path === at || path === `${at}/`);
  return ours.length > 0 ? ours : ownFolders(name);
}

function problemObject(problem: FileProblem, lang: Language): Record<string, unknown> {
  const { file, line, path, message } = problem;
  return { file, ...(line === undefined ? {} : { line }), path, message: message[lang] };
}

/** Whole percent, rounded down: 100 % means all. */
function shareText({ operative, covered }: Coverage, lang: Language): string {
  return operative === 0 ? WORDS[lang].none : `${Math.floor((covered * 100) / operative)} %`;
}

function checkText(checked: readonly TemplateCheck[], lang: Language): string[] {
  const words = WORDS[lang];
  const rows = checked.map(({ id, version, problems, coverage }) => [
    version === null ? id : `${id}@${version}`,
    String(problems.length),
    String(coverage.operative),
    String(coverage.covered),
    shareText(coverage, lang),
  ]);
  const missing = checked.flatMap(({ id, coverage }) =>
    coverage.missing.length === 0
      ? []
      : [
          '',
          `${id}: ${words.missing}`,
          ...coverage.missing.map((one) => `  ${one.id}  ${one.reason?.[lang] ?? words.unexplained}`),
        ],
  );
  return [...table(words.head, rows), ...missing];
}

/**
 * `abide templates check [folder or id …]`: refuses templates that contradict themselves, and says how much of what
 * obliges they cover. Exit code 1 where anything is wrong. @throws CommandFailed for a name that is nothing
 */
export function runTemplatesCheck(names: readonly string[], { json }: { json: boolean }): Promise<number> {
  const lang = language();
  const all = templateFolders();
  const wanted = names.length === 0 ? all : names.flatMap((name) => foldersNamed(name, all));
  const { templates, strays } = checkTemplates([...new Set(wanted)]);
  const problems = [...templates.flatMap((one) => one.problems), ...strays];
  if (json) {
    printJson({
      templates: templates.map(({ id, version, problems: wrong, coverage }) => ({
        id,
        version,
        errors: wrong.map((problem) => problemObject(problem, lang)),
        coverage: {
          ...coverage,
          missing: coverage.missing.map(({ id: clause, reason }) => ({ id: clause, reason: reason?.[lang] ?? null })),
        },
      })),
      ...(strays.length === 0 ? {} : { errors: strays.map((problem) => problemObject(problem, lang)) }),
    });
  } else {
    print(...checkText(templates, lang));
    process.stderr.write(problems.map((problem) => `${problemLine(problem, lang)}\n`).join(''));
  }
  return Promise.resolve(problems.length === 0 ? 0 : 1);
}
