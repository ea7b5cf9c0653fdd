import { Big } from 'big.js';
import type { Instant } from '../time.ts';
import type { CasePriority, CaseSeverity, CaseType } from './compiled.ts';
import type { CaseState } from './state.ts';

/** What figures need of one case; its id leads back to it. */
export interface CaseFact {
  /** Workflow id. */
  id: string;
  reference: string;
  type: CaseType;
  /** The template's rule that it runs by. */
  rule: string;
  category: string | null;
  tier: string | null;
  priority: CasePriority;
  severity: CaseSeverity;
  /** Opaque. */
  customer: string | null;
  /** Seat that handles it. */
  handler: string;
  openedAtMs: Instant;
  /** Of the first round. */
  respondedAtMs: Instant | null;
  /** Of the first round: the first result, whatever came of it. */
  resolvedAtMs: Instant | null;
  closedAtMs: Instant | null;
  reopened: number;
  /** Of the resolution clocks that it has: whether all were kept; null: it has none, or the last one still runs. */
  inTime: boolean | null;
  /** Of the response clocks. */
  respondedInTime: boolean | null;
  satisfied: boolean | null;
  isDuplicate: boolean;
  /** It came in when the service was not owed: nothing of its times is counted (S003-C-07). */
  outOfTerm: boolean;
}

export function caseFact({ input, ...state }: CaseState): CaseFact {
  const [first] = state.cycles;
  return {
    id: input.workflowId,
    reference: input.reference,
    type: input.caseType,
    rule: input.rules.id,
    category: state.category,
    tier: input.tier,
    priority: state.priority,
    severity: state.severity,
    customer: input.customerId,
    handler: state.handler,
    openedAtMs: input.openedAtMs,
    respondedAtMs: first?.respondedAtMs ?? null,
    resolvedAtMs: first?.resolvedAtMs ?? null,
    closedAtMs: state.closedAtMs,
    reopened: state.cycles.length - 1,
    inTime: keptOf(state, 'resolution'),
    respondedInTime: keptOf(state, 'response'),
    satisfied: state.cycles.at(-1)?.satisfied ?? null,
    isDuplicate: state.outcome === 'duplicate',
    outOfTerm: state.outOfTerm,
  };
}

function keptOf({ clocks }: Pick<CaseState, 'clocks'>, id: 'resolution' | 'response'): boolean | null {
  const own = clocks.filter((clock) => clock.id === id);
  if (own.some(({ breachedAtMs }) => breachedAtMs !== undefined)) return false;
  return own.length > 0 && own.every(({ stoppedAtMs }) => stoppedAtMs !== undefined) ? true : null;
}

/** From inclusive to exclusive; a case counts in the period in which it came in. */
export interface Period {
  fromMs: Instant;
  toMs: Instant;
}

/** A figure and the cases that it is made of: those counted, and of them those that speak against it. */
export interface CaseFigure {
  /** A decimal string; null: there is nothing that it could be reckoned from. */
  value: string | null;
  /** Ids of the cases that it is reckoned from. */
  of: string[];
  /** Ids of those among them that spoil it: reopened, late. */
  against: string[];
}

export interface CaseFigures {
  /** How many came in, without duplicates. */
  count: number;
  byType: Record<CaseType, number>;
  open: number;
  closed: number;
  reopened: number;
  /** Minutes from coming in to the first response of whoever handles it, to one decimal (S000-10, S001b-31). */
  averageFirstResponse: CaseFigure;
  medianFirstResponse: CaseFigure;
  /** Closed without reopening, of those closed: a fraction of four decimals. */
  firstContactResolution: CaseFigure;
  /** Of those whose clock of resolution is over. */
  resolvedInTime: CaseFigure;
  respondedInTime: CaseFigure;
  /** Complaints per customer served in the period; null where nobody has said how many were. */
  complaintRate: CaseFigure;
}

/**
 * The figures that contracts measure, of one period. What is a duplicate of another case is none of its own; what came in out of
 * the term of the service counts, but none of its times do.
 *
 * @param customersServed the denominator of the complaint rate, as the parties defined it; null: not entered
 */
export function caseFigures(
  facts: readonly CaseFact[],
  { fromMs, toMs }: Period,
  customersServed: number | null,
): CaseFigures {
  const own = facts.filter(({ openedAtMs, isDuplicate }) => openedAtMs >= fromMs && openedAtMs < toMs && !isDuplicate);
  const timed = own.filter(({ outOfTerm }) => !outOfTerm);
  const answered = timed.flatMap(({ id, openedAtMs, respondedAtMs }) =>
    respondedAtMs === null ? [] : [{ id, ms: respondedAtMs - openedAtMs }],
  );
  const closed = own.filter(({ closedAtMs }) => closedAtMs !== null);
  const complaints = own.filter(({ type }) => type === 'complaint');
  const ofType = (type: CaseType): number => own.filter((fact) => fact.type === type).length;
  const waits = answered.map(({ ms }) => ms).sort((a, b) => a - b);
  const answeredIds = answered.map(({ id }) => id);
  return {
    count: own.length,
    byType: {
      complaint: complaints.length,
      'service-request': ofType('service-request'),
      enquiry: ofType('enquiry'),
      feedback: ofType('feedback'),
    },
    open: own.length - closed.length,
    closed: closed.length,
    reopened: own.filter(({ reopened }) => reopened > 0).length,
    averageFirstResponse: { value: minutes(meanOf(waits)), of: answeredIds, against: [] },
    medianFirstResponse: { value: minutes(medianOf(waits)), of: answeredIds, against: [] },
    firstContactResolution: share(closed, ({ reopened }) => reopened === 0),
    resolvedInTime: share(
      timed.filter(({ inTime }) => inTime !== null),
      ({ inTime }) => inTime === true,
    ),
    respondedInTime: share(
      timed.filter(({ respondedInTime }) => respondedInTime !== null),
      ({ respondedInTime }) => respondedInTime === true,
    ),
    complaintRate: {
      value: customersServed === null || customersServed <= 0 ? null : fraction(complaints.length, customersServed),
      of: complaints.map(({ id }) => id),
      against: [],
    },
  };
}

function share(facts: readonly CaseFact[], isGood: (fact: CaseFact) => boolean): CaseFigure {
  const good = facts.filter(isGood);
  return {
    value: facts.length === 0 ? null : fraction(good.length, facts.length),
    of: facts.map(({ id }) => id),
    against: facts.filter((fact) => !isGood(fact)).map(({ id }) => id),
  };
}

function fraction(part: number, whole: number): string {
  return new Big(part).div(whole).toFixed(4, Big.roundHalfUp);
}

function meanOf(values: readonly number[]): Big | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum.plus(value), new Big(0)).div(values.length);
}

/** The middle one; of an even number the mean of the two in the middle. */
function medianOf(sorted: readonly number[]): Big | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : new Big(upper).plus(lower).div(2);
}

function minutes(ms: Big | null): string | null {
  return ms === null ? null : ms.div(60_000).toFixed(1, Big.roundHalfUp);
}
