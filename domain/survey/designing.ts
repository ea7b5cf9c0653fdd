import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { QuestionnaireFacts, SurveyCommand } from './command.ts';
import type { CompiledSurvey } from './compiled.ts';
import { clausesOf, eventOf, noticesTo, notBy, notPlanned, speakerOf } from './cycle.ts';
import type { SurveyEventBody } from './event.ts';
import type { SurveyState } from './state.ts';
import { weighed, weightsFault } from './weights.ts';

type CommandOf<T extends SurveyCommand['type']> = Extract<SurveyCommand, { type: T }>;
type Answer = ProcessDecision<SurveyEventBody> | Rejection;

/**
 * A version of the questionnaire, in place of the one before: what was approved of that counts no more. It asks about all
 * that the contract demands (S000-25, S001b-04, S002-30, S004-08 to -10).
 */
export function design(command: CommandOf<'design'>, state: SurveyState): Answer {
  const { input } = state;
  const { survey } = input;
  const { questionnaire } = command;
  const refused =
    notPlanned(state) ??
    notBy(input, command.actor, survey.responsible, survey.clauses) ??
    dimensionMissing(survey, questionnaire) ??
    weightless(survey, questionnaire);
  if (refused) return refused;
  if (isSame(state.questionnaire, questionnaire)) return processDecision({});
  const version = state.version + 1;
  const { approvers, responsible } = survey;
  const asked = approvers.seats.filter((seat) => seat !== responsible);
  return processDecision({
    events: [{ ...eventOf(state, command), type: 'questionnaire-designed', version, questionnaire }],
    schedule: noticesTo(input, asked, {
      kind: 'survey-approval-request',
      atMs: command.receivedAtMs,
      clauses: approvers.clauses,
      facts: { ...(state.due ?? {}), round: version },
    }),
  });
}

/** Why a questionnaire does not ask about all that it must: a scored question for each dimension, and each part of it. */
export function dimensionMissing(
  { dimensions }: CompiledSurvey,
  { dimensions: scored, parts: scoredParts }: QuestionnaireFacts,
): Rejection | undefined {
  const lacking = dimensions.flatMap(({ id, parts, clauses }) => {
    const absent = [
      ...((scored[id] ?? 0) > 0 ? [] : [id]),
      ...parts.filter((part) => (scoredParts[part] ?? 0) === 0).map((part) => `${id}/${part}`),
    ];
    return absent.length === 0 ? [] : [{ absent, clauses }];
  });
  if (lacking.length === 0) return undefined;
  return {
    rejected: 'dimension-missing',
    message: `no scored question for ${lacking.flatMap(({ absent }) => absent).join(', ')}`,
    clauses: clausesOf(...lacking),
  };
}

function weightless({ clauses }: CompiledSurvey, { weights, dimensions }: QuestionnaireFacts): Rejection | undefined {
  if (Object.keys(weights).length === 0) return undefined;
  return weightsFault(weights, weighed(Object.keys(dimensions)), clauses);
}

/** The text's hash says the text; weights are beside it. */
function isSame(before: QuestionnaireFacts | null, after: QuestionnaireFacts): boolean {
  if (before?.sha256 !== after.sha256) return false;
  const dimensions = [...new Set([...Object.keys(before.weights), ...Object.keys(after.weights)])];
  return dimensions.every((id) => before.weights[id] === after.weights[id]);
}

/** Consent to the version that was shown. Designing counts as the designer's own approval, as handing in does. */
export function approveQuestionnaire(command: CommandOf<'approve-questionnaire'>, state: SurveyState): Answer {
  const { input, version } = state;
  const { approvers } = input.survey;
  const ended = notPlanned(state);
  if (ended) return ended;
  if (approvers.seats.length === 0) return notProvided('approval of the questionnaire');
  const seat = speakerOf(input, command.actor, approvers.seats, state.approvedBy);
  if (seat === undefined) {
    const message = `the questionnaire is approved by ${approvers.seats.join(', ')}, each for itself`;
    return { rejected: 'not-responsible', message, clauses: approvers.clauses };
  }
  if (state.questionnaire === null) {
    return { rejected: 'questionnaire-missing', message: 'there is no questionnaire to approve' };
  }
  if (command.version !== version) {
    return { rejected: 'nothing-to-approve', message: `version ${version} is what can be approved now` };
  }
  if (state.approvedBy.includes(seat)) return processDecision({});
  const event = {
    ...eventOf(state, command, approvers.clauses),
    type: 'questionnaire-approved',
    version,
    seat,
  } as const;
  return processDecision({ events: [event] });
}

/** Who has still to approve the questionnaire as it stands. */
export function approvalsMissing({ input, approvedBy }: SurveyState): string[] {
  return input.survey.approvers.seats.filter((seat) => !approvedBy.includes(seat));
}
