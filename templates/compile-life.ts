import { Big } from 'big.js';
import type {
  CompiledAfterwards,
  CompiledBaseline,
  CompiledBooking,
  CompiledEffect,
  CompiledLiability,
  CompiledLife,
  CompiledRenewal,
  CompiledRequest,
  CompiledTermination,
} from '../domain/agreement/compiled.ts';
import { THIRD } from '../domain/agreement/parties.ts';
import { compareMoney } from '../domain/money.ts';
import { currencyIn, partyIn } from './compile-payment.ts';
import { currencyOf } from './compile-penalty.ts';
import type { Rule } from './rule-schema.ts';
import type { Template } from './schema.ts';
import { termsToSign } from './signing-terms.ts';
import type { TermReader } from './term-reader.ts';

type RuleOf<K extends Rule['kind']> = Extract<Rule, { kind: K }>;

/** Of a renewal, where no term says how much earlier the coordinator is told. */
const INTERNAL_DAYS = 14;

/** What a template says of an agreement's life, filled with its terms: what it does not say is not provided. */
export function compileLife(template: Template, terms: TermReader): CompiledLife {
  const of = <K extends Rule['kind']>(kind: K): RuleOf<K>[] =>
    template.rules.filter((rule): rule is RuleOf<K> => rule.kind === kind);
  const isContract = template.nature === 'contract';
  const [override] = of('override');
  const [renewal] = of('renewal');
  return {
    effect: effectOf(template, of('effect')[0], terms),
    baselines: of('goal').flatMap((rule) => baselineOf(template, rule, terms)),
    amendment: amendmentOf(template, of('amendment'), of('liability'), terms),
    override: override ? { by: override.by, clauses: override.clauses } : null,
    suspension: [
      ...of('suspension').map(({ grounds, clauses }) => ({ grounds, clauses })),
      // What both agree on they may do whether or not the text says so.
      ...(isContract ? [{ grounds: ['agreed-pause' as const], clauses: [] }] : []),
    ],
    renewal: renewal ? renewalOf(renewal, terms) : null,
    terminations: terminationsOf(template, of('termination'), terms),
    afterwards: [
      ...of('post-termination').flatMap((rule) => afterwardsOf(template, rule, terms)),
      ...of('confidentiality').flatMap((rule) => secrecyOf(template, rule, terms)),
    ],
    liabilities: of('liability').map((rule) => liabilityOf(template, rule, terms)),
    bookings: [
      ...of('booking').flatMap((rule) => rule.bookings.map((kind) => bookingOf(template, rule, kind, terms))),
      ...of('payment').flatMap((rule) =>
        rule.shares === undefined ? [] : [bookingOf(template, { ...rule, share: rule.shares }, 'cost-share', terms)],
      ),
    ],
    disputes: of('dispute').map(({ id, clauses, negotiation, forum, method }) => ({
      id,
      clauses,
      negotiationDays: negotiation === undefined ? null : terms.daysOrNull(negotiation),
      // A source that names none leaves the courts that the law gives.
      hasForum:
        (forum === undefined && method === undefined) ||
        [forum, method].some((name) => name !== undefined && terms.isAgreed(name)),
    })),
    requests: of('request').map((rule) => requestOf(rule, terms)),
    confidentiality: of('confidentiality').map(({ id, clauses, bound, undertaking, obligation }) => ({
      id,
      clauses,
      bound: bound ?? Object.keys(template.parties),
      ...(undertaking ? { undertaking } : {}),
      ...(obligation === undefined ? {} : { undertakenBy: obligation }),
    })),
    ...engagementEndOf(of('engagement-end')[0], terms),
    meetings: [{ id: 'meetings', clauses: template.obligations.find(({ kind }) => kind === 'meeting')?.clauses ?? [] }],
    penaltyWarning: warningOf(template, terms),
  };
}

function effectOf(template: Template, rule: RuleOf<'effect'> | undefined, terms: TermReader): CompiledEffect {
  const clauses = rule?.clauses ?? [];
  return {
    seal: rule?.seal !== undefined && terms.isTrue(rule.seal),
    sealClauses: clauses,
    review: rule?.review ?? false,
    reviewClauses: clauses,
    ...(termsToSign(template).some((name) => !terms.isAgreed(name)) ? { liabilityOpen: true } : {}),
    policy: template.nature === 'policy',
    ...(rule?.approver === undefined ? {} : { approver: rule.approver }),
  };
}

/** A goal that is measured against a figure; a figure that is not agreed is entered later, and confirmed by all. */
function baselineOf(template: Template, rule: RuleOf<'goal'>, terms: TermReader): CompiledBaseline[] {
  const { id, clauses, baseline, target } = rule;
  if (baseline === undefined || (target !== undefined && !terms.isAgreed(target))) return [];
  return [{ goal: id, term: baseline, clauses, value: terms.plain(baseline), confirmedBy: template.signatories }];
}

/** Contracts change by consent of all who signed, policies as they say; a change of one cap alone is a rule apart. */
function amendmentOf(
  template: Template,
  rules: RuleOf<'amendment'>[],
  liabilities: RuleOf<'liability'>[],
  terms: TermReader,
): CompiledLife['amendment'] {
  const rule = rules.find(({ consent }) => !consent.includes(THIRD));
  const excludes = rules
    .filter(({ consent }) => consent.includes(THIRD))
    .flatMap(({ other, clauses, replyDays }) =>
      liabilities.flatMap(({ id: liability, cap: term }) =>
        term !== undefined && other.includes(term)
          ? [{ liability, clauses, term, consentDays: replyDays === undefined ? null : terms.daysOrNull(replyDays) }]
          : [],
      ),
    );
  if (!rule && template.nature === 'policy') return { consent: template.signatories, lapseDays: null, clauses: [] };
  return {
    consent: rule?.consent ?? template.signatories,
    lapseDays: rule?.replyDays === undefined ? null : terms.daysOrNull(rule.replyDays),
    clauses: rule?.clauses ?? [],
    ...(excludes.length === 0 ? {} : { excludes }),
  };
}

function engagementEndOf(
  rule: RuleOf<'engagement-end'> | undefined,
  terms: TermReader,
): Pick<CompiledLife, 'engagementEnd'> {
  if (!rule) return {};
  const { id, clauses, grounds, purpose, items } = rule;
  const hasPurpose = purpose !== undefined && terms.isAgreed(purpose);
  return { engagementEnd: { id, clauses, grounds, hasPurpose, items: items.map((item) => item.id) } };
}

function renewalOf(rule: RuleOf<'renewal'>, terms: TermReader): CompiledRenewal {
  const { automatic, noticeDays, internalDays, termYears, cycles, clauses } = rule;
  const years = termYears === undefined ? null : terms.numberOrNull(termYears);
  return {
    automatic: typeof automatic === 'boolean' ? automatic : terms.isTrue(automatic),
    noticeDays: noticeDays === undefined ? null : terms.daysOrNull(noticeDays),
    internalDays: (internalDays === undefined ? null : terms.daysOrNull(internalDays)) ?? INTERNAL_DAYS,
    months: years === null ? null : Math.round(years * 12),
    ...(cycles === 'afresh' ? { cycles } : {}),
    clauses,
  };
}

/** The ways to an end; both may always agree on one (Civil Code 562). */
function terminationsOf(template: Template, rules: RuleOf<'termination'>[], terms: TermReader): CompiledTermination[] {
  const found = rules.map(
    ({
      id,
      ground,
      gates,
      noticeDays,
      objection,
      negotiationDays,
      cureDays,
      grounds,
      clauses,
    }): CompiledTermination => ({
      id,
      ground,
      gates,
      noticeDays: noticeDays === undefined ? null : terms.daysOrNull(noticeDays),
      ...(objection ? { objection } : {}),
      negotiationDays: negotiationDays === undefined ? null : terms.daysOrNull(negotiationDays),
      cureDays: cureDays === undefined ? null : terms.daysOrNull(cureDays),
      codes: isListed(ground) && grounds !== undefined ? codesOf(grounds, terms) : [],
      clauses,
    }),
  );
  if (template.nature === 'policy' || found.some(({ ground }) => ground === 'mutual')) return found;
  const mutual: CompiledTermination = {
    id: 'mutual-end',
    ground: 'mutual',
    gates: ['both-approve'],
    noticeDays: null,
    negotiationDays: null,
    cureDays: null,
    codes: [],
    clauses: [],
  };
  return [...found, mutual];
}

/** Ends that rest on a list of what was agreed to be a ground (S001c-62, S001b-67). */
function isListed(ground: CompiledTermination['ground']): boolean {
  return ground === 'agreed-list' || ground === 'serious-breach';
}

/** Grounds that were agreed on, by their code or their number: their words never enter the process. */
function codesOf(grounds: string, terms: TermReader): string[] {
  const rows = terms.rowsOrTexts(grounds);
  return rows.map((row, index) =>
    typeof row === 'object' && typeof row['code'] === 'string' ? row['code'] : `ground-${index + 1}`,
  );
}

/** Where the term that says how long is open, it is switched off, as every duty is (design §5). */
function afterwardsOf(template: Template, rule: RuleOf<'post-termination'>, terms: TermReader): CompiledAfterwards[] {
  const { id, what, clauses, days, months, period } = rule;
  const named = [days, months, period].filter((name) => name !== undefined);
  if (named.length > 0 && !named.some((name) => terms.isAgreed(name))) return [];
  const responsible = partyIn(template, rule.responsible, terms) ?? Object.keys(template.parties)[0] ?? '';
  const span = (name: string | undefined) => (name === undefined ? null : terms.numberOrNull(name));
  const ofMonths = span(months) ?? (period === undefined ? null : terms.monthsOrNull(period));
  const ofDays = span(days) ?? (period === undefined ? null : terms.daysOrNull(period));
  const afterwards: CompiledAfterwards = {
    id,
    responsible,
    kind: what,
    days: ofDays,
    ...(ofMonths === null ? {} : { months: ofMonths }),
    ...(period !== undefined && isEndless(period, terms) ? { endless: true } : {}),
    clauses,
  };
  return [afterwards];
}

/** Without end is an answer, not the lack of one. */
function isEndless(period: string, terms: TermReader): boolean {
  return terms.plain(period) === 'indefinite';
}

/** Secrecy that outlives the agreement, where the source says so. */
function secrecyOf(template: Template, rule: RuleOf<'confidentiality'>, terms: TermReader): CompiledAfterwards[] {
  const { id, clauses, period, bound } = rule;
  if (period === undefined || !terms.isAgreed(period)) return [];
  const [first] = bound ?? Object.keys(template.parties);
  const months = terms.monthsOrNull(period);
  const days = months === null ? terms.daysOrNull(period) : null;
  const length = isEndless(period, terms) ? { endless: true as const } : months === null ? {} : { months };
  return [{ id, responsible: first ?? '', kind: 'secrecy', days, ...length, clauses }];
}

function liabilityOf(template: Template, rule: RuleOf<'liability'>, terms: TermReader): CompiledLiability {
  const { id, clauses, cap, share, answer, particular } = rule;
  const amount = cap === undefined ? null : terms.textOrNull(cap);
  return {
    id,
    liable: partyIn(template, rule.liable, terms),
    ...(particular ? { particular } : {}),
    cap: cap === undefined || amount === null ? null : { amount, currency: currencyOf(template, cap, terms) },
    shares: share === undefined ? null : sharesOf(template, share, terms),
    answerDays: answer === undefined ? null : terms.daysOrNull(answer),
    clauses,
  };
}

function bookingOf(
  template: Template,
  { id, clauses, share }: { id: string; clauses: string[]; share?: string | undefined },
  kind: CompiledBooking['kind'],
  terms: TermReader,
): CompiledBooking {
  return { id, kind, clauses, shares: share === undefined ? null : sharesOf(template, share, terms) };
}

/** Fractions by role key: the first party's percentage, and the rest for the second. */
function sharesOf(template: Template, percentOfFirst: string, terms: TermReader): Record<string, string> | null {
  const [first, second] = Object.keys(template.parties);
  const percent = terms.plain(percentOfFirst);
  if (percent === null || first === undefined || second === undefined) return null;
  const fraction = new Big(percent).div(100);
  return { [first]: fraction.toFixed(), [second]: new Big(1).minus(fraction).toFixed() };
}

function requestOf(rule: RuleOf<'request'>, terms: TermReader): CompiledRequest {
  const { id, from, to, reply, silence, reminder, clauses } = rule;
  const remindDays = reminder === undefined ? null : terms.daysOrNull(reminder);
  return {
    id,
    from,
    to,
    replyDays: reply === undefined ? null : terms.daysOrNull(reply),
    ...(silence === 'refused' ? { silence } : {}),
    ...(remindDays === null ? {} : { remindDays }),
    clauses,
  };
}

/** Ours: when penalties come to this share of the total, both are told once. */
function warningOf(template: Template, terms: TermReader): CompiledLife['penaltyWarning'] {
  const penalty = template.penalties.find(({ warnPercent }) => warnPercent !== undefined);
  if (penalty?.warnPercent === undefined) return null;
  const base = terms.textOrNull(penalty.base);
  const percent = terms.plain(penalty.warnPercent);
  if (base === null || percent === null || compareMoney(base, '0') <= 0) return null;
  return { base, currency: currencyIn(template, terms), percent };
}
