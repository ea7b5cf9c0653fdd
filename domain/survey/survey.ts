import type { NoticeDraft } from '../agreement/notice.ts';
import { CLOCK, mailSeat } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision, ProcessRules, ProcessTick } from '../process/process.ts';
import type { Instant } from '../time.ts';
import { analysed } from './analysing.ts';
import { surveyNextDue, surveyTick } from './clock.ts';
import { answersArrived, closeByHand } from './collecting.ts';
import type { AgreementOver, DueMoved, DutyDone, SurveyCommand } from './command.ts';
import { eventOf, isPlanned, notAlive, subjectOf } from './cycle.ts';
import { acceptDate, dateReminders, isDateAwaited, proposeDate } from './dating.ts';
import { approvalsMissing, approveQuestionnaire, design } from './designing.ts';
import { draw } from './drawing.ts';
import type { SurveyEventBody } from './event.ts';
import { evolveSurvey } from './evolve.ts';
import { initialSurvey } from './initial.ts';
import { invited, publish } from './publishing.ts';
import { raise } from './raising.ts';
import { release } from './releasing.ts';
import type { SurveyState } from './state.ts';
import { setWeights } from './weighing.ts';

/** One cycle of a survey, from the questionnaire to the report that goes out. */
export const surveyRules: ProcessRules<SurveyState, SurveyCommand, SurveyEventBody> = {
  type: 'survey',
  initial: initialSurvey,
  start: planned,
  decide,
  evolve: evolveSurvey,
  nextDue: surveyNextDue,
  stillToThePoint,
  isOver: (state) => notAlive(state) !== undefined,
  statusOf: ({ status }) => status,
};

function planned(state: SurveyState, atMs: Instant): ProcessDecision<SurveyEventBody> {
  const { input, dateDue } = state;
  const { survey, due } = input;
  const { clauses } = survey;
  return processDecision({
    events: [{ ...subjectOf(input), occurredAtMs: atMs, actor: CLOCK, clauses, type: 'survey-planned', due }],
    schedule: dateReminders(state, dateDue, atMs),
  });
}

function decide(
  command: SurveyCommand | ProcessTick,
  state: SurveyState,
): ProcessDecision<SurveyEventBody> | Rejection {
  switch (command.type) {
    case 'tick':
      return surveyTick(command, state);
    case 'design':
      return design(command, state);
    case 'approve-questionnaire':
      return approveQuestionnaire(command, state);
    case 'propose-date':
      return proposeDate(command, state);
    case 'accept-date':
      return acceptDate(command, state);
    case 'draw':
      return draw(command, state);
    case 'publish':
      return publish(command, state);
    case 'close':
      return closeByHand(command, state);
    case 'release':
      return release(command, state);
    case 'set-weights':
      return setWeights(command, state);
    case 'raise':
      return raise(command, state);
    case 'answers':
      return answersArrived(command, state);
    case 'invited':
      return invited(command, state);
    case 'analysed':
      return analysed(command, state);
    case 'duty-done':
      return doneElsewhere(command, state);
    case 'due-moved':
      return dueMoved(command, state);
    case 'agreement-over':
      return agreementOver(command, state);
  }
}

/** Its duty was handed in by hand before it was published: nobody is asked any more. */
function doneElsewhere(command: DutyDone, state: SurveyState): ProcessDecision<SurveyEventBody> {
  if (!isPlanned(state)) return processDecision({});
  return processDecision({ events: [{ ...eventOf(state, command), type: 'survey-done-elsewhere' }] });
}

/** Before publication its last day is that of its duty; afterwards its answers have their own. */
function dueMoved(command: DueMoved, state: SurveyState): ProcessDecision<SurveyEventBody> {
  const { due, dateDue = state.dateDue, receivedAtMs } = command;
  const isMoved = due?.dueAtMs !== state.due?.dueAtMs;
  const isDateMoved = state.agreedDate === null && dateDue?.dueAtMs !== state.dateDue?.dueAtMs;
  if (!isPlanned(state)) return processDecision({});
  return processDecision({
    events: [
      ...(isMoved ? [{ ...eventOf(state, command), type: 'survey-due-moved' as const, due }] : []),
      ...(isDateMoved
        ? [
            {
              ...eventOf(state, command, state.input.survey.dateAgreedBy.clauses),
              type: 'survey-date-due-moved' as const,
              due: dateDue,
            },
          ]
        : []),
    ],
    schedule: isDateMoved ? dateReminders(state, dateDue, receivedAtMs) : [],
  });
}

/** What has been reported or analysed stays; everything else is not carried through, nor what was found. */
function agreementOver(command: AgreementOver, state: SurveyState): ProcessDecision<SurveyEventBody> {
  if (notAlive(state)) return processDecision({});
  const hasResult = state.status === 'reported' || (state.status === 'analysed' && state.input.survey.resultStands);
  const type = hasResult ? 'survey-ended' : 'survey-cancelled';
  const { actor, receivedAtMs } = command;
  const id = `${command.type} ${state.input.workflowId}`; // with a space: no key of a person is like it
  return processDecision({
    events: [{ ...eventOf(state, command), type }],
    errands: state.findings.map(({ workflowId }) => ({
      kind: 'tell',
      workflowId,
      command: { type: command.type, id, receivedAtMs, actor },
    })),
  });
}

function stillToThePoint(notice: NoticeDraft, state: SurveyState): boolean {
  const { kind, seat, facts } = notice;
  const { input, status, version, date } = state;
  switch (kind) {
    case 'survey-approval-request':
      return (
        isPlanned(state) &&
        facts.round === version &&
        approvalsMissing(state).some(
          (approver) => mailSeat(input, approver) === seat || !input.seats.includes(approver),
        )
      );
    case 'survey-date-reminder':
      return isDateAwaited(notice, state);
    case 'survey-date-proposed':
      return isPlanned(state) && date?.proposed === facts.localDate && !date?.agreed;
    case 'survey-published':
      return status === 'open';
    case 'survey-missed':
      return status === 'missed';
    default:
      return status !== 'cancelled';
  }
}
