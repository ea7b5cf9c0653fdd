import type { Due } from '../agreement/event.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { dueAfterDays } from '../deadline.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { Invited, SurveyCommand } from './command.ts';
import type { SurveyInput } from './compiled.ts';
import { clausesOf, eventOf, noticesTo, notAlive, notBy, notPlanned, isPlanned, todayOf } from './cycle.ts';
import { approvalsMissing, dimensionMissing } from './designing.ts';
import type { SurveyEventBody } from './event.ts';
import type { SurveyState } from './state.ts';

/** Answers are taken to the end of a day, and of a working day where the last one is a rest day (Civil Code 203). */
const CLOSING = { rollover: 'next-working-day', dayEnd: '24:00' } as const;

/** Freezes questionnaire and sample and asks everybody, once all is there that the contract wants before it. */
export function publish(
  command: Extract<SurveyCommand, { type: 'publish' }>,
  state: SurveyState,
): ProcessDecision<SurveyEventBody> | Rejection {
  const { input, questionnaire, sample, version } = state;
  const { survey } = input;
  const { actor, receivedAtMs } = command;
  const refused =
    notPlanned(state) ??
    notBy(input, actor, survey.responsible, survey.clauses) ??
    closedGate(state, receivedAtMs) ??
    unknownChannel(input, command.channels);
  if (refused) return refused;
  if (questionnaire === null || sample === null) throw new Error('unreachable: the gates ask for both');

  const closes = closesIfPublished(input, receivedAtMs);
  const channels = command.channels.length === 0 ? survey.channels : command.channels;
  return processDecision({
    events: [
      {
        ...eventOf(state, command),
        type: 'survey-published',
        version,
        questionnaire: questionnaire.sha256,
        sample: sample.sha256,
        channels: [...new Set(channels)],
        closes,
      },
    ],
    schedule: noticesTo(input, input.parties, {
      kind: 'survey-published',
      atMs: receivedAtMs,
      clauses: survey.clauses,
      facts: { closesOn: closes.localDate },
    }),
    errands: [{ kind: 'invite', wave: 0, closesAtMs: closes.dueAtMs }],
  });
}

/** Until when answers count to what is published at that moment. */
export function closesIfPublished(input: SurveyInput, atMs: Instant): Due {
  const { survey, calendar, zone } = input;
  return dueAfterDays(todayOf(input, atMs), survey.openDays, CLOSING, calendar, zone);
}

/** What is missing before publication; the first of all, in the order in which it is done. */
function closedGate(state: SurveyState, atMs: Instant): Rejection | undefined {
  const { input, questionnaire } = state;
  const { survey } = input;
  if (questionnaire === null) {
    const clauses = clausesOf(survey, ...survey.dimensions);
    return { rejected: 'questionnaire-missing', message: `${input.reference} has no questionnaire`, clauses };
  }
  return (
    dimensionMissing(survey, questionnaire) ??
    unapproved(state) ??
    undated(state, atMs) ??
    undrawn(state) ??
    ungiven(input, 'method') ??
    ungiven(input, 'team')
  );
}

function unapproved(state: SurveyState): Rejection | undefined {
  const missing = approvalsMissing(state);
  if (missing.length === 0) return undefined;
  return {
    rejected: 'questionnaire-not-approved',
    message: `version ${state.version} of the questionnaire has not been approved by ${missing.join(', ')}`,
    clauses: state.input.survey.approvers.clauses,
  };
}

/** The agreed day is when the survey takes place: it is published on that day or after it, never before. */
function undated({ input, agreedDate }: SurveyState, atMs: Instant): Rejection | undefined {
  const { seats, clauses } = input.survey.dateAgreedBy;
  if (seats.length === 0) return undefined;
  const refused = (message: string): Rejection => ({ rejected: 'date-not-agreed', message, clauses });
  if (agreedDate === null) return refused(`${seats.join(' and ')} have not agreed on a date`);
  const today = todayOf(input, atMs);
  return today < agreedDate ? refused(`${agreedDate} was agreed, today is ${today}`) : undefined;
}

function undrawn({ input, sample }: SurveyState): Rejection | undefined {
  if (sample !== null) return undefined;
  const { survey } = input;
  const gates = survey.gates.filter(({ gate }) => gate === 'sample');
  const clauses = clausesOf(...gates, survey.audience, survey.sample);
  return { rejected: 'sample-missing', message: `it has not been drawn who is asked in ${input.reference}`, clauses };
}

/** What the contract wants first, as terms or as people in a seat. */
function ungiven({ survey, seats, reference }: SurveyInput, wanted: 'method' | 'team'): Rejection | undefined {
  const closed = survey.gates.filter(
    ({ gate, isGiven, seat }) =>
      gate === wanted && (isGiven === false || (seat !== undefined && !seats.includes(seat))),
  );
  if (closed.length === 0) return undefined;
  const [rejected, message] =
    wanted === 'method'
      ? (['method-missing', 'it is not stated how satisfaction is evaluated'] as const)
      : ([
          'team-missing',
          `nobody fills ${closed.flatMap(({ seat }) => seat ?? []).join(', ') || 'the survey team'}`,
        ] as const);
  return { rejected, message: `${reference}: ${message}`, clauses: clausesOf(...closed) };
}

function unknownChannel({ survey }: SurveyInput, channels: string[]): Rejection | undefined {
  const { channels: agreed, clauses } = survey;
  const strange = agreed.length === 0 ? [] : channels.filter((one) => !agreed.some((channel) => channel === one));
  if (strange.length > 0) {
    return { rejected: 'not-provided', message: `agreed are ${agreed.join(', ')}, not ${strange.join(', ')}`, clauses };
  }
  if (agreed.length > 0 || channels.length > 0) return undefined;
  return { rejected: 'not-provided', message: 'no channel is agreed: name one', clauses };
}

/** What became of the invitations, or of a reminder. */
export function invited(command: Invited, state: SurveyState): ProcessDecision<SurveyEventBody> {
  if (notAlive(state) || isPlanned(state)) return processDecision({});
  const { wave, sent, unreachable, merged } = command;
  const counts = { wave, sent, unreachable, ...(merged === undefined ? {} : { merged }) };
  return processDecision({ events: [{ ...eventOf(state, command), type: 'survey-invited', ...counts }] });
}
