import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { Actor } from '../domain/agreement/command.ts';
import type { CommandResult, Submission } from './commands.ts';
import { deskActor } from './policy.ts';
import { type FieldProblem, Problem } from './problem.ts';
import type { Answer, RouteContext } from './route.ts';
import * as schemas from './schemas.ts';
import { findAgreement } from './views.ts';

/** Answers that every act of a person may give. */
export const ACT_ANSWERS = {
  200: { description: 'Done and recorded: the next read shows it', schema: schemas.appliedCommand },
  202: {
    description: 'Received and kept; engine or worker are away. Lateness is judged by the time of receipt',
    schema: schemas.pendingCommand,
  },
};

/** Who acts in this agreement. @throws Problem `unknown-agreement`, `not-started`, `unknown-seat` */
export async function actorIn(
  { deps }: Pick<RouteContext, 'deps'>,
  agreementId: string,
  who: { as: string; onBehalfOf?: string | undefined },
): Promise<{ actor: Actor; agreement: CompiledAgreement }> {
  const row = await findAgreement(deps.database, agreementId);
  if (!row.compiled) throw new Problem('not-started');
  const agreement = row.compiled as unknown as CompiledAgreement;
  const seats = await deps.database.seat.findMany({ where: { agreementId }, orderBy: { seat: 'asc' } });
  return {
    actor: deskActor(seats, [...agreement.parties, ...Object.keys(agreement.seatParties ?? {})], who),
    agreement,
  };
}

/**
 * Hands an act over and answers with what became of it. `explain` says field by field what a refusal is about.
 *
 * @throws Problem of the refusal, which its command's row bears
 */
export async function actAnswer(
  { deps, key, again }: Pick<RouteContext, 'deps' | 'key' | 'again'>,
  submission: Submission,
  explain?: (refusal: Refusal) => FieldProblem[],
): Promise<Answer> {
  return commandAnswer(key, again ? await deps.desk.look(key) : await deps.desk.submit(submission), explain);
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
