import {
  CASE_CHANNELS,
  type CaseChannel,
  type CaseClockId,
  type CaseType,
  type CompiledCaseClock,
  type CompiledCases,
} from '../domain/case/compiled.ts';
import type { Budget } from '../domain/case/compiled.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { CUSTOMER_TIERS } from '../domain/survey/compiled.ts';
import { seatIn } from './compile-survey.ts';
import { durationMinutes, durationOffset } from './durations.ts';
import type { Rule } from './rule-schema.ts';
import type { Template } from './schema.ts';
import { added } from './survey-dimensions.ts';
import type { TermReader } from './term-reader.ts';

export type CaseRule = Extract<Rule, { kind: 'case' }>;

/** Keys of a table that stand for everybody. */
const EVERYBODY = ['default', 'base', 'all', 'other', 'others', '*', 'standard', '默认', '其他', '全部', '基准'];
/** Words of levels and priorities as a Chinese table writes them. */
const WORDS: Record<string, string> = {
  普通: 'ordinary',
  普通客户: 'ordinary',
  一般客户: 'ordinary',
  重点: 'key',
  重点客户: 'key',
  重要客户: 'key',
  vip客户: 'vip',
  贵宾: 'vip',
  低: 'low',
  一般: 'normal',
  中: 'normal',
  高: 'high',
  紧急: 'urgent',
  加急: 'urgent',
};

export function caseRulesIn(template: Template): CaseRule[] {
  return template.rules.filter((rule): rule is CaseRule => rule.kind === 'case');
}

/** What is said of complaints, requests, enquiries and feedback, filled with the agreement's terms; not where nobody owes it. */
export function compileCases(template: Template, terms: TermReader, sides: Record<string, string>): CompiledCases[] {
  return caseRulesIn(template).flatMap((rule) => {
    const provider = seatIn(template, rule.provider, rule.id, terms, sides);
    if (provider === null) return [];
    return [compileCase(template, rule, provider, terms, sides)];
  });
}

/**
 * Why an agreement takes no case of a type that its template has, as nobody is agreed to serve: the open term, or the seat,
 * that would say who, and the cure; undefined: it is for another reason.
 */
export function nobodyServes(
  template: Template,
  { cases = [] }: Pick<CompiledAgreement, 'cases'>,
  type: CaseType | undefined,
  rule?: string,
): string | undefined {
  const open = caseRulesIn(template).find(
    ({ id, types }) =>
      (type === undefined || types.includes(type)) &&
      (rule === undefined || id === rule) &&
      !cases.some((one) => one.id === id),
  );
  if (!open) return undefined;
  const { id, provider } = open;
  const isTerm = template.terms.some(({ name }) => name === provider);
  return isTerm
    ? `nobody is agreed to serve under ${id}: the term ${provider} is open; agree on it, terms.${provider}: ${Object.keys(template.parties).join(' or ')}`
    : `nobody serves under ${id}: fill the seat ${provider}, seats.${provider}`;
}

function compileCase(
  template: Template,
  rule: CaseRule,
  provider: string,
  terms: TermReader,
  sides: Record<string, string>,
): CompiledCases {
  const { id, clauses, types, customer = null, deputies, steps, report, decision, service, negotiators } = rule;
  const seat = (who: string | undefined): string | null => seatIn(template, who, id, terms, sides);
  const isPaused = rule.pause === undefined ? rule.pauses !== undefined : terms.isTrue(rule.pause);
  const date = (name: string | undefined): string | null => (name === undefined ? null : terms.textOrNull(name));
  const repeatDays = rule.repeatWithin === undefined ? null : terms.integerOrNull(rule.repeatWithin);
  const all = [
    ...steps,
    ...(report ? (['report'] as const) : []),
    ...(decision ? (['special-survey'] as const) : []),
    ...(negotiators.length > 0 ? (['negotiate'] as const) : []),
  ];
  return {
    id,
    clauses,
    types,
    provider,
    customer,
    handler: seat(rule.handler) ?? provider,
    deputies: deputies.filter((one) => sides[one] !== undefined),
    escalateTo: (rule.escalateTo ?? []).filter((one) => seat(one) !== null),
    channels: rule.channels === undefined ? [] : channelsOf(terms.textsOrNull(rule.channels) ?? []),
    categories: categoriesOf(rule, terms).map(({ id: category }) => ({ id: category, seat: null })),
    clocks: clocksOf(template, rule, terms, seat),
    steps: [...new Set(all)],
    workingTime: null,
    pause: isPaused ? { clauses: rule.pauses?.clauses ?? clauses } : null,
    reportTo: report?.to ?? null,
    decider: decision?.by ?? null,
    progressFrom: rule.progressFrom,
    recordRequired: rule.recordRequired,
    opinionRequired: rule.opinionRequired,
    ...(repeatDays === null ? {} : { repeatDays }),
    maxReassignments: rule.maxReassignments === undefined ? null : terms.integerOrNull(rule.maxReassignments),
    lowScore: rule.lowScore === undefined ? null : terms.plain(rule.lowScore),
    service: service ? { from: date(service.from), until: date(service.until) } : null,
    negotiators,
  };
}

/** Each clock that the contract has, and which field of the rule is its length. */
function clocksOf(
  template: Template,
  rule: CaseRule,
  terms: TermReader,
  seat: (who: string | undefined) => string | null,
): CompiledCaseClock[] {
  const lengths: [CaseClockId, string | undefined][] = [
    ['record', rule.record],
    ['response', rule.response],
    ['forwarding', rule.forwarding],
    ['assignment', rule.assignment],
    ['progress', rule.feedback],
    ['resolution', rule.resolution],
    ['report', rule.report?.within],
    ['opinion', rule.opinion],
    ['follow-up', rule.followUp],
    ['contest', rule.contest],
    ['confirmation', rule.confirmation],
    ['decision', rule.decision?.within],
  ];
  const warnings = warningsOf(template, rule, terms);
  return lengths.flatMap(([id, name]): CompiledCaseClock[] => {
    if (name === undefined) return [];
    const { unit, count, by } = lengthOf(template, name, terms, isWorkingTime(rule, terms));
    const tiers = id === 'resolution' ? { ...tiersOf(rule, terms), ...categoryHours(rule, terms) } : {};
    const lengthsBy = { ...tiers, ...by };
    if (count === null && Object.keys(lengthsBy).length === 0) return [];
    const breach = rule.breaches.find(({ clock }) => clock === id);
    const own = rule.clockClauses[id] ?? innerClauses(rule, id) ?? rule.clauses;
    return [
      {
        id,
        clauses: own,
        unit,
        count,
        by: lengthsBy,
        warnings: id === 'record' || id === 'resolution' ? warnings : { hours: [], percents: [] },
        means: breach?.means ?? (WAITS.includes(id) ? 'silence' : 'late'),
        liable: seat(breach?.liable),
        breachClauses: breach?.clauses ?? own,
      },
    ];
  });
}

/** What nobody is in breach of when it ends. */
const WAITS: CaseClockId[] = ['opinion', 'follow-up', 'confirmation'];

function innerClauses({ report, decision, pauses }: CaseRule, id: CaseClockId): string[] | undefined {
  if (id === 'report') return report?.clauses;
  if (id === 'decision') return decision?.clauses;
  return id === 'contest' ? pauses?.clauses : undefined;
}

function isWorkingTime({ calendar }: CaseRule, terms: TermReader): boolean {
  return calendar !== undefined && terms.textOrNull(calendar) === 'business';
}

/** A length as it is agreed: of one number, or of a table by level and priority. */
function lengthOf(
  template: Template,
  name: string,
  terms: TermReader,
  working: boolean,
): Pick<CompiledCaseClock, 'unit' | 'count' | 'by'> {
  const hours = working ? 'working-hours' : 'hours';
  const term = template.terms.find((one) => one.name === name);
  const value = terms.value(name);
  const isTable = value !== null && typeof value === 'object' && !Array.isArray(value);
  const unit =
    term && 'unit' in term
      ? term.unit
      : term?.type === 'mapping' && 'unit' in term.values
        ? term.values.unit
        : undefined;
  const isDays = unit === 'days';
  const perUnit = (given: unknown): number | null => {
    const amount = typeof given === 'number' ? given : typeof given === 'string' ? Number(given) : Number.NaN;
    if (!Number.isFinite(amount)) return null;
    return unit === 'minutes' ? amount / 60 : amount;
  };
  if (isTable) {
    const entries = Object.entries(value).flatMap(([key, given]): [string, number][] => {
      const count = perUnit(given);
      return count === null ? [] : [[keyOf(key), count]];
    });
    const common = entries.find(([key]) => EVERYBODY.includes(key));
    return {
      unit: isDays ? 'days' : hours,
      count: common?.[1] ?? null,
      by: Object.fromEntries(entries.filter(([key]) => !EVERYBODY.includes(key))),
    };
  }
  const duration = typeof value === 'string' && value.startsWith('P') ? budgetOf(value, hours) : undefined;
  if (duration !== undefined) return { unit: duration?.unit ?? hours, count: duration?.count ?? null, by: {} };
  return { unit: isDays ? 'days' : hours, count: perUnit(value), by: {} };
}

/** Days are days, hours and minutes are hours; null of what has no length in either. */
function budgetOf(duration: string, hours: 'hours' | 'working-hours'): Budget | null {
  const offset = durationOffset(duration);
  if (offset?.unit === 'days') return { unit: 'days', count: offset.count };
  const minutes = durationMinutes(duration);
  return minutes === null ? null : { unit: hours, count: minutes / 60 };
}

/** A level, a priority or a category as a key: the words that a case bears. */
function keyOf(word: string): string {
  const small = word.trim().toLowerCase();
  if (EVERYBODY.includes(small)) return small;
  return WORDS[small] ?? levelOf(small) ?? small;
}

/** `VIP 客户`, `key customers` are levels of the directory. */
function levelOf(word: string): string | undefined {
  return CUSTOMER_TIERS.find((tier) => word.split(/[^a-z]+/).includes(tier));
}

function tiersOf({ tiers }: CaseRule, terms: TermReader): Record<string, number> {
  if (tiers === undefined) return {};
  return Object.fromEntries(
    (terms.rowsOrNull(tiers) ?? []).flatMap(({ name, slaHours }): [string, number][] =>
      typeof name === 'string' && typeof slaHours === 'number' ? [[keyOf(name), slaHours]] : [],
    ),
  );
}

/** Categories with their words, in the order of the table: of a table of rows, or of a list of words. */
export function categoriesOf(rule: CaseRule, terms: TermReader): { id: string; word: string; hours: number | null }[] {
  const { categories } = rule;
  if (categories === undefined) return [];
  return terms.rowsOrTexts(categories).flatMap((row) => {
    const word = typeof row === 'string' ? row : row['category'];
    const hours = typeof row === 'string' ? null : row['limitHours'];
    if (typeof word !== 'string' || word.trim() === '') return [];
    return [{ id: added(word).id, word: word.trim(), hours: typeof hours === 'number' ? hours : null }];
  });
}

function categoryHours(rule: CaseRule, terms: TermReader): Record<string, number> {
  return Object.fromEntries(
    categoriesOf(rule, terms).flatMap(({ id, hours }): [string, number][] => (hours === null ? [] : [[id, hours]])),
  );
}

function warningsOf(template: Template, { warnings }: CaseRule, terms: TermReader): CompiledCaseClock['warnings'] {
  const none = { hours: [], percents: [] };
  if (warnings === undefined || !terms.isAgreed(warnings)) return none;
  const value = terms.value(warnings);
  if (typeof value === 'string') {
    const minutes = durationMinutes(value);
    return minutes === null ? none : { ...none, hours: [minutes / 60] };
  }
  const term = template.terms.find(({ name }) => name === warnings);
  const list = terms.list(warnings);
  return term && 'unit' in term && term.unit === 'percent' ? { ...none, percents: list } : { ...none, hours: list };
}

/** Channels by the words of a term: `PHONE`, `online_chat`. */
function channelsOf(words: readonly string[]): CaseChannel[] {
  const channels = words.map((word): CaseChannel => {
    const small = word.toLowerCase();
    if (small.startsWith('online') || small === 'chat') return 'online';
    return CASE_CHANNELS.find((channel) => channel === small) ?? 'other';
  });
  return [...new Set(channels)];
}
