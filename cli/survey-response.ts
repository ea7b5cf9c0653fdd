import { COORDINATOR, answersFor } from '../domain/agreement/parties.ts';
import type { RejectionCode } from '../domain/agreement/rejection.ts';
import type { Actor } from '../domain/agreement/command.ts';
import type { Question } from '../domain/survey/question.ts';
import type { Answers } from '../domain/survey/questionnaire.ts';
import { notAlive } from '../domain/survey/cycle.ts';
import type { SurveyState } from '../domain/survey/state.ts';
import type { AnswerRefusal } from '../domain/survey/vocabulary.ts';
import type { Text } from '../domain/time.ts';
import { enteredAnswer } from './entered-answers.ts';
import { type SurveyStep, customerOf } from './survey-step.ts';

/** An answer that is taken. */
export interface Entered {
  /** Key of the customer; null: nobody knows whose it is. */
  customer: string | null;
  channel: string;
  answers: Answers;
}

export interface ResponseRefused {
  code: RejectionCode | AnswerRefusal;
  message: string;
  clauses?: string[];
}

/** Somebody who was drawn, by key. */
export interface Asked {
  channel: string;
  answered: boolean;
}

/** Messages name so many faults. */
const MOST_FAULTS = 5;

/**
 * What is taken of an act that brings answers: all of them or none, with the reason. After the close they are taken, too:
 * whoever stores them keeps them apart.
 */
export function responseTo(
  step: SurveyStep,
  state: SurveyState,
  {
    actor,
    questions,
    titles,
    asked,
  }: { actor: Actor; questions: readonly Question[]; titles: Record<string, Text>; asked: Record<string, Asked> },
): { entered: Entered[] } | ResponseRefused {
  const { input, publishedAtMs, channels } = state;
  const { survey, reference } = input;
  const { clauses } = survey;
  const over = notAlive(state);
  if (over) return { code: over.rejected, message: over.message };
  if (state.status === 'reported') {
    return { code: 'survey-closed', message: `the report of ${reference} is released: it takes no answers any more` };
  }
  if (publishedAtMs === null) {
    return { code: 'not-published', message: `${reference} has not been published`, clauses };
  }
  const customer = customerOf(step.as);
  if (customer === undefined && actor.seat !== COORDINATOR && !answersFor(input, actor, survey.responsible)) {
    return { code: 'not-responsible', message: `${reference}: ${survey.responsible} enters answers`, clauses };
  }
  const taken: string[] = [];
  const entered: Entered[] = [];
  for (const given of step.answers) {
    const key = given.customer ?? null;
    const invitee = key !== null && Object.hasOwn(asked, key) ? asked[key] : undefined;
    if (key !== null && !invitee) {
      return { code: 'not-invited', message: `${given.path}: ${key} was not drawn for ${reference}`, clauses };
    }
    if (key !== null && (invitee?.answered === true || taken.includes(key))) {
      return { code: 'already-answered', message: `${given.path}: ${key} has answered in ${reference}` };
    }
    const { answers, problems } = enteredAnswer(given, questions, titles);
    const [first] = problems;
    if (first) {
      const known = first.code === 'unknown-question' || first.code === 'out-of-scale' ? first.code : 'invalid-answers';
      const faults = problems
        .slice(0, MOST_FAULTS)
        .map(({ path, message, cure }) => `${path}: ${message.en} (${cure.en})`);
      return { code: known, message: faults.join('; ') };
    }
    if (key !== null) taken.push(key);
    entered.push({ customer: key, channel: given.channel ?? invitee?.channel ?? channels[0] ?? 'online', answers });
  }
  return { entered };
}
