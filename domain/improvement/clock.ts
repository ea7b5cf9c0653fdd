import type { Due } from '../agreement/event.ts';
import type { NoticeDraft, NoticeKind } from '../agreement/notice.ts';
import { dueAfterDays } from '../deadline.ts';
import { addDays } from '../local-date.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import type { ImprovementInput } from './command.ts';
import type { ImprovementState } from './state.ts';

/** Deadlines for an act: they end with their last day, which moves off rest days (Civil Code 203). */
const ACTS = { rollover: 'next-working-day', dayEnd: '24:00' } as const;

/** Customers may say so long what they think of the answer before silence closes it; ours (ADR 23). */
export const VERDICT_DAYS = 10;

/** A plan that was rejected is due again so long after it, or at its own date where that is later; ours (design §4). */
export const REWORK_DAYS = 10;

export function dueIn(input: ImprovementInput, atMs: Instant, days: number): Due {
  return dueFrom(input, localDateAt(input.zone, atMs), days);
}

/** A date as it stood, so many days later: what the plan itself names moves by just these, any other rolls over once, at the end. */
export function dueLater(input: ImprovementInput, due: Due, days: number, isNamed: boolean): Due {
  if (!isNamed) return dueFrom(input, due.rolledFrom ?? due.localDate, days);
  return dueAfterDays(due.localDate, days, { ...ACTS, rollover: 'none' }, input.calendar, input.zone);
}

function dueFrom({ calendar, zone, rules }: ImprovementInput, day: LocalDate, days: number): Due {
  const due = dueAfterDays(day, days, ACTS, calendar, zone);
  const counted = addDays(day, days);
  return rules.suspends && counted !== due.localDate ? { ...due, rolledFrom: counted } : due;
}

/** How many days each date is counted by; null: the plan names the day itself. */
export function daysOf({ rules }: ImprovementInput, of: StandingDate): number | null {
  return {
    cause: rules.investigation?.days ?? 0,
    plan: rules.planDays ?? 0,
    measure: null,
    check: rules.checks?.days ?? 0,
    answer: rules.answer?.days ?? 0,
    verdict: VERDICT_DAYS,
  }[of];
}

export type StandingDate = 'cause' | 'plan' | 'measure' | 'check' | 'answer' | 'verdict';

/** A day that the plan itself names: whoever plans chose it, so it does not move. */
export function dueOnDay({ zone }: ImprovementInput, localDate: LocalDate): Due {
  return { dueAtMs: instantAt(zone, localDate, '24:00'), localDate };
}

/** One thing that somebody has to do by a time, while it is not done. */
export interface Clock {
  reminder: Extract<
    NoticeKind,
    'cause-reminder' | 'plan-reminder' | 'measure-reminder' | 'check-reminder' | 'answer-reminder'
  >;
  /** Of a measure: its id. */
  about: string | null;
  seat: string;
  due: Due;
  /** Its overdue stands in the record already. */
  isOverdue: boolean;
  clauses: string[];
}

/** The clocks that run now; none while the agreement is suspended. */
export function clocksOf(state: ImprovementState): Clock[] {
  return state.suspended ? [] : datesOf(state);
}

/** The dates that are waited for, whether they run or not. */
export function datesOf(state: ImprovementState): Clock[] {
  const { rules } = state.input;
  const department = state.department ?? rules.planner;
  switch (state.status) {
    case 'raised':
      return causeClock(state, department);
    case 'classified': {
      const { due, planOverdue: isOverdue } = state;
      const plan: Clock[] = due
        ? [{ reminder: 'plan-reminder', about: null, seat: department, due, isOverdue, clauses: rules.clauses }]
        : [];
      return [...causeClock(state, department), ...plan];
    }
    case 'approved': {
      const measures = state.measures
        .filter(({ completedAtMs }) => completedAtMs === null)
        .map(({ id, owner, due, overdue }): Clock => ({
          reminder: 'measure-reminder',
          about: id,
          seat: owner,
          due,
          isOverdue: overdue,
          clauses: rules.clauses,
        }));
      const { checks } = rules;
      if (!checks || !state.checkDue) return measures;
      const check: Clock = {
        reminder: 'check-reminder',
        about: null,
        seat: checks.by,
        due: state.checkDue,
        isOverdue: state.checkOverdue,
        clauses: checks.clauses,
      };
      return [...measures, check];
    }
    case 'effective': {
      const { answerDue: due, answerOverdue: isOverdue } = state;
      if (!due || !rules.answer || isAnswered(state)) return [];
      return [
        { reminder: 'answer-reminder', about: null, seat: department, due, isOverdue, clauses: rules.answer.clauses },
      ];
    }
    default:
      return [];
  }
}

/** The cause has a date of its own until it is written, be it by itself or with the plan (S003-C-09). */
function causeClock({ input, causeDue: due, causeOverdue, causeFoundAtMs }: ImprovementState, seat: string): Clock[] {
  const { investigation } = input.rules;
  if (!investigation || !due || causeFoundAtMs !== null) return [];
  const { clauses } = investigation;
  return [{ reminder: 'cause-reminder', about: null, seat, due, isOverdue: causeOverdue, clauses }];
}

/** Everybody who raised it and can be answered has the answer; where nobody can, that has been said. */
export function isAnswered({ answeredAtMs, answeredCustomers, finding }: ImprovementState): boolean {
  return answeredAtMs !== null && finding.raisedBy.every((customer) => answeredCustomers.includes(customer));
}

/** Whether a reminder that was put by is still of a clock that runs. */
export function isOfClock(notice: NoticeDraft, { reminder, about, due }: Clock): boolean {
  return notice.kind === reminder && (notice.facts.about ?? null) === about && notice.facts.dueAtMs === due.dueAtMs;
}
