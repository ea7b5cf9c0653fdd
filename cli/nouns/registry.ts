import type { ProcessType } from '../../domain/process/process.ts';
import { CASE } from './case.ts';
import { ENGAGEMENT } from './engagement.ts';
import { EVALUATION } from './evaluation.ts';
import type { Noun, Said } from './noun.ts';
import { RISK } from './risk.ts';

/** Every kind of process that scenarios can act in, beside surveys and improvements. */
export const NOUNS: readonly Noun[] = [RISK, CASE, EVALUATION, ENGAGEMENT];

/** The noun that an item of a script is about. */
export function nounOf(item: unknown): Noun | undefined {
  if (typeof item !== 'object' || item === null || !('do' in item) || typeof item.do !== 'string') return undefined;
  const { do: act } = item;
  return NOUNS.find((noun) => Object.hasOwn(noun.acts, act) && noun.owns(item as Said));
}

/** The noun whose processes are of that type; a step bears no other. */
export function nounOfType(type: ProcessType): Noun {
  const noun = NOUNS.find((one) => one.type === type);
  if (!noun) throw new Error(`scenarios know no ${type}`); // a bug
  return noun;
}
