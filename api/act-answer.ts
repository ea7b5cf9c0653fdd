import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { localDateAt } from '../domain/zone.ts';
import type { Actor } from '../domain/agreement/command.ts';
import type { CommandResult, Submission } from './commands.ts';
import { type Entry, actorOf } from './policy.ts';
import { standInsOf } from './principal.ts';
import { type FieldProblem, Problem } from './problem.ts';
import type { Answer, RouteContext } from './route.ts';
import * as schemas from './schemas.ts';
import { findAgreement, stateOf } from './views.ts';

/** Answers that every act of a person may give. */
export const ACT_ANSWERS = {
  200: { description: 'Done and recorded: the next read shows it', schema: schemas.appliedCommand },
  202: {
    description: 'Received and kept; engine or worker are away. Lateness is judged by the time of receipt',
    schema: schemas.pendingCommand,
  },
};

/** Who acts in this agreement. @throws Problem `unknown-agreement`, `not-started`, `unknown-seat`, `not-your-seat` */
export async function actorIn(
  { deps, principal }: Pick<RouteContext, 'deps' | 'principal'>,
  agreementId: string,
  who: Entry,
): Promise<{ actor: Actor; agreement: CompiledAgreement }> {
  const row = await findAgreement(deps.database, agreementId);
  const agreement = stateOf(row)?.agreement; // with what amendments changed
  if (!agreement) throw new Problem('not-started');
  const [seats, standIns] = await Promise.all([
    deps.database.seat.findMany({ where: { agreementId }, orderBy: { seat: 'asc' } }),
    standInsOf(deps.database, agreementId),
  ]);
  const sides = [...agreement.parties, ...Object.keys(agreement.seatParties ?? {})];
  const on = localDateAt(agreement.zone, deps.clock());
  return { actor: actorOf(principal, { seats, standIns, sides, on }, who), agreement };
}

/**
 * Hands an act over and answers with what became of it. `explain` says field by field what a refusal is about. An act
 * that changes who may ask is given as a function: asked again, the answer does not depend on it.
 *
 * @throws Problem of the refusal, which its command's row bears
 */
export async function actAnswer(
  { deps, key, again }: Pick<RouteContext, 'deps' | 'key' | 'again'>,
  submission: Submission | (() => Promise<Submission>),
  explain?: (refusal: Refusal) => FieldProblem[],
): Promise<Answer> {
  if (again) return commandAnswer(key, await deps.desk.look(key), explain);
  const made = typeof submission === 'function' ? await submission() : submission;
  return commandAnswer(key, await deps.desk.submit(made), explain);
}

type Refusal = Extract<CommandResult, { status: 'refused' }>;

/** A refused command as the problem that people read; its row bears the refusal. */
export function refusalProblem(refusal: Refusal, errors: FieldProblem[] = []): Problem {
  const { code, message, clauses = [] } = refusal;
  return new Problem(code, { message, clauses, errors, recorded: true });
}

function commandAnswer(id: string, result: CommandResult, explain?: (refusal: Refusal) => FieldProblem[]): Answer {
  switch (result.status) {
    case 'applied':
      return { status: 200, body: { command: id, ...result } };
    case 'pending':
      return {
        status: 202,
        body: { command: id, status: 'pending', location: `/api/commands/${encodeURIComponent(id)}` },
      };
    case 'refused':
      throw refusalProblem(result, explain?.(result));
  }
}
