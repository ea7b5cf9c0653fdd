import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { PersonCommand } from '../domain/agreement/command.ts';
import type { AgreementState } from '../domain/agreement/state.ts';

/** The answer to an accepted command: the sequence of the last event, and the events' types. */
export interface Accepted {
  sequence: number;
  events: string[];
}

/** Everything that a person does to an agreement. Refusals are `ApplicationFailure`s whose type is the rejection's code. */
export const agreementCommand = defineUpdate<Accepted, [PersonCommand]>('command');

/** For tests and auditors; pages read Postgres. */
export const agreementState = defineQuery<AgreementState>('state');

/**
 * Whether everything due up to the given instant is folded, recorded and sent: tests and `simulate` wait for it between
 * steps. The instant is an argument because a query does not move the workflow's clock.
 */
export const agreementQuiet = defineQuery<boolean, [asOfMs: number]>('quiet');
