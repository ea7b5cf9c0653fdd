import { z } from 'zod';
import { isCurrency } from '../domain/money.ts';
import { clauses, decimal, optionKey, roleKey, termName, textSchema } from './names.ts';

const localTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: 'a local time HH:MM such as "18:00" or "24:00"' });

const bounds = { min: z.int(), max: z.int() };
const options = z.array(z.strictObject({ value: z.string().min(1), label: textSchema })).min(1);

const termBase = {
  name: termName,
  /** The clause parameter's name where ours differs. */
  parameter: z.string().optional(),
  clauses,
  /** `fixed`: the text says it. `blank`: the text leaves it to the parties. `vague`: the text is silent. `proposal`: ours. */
  origin: z.enum(['fixed', 'blank', 'vague', 'proposal']),
  label: textSchema,
  hint: textSchema.optional(),
  /** An agreement cannot do without it. */
  required: z.boolean().default(false),
  /** May be "not agreed"; without a value it is an open question. Said alone of a term with a value: others may be so anyway. */
  nullable: z.boolean().optional(),
  /** What we would suggest for an open term: shown as ours, never in force unless somebody takes it over. */
  proposal: z.unknown().optional(),
};

/** What stands in one cell of a table, or behind a key of a mapping. */
const scalar = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('email') }),
  z.strictObject({ type: z.literal('date') }),
  z.strictObject({ type: z.literal('boolean') }),
  z.strictObject({ type: z.literal('duration') }),
  z.strictObject({ type: z.literal('party') }),
  z.strictObject({ type: z.literal('integer'), unit: z.string(), ...bounds }),
  z.strictObject({ type: z.literal('number'), unit: z.string(), ...bounds }),
  z.strictObject({ type: z.literal('percent'), ...bounds }),
  z.strictObject({ type: z.literal('money'), currency: termName }),
  z.strictObject({ type: z.literal('enum'), options }),
]);

/** A blank of the template, filled for one agreement. `value` is what the text fixes, or our default. */
export const termSchema = z.discriminatedUnion('type', [
  /** `currency` names the term that says which. */
  z.strictObject({ type: z.literal('money'), ...termBase, currency: termName, value: decimal.optional() }),
  z.strictObject({
    type: z.literal('currency'),
    ...termBase,
    value: z.string().refine(isCurrency, { error: 'a currency code such as CNY' }).optional(),
  }),
  z.strictObject({
    type: z.literal('integer'),
    ...termBase,
    unit: z.enum(['days', 'working-days', 'hours', 'minutes', 'months', 'years', 'count', 'points', 'year']),
    ...bounds,
    value: z.int().optional(),
  }),
  /** A decimal with a unit in words: points of a score, hours, years. */
  z.strictObject({
    type: z.literal('number'),
    ...termBase,
    unit: z.enum(['points', 'days', 'hours', 'minutes', 'years', 'number']),
    ...bounds,
    value: decimal.optional(),
  }),
  z.strictObject({
    type: z.literal('percent'),
    ...termBase,
    unit: z.enum(['percent', 'percent-per-day']),
    ...bounds,
    value: decimal.optional(),
  }),
  z.strictObject({ type: z.literal('date'), ...termBase }),
  /** A day of every year, MM-DD. */
  z.strictObject({ type: z.literal('month-day'), ...termBase, value: z.string().optional() }),
  /** A day can begin at 00:00 and end at 24:00; `edge` says which of the two this is. */
  z.strictObject({
    type: z.literal('time'),
    ...termBase,
    edge: z.enum(['start', 'end']).default('end'),
    value: localTime.optional(),
  }),
  /** ISO 8601 with one unit: PT24H, P10D, P6M, P1Y; `indefinite` where the text allows it. */
  z.strictObject({
    type: z.literal('duration'),
    ...termBase,
    indefinite: z.boolean().default(false),
    /** Where the template's own dates depend on it: only these. */
    allowed: z.array(z.string()).min(1).optional(),
    value: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('boolean'), ...termBase, value: z.boolean().optional() }),
  z.strictObject({ type: z.literal('text'), ...termBase, value: z.string().optional() }),
  z.strictObject({ type: z.literal('email'), ...termBase, value: z.string().optional() }),
  z.strictObject({ type: z.literal('enum'), ...termBase, options: options.min(2), value: z.string().optional() }),
  /** One of the template's parties. */
  z.strictObject({ type: z.literal('party'), ...termBase, value: roleKey.optional() }),
  /** From obligation ids to role keys; `value` is the role key for all. */
  z.strictObject({
    type: z.literal('map'),
    ...termBase,
    keys: z.literal('obligations'),
    values: z.literal('parties'),
    value: roleKey.optional(),
  }),
  /** Different whole numbers. */
  z.strictObject({
    type: z.literal('list'),
    ...termBase,
    unit: z.enum(['days', 'hours', 'percent', 'count']),
    ...bounds,
    maxItems: z.int().min(1),
    value: z.array(z.int()).optional(),
  }),
  /** Different texts; with `options`, only these. */
  z.strictObject({
    type: z.literal('texts'),
    ...termBase,
    of: z.enum(['text', 'email', 'date']).default('text'),
    options: options.optional(),
    maxItems: z.int().min(1).default(100),
    value: z.array(z.string()).optional(),
  }),
  /** From keys to one kind of value; `total` is what numbers must add up to, for weights 100. Without `keys`, any key. */
  z.strictObject({
    type: z.literal('mapping'),
    ...termBase,
    keys: z.array(z.strictObject({ value: optionKey, label: textSchema })).optional(),
    values: scalar,
    total: z.literal(100).optional(),
    value: z.record(z.string(), z.unknown()).optional(),
  }),
  /** Rows with typed columns: a payment schedule, breach rules, grounds, tiers, categories → department → hours. */
  z.strictObject({
    type: z.literal('table'),
    ...termBase,
    columns: z
      .array(z.strictObject({ name: termName, label: textSchema, required: z.boolean().default(true), of: scalar }))
      .min(1),
    maxRows: z.int().min(1).default(200),
    value: z.array(z.record(z.string(), z.unknown())).optional(),
  }),
]);

export type Term = z.output<typeof termSchema>;
export type TermType = Term['type'];
export type Scalar = z.output<typeof scalar>;

/** Whether "not agreed" is an answer: what the text leaves open is, unless the agreement cannot do without it. */
export function isNullable(term: Term): boolean {
  return term.nullable ?? (!term.required && !('value' in term && term.value !== undefined));
}
