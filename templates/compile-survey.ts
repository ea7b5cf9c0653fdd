import { Big } from 'big.js';
import type { CompiledObligation } from '../domain/agreement/compiled.ts';
import type { CompiledSurvey, CustomerTier, SurveyChannel } from '../domain/survey/compiled.ts';
import { CUSTOMER_TIERS } from '../domain/survey/compiled.ts';
import type { Template } from './schema.ts';
import type { SurveyRule, TitledDimension } from './survey-dimensions.ts';
import { dimensionsOf, isNamed, textsOf, weightsOf } from './survey-dimensions.ts';
import { measureTerm } from './survey-schema.ts';
import type { TermReader } from './term-reader.ts';

/** Where nothing is agreed, answers are taken for so many days: a survey has to end some day. Ours. */
const OPEN_DAYS = 14;

/** What methods and channels mean, by the words of the templates' terms. A fax comes back as paper. */
const CHANNELS: Record<string, SurveyChannel[]> = {
  online: ['online'],
  website: ['online'],
  email: ['email'],
  电子邮件: ['email'],
  phone: ['phone'],
  电话: ['phone'],
  face_to_face: ['face-to-face'],
  'face-to-face': ['face-to-face'],
  paper: ['paper'],
  传真: ['paper'],
  sms: ['sms'],
  letter: ['letter'],
  正式发函: ['letter'],
};

/** A questionnaire that is neither online nor by telephone, where no channel of distribution is named. */
const QUESTIONNAIRE: SurveyChannel[] = ['email', 'paper'];

/**
 * The surveys whose duties are run, filled with the agreement's terms. One whose responsible side is not agreed yet has no
 * cycle.
 */
export function compileSurveys(
  template: Template,
  terms: TermReader,
  sides: Record<string, string>,
  obligations: readonly CompiledObligation[],
): CompiledSurvey[] {
  return template.rules.flatMap((rule) => {
    if (rule.kind !== 'survey' || !rule.cycle) return [];
    const duty = obligations.find(({ id }) => id === rule.obligation);
    const responsible = duty && (seatIn(template, rule.responsible, rule.obligation, terms, sides) ?? duty.responsible);
    return responsible === undefined ? [] : [compileSurvey(template, rule, responsible, terms, sides, obligations)];
  });
}

function compileSurvey(
  template: Template,
  rule: SurveyRule,
  responsible: string,
  terms: TermReader,
  sides: Record<string, string>,
  obligations: readonly CompiledObligation[],
): CompiledSurvey {
  const { id, clauses, obligation, dateAgreedBy, approvers, gates, findings } = rule;
  const dimensions = dimensionsOf(template, rule, terms);
  const openDays = (rule.openDays === undefined ? null : terms.daysOrNull(rule.openDays)) ?? OPEN_DAYS;
  const duty = (name: string | undefined): string | null =>
    obligations.some((one) => one.id === name) && name !== undefined ? name : null;
  const report = duty(rule.fulfils.report);
  const dated = obligations.find((one) => one.id === rule.fulfils.date);
  return {
    id,
    obligation,
    clauses,
    responsible,
    dateAgreedBy: dateAgreedBy
      ? { ...dateAgreedBy, ...(dated ? { reminderLeadDays: dated.reminderLeadDays } : {}) }
      : { seats: [], clauses: [] },
    approvers: { seats: approvers ?? [], clauses: approvers ? clauses : [] },
    dimensions: dimensions.map((one) => ({
      id: one.id,
      clauses: one.clauses,
      parts: one.parts.map((part) => part.id),
    })),
    weights: rule.weights === undefined ? {} : fractionsOf(dimensions, weightsOf(terms.value(rule.weights))),
    importance: rule.importance ?? null,
    channels: channelsOf(rule, terms),
    audience: audienceOf(template, rule, terms),
    sample: sampleOf(template, rule, terms),
    minimumSample: rule.minimumSample === undefined ? null : terms.integerOrNull(rule.minimumSample),
    openDays,
    reminderLeadDays: rule.reminders === undefined ? [] : leadsOf(terms, rule.reminders, openDays),
    target: targetOf(template, rule, terms),
    responseRatePercent: rule.responseRate === undefined ? null : terms.plain(rule.responseRate),
    anonymous: isTrue(rule.anonymous, terms),
    gates: gates.map(({ gate, seat, term, clauses: cited }) => ({
      gate,
      clauses: cited,
      ...(seat === undefined ? {} : { seat }),
      ...(term === undefined ? {} : { isGiven: terms.isAgreed(term) }),
    })),
    fulfils: { date: duty(rule.fulfils.date), audience: duty(rule.fulfils.audience), report },
    report: {
      by:
        seatIn(template, rule.report?.by, obligation, terms, sides) ??
        obligations.find((one) => one.id === report)?.responsible ??
        responsible,
      to: rule.report?.to ?? [],
      acknowledged: isTrue(rule.report?.acknowledged ?? false, terms),
      clauses: rule.report?.clauses ?? clauses,
    },
    findings:
      findings && terms.isAgreed(findings.below)
        ? { below: fraction(terms, findings.below), clauses: findings.clauses }
        : null,
    resultStands: true,
    ...(rule.missedTarget ? { missedTarget: rule.missedTarget } : {}),
  };
}

/** A role key, a seat whose side is known, or what a term says; null where nothing is said, or that is open. */
export function seatIn(
  template: Template,
  who: string | undefined,
  obligation: string,
  terms: TermReader,
  sides: Record<string, string>,
): string | null {
  if (who === undefined) return null;
  if (Object.hasOwn(template.parties, who)) return who;
  if (template.seats.some(({ id }) => id === who)) return sides[who] === undefined ? null : who;
  return template.terms.some(({ name }) => name === who) ? terms.party(who, obligation) : null;
}

/** Percentages as fractions by dimension; a dimension without one does not count. Nothing agreed: all weigh the same. */
function fractionsOf(dimensions: readonly TitledDimension[], weights: Record<string, string>): Record<string, string> {
  const words = Object.keys(weights);
  if (words.length === 0) return {};
  return Object.fromEntries(
    dimensions.map((one) => {
      const word = words.find((candidate) => isNamed(one, candidate));
      return [one.id, new Big((word === undefined ? undefined : weights[word]) ?? 0).div(100).toFixed()];
    }),
  );
}

function channelsOf(rule: SurveyRule, terms: TermReader): SurveyChannel[] {
  const words = [rule.methods, rule.channels].flatMap((name) =>
    name === undefined ? [] : (textsOf(terms.value(name)) ?? []),
  );
  const found = words.flatMap((word) => {
    const plain = word.toLowerCase();
    if (plain === 'questionnaire') return rule.channels === undefined ? QUESTIONNAIRE : [];
    return CHANNELS[plain] ?? [];
  });
  return [...new Set(found)];
}

function audienceOf(
  template: Template,
  { audience, customers }: SurveyRule,
  terms: TermReader,
): CompiledSurvey['audience'] {
  const said = audience === undefined ? null : terms.value(audience);
  const tier = CUSTOMER_TIERS.find((one) => one === said);
  const tiers: CustomerTier[] | null = customers?.tiers ?? (tier ? [tier] : null);
  const clauses = customers?.clauses ?? template.terms.find(({ name }) => name === audience)?.clauses ?? [];
  return { tiers, product: said === 'product', clauses };
}

/** A size that is agreed is drawn at random; a percentage waits for the number of customers. */
function sampleOf(template: Template, rule: SurveyRule, terms: TermReader): CompiledSurvey['sample'] {
  const { sample, sampleBasis, sampling } = rule;
  const term = template.terms.find(({ name }) => name === sample);
  const agreed =
    sample !== undefined && (term?.type === 'integer' || term?.type === 'number') ? terms.plain(sample) : null;
  const isPercent = sampleBasis !== undefined && terms.value(sampleBasis) === 'percent';
  return {
    method: sampling?.method ?? (agreed === null ? 'all' : 'random'),
    size: agreed === null || isPercent ? null : Math.ceil(Number(agreed)),
    ...(agreed !== null && isPercent ? { percent: agreed } : {}),
    clauses: sampling?.clauses ?? (agreed === null ? [] : (term?.clauses ?? [])),
  };
}

/** Reminders before the close, the longest first; none earlier than the publication, none while none are agreed. */
function leadsOf(terms: TermReader, name: string, openDays: number): number[] {
  if (!terms.isAgreed(name)) return [];
  return terms
    .list(name)
    .filter((lead) => lead < openDays)
    .sort((a, b) => b - a);
}

function targetOf(
  template: Template,
  { target, targetMeasure }: SurveyRule,
  terms: TermReader,
): CompiledSurvey['target'] {
  const value = target === undefined ? null : terms.plain(target);
  if (value === null) return null;
  const term = measureTerm(targetMeasure);
  const said = term === undefined ? targetMeasure : terms.value(term);
  if (said !== 'score' && said !== 'satisfied') return null;
  return { measure: said, value, clauses: template.terms.find(({ name }) => name === target)?.clauses ?? [] };
}

function isTrue(said: boolean | string, terms: TermReader): boolean {
  return typeof said === 'boolean' ? said : terms.isTrue(said);
}

function fraction(terms: TermReader, name: string): string {
  return new Big(terms.plain(name) ?? 0).div(100).toFixed();
}
