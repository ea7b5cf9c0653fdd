import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemplateFolder, templateFolders } from './library.ts';

/** How we read a clause that its text leaves in doubt: sentences of the template's README that name it. */
export interface Reading {
  /** The folder's name: the template's id. */
  template: string;
  zh: string[];
  en: string[];
}

/** Longer than this, only the sentences that name the clause are told, not the whole paragraph. */
const WHOLE_PARAGRAPH = 160;

let loaded: { folders: readonly TemplateFolder[]; readings: Map<string, Reading[]> } | undefined;

/** The readings of a clause, by the templates' READMEs. */
export function readingsOf(clause: string): Reading[] {
  const folders = templateFolders();
  if (loaded?.folders !== folders) loaded = { folders, readings: allReadings(folders) };
  return loaded.readings.get(clause) ?? [];
}

function allReadings(folders: readonly TemplateFolder[]): Map<string, Reading[]> {
  const readings = new Map<string, Reading[]>();
  for (const { id, path } of folders) {
    const file = join(path, 'README.md');
    if (!existsSync(file)) continue;
    const [chinese = '', english = ''] = readFileSync(file, 'utf8').split(/^## English$/m);
    for (const [language, text] of [
      ['zh', chinese],
      ['en', english],
    ] as const) {
      for (const paragraph of paragraphs(text)) {
        for (const clause of new Set(paragraph.match(CLAUSE) ?? [])) {
          const known = readings.get(clause) ?? [];
          const reading = known.find(({ template }) => template === id) ?? { template: id, zh: [], en: [] };
          reading[language].push(...naming(paragraph, clause));
          readings.set(clause, [...known.filter((one) => one !== reading), reading]);
        }
      }
    }
  }
  return readings;
}

const CLAUSE = /\bS\d{3}[a-z]?(?:-[A-Z])?-\d{2}\b/g;

/** Paragraphs and items of lists, without tables, headings, and marks of Markdown. */
function paragraphs(markdown: string): string[] {
  return markdown
    .split(/\n{2,}|\n(?=- )/)
    .map((one) => one.replace(/\s*\n\s*/g, ' ').trim())
    .filter((one) => one !== '' && !one.startsWith('|') && !one.startsWith('#') && !one.startsWith('```'))
    .map((one) =>
      one
        .replace(/^- /, '')
        .replaceAll('**', '')
        .replaceAll('`', '')
        .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1'),
    );
}

function naming(paragraph: string, clause: string): string[] {
  if (paragraph.length <= WHOLE_PARAGRAPH) return [paragraph];
  return paragraph
    .split(/(?<=[。；])|(?<=[.;])\s+(?=[A-Z“])/)
    .map((one) => one.trim())
    .filter((one) => one.includes(clause));
}
