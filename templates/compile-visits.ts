import type { CompiledObligation } from '../domain/agreement/compiled.ts';
import type { CompiledVisits } from '../domain/visit/compiled.ts';
import { seatIn } from './compile-survey.ts';
import type { Template } from './schema.ts';
import type { TermReader } from './term-reader.ts';

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
    const obligation = obligations.find((one) => one.id === rule.obligation)?.id ?? null;
    const leader = seatIn(template, rule.leader, rule.obligation ?? id, terms, sides);
    if (leader === null) return [];
    const reportDays = report === undefined ? null : terms.daysOrNull(report);
    const counters = rule.counters.flatMap(({ tier, surveys, visits, clauses: cited }) => {
      const count = terms.integerOrNull(surveys);
      const held = visits === undefined ? 0 : (terms.integerOrNull(visits) ?? 0);
      return count === null ? [] : [{ tier, surveys: count, visits: held, clauses: cited }];
    });
    return [{ id, kind, clauses, obligation, leader, departments, reportDays, plan, counters }];
  });
}
