import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { Zone } from '../domain/time.ts';
import { sliceCalendar } from './calendars.ts';
import { compileCases } from './compile-case.ts';
import { compileEvaluations } from './compile-evaluation.ts';
import { compileGoals } from './compile-goal.ts';
import { compileEngagements } from './compile-engagement.ts';
import { compileImprovement } from './compile-improvement.ts';
import { compileLife } from './compile-life.ts';
import { compilePayments, currencyIn } from './compile-payment.ts';
import { compileObligation, withoutOrphans } from './compile-obligation.ts';
import { compileRisks } from './compile-risk.ts';
import { compileSurveys } from './compile-survey.ts';
import { compileVisits } from './compile-visits.ts';
import { compileTrainings } from './compile-training.ts';
import { templateReference } from './library.ts';
import type { Template } from './schema.ts';
import { seatParties } from './seats.ts';
import { TermReader } from './term-reader.ts';
import type { ResolvedTerms } from './terms.ts';

/** Signed on paper so long ago at most, and lived for so long, with the holidays known. */
const YEARS_BACK = 10;
const YEARS_AHEAD = 30;

/** How long the agreement runs from its effect, where the template counts it so; null when that is open. */
function termOf(template: Template, terms: TermReader): { unit: 'months'; count: number } | null {
  const { years, months } = template.ending.expiry;
  if (years !== undefined) {
    const count = terms.numberOrNull(years);
    return count === null ? null : { unit: 'months', count: Math.round(count * 12) };
  }
  const count = months === undefined ? null : terms.numberOrNull(months);
  return count === null ? null : { unit: 'months', count };
}

/**
 * A template filled with one agreement's terms (`resolveTerms` without errors), as plain JSON well under 200 kB. The
 * pinned calendar is cut to the years around `year`, in which the agreement begins.
 */
export function compileAgreement(
  template: Template,
  resolved: ResolvedTerms,
  context: { id: string; zone: Zone; calendar: Calendar; seats: string[]; year: number },
): CompiledAgreement {
  const terms = new TermReader(resolved);
  const sides = seatParties(template, resolved);
  const { on } = template.ending.expiry;
  const expiresOn = on === undefined ? null : terms.textOrNull(on);
  const obligations = template.obligations.flatMap((obligation) => {
    const compiled = compileObligation(template, obligation, terms, sides);
    return compiled ? [compiled] : [];
  });
  const run = [...withoutOrphans(obligations), ...compilePayments(template, terms)];
  const surveys = compileSurveys(template, terms, sides, run);
  const improvement = compileImprovement(template, terms, sides, run);
  const visits = compileVisits(template, terms, sides, run);
  const evaluations = compileEvaluations(template, terms, sides, run, surveys);
  const goals = compileGoals(template, terms, run);
  const cases = compileCases(template, terms, sides);
  const trainings = compileTrainings(template, terms, sides, run);
  const engagements = compileEngagements(template, terms);
  const risks = compileRisks(template, terms, sides, run);
  return {
    format: 1,
    id: context.id,
    template: templateReference(template),
    zone: context.zone,
    calendar: sliceCalendar(context.calendar, context.year - YEARS_BACK, context.year + YEARS_AHEAD),
    noticeHours: {
      days: terms.noticeDays(template.noticeHours.days),
      from: terms.text(template.noticeHours.from),
      to: terms.text(template.noticeHours.to),
    },
    currency: currencyIn(template, terms),
    parties: Object.keys(template.parties),
    signatories: template.signatories,
    seats: context.seats,
    ...(template.seats.length > 0 ? { seatParties: sides } : {}),
    expiresOn,
    ...(template.ending.expiry.years === undefined && template.ending.expiry.months === undefined
      ? {}
      : { term: expiresOn === null ? termOf(template, terms) : null }),
    clauses: template.clauses,
    obligations: run,
    life: compileLife(template, terms),
    ...(surveys.length === 0 ? {} : { surveys }),
    ...(improvement === null ? {} : { improvement }),
    ...(visits.length === 0 ? {} : { visits }),
    ...(trainings.length === 0 ? {} : { trainings }),
    ...(evaluations.length === 0 ? {} : { evaluations }),
    ...(cases.length === 0 ? {} : { cases }),
    ...(engagements.length === 0 ? {} : { engagements }),
    ...(risks.length === 0 ? {} : { risks }),
    ...(goals.length === 0 ? {} : { goals }),
  };
}
