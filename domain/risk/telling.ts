import type { Due } from '../agreement/event.ts';
import type { NoticeDraft, NoticeFacts, NoticeKind } from '../agreement/notice.ts';
import { COORDINATOR, mailSeat } from '../agreement/parties.ts';
import { noticeMoment } from '../notice-time.ts';
import { daysLateOn } from '../penalty.ts';
import { rungsAfter } from '../process/rungs.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import type { CompiledRisks } from './compiled.ts';
import type { RiskState } from './state.ts';

/** Days before a due day on which whoever has to act is reminded; ours. */
const LEAD_DAYS = [7, 1];

interface Told {
  atMs: Instant;
  /** Seats: those addressed, and those that get a copy. */
  to: string[];
  copies?: string[];
  /** People who fill no seat that is written to. */
  readers?: string[];
  /** Whose act it is: nobody is written to about their own (design §4). */
  by?: string;
  clauses: string[];
  facts?: NoticeFacts;
}

/** One notice to each, within notice hours. */
export function told(state: RiskState, kind: NoticeKind, given: Told): NoticeDraft[] {
  const { calendar, zone, noticeHours } = state.input;
  return drafts(state, kind, given, noticeMoment(given.atMs, calendar, zone, noticeHours));
}

/** At once, whatever the hour: a warning, and what came true, wait for no morning (design §4). */
export function alarmed(state: RiskState, kind: NoticeKind, given: Told): NoticeDraft[] {
  return drafts(state, kind, given, given.atMs);
}

function drafts(
  { input, rating }: RiskState,
  kind: NoticeKind,
  { to, copies = [], readers = [], by, clauses, facts }: Told,
  atMs: Instant,
): NoticeDraft[] {
  const written = (seats: string[]): string[] => [...new Set(seats.map((seat) => mailSeat(input, seat)))];
  const addressed = written(to);
  const copied = written(copies).filter((seat) => !addressed.includes(seat));
  const draft = {
    kind,
    atMs,
    clauses,
    facts: { process: input.reference, status: rating.level, ...facts },
  };
  return [
    ...[...addressed, ...copied]
      .filter((seat) => seat !== by && input.seats.includes(seat))
      .map((seat): NoticeDraft => ({ ...draft, seat, role: addressed.includes(seat) ? seat : 'copy' })),
    ...readers.map((addressee): NoticeDraft => ({
      ...draft,
      seat: mailSeat(input, input.owner),
      role: 'copy',
      addressee,
    })),
  ];
}

/** One thing that somebody has to do by a time, while it is not done. */
export interface RiskClock {
  kind: 'risk-response-reminder' | 'risk-measure-reminder' | 'risk-review-reminder' | 'risk-measure-review-reminder';
  /** Of a measure: its name. */
  about: string | null;
  seat: string;
  due: Due;
  overdue: boolean;
  clauses: string[];
}

/** What is waited for. */
export function clocksOf({ input, response, review, measureReview, measures, ended, status }: RiskState): RiskClock[] {
  if (ended || status === 'closed') return [];
  const { rules, owner } = input;
  const clock = (
    kind: RiskClock['kind'],
    seat: string,
    { due, overdue }: { due: Due | null; overdue: boolean },
    clauses: string[] = rules.clauses,
    about: string | null = null,
  ): RiskClock[] => (due === null ? [] : [{ kind, about, seat, due, overdue, clauses }]);
  return [
    ...clock('risk-response-reminder', owner, response, rules.response?.clauses),
    ...measures
      .filter((one) => one.status === 'open')
      .flatMap((one) => clock('risk-measure-reminder', one.owner, one, rules.response?.clauses, one.measure)),
    ...clock('risk-review-reminder', rules.keeper, review, rules.review?.clauses),
    ...(measures.length === 0
      ? []
      : clock('risk-measure-review-reminder', rules.keeper, measureReview, rules.measureReview?.clauses)),
  ];
}

/** The next rung of every clock that has none put by; late ones go to the coordinator and whoever keeps the register, too. */
export function remindersOf(
  state: RiskState,
  waiting: readonly NoticeDraft[],
  afterMs: Instant,
  nowMs: Instant,
): NoticeDraft[] {
  const { input } = state;
  const { calendar, zone, noticeHours: hours, rules, owner } = input;
  return clocksOf(state)
    .filter((clock) => !waiting.some((notice) => notice.rungs && notice.atMs > afterMs && isOf(notice, clock)))
    .flatMap((clock) => {
      const { kind, seat, due, about, clauses } = clock;
      // The duty that this review serves is recalled by the agreement: here only what is late is.
      const fromMs = isOfDuty(clock, rules) ? Math.max(afterMs, due.dueAtMs - 1) : afterMs;
      const { atMs, rungs } = rungsAfter(due, LEAD_DAYS, { calendar, zone, hours }, fromMs, Math.max(nowMs, fromMs));
      const isLate = rungs.some((rung) => rung.startsWith('overdue-'));
      const facts: NoticeFacts = {
        dueAtMs: due.dueAtMs,
        localDate: due.localDate,
        daysLate: daysLateOn(due, localDateAt(zone, atMs)),
        ...(about === null ? {} : { about }),
      };
      const copies = isLate ? [rules.keeper, owner, COORDINATOR] : [];
      return drafts(state, kind, { atMs, to: [seat], copies, clauses, facts }, atMs).map((one) => ({ ...one, rungs }));
    });
}

function isOfDuty({ kind }: RiskClock, { report, measureReport }: CompiledRisks): boolean {
  if (kind === 'risk-review-reminder') return report !== null;
  return kind === 'risk-measure-review-reminder' && measureReport !== null;
}

function isOf({ kind, facts }: NoticeDraft, clock: RiskClock): boolean {
  return kind === clock.kind && facts.dueAtMs === clock.due.dueAtMs && (facts.about ?? null) === clock.about;
}

/** Whether a notice that waits still asks for something, or tells what is so. */
export function stillToThePoint(notice: NoticeDraft, state: RiskState): boolean {
  if (notice.kind === 'risk-level-changed') return notice.facts.status === state.rating.level;
  if (notice.rungs === undefined) return true;
  return clocksOf(state).some((clock) => isOf(notice, clock));
}
