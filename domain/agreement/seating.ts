import type { LocalDate } from '../time.ts';
import type { CompiledAgreement } from './compiled.ts';
import type { NoticeFacts } from './notice.ts';
import { obligationContexts } from './obligations.ts';
import { mailSeat, partyOf } from './parties.ts';
import { hasEnded } from './phase.ts';
import { referenceOf } from './reference.ts';
import { rulesOf } from '../obligations/registry.ts';
import type { AgreementState } from './state.ts';

/** Somebody stands in for the person in a seat, from the first to the last day inclusive. People are opaque ids. */
export interface StandIn {
  seat: string;
  absent: string;
  deputy: string;
  from: LocalDate;
  until: LocalDate;
  /** Ids of obligations; empty: all that the seat has to do. */
  obligations: string[];
}

/** Whether a stand-in holds on a day, for an obligation or, without one, for what concerns the seat as a whole. */
export function covers({ from, until, obligations }: StandIn, on: LocalDate, obligation?: string): boolean {
  const inScope = obligations.length === 0 || (obligation !== undefined && obligations.includes(obligation));
  return from <= on && on <= until && inScope;
}

/** Who stands in for a seat on a day; there is at most one for each obligation (`delegate` sees to it). */
export function standInFor(
  standIns: readonly StandIn[],
  { seat, on, obligation }: { seat: string; on: LocalDate; obligation?: string | undefined },
): StandIn | undefined {
  return standIns.find((one) => one.seat === seat && covers(one, on, obligation));
}

/** The stand-in by which a person may act in a seat on a day. */
export function standsIn(
  standIns: readonly StandIn[],
  { seat, deputy, on, obligation }: { seat: string; deputy: string; on: LocalDate; obligation?: string | undefined },
): StandIn | undefined {
  return standIns.find((one) => one.seat === seat && one.deputy === deputy && covers(one, on, obligation));
}

/**
 * Whether a person who acts in a seat on those days, without a last one for good, would act on two sides of the agreement
 * (design §3): they fill a seat of another, or stand in for one at that time.
 */
export function sitsOnOtherSide(
  state: AgreementState,
  { personId, seat, from, until }: { personId: string; seat: string; from: LocalDate; until?: LocalDate },
): boolean {
  const side = sideOf(state.agreement, seat);
  if (side === undefined) return false;
  const filled = Object.keys(state.seated).filter((other) => state.seated[other] === personId);
  const stoodInFor = state.standIns
    .filter((one) => one.deputy === personId && from <= one.until && (until === undefined || one.from <= until))
    .map((one) => one.seat);
  return [...filled, ...stoodInFor].some((other) => {
    const otherSide = sideOf(state.agreement, other);
    return otherSide !== undefined && otherSide !== side;
  });
}

/** The role key whose side a seat is on; undefined for the coordinator's, which is on none. */
function sideOf(agreement: CompiledAgreement, seat: string): string | undefined {
  const party = partyOf(agreement, seat);
  return agreement.parties.includes(party) ? party : undefined;
}

/**
 * All that waits for whoever fills a seat, or will: open obligations and verdicts as `id` or `id#occurrence`, and what has
 * not begun or comes again by its id.
 */
export function dutiesOf(state: AgreementState, seat: string): string[] {
  const { agreement } = state;
  const isTheirs = (responsible: string): boolean => mailSeat(agreement, responsible) === seat;
  const contexts = obligationContexts(state);
  const open = contexts.flatMap((context) => {
    const { rule, state: progress } = context;
    const rules = rulesOf(rule);
    const waits = progress.due !== null && isTheirs(rule.responsible) && rules.isOpen(progress);
    const judges = rules.waitingFor(context).some(isTheirs);
    return waits || judges ? [referenceOf({ obligation: rule.id, occurrence: progress.occurrence })] : [];
  });
  const ended = hasEnded(state);
  const toCome = agreement.obligations
    .filter(({ id, responsible }) => {
      const begun = contexts.filter(({ rule, state: progress }) => rule.id === id && progress.due !== null);
      const again = begun.every(({ state: progress }) => progress.occurrence !== null);
      return !ended && isTheirs(responsible) && again;
    })
    .map(({ id }) => id);
  return [...open, ...toCome];
}

/** The same with dates, as a notice bears them; what has none yet has no entry. */
export function dutyFacts(
  state: AgreementState,
  duties: string[],
): Required<Pick<NoticeFacts, 'duties' | 'dutyDates'>> {
  const dated = obligationContexts(state).flatMap(({ rule, state: progress }): [string, LocalDate][] => {
    const reference = referenceOf({ obligation: rule.id, occurrence: progress.occurrence });
    const due = progress.status === 'in-review' ? progress.review : progress.due;
    return due && duties.includes(reference) ? [[reference, due.localDate]] : [];
  });
  return { duties, dutyDates: Object.fromEntries(dated) };
}
