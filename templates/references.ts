import { THIRD } from '../domain/agreement/parties.ts';
import { type Obligation, type Penalty, anchorObligation } from './obligation-schema.ts';
import type { Rule } from './rule-schema.ts';
import { ruleTerms } from './rule-schema.ts';
import type { Term, TermType } from './term-schema.ts';

/** What of a template names terms. */
interface Naming {
  parties: Record<string, unknown>;
  seats: { id: string; party: string }[];
  noticeHours: { days: string; from: string; to: string };
  terms: Term[];
  obligations: Obligation[];
  penalties: Penalty[];
  rules: Rule[];
  ending: { expiry: { id: string; on?: string | undefined; years?: string | undefined; months?: string | undefined } };
}

/** A place that takes the value of a term. `by` is the obligation or rule that it decides about. */
export interface Reference {
  path: (string | number)[];
  name: string;
  /** The types that the term may have; empty for any. */
  types: TermType[];
  by: string;
}

/**
 * The type of what a rule names: of a term, or of one entry of a mapping with fixed keys (`attachmentDueDays.1`).
 * @returns undefined where there is no such thing
 */
export function typeNamed(terms: Term[], name: string): TermType | undefined {
  const whole = terms.find((term) => term.name === name);
  if (whole) return whole.type;
  const { mapping, key } = entryNamed(name);
  const term = terms.find((one) => one.name === mapping);
  return term?.type === 'mapping' && term.keys?.some(({ value }) => value === key) ? term.values.type : undefined;
}

/** `attachmentDueDays.1` as the mapping and its key. */
export function entryNamed(name: string): { mapping: string; key: string } {
  const dot = name.indexOf('.');
  return { mapping: name.slice(0, Math.max(dot, 0)), key: name.slice(dot + 1) };
}

const COUNT: TermType[] = ['integer', 'number'];

function obligationReferences(obligation: Obligation, index: number, isSeat: (name: string) => boolean): Reference[] {
  const at = ['obligations', index];
  const { deadline, every, review } = obligation;
  const found: [path: (string | number)[], name: string | undefined, types: TermType[]][] = [
    [['responsible'], isSeat(obligation.responsible) ? undefined : obligation.responsible, ['map', 'party']],
    [['when', 'term'], obligation.when?.term, obligation.when?.is === undefined ? ['boolean'] : ['enum', 'text']],
    [['deadline', 'days'], deadline.days, ['integer']],
    [['deadline', 'workingDays'], deadline.workingDays, ['integer']],
    [['deadline', 'months'], deadline.months, ['integer']],
    [['deadline', 'years'], deadline.years, COUNT],
    [['deadline', 'hours'], deadline.hours, ['integer']],
    [['deadline', 'duration'], deadline.duration, ['duration']],
    [['deadline', 'rollover'], deadline.rollover, ['enum']],
    [['deadline', 'dayEnd'], deadline.dayEnd, ['time']],
    [['every', 'days'], every?.days, ['integer']],
    [['every', 'months'], every?.months, ['integer']],
    [['every', 'years'], every?.years, ['integer']],
    [['every', 'duration'], every?.duration, ['duration']],
    [['opensDays'], obligation.opensDays, ['integer']],
    [['reminderLeadDays'], obligation.reminderLeadDays, ['list']],
    [['review', 'windowDays'], review?.windowDays, ['integer']],
    [['review', 'reworkDays'], review?.reworkDays, ['integer']],
  ];
  const { anchor } = deadline;
  if (typeof anchor === 'object' && 'term' in anchor) {
    found.push([['deadline', 'anchor', 'term'], anchor.term, ['date', 'month-day']]);
  }
  if (typeof anchor === 'object' && 'period' in anchor && typeof anchor.partialFirst === 'string') {
    found.push([['deadline', 'anchor', 'partialFirst'], anchor.partialFirst, ['boolean']]);
  }
  return found.flatMap(([path, name, types]) =>
    name === undefined ? [] : [{ path: [...at, ...path], name, types, by: obligation.id }],
  );
}

/** Where obligations, penalties, rules, notices and the term of validity name terms. */
export function references(template: Naming): Reference[] {
  const { noticeHours, ending } = template;
  const isSeat = (name: string): boolean =>
    Object.hasOwn(template.parties, name) || template.seats.some(({ id }) => id === name);
  const currencies = template.terms.flatMap((term, index): Reference[] =>
    term.type === 'money'
      ? [{ path: ['terms', index, 'currency'], name: term.currency, types: ['currency'], by: term.name }]
      : [],
  );
  const expiry = (['on', 'years', 'months'] as const).flatMap((field): Reference[] => {
    const name = ending.expiry[field];
    const types: TermType[] = field === 'on' ? ['date'] : COUNT;
    return name === undefined ? [] : [{ path: ['ending', 'expiry', field], name, types, by: ending.expiry.id }];
  });
  return [
    { path: ['noticeHours', 'days'], name: noticeHours.days, types: ['enum'], by: 'notices' },
    { path: ['noticeHours', 'from'], name: noticeHours.from, types: ['time'], by: 'notices' },
    { path: ['noticeHours', 'to'], name: noticeHours.to, types: ['time'], by: 'notices' },
    ...currencies,
    ...template.seats.flatMap(({ id, party }, index): Reference[] =>
      Object.hasOwn(template.parties, party) || party === THIRD
        ? []
        : [{ path: ['seats', index, 'party'], name: party, types: ['party'], by: id }],
    ),
    ...template.obligations.flatMap((obligation, index) => obligationReferences(obligation, index, isSeat)),
    ...template.penalties.flatMap((penalty, index) => {
      const at = ['penalties', index];
      const slots: [string, string | undefined, TermType[]][] = [
        ['base', penalty.base, ['money']],
        ['percentPerDay', penalty.percentPerDay, ['percent']],
        ['capPercent', penalty.capPercent, ['percent']],
        ['graceDays', penalty.graceDays, ['integer']],
        ['warnPercent', penalty.warnPercent, ['percent']],
      ];
      return slots.flatMap(([field, name, types]): Reference[] =>
        name === undefined ? [] : [{ path: [...at, field], name, types, by: penalty.id }],
      );
    }),
    ...template.rules.flatMap((rule, index) =>
      ruleTerms(rule)
        .filter(({ name }) => !isSeat(name))
        .map(({ path, name, types }): Reference => ({ path: ['rules', index, ...path], name, types, by: rule.id })),
    ),
    ...expiry,
  ];
}

/** The fields of an obligation without which it is not run. */
const SWITCHES = ['responsible', 'when', 'every'];

function switchesOff({ path: [list, , field, part] }: Reference): boolean {
  if (list !== 'obligations') return false;
  return SWITCHES.includes(String(field)) || (field === 'deadline' && part !== 'rollover' && part !== 'dayEnd');
}

/** What each term decides about: ids of obligations, with those that wait for them, and of rules. */
export function affectedIds(template: Naming): (term: string) => string[] {
  const all = references(template);
  return (term) => {
    const naming = all.filter(({ name }) => name === term || entryNamed(name).mapping === term);
    const affected = [...new Set(naming.map(({ by }) => by))];
    const off = naming.filter(switchesOff).map(({ by }) => by);
    for (const id of off) {
      for (const obligation of template.obligations) {
        const { id: follower } = obligation;
        if (anchorObligation(obligation) !== id || off.includes(follower)) continue;
        off.push(follower); // seen by this very loop, so that its followers come too
        if (!affected.includes(follower)) affected.push(follower);
      }
    }
    return affected;
  };
}
