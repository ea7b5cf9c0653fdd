import type { CompiledObligation } from '../domain/agreement/compiled.ts';
import type { CompiledVisits } from '../domain/visit/compiled.ts';
import { seatIn } from './compile-survey.ts';
import type { Template } from './schema.ts';
import type { TermReader } from './term-reader.ts';

/** Where it is not agreed from when on customers are listed: those who lack something as the year ends. */
const LAST_MONTH = 12;

/** What is said of visits and call-backs, filled with the agreement's terms; not where nobody to lead them is agreed. */
export function compileVisits(
  template: Template,
  terms: TermReader,
  sides: Record<string, string>,
  obligations: readonly CompiledObligation[],
): CompiledVisits[] {
  return template.rules.flatMap((rule): CompiledVisits[] => {
    if (rule.kind !== 'visits') return [];
    const { id, visit: kind, clauses, departments, report, plan = null } = rule;
    const duty = obligations.find((one) => one.id === rule.obligation);
    const obligation = duty?.id ?? null;
    const leader = seatIn(template, rule.leader, rule.obligation ?? id, terms, sides);
    if (leader === null) return [];
    const reportDays = report === undefined ? null : terms.daysOrNull(report);
    const counters = rule.counters.flatMap(({ tier, surveys, visits, from, clauses: cited }) => {
      const count = terms.integerOrNull(surveys);
      const held = visits === undefined ? 0 : (terms.integerOrNull(visits) ?? 0);
      const fromMonth = from === undefined ? {} : { fromMonth: terms.integerOrNull(from) ?? LAST_MONTH };
      return count === null ? [] : [{ tier, surveys: count, visits: held, clauses: cited, ...fromMonth }];
    });
    const quarters = rule.quarters && {
      leadDays: rule.quarters.lead === undefined ? null : terms.integerOrNull(rule.quarters.lead),
      partialFirst: duty?.recurrence?.by === 'period' && duty.recurrence.partialFirst,
      clauses: rule.quarters.clauses,
    };
    const visits = { id, kind, clauses, obligation, leader, departments, reportDays, plan, counters };
    return [{ ...visits, ...(quarters && counters.length > 0 ? { quarters } : {}) }];
  });
}
