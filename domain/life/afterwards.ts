import type { CompiledAfterwards, CompiledAgreement } from '../agreement/compiled.ts';
import type { Decision } from '../agreement/decision.ts';
import type { AfterwardsBegun, AfterwardsEnded, AgreementClosed, Due } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { NOTHING, type Part } from '../agreement/part.ts';
import { CLOCK, allSeats, livingSeats } from '../agreement/parties.ts';
import { hasEnded } from '../agreement/phase.ts';
import type { AgreementState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { addDays, addMonths } from '../local-date.ts';
import { plannedRungs } from '../notice-time.ts';
import type { LocalDate, Zone } from '../time.ts';
import { instantAt } from '../zone.ts';
import { type Cause, conclusion, isSettled } from './settlement.ts';

/** Both sides are warned so many days before the last day (S001a-40). */
const WARNING_LEAD_DAYS = [14, 1];

/** What is owed after the end, as it stands: one row of the state. */
type Running = AgreementState['afterwards'][number];

/** What is owed after the end begins with it: answers, advice, data, hand-over, close-out, secrecy (S001a-38…40). */
export function begun(ended: Decision, { agreement }: AgreementState, endedOn: LocalDate, cause: Cause): Decision {
  const rules = agreement.life?.afterwards ?? [];
  if (rules.length === 0) return ended;
  const events = rules.map((rule) => ({
    ...cause,
    type: 'afterwards-begun' as const,
    clauses: rule.clauses,
    rule: rule.id,
    responsible: rule.responsible,
    until: untilOf(rule, endedOn, agreement.zone),
  }));
  const told = events.flatMap(({ rule, responsible, until, clauses }) => {
    const tell = teller(agreement, cause.occurredAtMs, clauses);
    const facts = { about: rule, by: responsible, ...until };
    return livingSeats(agreement).map((seat) => tell('afterwards-begun', seat, facts));
  });
  return {
    ...ended,
    events: [...ended.events, ...events],
    schedule: [...ended.schedule, ...told, ...events.flatMap((event) => warnings(agreement, event))],
  };
}

/** A period of its own, no time limit for an act: it ends on its last day, whatever day that is. */
function untilOf({ days, months }: CompiledAfterwards, endedOn: LocalDate, zone: Zone): Due | null {
  if (days === null && months === undefined) return null;
  const localDate = months === undefined ? addDays(endedOn, days ?? 0) : addMonths(endedOn, months);
  return { dueAtMs: instantAt(zone, addDays(localDate, 1), '00:00'), localDate };
}

/** Ahead of the last day; and what was to be confirmed by then and is not is escalated (S001a-39, S003-K-19). */
function warnings(
  agreement: CompiledAgreement,
  { rule, responsible, until, occurredAtMs, clauses }: AfterwardsBegun,
): NoticeDraft[] {
  if (until === null) return [];
  const facts = { about: rule, by: responsible, ...until };
  const { calendar, zone, noticeHours: hours } = agreement;
  const ahead = plannedRungs(until, WARNING_LEAD_DAYS, { calendar, zone, hours })
    .filter(({ rung, atMs }) => rung !== 'due' && atMs > occurredAtMs)
    .map(({ atMs }) => atMs);
  const moments = [...new Set(ahead)];
  const tell = teller(agreement, until.dueAtMs, clauses);
  const missed = mustBeConfirmed(agreement, rule) ? allSeats(agreement) : [];
  return [
    ...livingSeats(agreement).flatMap((seat) =>
      moments.map((atMs) => ({ ...tell('afterwards-ending', seat, facts), atMs })),
    ),
    ...missed.map((seat) => tell('afterwards-ending', seat, { ...facts, status: 'overdue' })),
  ];
}

/** Data is restored and material handed over or deleted only when a document says so (S001a-39, S003-K-19). */
export function mustBeConfirmed(agreement: CompiledAgreement, rule: string): boolean {
  const kind = kindOf(agreement, rule);
  return kind === 'data' || kind === 'hand-over';
}

function kindOf({ life }: CompiledAgreement, rule: string): CompiledAfterwards['kind'] | undefined {
  return life?.afterwards.find(({ id }) => id === rule)?.kind;
}

/** What keeps the agreement from closing: it has an end, or must be confirmed, and neither has come yet. */
export function runningAfterwards({ agreement, afterwards }: AgreementState): Running[] {
  return afterwards.filter(
    ({ rule, until, endedAtMs }) => endedAtMs === null && (until !== null || mustBeConfirmed(agreement, rule)),
  );
}

/** The rules of secrecy that outlive the agreement for good, and its close with it (S003-K-21). */
export function survivingSecrecy({ agreement, afterwards }: AgreementState): string[] {
  return (agreement.life?.confidentiality ?? [])
    .map(({ id }) => id)
    .filter((id) =>
      afterwards.some(({ rule, until, endedAtMs }) => rule === id && until === null && endedAtMs === null),
    );
}

/** Whether this is still owed; a warning of its end is to the point then. */
export function isOwedAfterwards({ afterwards }: AgreementState, rule: string | undefined): boolean {
  return afterwards.some((one) => one.rule === rule && one.endedAtMs === null);
}

export function evolveAfterwards(
  state: AgreementState,
  event: AfterwardsBegun | AfterwardsEnded | AgreementClosed,
): AgreementState {
  switch (event.type) {
    case 'afterwards-begun': {
      const { rule, responsible, until } = event;
      return { ...state, afterwards: [...state.afterwards, { rule, responsible, until, endedAtMs: null }] };
    }
    case 'afterwards-ended':
      return {
        ...state,
        afterwards: state.afterwards.map((one) =>
          one.rule === event.rule ? { ...one, endedAtMs: event.occurredAtMs } : one,
        ),
      };
    case 'agreement-closed':
      return { ...state, status: 'closed' };
  }
}

/** Ends by time alone: closing out, once everything is settled; what must be confirmed, never (S001c-66, S001a-39). */
function endings(state: AgreementState): { rule: string; due: Due }[] {
  if (!hasEnded(state)) return [];
  const { agreement } = state;
  return runningAfterwards(state).flatMap(({ rule, until }) => {
    const waits = mustBeConfirmed(agreement, rule) || (kindOf(agreement, rule) === 'close-out' && !isSettled(state));
    return until === null || waits ? [] : [{ rule, due: until }];
  });
}

/** What has come to its end by then. */
export function endedBy(state: AgreementState, cause: Cause): AfterwardsEnded[] {
  return endings(state)
    .filter(({ due }) => due.dueAtMs <= cause.occurredAtMs)
    .map(({ rule }) => ({ ...cause, type: 'afterwards-ended', clauses: clausesOf(state, rule), rule }));
}

export function clausesOf({ agreement }: AgreementState, rule: string): string[] {
  return agreement.life?.afterwards.find(({ id }) => id === rule)?.clauses ?? [];
}

/** What is promised for the time after the end runs out; the agreement closes with the last (S001a-40). */
export const AFTERWARDS: Part = {
  moments: (state) => endings(state).map(({ due }) => ({ atMs: due.dueAtMs, consequence: true })),
  dueEvents: (state, atMs) => (hasEnded(state) ? conclusion(state, { occurredAtMs: atMs, actor: CLOCK }) : NOTHING),
};
