import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Text } from '../domain/time.ts';
import type { DataFile, FileProblem } from './data-file.ts';
import { problemLine, problemPlace, readDataFile } from './data-file.ts';
import type { Problem } from './problem.ts';
import type { Template } from './schema.ts';
import { templateSchema } from './schema.ts';

const OURS = fileURLToPath(new URL('.', import.meta.url));
/** The newest version, and earlier ones (`template@1.yaml`), which running agreements name. */
const TEMPLATE_FILE = /^template(?:@\d+)?\.yaml$/;
const LEDGER_FILE = /^clauses-.+\.yaml$/;

/** A template or its ledger is not what the schema says: file, line, path and what was expected, one line a problem. */
export class TemplateError extends Error {
  override name = 'TemplateError';
  readonly code = 'invalid-template';
  readonly problems: readonly FileProblem[];
  readonly errors: readonly { path: string; message: Text; cure: Text }[];

  constructor(problems: readonly FileProblem[]) {
    super(problems.map((problem) => problemLine(problem, 'en')).join('\n'));
    this.problems = problems;
    // What was expected is the cure.
    this.errors = problems.map((one) => ({ path: problemPlace(one), message: one.message, cure: { zh: '', en: '' } }));
  }
}

/** Reads one template. Throws TemplateError that names file and line. */
export function readTemplate(text: string, file: string): Template {
  const read = readDataFile(templateSchema, text, file);
  if ('problems' in read) throw new TemplateError(read.problems);
  return read.value;
}

/** A folder that holds a template, a ledger of clauses, or both. */
export interface TemplateFolder {
  /** The folder's name, which is the template's id. */
  id: string;
  path: string;
  /** Template files, and files of the ledger (`clauses-<source>.yaml`): their names. */
  templates: string[];
  ledgers: string[];
  /** The user's own, not one that Abide brings. */
  own: boolean;
}

function readFolder(path: string, own: boolean): TemplateFolder {
  const names = readdirSync(path).sort();
  return {
    id: basename(path),
    path,
    templates: names.filter((name) => TEMPLATE_FILE.test(name)),
    ledgers: names.filter((name) => LEDGER_FILE.test(name)),
    own,
  };
}

function holdsSomething({ templates, ledgers }: TemplateFolder): boolean {
  return templates.length + ledgers.length > 0;
}

/**
 * The templates in a folder of the user's: one that is a template itself, or each folder in it that is. `name` is how
 * the user calls it. Throws TemplateError when there is no such folder, or no template in it.
 */
export function ownFolders(folder: string, name = folder): TemplateFolder[] {
  const path = resolve(folder);
  const none = (zh: string, en: string): TemplateError =>
    new TemplateError([{ file: name, path: '', message: { zh, en } }]);
  if (!existsSync(path))
    throw none(`应为存在的文件夹；没有 ${path}`, `expected a folder that exists; there is no ${path}`);
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    throw none(`应为可读的文件夹：${path}`, `expected a folder that can be read: ${path}`);
  }
  const itself = readFolder(path, true);
  if (itself.templates.length > 0) return [itself];
  const folders = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => readFolder(join(path, entry.name), true))
    .filter(({ templates }) => templates.length > 0);
  if (folders.length === 0) {
    throw none(
      `应有 template.yaml，或含有它的文件夹；${path} 中没有`,
      `expected template.yaml, or folders that have one; there is none in ${path}`,
    );
  }
  return folders;
}

let ownFolder: { path: string; name: string } | undefined;
let folders: readonly TemplateFolder[] | undefined;

/**
 * Loads the templates of this folder beside ours from now on (`ABIDE_TEMPLATES`); undefined for ours alone. Called by
 * composition roots. `name` is how errors call it.
 */
export function useOwnTemplates(folder: string | undefined, name = 'ABIDE_TEMPLATES'): void {
  ownFolder = folder === undefined ? undefined : { path: folder, name };
  folders = undefined;
  read.clear();
}

/** Every folder with a template or a ledger: ours, then the user's. Throws TemplateError when the user's is not there. */
export function templateFolders(): readonly TemplateFolder[] {
  folders ??= [
    ...readdirSync(OURS, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => readFolder(`${OURS}${entry.name}`, false))
      .filter(holdsSomething),
    ...(ownFolder === undefined ? [] : ownFolders(ownFolder.path, ownFolder.name)),
  ];
  return folders;
}

/** How errors name a file: ours from the project's root, the user's in full. */
export function fileName({ path, id, own }: TemplateFolder, name: string): string {
  return own ? join(path, name) : join('templates', relative(OURS, path) || id, name);
}

/** One template file, and what is wrong with its name. */
export function readTemplateFile(
  folder: TemplateFolder,
  name: string,
): DataFile<Template> | { problems: FileProblem[] } {
  const file = fileName(folder, name);
  const read = readDataFile(templateSchema, readFileSync(join(folder.path, name), 'utf8'), file);
  if ('problems' in read || read.value.id === folder.id) return read;
  const message: Text = {
    zh: `应为：${folder.id}，即文件夹名`,
    en: `expected ${folder.id}, the folder's name`,
  };
  return { problems: [{ file, line: read.lineOf(['id']), path: 'id', message }] };
}

/** A template of the user's must not hide one of ours. */
export function idClashes(all: readonly TemplateFolder[]): FileProblem[] {
  const ours = all.filter(({ own, templates }) => !own && templates.length > 0).map(({ id }) => id);
  return all
    .filter(({ own, id }) => own && ours.includes(id))
    .map((folder) => ({
      file: fileName(folder, folder.templates[0] ?? ''),
      line: 1,
      path: 'id',
      message: {
        zh: `应为不同于自带模板的编号；${folder.id} 已有，请给文件夹和 id 换一个名字`,
        en: `expected an id that no template of ours has; ${folder.id} is taken: rename the folder and its id`,
      },
    }));
}

/** Templates that were read already, by folder. */
const read = new Map<string, readonly Template[]>();

/** The versions in one folder, newest first. Throws TemplateError when a file is wrong. */
function templatesIn(folder: TemplateFolder): readonly Template[] {
  const before = read.get(folder.path);
  if (before) return before;
  const files = folder.templates.map((name) => readTemplateFile(folder, name));
  const problems = files.flatMap((one) => ('problems' in one ? one.problems : []));
  if (problems.length > 0) throw new TemplateError(problems);
  const templates = files.flatMap((one) => ('value' in one ? [one.value] : [])).sort((a, b) => b.version - a.version);
  read.set(folder.path, templates);
  return templates;
}

/** Folders with templates, by id. Throws TemplateError when two have one id. */
function foldersById(): TemplateFolder[] {
  const all = templateFolders();
  const clashes = idClashes(all);
  if (clashes.length > 0) throw new TemplateError(clashes);
  return all.filter(({ templates }) => templates.length > 0).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Every version of every template, by id, newest first. Throws TemplateError that names all that is wrong in any file. */
export function listTemplates(): readonly Template[] {
  const wrong: FileProblem[] = [];
  const all = foldersById().flatMap((folder) => {
    try {
      return templatesIn(folder);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      wrong.push(...error.problems);
      return [];
    }
  });
  if (wrong.length > 0) throw new TemplateError(wrong);
  return all;
}

/** The newest version of every template, by id. Throws TemplateError when a file is wrong. */
export function newestTemplates(): readonly Template[] {
  const all = listTemplates();
  return all.filter(({ id }, index) => all[index - 1]?.id !== id);
}

/** `service-attachments@1` */
export function templateReference({ id, version }: Pick<Template, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

/**
 * The template by id (its newest version) or id@version; else the problem `unknown-template`, which lists what there is.
 * Reads no other template. Throws TemplateError when its file is wrong.
 */
export function findTemplate(reference: string): { template: Template } | { problem: Problem } {
  const folder = foldersById().find(({ id }) => id === reference.split('@')[0]);
  const template = (folder ? templatesIn(folder) : []).find(
    (one) => one.id === reference || templateReference(one) === reference,
  );
  if (template) return { template };
  const known = listTemplates().map(templateReference);
  return {
    problem: {
      path: 'template',
      code: 'unknown-template',
      message: { zh: `没有名为“${reference}”的模板`, en: `there is no template "${reference}"` },
      cure: { zh: `可用的模板：${known.join('、')}`, en: `the templates are ${known.join(', ')}` },
    },
  };
}
