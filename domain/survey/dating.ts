import type { Actor } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { answersFor, mailSeat } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { plannedRungs } from '../notice-time.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt } from '../zone.ts';
import type { SurveyCommand } from './command.ts';
import { eventOf, isPlanned, noticesTo, notPlanned, speakerOf, todayOf } from './cycle.ts';
import { dateHandedIn } from './errands.ts';
import type { SurveyEventBody } from './event.ts';
import type { SurveyState } from './state.ts';

type Proposes = Extract<SurveyCommand, { type: 'propose-date' }>;
type Accepts = Extract<SurveyCommand, { type: 'accept-date' }>;
type Answer = ProcessDecision<SurveyEventBody> | Rejection;

/**
 * One of those who must agree names the day on which the survey begins; the others must accept that very day (S000-28).
 * The coordinator may enter a proposal for one of them. A date that was agreed stands until another one is.
 */
export function proposeDate(command: Proposes, state: SurveyState): Answer {
  const { input } = state;
  const { seats, clauses } = input.survey.dateAgreedBy;
  const refused = notPlanned(state) ?? undated(state);
  if (refused) return refused;
  const by = proposerOf(command.actor, state);
  if (by === undefined) {
    return { rejected: 'not-responsible', message: `the date is agreed by ${seats.join(', ')}`, clauses };
  }
  const passed = hasPassed(command, state);
  if (passed) return passed;
  if (state.date?.proposed === command.date) {
    const hasAccepted = state.date.acceptedBy.some(({ seat }) => seat === by);
    if (hasAccepted || command.actor.onBehalfOf !== undefined) return processDecision({});
    return accepted(command, by, state);
  }
  const proposed = {
    ...eventOf(state, command, clauses),
    type: 'survey-date-proposed',
    date: command.date,
    by,
  } as const;
  const others = seats.filter((seat) => seat !== by);
  if (others.length === 0) return agreed([proposed], command, [{ seat: by, actor: command.actor }], state);
  return processDecision({
    events: [proposed],
    schedule: noticesTo(input, others, {
      kind: 'survey-date-proposed',
      atMs: command.receivedAtMs,
      clauses,
      facts: { by, localDate: command.date, dueAtMs: instantAt(input.zone, command.date, '00:00') },
    }),
  });
}

/** Consent to the day that was shown, by everybody for itself; who proposed it has said so already. */
export function acceptDate(command: Accepts, state: SurveyState): Answer {
  const { input, date } = state;
  const { seats, clauses } = input.survey.dateAgreedBy;
  const refused = notPlanned(state) ?? undated(state);
  if (refused) return refused;
  const given = date?.acceptedBy.map(({ seat }) => seat) ?? [];
  const by = speakerOf(input, command.actor, seats, given);
  if (by === undefined) {
    const message = `the date is agreed by ${seats.join(', ')}, each for itself`;
    return { rejected: 'not-responsible', message, clauses };
  }
  if (date?.proposed !== command.date) {
    const said = date === null ? 'no date has been proposed' : `${date.proposed} is what has been proposed`;
    return { rejected: 'date-not-agreed', message: `${said}, not ${command.date}`, clauses };
  }
  if (by === date.by) {
    return { rejected: 'own-proposal', message: `${by} proposed it: another side accepts`, clauses };
  }
  if (given.includes(by)) return processDecision({});
  return hasPassed(command, state) ?? accepted(command, by, state);
}

function accepted(command: Proposes | Accepts, by: string, state: SurveyState): Answer {
  const { seats, clauses } = state.input.survey.dateAgreedBy;
  const event = { ...eventOf(state, command, clauses), type: 'survey-date-accepted', date: command.date, by } as const;
  const acceptedBy = [...(state.date?.acceptedBy ?? []), { seat: by, actor: command.actor }];
  const isAgreed = seats.every((seat) => acceptedBy.some((one) => one.seat === seat));
  return isAgreed ? agreed([event], command, acceptedBy, state) : processDecision({ events: [event] });
}

function agreed(
  before: SurveyEventBody[],
  command: Proposes | Accepts,
  acceptedBy: { seat: string; actor: Actor }[],
  state: SurveyState,
): ProcessDecision<SurveyEventBody> {
  const { clauses } = state.input.survey.dateAgreedBy;
  const event = { ...eventOf(state, command, clauses), type: 'survey-date-agreed', date: command.date } as const;
  return processDecision({
    events: [...before, event],
    errands: state.agreedDate === null ? dateHandedIn(state, acceptedBy, command.receivedAtMs) : [],
  });
}

/**
 * While the date is undecided, all who must agree on it are reminded before its duty is due (S000-28); whoever owes that
 * duty by the duty itself.
 *
 * @param afterMs rungs up to this instant have had their turn
 */
export function dateReminders({ input }: SurveyState, due: Due | null, afterMs: Instant): NoticeDraft[] {
  const { survey, calendar, zone, noticeHours: hours, duties } = input;
  const { seats, clauses, reminderLeadDays } = survey.dateAgreedBy;
  if (!reminderLeadDays || due === null) return [];
  const owner = survey.fulfils.date === null ? undefined : duties?.[survey.fulfils.date]?.responsible;
  const others = seats.filter((seat) => owner === undefined || mailSeat(input, seat) !== mailSeat(input, owner));
  const rungs = plannedRungs(due, reminderLeadDays, { calendar, zone, hours }).filter(({ atMs }) => atMs > afterMs);
  const moments = [...new Set(rungs.map(({ atMs }) => atMs))];
  return moments.flatMap((atMs) =>
    noticesTo(input, others, {
      kind: 'survey-date-reminder',
      atMs,
      clauses,
      facts: { dueAtMs: due.dueAtMs, localDate: due.localDate },
    }).map((notice) => ({ ...notice, rungs: rungs.filter((one) => one.atMs === atMs).map(({ rung }) => rung) })),
  );
}

/** Whether a reminder still finds the date undecided, and its reader without having agreed to what is proposed. */
export function isDateAwaited({ seat, facts }: NoticeDraft, state: SurveyState): boolean {
  const { input, agreedDate, date, dateDue } = state;
  if (!isPlanned(state) || agreedDate !== null || dateDue?.dueAtMs !== facts.dueAtMs) return false;
  const given = date?.acceptedBy.map((one) => one.seat) ?? [];
  return input.survey.dateAgreedBy.seats.some(
    (one) => !given.includes(one) && (mailSeat(input, one) === seat || !input.seats.includes(mailSeat(input, one))),
  );
}

function undated({ input }: SurveyState): Rejection | undefined {
  return input.survey.dateAgreedBy.seats.length === 0 ? notProvided('agreement on the date of the survey') : undefined;
}

/** For whom it is proposed. */
function proposerOf(actor: Actor, { input, date }: SurveyState): string | undefined {
  const { seats } = input.survey.dateAgreedBy;
  const given = date?.acceptedBy.map(({ seat }) => seat) ?? [];
  return speakerOf(input, actor, seats, given) ?? seats.find((seat) => answersFor(input, actor, seat));
}

function hasPassed({ date, receivedAtMs }: { date: LocalDate; receivedAtMs: number }, { input }: SurveyState) {
  const today = todayOf(input, receivedAtMs);
  if (date >= today) return undefined;
  const { clauses } = input.survey.dateAgreedBy;
  return { rejected: 'date-passed', message: `${date} is before ${today}`, clauses } as const;
}
