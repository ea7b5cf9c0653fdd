import { type CompiledAgreement, TERMINATION_GROUNDS } from '../domain/agreement/compiled.ts';
import { readReference } from '../domain/agreement/reference.ts';
import type { AgreementState } from '../domain/agreement/state.ts';
import { NOTICES, POSTED } from './life-acts.ts';
import type { Act } from './scenario.ts';

/** Fields whose words are taken in any case and spelling: `FORCE_MAJEURE`, `force majeure`, `force-majeure`. */
const WORDS: Record<string, string> = {
  suspend: 'ground',
  serve: 'notice',
  answer: 'verdict',
  approve: 'verdict',
  check: 'verdict',
  verify: 'verdict',
  respond: 'channel',
};

/** An act as it is written, its words as they are published. */
export function spelt(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || !('do' in item)) return item;
  const field = typeof item.do === 'string' && Object.hasOwn(WORDS, item.do) ? WORDS[item.do] : undefined;
  const word = field === undefined ? undefined : (item as Record<string, unknown>)[field];
  if (field === undefined || typeof word !== 'string') return item;
  return {
    ...item,
    [field]: word
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-'),
  };
}

/** Claims that a script brings, by their names. */
export function claimsIn(script: readonly unknown[]): string[] {
  return script.flatMap((item) => {
    const { do: what, claim } = (item ?? {}) as { do?: unknown; claim?: unknown };
    return what === 'claim' && typeof claim === 'string' ? [claim] : [];
  });
}

/**
 * An act whose words are read by what was agreed: the ground of a notice of the end is also the code of a list of grounds
 * (S001c-62), in any case and spelling.
 */
export function asAgreed(act: Act, { life }: CompiledAgreement): Act {
  if (act.do !== 'serve' || NOTICES[act.notice] !== 'termination') return act;
  const { ground: given, code } = act;
  if (given === undefined || code !== undefined) return act;
  const rules = life?.terminations ?? [];
  if (rules.some(({ ground }) => ground === given)) return act;
  const listed = rules.flatMap(({ ground, codes }) => codes.map((one) => ({ ground, code: one })));
  const exact = listed.find((one) => one.code === given);
  if (exact) return { ...act, ...exact };
  const known = TERMINATION_GROUNDS.find((ground) => isSpeltLike(ground, given));
  if (known && rules.some(({ ground }) => ground === known)) return { ...act, ground: known };
  const [cited, ...others] = listed.filter((one) => isSpeltLike(one.code, given));
  if (cited && others.length === 0) return { ...act, ...cited };
  return known ? { ...act, ground: known } : act;
}

/** An act about a schedule of payments is about the first of its rows that is not paid, as things stand. */
export function asItStands(act: Act, { agreement, obligations }: AgreementState): Act {
  if (act.do !== 'pay' || POSTED.test(act.payment)) return act;
  const { obligation, occurrence } = readReference(act.payment);
  if (occurrence !== undefined || agreement.obligations.some(({ id }) => id === obligation)) return act;
  const isRow = (id: string): boolean => /^(.+)-\d+$/.exec(id)?.[1] === obligation;
  const rows = agreement.obligations.flatMap(({ id, kind }) =>
    kind === 'payment' && isRow(id) ? obligations.filter((one) => one.id === id) : [],
  );
  const unpaid = rows
    .filter(({ status }) => status === 'pending' || status === 'overdue')
    .sort((a, b) => (a.due?.dueAtMs ?? Infinity) - (b.due?.dueAtMs ?? Infinity) || 0);
  const meant = unpaid[0] ?? rows.at(-1);
  return meant ? { ...act, payment: meant.id } : act;
}

function isSpeltLike(one: string, other: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]+/g, '');
  return plain(one) === plain(other);
}
