import type { Text } from '../domain/time.ts';
import { templateReference } from './library.ts';
import type { Template } from './schema.ts';
import { termsToSign } from './signing-terms.ts';
import type { Scalar, Term } from './term-schema.ts';
import { isNullable } from './term-schema.ts';

/** A template as forms and lists need it: `GET /templates`. */
export interface TemplateDescription {
  id: string;
  version: number;
  ref: string;
  title: Text;
  source: string;
  summary: Text;
  nature: Template['nature'];
  parties: Record<string, Text>;
  seats: { id: string; party: string; title: Text; clauses: string[] }[];
  signatories: string[];
  terms: TermDescription[];
  obligations: ObligationDescription[];
  /** All attachments of the source; without `obligation` this version only names it. */
  attachments: { number: number; title: Text; clauses: string[]; obligation: string | null }[];
}

export interface ObligationDescription {
  id: string;
  kind: string;
  title: Text;
  summary?: Text;
  clauses: string[];
  review: 'none' | 'one-side' | 'joint';
  checklist: { id: string; title: Text; clauses: string[]; mayOmit: boolean }[];
}

type Option = { value: string; label: Text };

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
  /** Nobody may sign without it: a draft starts only with a value. */
  neededToSign?: true;
  /** What the text fixes, or our default. */
  value?: unknown;
  /** What we would suggest: ours, not in force. */
  proposal?: unknown;
  min?: number;
  max?: number;
  /** Of a list or texts: so many at most. */
  maxItems?: number;
  /** Of a duration: "indefinite" is an answer. */
  indefinite?: boolean;
  options?: Option[];
  /** Of a mapping: its keys (any, when missing) and what stands behind them. */
  keys?: Option[];
  values?: Scalar;
  total?: number;
  /** Of a table. */
  columns?: { name: string; label: Text; required: boolean; of: Scalar }[];
}

function optionsOf(template: Template, term: Term): Option[] | undefined {
  switch (term.type) {
    case 'enum':
    case 'texts':
      return term.options;
    case 'map':
    case 'party':
      return Object.entries(template.parties).map(([value, label]) => ({ value, label }));
    default:
      return undefined;
  }
}

function describeTerm(template: Template, term: Term): TermDescription {
  const options = optionsOf(template, term);
  return {
    name: term.name,
    type: term.type,
    ...('unit' in term ? { unit: term.unit } : {}),
    clauses: term.clauses,
    origin: term.origin,
    label: term.label,
    ...(term.hint ? { hint: term.hint } : {}),
    required: term.required,
    nullable: isNullable(term),
    ...(termsToSign(template).includes(term.name) ? { neededToSign: true } : {}),
    ...('value' in term && term.value !== undefined ? { value: term.value } : {}),
    ...(term.proposal === undefined ? {} : { proposal: term.proposal }),
    ...('min' in term ? { min: term.min, max: term.max } : {}),
    ...('maxItems' in term ? { maxItems: term.maxItems } : {}),
    ...(term.type === 'duration' && term.indefinite ? { indefinite: true } : {}),
    ...(options ? { options } : {}),
    ...(term.type === 'mapping' ? { values: term.values } : {}),
    ...(term.type === 'mapping' && term.keys ? { keys: term.keys } : {}),
    ...(term.type === 'mapping' && term.total ? { total: term.total } : {}),
    ...(term.type === 'table' ? { columns: term.columns } : {}),
  };
}

export function describeTemplate(template: Template): TemplateDescription {
  const { id, version, title, source, summary, nature, parties, seats, signatories } = template;
  return {
    id,
    version,
    ref: templateReference(template),
    title,
    source,
    summary,
    nature,
    parties,
    seats,
    signatories,
    terms: template.terms.map((term) => describeTerm(template, term)),
    obligations: template.obligations.map((obligation) => ({
      id: obligation.id,
      kind: obligation.kind,
      title: obligation.title,
      ...(obligation.summary ? { summary: obligation.summary } : {}),
      clauses: obligation.clauses,
      review: obligation.review?.kind ?? 'none',
      checklist: obligation.checklist,
    })),
    attachments: template.attachments.map(({ obligation, ...attachment }) => ({
      ...attachment,
      obligation: obligation ?? null,
    })),
  };
}
