import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../../domain/time.ts';
import type { Problem } from '../../templates/problem.ts';
import type { Template } from '../../templates/schema.ts';
import { readValue } from '../../templates/shape.ts';
import type { Noun, NounStep, Said } from './noun.ts';
import { NOUNS } from './registry.ts';

/** What every act has: `at`, `as`, and for whom the coordinator enters it. */
type Base = Record<'at' | 'as' | 'for', z.ZodType>;

/** The acts of all nouns, each by its fields. */
export function nounActSchemas(base: Base): z.ZodObject[] {
  return NOUNS.flatMap((noun) => Object.keys(noun.acts).map((act) => actSchema(noun, act, base)));
}

function actSchema({ acts }: Noun, act: string, base: Base): z.ZodObject {
  return z.strictObject({ ...base, do: z.literal(act), ...acts[act] });
}

type Read = { raw: { at: string; as: string; for?: string }; said: Said } | { problems: Problem[] };

/** An item of a script as an act of a noun. */
export function readNounItem(noun: Noun, item: Said, index: number, base: Base): Read {
  const read = readValue(actSchema(noun, item.do, base), spelt(noun, item), ['script', index]);
  if ('problems' in read) return read;
  const { at, as, for: side, ...said } = read.value as { at: string; as: string; for?: string } & Said;
  return { raw: { at, as, ...(side === undefined ? {} : { for: side }) }, said };
}

/** Words as they are published, in whatever case and spelling they are written: `IN_TIME`, `in time`. */
function spelt({ spelling = {} }: Noun, item: Said): Said {
  const words = (spelling[item.do] ?? []).flatMap((field) => {
    const word = item[field];
    return typeof word === 'string'
      ? [
          [
            field,
            word
              .trim()
              .toLowerCase()
              .replaceAll(/[\s_]+/g, '-'),
          ],
        ]
      : [];
  });
  return { ...item, ...(Object.fromEntries(words) as Record<string, string>) };
}

/** The step that it is, and what is wrong with it before anything is lived. */
export function nounStep(
  noun: Noun,
  { raw, said }: Exclude<Read, { problems: Problem[] }>,
  around: { path: string; atMs: Instant; folder: string; template: Template; customers: readonly string[] | null },
): { step: NounStep; problems: Problem[] } {
  const { path, atMs, folder, template, customers } = around;
  const file = typeof said['file'] === 'string' ? resolve(folder, said['file']) : undefined;
  const isThere = file === undefined || statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  const missing: Problem[] = isThere
    ? []
    : [
        {
          path: `${path}.file`,
          code: 'file-not-found',
          message: { zh: `找不到文件 ${String(said['file'])}`, en: `there is no file ${String(said['file'])}` },
          cure: {
            zh: '路径相对于剧本文件；不写 file 则自动生成一份文件',
            en: 'paths start at the scenario’s folder; without file a document is made',
          },
        },
      ];
  return {
    step: {
      do: 'noun',
      noun: noun.type,
      path,
      atMs,
      as: raw.as,
      ...(raw.for === undefined ? {} : { for: raw.for }),
      said: { ...said, ...(file === undefined ? {} : { file }) },
    },
    problems: [...missing, ...noun.check(said, { path, as: raw.as, template, customers })],
  };
}
