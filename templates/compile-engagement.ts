import { Big } from 'big.js';
import { THIRD } from '../domain/agreement/parties.ts';
import type { CompiledEngagement, EngagementPrefill } from '../domain/engagement/compiled.ts';
import type { Rule } from './rule-schema.ts';
import type { Template } from './schema.ts';
import type { TermReader } from './term-reader.ts';

type EngagementRule = Extract<Rule, { kind: 'engagement' }>;

/** What is said of third parties' involvement, filled with the agreement's terms. */
export function compileEngagements(template: Template, terms: TermReader): CompiledEngagement[] {
  return template.rules.flatMap((rule) =>
    rule.kind === 'engagement' ? [compileEngagement(template, rule, terms)] : [],
  );
}

function compileEngagement(template: Template, rule: EngagementRule, terms: TermReader): CompiledEngagement {
  const { advanceNotice, reply, jointReview, cap, milestones, effectReview, support, fee, liability } = rule;
  const days = (name: string | undefined): number | null => (name === undefined ? null : terms.daysOrNull(name));
  const secrecy = template.rules.find(
    (one) => one.kind === 'confidentiality' && one.undertaking && one.bound?.includes(THIRD),
  );
  const end = template.rules.find((one) => one.kind === 'engagement-end');
  return {
    id: rule.id,
    kind: rule.form,
    clauses: rule.clauses,
    applicants: rule.applicants,
    application: rule.application ?? null,
    advanceNotice: advanceNotice ? { days: days(advanceNotice.days), clauses: advanceNotice.clauses } : null,
    negotiation: rule.negotiation ?? null,
    reply: reply
      ? {
          by: reply.by ?? null,
          workingDays: reply.workingDays === undefined ? null : terms.integerOrNull(reply.workingDays),
          clauses: reply.clauses,
        }
      : null,
    jointReview: jointReview
      ? { by: jointReview.by, windowDays: days(jointReview.days), clauses: jointReview.clauses }
      : null,
    agreement: rule.agreement,
    cap: cap
      ? {
          mandatory: cap.mandatory,
          rationale: cap.rationale === undefined ? [] : factorsOf(template, cap.rationale),
          changeable: cap.change !== undefined,
          consentDays: days(cap.change?.consentDays),
          clauses: cap.clauses,
        }
      : null,
    scopes: rule.scopes.map(({ id }) => id),
    taskClauses: rule.tasks?.clauses ?? rule.clauses,
    siteRules: rule.siteRules ?? null,
    undertaking: secrecy ? { clauses: secrecy.clauses } : null,
    acceptance: milestones ? { by: milestones.by, days: days(milestones.days), clauses: milestones.clauses } : null,
    effectReview: effectReview
      ? { by: effectReview.by, days: days(effectReview.days), clauses: effectReview.clauses }
      : null,
    supervision: rule.supervision ?? null,
    support: support ? { by: support.by, days: days(support.days), clauses: support.clauses } : null,
    fee: fee
      ? {
          shares:
            fee.payer !== undefined
              ? { [fee.payer]: '1' }
              : fee.share === undefined
                ? null
                : sharesOf(template, fee.share, terms),
          amount: fee.amount === undefined ? null : terms.textOrNull(fee.amount),
          days: days(fee.days),
          clauses: fee.clauses,
        }
      : null,
    liability: {
      lossShares: liability.share === undefined ? null : sharesOf(template, liability.share, terms),
      leaksUncapped: liability.leaks !== undefined && terms.isTrue(liability.leaks),
      clauses: liability.clauses,
    },
    end:
      end?.kind === 'engagement-end'
        ? {
            grounds: end.grounds.map(({ ground }) => ground),
            items: end.items.map(({ id }) => id),
            clauses: [...new Set([...end.clauses, ...end.grounds.flatMap((one) => one.clauses)])],
          }
        : null,
    prefill: prefillOf(rule, terms),
  };
}

/** Reasons that the contract wants beside a cap: the keys of the term that holds them. */
function factorsOf(template: Template, name: string): string[] {
  const term = template.terms.find((one) => one.name === name);
  return term?.type === 'mapping' && Array.isArray(term.keys) ? term.keys.map(({ value }) => value) : [];
}

function prefillOf({ cap, purpose, scope, endsOn, milestones }: EngagementRule, terms: TermReader): EngagementPrefill {
  const reasons = cap?.rationale === undefined ? null : terms.value(cap.rationale);
  const rows = milestones?.table === undefined ? null : terms.rowsOrNull(milestones.table);
  return {
    cap: cap ? terms.textOrNull(cap.amount) : null,
    rationale: typeof reasons === 'object' && reasons !== null && !Array.isArray(reasons) ? Object.keys(reasons) : [],
    endsOn: endsOn === undefined ? null : terms.textOrNull(endsOn),
    hasPurpose: purpose !== undefined && terms.isAgreed(purpose),
    hasScope: scope !== undefined && terms.isAgreed(scope),
    milestones: (rows ?? []).flatMap(({ dueDate }, index) =>
      typeof dueDate === 'string' ? [{ milestone: `milestone-${index + 1}`, dueOn: dueDate }] : [],
    ),
  };
}

/** Fractions by role key: the first party's percentage, and the rest for the second; null: none is agreed. */
function sharesOf(template: Template, percentOfFirst: string, terms: TermReader): Record<string, string> | null {
  const [first, second] = Object.keys(template.parties);
  const percent = terms.plain(percentOfFirst);
  if (percent === null || first === undefined || second === undefined) return null;
  const fraction = new Big(percent).div(100);
  return { [first]: fraction.toFixed(), [second]: new Big(1).minus(fraction).toFixed() };
}
