import { Big } from 'big.js';
import type { CompiledAgreement, CompiledObligation, CompiledPenalty } from '../domain/agreement/compiled.ts';
import type { Calendar } from '../domain/calendar.ts';
import { roundHalfUp } from '../domain/money.ts';
import type { Zone } from '../domain/time.ts';
import { sliceCalendar } from './calendars.ts';
import { templateReference } from './library.ts';
import type { Template } from './schema.ts';
import type { ResolvedTerms, TermValue } from './terms.ts';

/** Signed on paper so long ago at most, and lived for so long, with the holidays known. */
const YEARS_BACK = 10;
const YEARS_AHEAD = 30;

/** The typed values of resolved terms. Asking for what is not there, or of another type, is a bug and throws. */
class TermValues {
  readonly #values: Record<string, TermValue>;

  constructor({ terms }: ResolvedTerms) {
    this.#values = Object.fromEntries(terms.map(({ name, value }) => [name, value]));
  }

  #bug(name: string): never {
    throw new Error(`term ${name} was not resolved`);
  }

  textOrNull(name: string): string | null {
    const value = this.#values[name];
    return typeof value === 'string' || value === null ? value : this.#bug(name);
  }
  text(name: string): string {
    return this.textOrNull(name) ?? this.#bug(name);
  }
  integerOrNull(name: string): number | null {
    const value = this.#values[name];
    return typeof value === 'number' || value === null ? value : this.#bug(name);
  }
  integer(name: string): number {
    return this.integerOrNull(name) ?? this.#bug(name);
  }
  list(name: string): number[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value : this.#bug(name);
  }
  entry(name: string, key: string): string {
    const value = this.#values[name];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.#bug(name);
    return value[key] ?? this.#bug(name);
  }
  noticeDays(name: string): CompiledAgreement['noticeHours']['days'] {
    const value = this.#values[name];
    return value === 'working-days' || value === 'every-day' ? value : this.#bug(name);
  }
  rollover(name: string): 'next-working-day' | 'none' {
    const value = this.#values[name];
    return value === 'next-working-day' || value === 'none' ? value : this.#bug(name);
  }
}

function currencyOf(template: Template, money: string, values: TermValues): string {
  const term = template.terms.find(({ name }) => name === money);
  if (term?.type !== 'money') throw new Error(`${money} is not money`);
  return values.text(term.currency);
}

function compilePenalty(template: Template, id: string, debtor: string, values: TermValues): CompiledPenalty {
  const penalty = template.penalties.find((one) => one.id === id);
  // The schema allows a penalty with exactly two parties alone.
  const creditor = Object.keys(template.parties).find((role) => role !== debtor);
  if (!penalty || creditor === undefined) throw new Error(`penalty ${id} is not in the template`);
  const base = values.text(penalty.base);
  const currency = currencyOf(template, penalty.base, values);
  const capPercent = values.textOrNull(penalty.capPercent);
  return {
    clauses: penalty.clauses,
    creditor,
    base,
    rate: new Big(values.text(penalty.percentPerDay)).div(100).toFixed(),
    currency,
    graceDays: values.integerOrNull(penalty.graceDays) ?? 0,
    cap: capPercent === null ? null : roundHalfUp(new Big(base).times(capPercent).div(100).toFixed(), currency),
  };
}

function compileObligation(
  template: Template,
  obligation: Template['obligations'][number],
  values: TermValues,
): CompiledObligation {
  const responsible = values.entry(obligation.responsible, obligation.id);
  const { deadline, review } = obligation;
  return {
    id: obligation.id,
    kind: obligation.kind,
    rule: obligation.rule,
    clauses: obligation.clauses,
    responsible,
    deadline: {
      anchor: deadline.anchor,
      offset: { unit: 'days', count: values.integer(deadline.days) },
      rollover: values.rollover(deadline.rollover),
      dayEnd: values.text(deadline.dayEnd),
    },
    reminderLeadDays: values.list(obligation.reminderLeadDays),
    review: review
      ? {
          reviewers: review.reviewers,
          windowDays: values.integer(review.windowDays),
          reworkDays: values.integer(review.reworkDays),
          clauses: review.clauses,
        }
      : null,
    penalty:
      obligation.penalty === undefined ? null : compilePenalty(template, obligation.penalty, responsible, values),
  };
}

/**
 * A template filled with one agreement's terms (`resolveTerms` without errors), as plain JSON well under 200 kB. The
 * pinned calendar is cut to the years around `year`, in which the agreement begins.
 */
export function compileAgreement(
  template: Template,
  terms: ResolvedTerms,
  context: { id: string; zone: Zone; calendar: Calendar; seats: string[]; year: number },
): CompiledAgreement {
  const values = new TermValues(terms);
  const money = template.terms.find(({ type }) => type === 'money');
  if (!money) throw new Error(`${template.id} has no term of money`);
  return {
    format: 1,
    id: context.id,
    template: templateReference(template),
    zone: context.zone,
    calendar: sliceCalendar(context.calendar, context.year - YEARS_BACK, context.year + YEARS_AHEAD),
    noticeHours: {
      days: values.noticeDays(template.noticeHours.days),
      from: values.text(template.noticeHours.from),
      to: values.text(template.noticeHours.to),
    },
    currency: currencyOf(template, money.name, values),
    parties: Object.keys(template.parties),
    signatories: template.signatories,
    seats: context.seats,
    expiresOn: values.textOrNull(template.ending.expiry.on),
    clauses: template.clauses,
    obligations: template.obligations.map((obligation) => compileObligation(template, obligation, values)),
  };
}
