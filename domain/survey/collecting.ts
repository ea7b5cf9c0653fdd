import { CLOCK } from '../agreement/parties.ts';
import type { Actor } from '../agreement/command.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { AnswersArrived, SurveyCommand } from './command.ts';
import { eventOf, isPlanned, notBy, notAlive, notPublished, subjectOf } from './cycle.ts';
import type { SurveyEventBody } from './event.ts';
import type { SurveyState } from './state.ts';

/** Cursors count up, as decimal strings of any length. */
function isLater(cursor: string, than: string): boolean {
  return cursor.length === than.length ? cursor > than : cursor.length > than.length;
}

/**
 * So many answers are there. An older message changes nothing; after the close only what came late counts up, and what
 * was in time is what the analysis counts.
 */
export function answersArrived(command: AnswersArrived, state: SurveyState): ProcessDecision<SurveyEventBody> {
  if (notAlive(state) || isPlanned(state) || !isLater(command.cursor, state.cursor)) return processDecision({});
  const { cursor } = command;
  const answered = state.status === 'open' ? Math.max(command.answered, state.answered) : state.answered;
  const late = Math.max(command.late, state.late);
  if (answered === state.answered && late === state.late) return processDecision({});
  return processDecision({ events: [{ ...eventOf(state, command), type: 'survey-answered', cursor, answered, late }] });
}

/** Whoever publishes closes, before the time is over. */
export function closeByHand(
  command: Extract<SurveyCommand, { type: 'close' }>,
  state: SurveyState,
): ProcessDecision<SurveyEventBody> | Rejection {
  const { input } = state;
  const refused = notPublished(state) ?? notBy(input, command.actor, input.survey.responsible, input.survey.clauses);
  if (refused) return refused;
  if (state.status !== 'open') {
    return { rejected: 'survey-closed', message: `${input.reference} is ${state.status}` };
  }
  return closed(state, command.receivedAtMs, command.actor, command.id);
}

/** Its last day is over. */
export function closeByTime(state: SurveyState, atMs: Instant): ProcessDecision<SurveyEventBody> {
  return closed(state, atMs, CLOCK);
}

function closed(state: SurveyState, closedAtMs: Instant, actor: Actor, commandId?: string) {
  const { input, answered } = state;
  const { clauses } = input.survey;
  return processDecision<SurveyEventBody>({
    events: [
      {
        ...subjectOf(input),
        occurredAtMs: closedAtMs,
        actor,
        clauses,
        ...(commandId === undefined ? {} : { commandId }),
        type: 'survey-closed',
        answered,
        closedAtMs,
      },
    ],
    errands: [{ kind: 'analyse', closedAtMs }],
  });
}
