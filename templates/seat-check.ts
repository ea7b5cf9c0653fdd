import { COORDINATOR, THIRD } from '../domain/agreement/parties.ts';
import { NOTICE_WORDS } from '../domain/agreement/vocabulary.ts';
import type { Contradiction } from './contradiction.ts';
import { contradiction, seatsOf, termNamed } from './contradiction.ts';
import type { Template } from './schema.ts';

/** Fields of rules that say who, and the words beside seats that they know. */
const WHO = [
  'escalateTo',
  'approver',
  'approvers',
  'applicants',
  'signatories',
  'consent',
  'payer',
  'payee',
  'responsible',
  'liable',
  'planner',
];
const KNOWN = [THIRD, COORDINATOR];

/** Rules that call upon somebody who has no seat, and parameters that stand where there is nobody. */
export function checkSeats(template: Template): Contradiction[] {
  const seats = seatsOf(template);
  const isSomebody = (name: string): boolean => seats.includes(name) || KNOWN.includes(name);
  const rules = template.rules.flatMap((rule, index) =>
    Object.entries(rule).flatMap(([field, value]) => {
      if (!WHO.includes(field)) return [];
      const names: unknown[] = Array.isArray(value) ? value : [value];
      return names.flatMap((name, place) => {
        if (typeof name !== 'string' || isSomebody(name) || termNamed(template, name)) return [];
        return contradiction(
          ['rules', index, field, ...(Array.isArray(value) ? [place] : [])],
          `当事方或岗位之一：${seats.join('、')}`,
          `a party or a seat: ${seats.join(', ')}`,
        );
      });
    }),
  );
  const elsewhere = template.elsewhere.flatMap(({ at }, index) => {
    const [room, name] = at.split('.');
    const isThere = room === 'parties' || room === 'seats' ? name !== undefined && seats.includes(name) : true;
    if (isThere) return [];
    return contradiction(
      ['elsewhere', index, 'at'],
      `parties 或 seats 中有的：${seats.join('、')}`,
      `one that is there in parties or seats: ${seats.join(', ')}`,
    );
  });
  return [...rules, ...elsewhere];
}

/** Wording for a notice that is never sent. */
export function checkWording(template: Template): Contradiction[] {
  const kinds = Object.keys(NOTICE_WORDS);
  return template.wording.flatMap(({ notice }, index) =>
    kinds.includes(notice)
      ? []
      : contradiction(
          ['wording', index, 'notice'],
          `通知种类之一：${kinds.join('、')}`,
          `a kind of notice: ${kinds.join(', ')}`,
        ),
  );
}
