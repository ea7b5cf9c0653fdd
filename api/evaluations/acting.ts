import { given } from '../../domain/fields.ts';
import type { Actor } from '../../domain/agreement/command.ts';
import type { EvaluationPersonCommand } from '../../domain/evaluation/command.ts';
import type { EvaluationState } from '../../domain/evaluation/state.ts';
import { type FieldProblem, Problem } from '../problem.ts';
import { COORDINATOR_SEAT, type Principal } from '../policy.ts';
import { type ActContext, type Saying, type Speaking, processAct, seatSpeaking } from '../process/acting.ts';
import { belongingOf } from '../process/rows.ts';
import type { Answer } from '../route.ts';
import { type EvaluationProcess, findEvaluation, isPerson, whoIn } from './rows.ts';
import { onlookerOf, sightOf } from './seen.ts';

/** A member of staff who is evaluated, whatever seat they fill: for themselves alone. */
export const STAFF = 'staff';

/** Whoever is enrolled is somebody new; an act of all is about nobody in particular; one's own nobody does for somebody else. */
interface Kind {
  isEnrolment?: boolean;
  isOfAll?: boolean;
  isOwn?: boolean;
}

interface Body extends Speaking {
  subject?: string | undefined;
}

/**
 * Hands an act of an evaluation over. Whoever is enrolled is somebody new; every other act is about somebody who is evaluated. Who has no part in it cannot tell it from one that does not exist; whose result is not
 * theirs to see cannot tell that somebody is evaluated.
 *
 * @throws Problem `unknown-evaluation`, `unknown-seat`, `not-your-seat`, `invalid-request`, or the refusal
 */
export async function evaluationAct(
  context: ActContext<'evaluation', Body>,
  say: Saying<EvaluationProcess, EvaluationPersonCommand>,
  { isEnrolment = false, isOfAll = false, isOwn = false }: Kind = {},
): Promise<Answer> {
  const { deps, params, principal, body } = context;
  const process = await findEvaluation(deps.database, params.id, params.evaluation);
  const { agreement } = await belongingOf(deps.database, params.id);
  const onlooker = await onlookerOf(deps, { agreementId: params.id, agreement, reader: principal });
  const sight = sightOf(process.state, onlooker);
  if (!sight.scheme) throw new Problem('unknown-evaluation');
  const subject = isEnrolment || isOfAll ? body.subject : meantSubject(process.state, body.subject, sight.subjects);
  const speaker = async (): Promise<Actor> => {
    const actor = body.as === STAFF ? staffActor(principal, process.state, subject) : await seatSpeaking(context);
    if (isOwn && !maySpeak(process.state, actor, subject)) {
      throw new Problem('not-responsible', { clauses: process.input.rules.clauses });
    }
    return actor;
  };
  const sayOfSubject = async (one: EvaluationProcess) => {
    const { command, ...rest } = await say(one);
    return { ...rest, command: { ...command, ...given({ subject }) } };
  };
  return processAct(context, process, sayOfSubject, speaker);
}

/**
 * Whom an act is about. Where somebody is evaluated whose result is not theirs to see, one of those who are must be named: to
 * leave the name out opens nobody else's.
 *
 * @throws Problem `invalid-request`, `not-responsible`
 */
function meantSubject(
  { subjects, input }: EvaluationState,
  subject: string | undefined,
  known: readonly string[],
): string | undefined {
  if (subject !== undefined) {
    demandSubject(subject, known);
    return subject;
  }
  if (known.length === subjects.length) return undefined;
  const [only] = known;
  if (only === undefined) throw new Problem('not-responsible', { clauses: input.rules.clauses });
  if (known.length > 1) demandSubject('', known);
  return only;
}

/** @throws Problem `invalid-request` for whoever is not evaluated here, or whose result is not theirs to see */
function demandSubject(subject: string, known: readonly string[]): void {
  if (known.includes(subject)) return;
  const error: FieldProblem = {
    path: 'subject',
    message: { zh: '不在本次考核的对象之列', en: 'is none of those who are evaluated here' },
    cure: { zh: `可用：${known.join('、')}`, en: `use one of ${known.join(', ')}` },
  };
  throw new Problem('invalid-request', { errors: [error] });
}

/**
 * What a member of staff says of their own result nobody says for them: they themselves do, or the coordinator enters it. Seats
 * speak as the rules have it.
 */
export function maySpeak(
  { subjects }: EvaluationState,
  { personId, seat }: Actor,
  subject: string | undefined,
): boolean {
  return subjects
    .filter((each) => subject === undefined || each.subject === subject)
    .map((each) => each.personId ?? whoIn(each.subject))
    .every((who) => !isPerson(who) || personId === who || seat === COORDINATOR_SEAT);
}

/** @throws Problem `not-your-seat` for whoever is not evaluated here, or speaks for somebody else */
export function staffActor(principal: Principal, { subjects }: EvaluationState, subject: string | undefined): Actor {
  const own = subjects.filter(
    (one) =>
      principal.kind === 'machine' ||
      (principal.kind === 'account' &&
        principal.personId !== null &&
        [whoIn(one.subject), one.personId].includes(principal.personId)),
  );
  const [first] = own;
  const one = subject === undefined ? first : own.find((each) => each.subject === subject);
  if (!one) throw new Problem('not-your-seat');
  return { personId: one.personId ?? whoIn(one.subject), seat: STAFF, via: 'api' };
}
