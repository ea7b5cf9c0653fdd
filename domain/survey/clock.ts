import { CLOCK, COORDINATOR, partyOf } from '../agreement/parties.ts';
import type { Due } from '../agreement/event.ts';
import type { NextDue } from '../agreement/part.ts';
import { plannedRungs } from '../notice-time.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision, ProcessTick } from '../process/process.ts';
import type { Instant } from '../time.ts';
import { closeByTime } from './collecting.ts';
import { noticesTo, subjectOf } from './cycle.ts';
import type { SurveyEventBody } from './event.ts';
import type { SurveyState } from './state.ts';

/** Reminders still to come of those who have not answered: mornings within notice hours, each once, ascending. */
function reminderMoments({ input, closes, publishedAtMs, remindedThroughMs, status }: SurveyState): Instant[] {
  if (status !== 'open' || closes === null) return [];
  const { calendar, zone, noticeHours: hours, survey } = input;
  const sinceMs = remindedThroughMs ?? publishedAtMs ?? 0;
  const moments = plannedRungs(closes, survey.reminderLeadDays, { calendar, zone, hours })
    .filter(({ rung }) => rung !== 'due')
    .map(({ atMs }) => atMs)
    .filter((atMs) => atMs > sinceMs);
  return [...new Set(moments)];
}

/** The earliest instant at which time alone changes a cycle. */
export function surveyNextDue(state: SurveyState): NextDue | undefined {
  const { status, closes, due } = state;
  if (status === 'planned') return due === null ? undefined : { atMs: due.dueAtMs, consequence: true };
  if (status !== 'open' || closes === null) return undefined;
  const [reminder] = reminderMoments(state);
  if (reminder === undefined || reminder >= closes.dueAtMs) return { atMs: closes.dueAtMs, consequence: true };
  return { atMs: reminder, consequence: false };
}

/** What falls due by this instant. */
export function surveyTick({ atMs, nowMs }: ProcessTick, state: SurveyState): ProcessDecision<SurveyEventBody> {
  const due = surveyNextDue(state);
  if (due === undefined || due.atMs > atMs) return processDecision({});
  if (state.status === 'planned') return state.due === null ? processDecision({}) : missed(state, state.due);
  if (due.consequence) return closeByTime(state, due.atMs);
  return reminded(state, due.atMs, nowMs);
}

/** After an outage, all reminders that it put off are one; and none is sent once the survey has closed. */
function reminded(state: SurveyState, atMs: Instant, nowMs: Instant): ProcessDecision<SurveyEventBody> {
  const { input, closes, wavesAtMs } = state;
  const passed = reminderMoments(state).filter((one) => one <= nowMs);
  const throughMs = passed.at(-1) ?? atMs;
  const wave = wavesAtMs.length + 1;
  const { clauses } = input.survey;
  const closesAtMs = closes?.dueAtMs ?? atMs;
  return processDecision({
    events: [
      { ...subjectOf(input), occurredAtMs: atMs, actor: CLOCK, clauses, type: 'survey-reminder-due', wave, throughMs },
    ],
    errands: nowMs < closesAtMs ? [{ kind: 'invite', wave, closesAtMs }] : [],
  });
}

/**
 * Its day passed unpublished, which can still be made good (S000-28, S001b-06, S001c-07). Of a cycle that nobody has begun
 * the overdue duty tells already; who had begun one is told that it was not published.
 */
function missed(state: SurveyState, due: Due): ProcessDecision<SurveyEventBody> {
  const { input } = state;
  const { survey, parties } = input;
  const { clauses } = survey;
  const own = partyOf(input, survey.responsible);
  const others = parties.filter((party) => party !== own);
  return processDecision({
    events: [{ ...subjectOf(input), occurredAtMs: due.dueAtMs, actor: CLOCK, clauses, type: 'survey-missed', due }],
    schedule: isBegun(state)
      ? noticesTo(input, [survey.responsible, ...others, COORDINATOR], {
          kind: 'survey-missed',
          atMs: due.dueAtMs,
          clauses,
          facts: { ...due },
        })
      : [],
  });
}

function isBegun({ questionnaire, sample, date }: SurveyState): boolean {
  return questionnaire !== null || sample !== null || date !== null;
}
