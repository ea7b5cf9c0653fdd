import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readDataFile } from './data-file.ts';
import { TemplateError } from './library.ts';
import { clauses, ruleId, termName, textSchema } from './names.ts';

const named = { id: ruleId, title: textSchema, clauses };
/** The clauses' own name of what is offered, where they have one. */
const parameter = termName.optional();
const parts = z.array(z.strictObject({ id: ruleId, title: textSchema, parameter })).min(1);

const presetsShape = z.strictObject({
  /** What a survey asks about: one set is chosen, or several. */
  dimensions: z.array(z.strictObject({ ...named, parameter, parts })),
  questions: z.array(
    z.strictObject({
      id: ruleId,
      /** A part of a set of dimensions, by its id. */
      dimension: ruleId,
      /** `score`: a scale that the survey gives. `reason`: a text that is asked for after a low score or a "no". */
      kind: z.enum(['score', 'yes-no', 'reason', 'text']),
      text: textSchema,
      clauses,
      /** The question whose low score or "no" it follows. */
      after: ruleId.optional(),
    }),
  ),
  /** Parts that a record must have before it counts as done. */
  checklists: z.array(z.strictObject({ ...named, parts })),
  /** Lists to choose from: channels, methods, categories. */
  choices: z.array(z.strictObject({ ...named, parameter, options: parts })),
  /** Intervals, periods and numbers. `text`: the guidance says it. `ours`: it does not, and this is our proposal. */
  figures: z.array(
    z.strictObject({
      ...named,
      parameter: termName,
      value: z.union([z.string().min(1), z.int()]),
      from: z.enum(['text', 'ours']),
    }),
  ),
});

/** Presets that the guidance texts offer to whoever designs a survey, a plan or a training: suggestions, never duties. */
export const presetsSchema = presetsShape.superRefine((presets, context) => {
  const wrong = (path: (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path, message });
  for (const [section, entries] of Object.entries(presets)) {
    const ids = entries.map(({ id }) => id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) < index) wrong([section, index, 'id'], `an id used once, not a second ${id}`);
    });
  }
  const dimensions = presets.dimensions.flatMap((set) => set.parts.map(({ id }) => id));
  presets.questions.forEach(({ dimension, kind, after }, index) => {
    if (!dimensions.includes(dimension)) wrong(['questions', index, 'dimension'], 'the id of a dimension');
    const before = presets.questions.find(({ id }) => id === after);
    if ((kind === 'reason') !== (after !== undefined))
      wrong(['questions', index], 'after with kind reason, and only there');
    if (after !== undefined && before?.kind !== 'score' && before?.kind !== 'yes-no') {
      wrong(['questions', index, 'after'], 'the id of a question of kind score or yes-no');
    }
  });
});

export type Presets = z.output<typeof presetsSchema>;

const FILE = new URL('guidance/presets.yaml', import.meta.url);

/** The presets. Throws TemplateError with file, line and what was expected. */
export function readPresets(): Presets {
  const read = readDataFile(presetsSchema, readFileSync(FILE, 'utf8'), 'templates/guidance/presets.yaml');
  if ('problems' in read) throw new TemplateError(read.problems);
  return read.value;
}
