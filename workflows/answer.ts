import { ApplicationFailure } from '@temporalio/workflow';
import type { Rejection } from '../domain/agreement/rejection.ts';
import type { CommandOutcome } from '../domain/agreement/state.ts';
import type { Accepted } from './messages.ts';

/** The answer to a command, or the refusal as the failure of its update. */
export function accepted(outcome: CommandOutcome): Accepted {
  if ('rejected' in outcome) throw refusal(outcome);
  return outcome;
}

export function refuse(decided: object): void {
  if ('rejected' in decided) throw refusal(decided as Rejection);
}

/** The refusal as a failure: its code, its words, and the clauses that say so. */
function refusal({ rejected, message, clauses }: Rejection): ApplicationFailure {
  return clauses
    ? ApplicationFailure.nonRetryable(message, rejected, { clauses })
    : ApplicationFailure.nonRetryable(message, rejected);
}
