import { continueAsNew, patched } from '@temporalio/workflow';
import type { Command, PersonCommand, Start } from '../domain/agreement/command.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { decide } from '../domain/agreement/decide.ts';
import type { Decision } from '../domain/agreement/decision.ts';
import { errandsOf } from '../domain/agreement/errands.ts';
import type { Errand } from '../domain/process/process.ts';
import type { Event } from '../domain/agreement/event.ts';
import { fold, isOver } from '../domain/agreement/fold.ts';
import { initialState } from '../domain/agreement/initial.ts';
import { CLOCK } from '../domain/agreement/parties.ts';
import { hasEnded } from '../domain/agreement/phase.ts';
import { arrived } from '../domain/agreement/service.ts';
import { completeState } from '../domain/agreement/snapshot.ts';
import type { AgreementState } from '../domain/agreement/state.ts';
import { nextDue } from '../domain/agreement/tick.ts';
import { perform } from './errands.ts';
import { countCases, countVisits, openProcesses, record, storedCommands } from './proxies.ts';
import { type Begin, type Shell, runShell } from './shell.ts';

/** A new agreement, or one that continues from an earlier run, which may leave it something to record and to do. */
export type AgreementInput = { agreement: CompiledAgreement; start: Start } | Begin<AgreementState, Event>;

/** The life of one agreement (`runShell`). */
export async function agreement(input: AgreementInput): Promise<{ status: string; sequence: number }> {
  const begin =
    'state' in input ? { ...input, state: completeState(input.state) } : { state: initialState(input.agreement) };
  const { id: agreementId } = begin.state.agreement;
  const shell: Shell<AgreementState, PersonCommand, Decision, Event> = {
    decide,
    tick: (moment, state) => decide({ type: 'tick', ...moment } satisfies Command, state),
    fold: (state, decided, atMs, recordedAtMs) => {
      const folded = fold(state, decided, recordedAtMs);
      return { ...folded, errands: errandsOf(state, folded.state, atMs) };
    },
    nextDue,
    hasEnded,
    isOver,
    isEnd: (command) => command.type === 'terminate',
    record: (step) => record({ agreementId, ...step }),
    stored: (beforeMs) => storedCommands({ agreementId, beforeMs }),
    arrived,
    perform: (errand) => performOwn(agreementId, errand),
    continueWith: (rest) => continueAsNew<typeof agreement>(rest),
    knows: patched,
  };
  const start = 'state' in input ? undefined : input.start;
  const state = await runShell(
    shell,
    begin,
    start && (() => ({ decided: decide(start, begin.state), atMs: start.receivedAtMs })),
  );
  return { status: state.status, sequence: state.sequence };
}

/** Errands that ask an activity; the others need none. */
async function performOwn(agreementId: string, errand: Errand): Promise<PersonCommand | undefined> {
  switch (errand.kind) {
    case 'tell-all':
      return tellAll(agreementId, errand);
    case 'count-visits': {
      const { check, counters } = errand;
      const { rule, quarter, stage } = check;
      const { tiers } = await countVisits({ agreementId, check, counters });
      const id = `visits-counted agreement/${agreementId}/${rule}/${quarter}/${stage}`; // with a space: no key of a person is like it
      return { type: 'visits-counted', id, receivedAtMs: Date.now(), actor: CLOCK, rule, quarter, stage, tiers };
    }
    case 'count-cases': {
      const { span } = errand;
      const { figures } = await countCases({ agreementId, span });
      const id = `measured agreement/${agreementId}/cases/${span.fromMs}/${span.toMs}`; // with a space: no key of a person is like it
      return { type: 'measured', id, receivedAtMs: Date.now(), actor: { ...CLOCK, via: 'workflow' }, figures };
    }
    default:
      return perform(errand);
  }
}

/** What is under way is asked for after the record, so that what was begun just before is among it. */
async function tellAll(
  agreementId: string,
  { command, only }: Extract<Errand, { kind: 'tell-all' }>,
): Promise<undefined> {
  const { workflowIds } = await openProcesses({ agreementId });
  const meant = workflowIds.filter((workflowId) => only === undefined || workflowId.startsWith(`${only}/`));
  for (const workflowId of meant) await perform({ kind: 'tell', workflowId, command });
}
