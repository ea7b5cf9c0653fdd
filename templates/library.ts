import { readFileSync, readdirSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Text } from '../domain/time.ts';
import type { Problem } from './problem.ts';
import { pathText } from './problem.ts';
import type { Template, Term } from './schema.ts';
import { templateSchema } from './schema.ts';
import { expectation } from './shape.ts';
import { readSource } from './source.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
/** The newest version, and earlier ones (`template@1.yaml`), which running agreements name. */
const FILE_NAME = /^template(?:@\d+)?\.yaml$/;

/** A template file is not what the schema says: file, line, path and what was expected, one line a problem. */
export class TemplateError extends Error {}

/** Reads one template. Throws TemplateError that names file and line. */
export function readTemplate(text: string, file: string): Template {
  const source = readSource(text);
  if ('problems' in source) {
    throw new TemplateError(source.problems.map(({ message }) => `${file}: ${message.en}`).join('\n'));
  }
  const read = templateSchema.safeParse(source.value);
  if (read.success) return read.data;
  throw new TemplateError(
    read.error.issues
      .map((issue) => {
        const keys = issue.code === 'unrecognized_keys' ? issue.keys : undefined;
        const what = keys ? `unknown key ${keys.join(', ')}; expected none` : `expected ${expectation(issue).en}`;
        const path = keys ? [...issue.path, keys[0] ?? ''] : issue.path;
        return `${file}:${source.lineOf(path)}: ${pathText(issue.path)}: ${what}`;
      })
      .join('\n'),
  );
}

let library: readonly Template[] | undefined;

/** Every version of every template, by id, newest first. Throws TemplateError when a file is wrong. */
export function listTemplates(): readonly Template[] {
  library ??= readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const folder = `${FOLDER}${entry.name}`;
      return readdirSync(folder)
        .filter((name) => FILE_NAME.test(name))
        .map((name) => {
          const file = `${folder}/${name}`;
          const template = readTemplate(readFileSync(file, 'utf8'), `templates/${relative(FOLDER, file)}`);
          if (template.id !== basename(folder)) {
            throw new TemplateError(
              `templates/${relative(FOLDER, file)}: id: expected ${basename(folder)}, the folder's name`,
            );
          }
          return template;
        });
    })
    .sort((a, b) => (a.id === b.id ? b.version - a.version : a.id < b.id ? -1 : 1));
  return library;
}

/** `service-attachments@1` */
export function templateReference({ id, version }: Pick<Template, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

/** The template by id (its newest version) or id@version; else the problem `unknown-template`, which lists what there is. */
export function findTemplate(reference: string): { template: Template } | { problem: Problem } {
  const all = listTemplates();
  const template = all.find((one) => one.id === reference || templateReference(one) === reference);
  if (template) return { template };
  const known = all.map(templateReference);
  return {
    problem: {
      path: 'template',
      code: 'unknown-template',
      message: { zh: `没有名为“${reference}”的模板`, en: `there is no template "${reference}"` },
      cure: { zh: `可用的模板：${known.join('、')}`, en: `the templates are ${known.join(', ')}` },
    },
  };
}

/** A template as forms and lists need it: `GET /templates`. */
export interface TemplateDescription {
  id: string;
  version: number;
  ref: string;
  title: Text;
  source: string;
  summary: Text;
  parties: Record<string, Text>;
  signatories: string[];
  terms: TermDescription[];
  obligations: { id: string; kind: string; title: Text; clauses: string[]; review: 'none' | 'joint' }[];
  /** All attachments of the source; without `obligation` this version only names it. */
  attachments: { number: number; title: Text; clauses: string[]; obligation: string | null }[];
}

export interface TermDescription {
  name: string;
  type: Term['type'];
  unit?: string;
  clauses: string[];
  origin: Term['origin'];
  label: Text;
  hint?: Text;
  required: boolean;
  nullable: boolean;
  /** What the text fixes, or our default. */
  value?: string | number | number[];
  min?: number;
  max?: number;
  options?: { value: string; label: Text }[];
}

function describeTerm(template: Template, term: Term): TermDescription {
  const options =
    term.type === 'enum'
      ? term.options
      : term.type === 'map'
        ? Object.entries(template.parties).map(([value, label]) => ({ value, label }))
        : undefined;
  return {
    name: term.name,
    type: term.type,
    ...('unit' in term ? { unit: term.unit } : {}),
    clauses: term.clauses,
    origin: term.origin,
    label: term.label,
    ...(term.hint ? { hint: term.hint } : {}),
    required: term.required,
    nullable: term.nullable,
    ...('value' in term && term.value !== undefined ? { value: term.value } : {}),
    ...('min' in term ? { min: term.min, max: term.max } : {}),
    ...(options ? { options } : {}),
  };
}

export function describeTemplate(template: Template): TemplateDescription {
  const { id, version, title, source, summary, parties, signatories } = template;
  return {
    id,
    version,
    ref: templateReference(template),
    title,
    source,
    summary,
    parties,
    signatories,
    terms: template.terms.map((term) => describeTerm(template, term)),
    obligations: template.obligations.map((obligation) => ({
      id: obligation.id,
      kind: obligation.kind,
      title: obligation.title,
      clauses: obligation.clauses,
      review: obligation.review?.kind ?? 'none',
    })),
    attachments: template.attachments.map(({ obligation, ...attachment }) => ({
      ...attachment,
      obligation: obligation ?? null,
    })),
  };
}
