import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { PersonCommand } from '../domain/agreement/command.ts';
import type { AgreementState } from '../domain/agreement/state.ts';
import type { ProcessCommandEnvelope } from '../domain/process/process.ts';

/** The answer to an accepted command: the sequence of the last event, and the events' types. */
export interface Accepted {
  sequence: number;
  events: string[];
}

/** What is done to an agreement or to one of its processes, whatever it is. */
export type AnyCommand = ProcessCommandEnvelope & { type: string };

/** Everything that a person does. Refusals are `ApplicationFailure`s whose type is the rejection's code. */
export const command = defineUpdate<Accepted, [AnyCommand]>('command');

/** What a machine tells: another workflow, or the API of answers that have arrived. The same id again changes nothing. */
export const tell = defineSignal<[AnyCommand]>('tell');

/** For tests and auditors; pages read Postgres. */
export const state = defineQuery<object>('state');

/**
 * Whether everything due up to the given instant is folded, recorded and sent: tests and `simulate` wait for it between
 * steps. The instant is an argument because a query does not move the workflow's clock.
 */
export const quiet = defineQuery<boolean, [asOfMs: number]>('quiet');

/** `command`, of an agreement. */
export const agreementCommand = defineUpdate<Accepted, [PersonCommand]>('command');

/** `state`, of an agreement. */
export const agreementState = defineQuery<AgreementState>('state');

/** `quiet`, of an agreement. */
export const agreementQuiet = defineQuery<boolean, [asOfMs: number]>('quiet');
