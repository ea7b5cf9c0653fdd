import { CLOCK } from '../domain/agreement/parties.ts';
import { noticeTaken } from '../domain/engagement/notice-taken.ts';
import { foldProcess } from '../domain/process/fold.ts';
import type { Errand, ProcessDecision, ProcessFrame, ProcessState, ProcessType } from '../domain/process/process.ts';
import { type AnyEvent, processRules } from '../domain/process/registry.ts';
import { perform } from './errands.ts';
import type { AnyCommand } from './messages.ts';
import {
  analyse,
  effectTargets,
  gatherFigures,
  invite,
  openProcesses,
  recordProcess,
  storedCommands,
} from './proxies.ts';
import { type Begin, type Shell, runShell } from './shell.ts';

type Event = AnyEvent & { sequence: number; recordedAtMs: number };

/** A new process, or one that continues from an earlier run. */
export type ProcessInput = { input: ProcessFrame } | ({ input: ProcessFrame } & Begin<ProcessState, Event>);

/** The life of one process of an agreement, of whatever type (`runShell`). */
export async function runProcess(
  type: ProcessType,
  given: ProcessInput,
  next: (rest: ProcessInput) => Promise<never>,
): Promise<{ status: string; sequence: number }> {
  const rules = processRules(type);
  const { input } = given;
  const { workflowId, agreementId, reference } = input;
  const initial = rules.initial(input);
  // What an earlier release did not know yet is as it is at the beginning.
  const begin = 'state' in given ? { ...given, state: { ...initial, ...given.state } } : { state: initial };
  const frame = { agreementId, type, reference };
  const shell: Shell<ProcessState, AnyCommand, ProcessDecision<AnyEvent>, Event> = {
    decide: (command, state) => rules.decide(command, state),
    tick: (moment, state) => rules.decide({ type: 'tick', ...moment }, state),
    fold: (state, decided, atMs, recordedAtMs) =>
      foldProcess(rules, state, decided, { workflowId, atMs, recordedAtMs }),
    nextDue: (state) => {
      const moments = [
        ...state.delivery.scheduled.map(({ atMs }) => ({ atMs, consequence: false })),
        ...[rules.nextDue(state) ?? []].flat(),
      ];
      return moments.reduce<(typeof moments)[number] | undefined>(
        (first, one) => (!first || one.atMs < first.atMs || (one.atMs === first.atMs && one.consequence) ? one : first),
        undefined,
      );
    },
    hasEnded: (state) => rules.isOver(state),
    isOver: (state) => rules.isOver(state) && state.delivery.scheduled.length === 0 && state.delivery.open.length === 0,
    isEnd: () => false,
    record: (step) => recordProcess({ ...frame, ...step, ...(step.events[0]?.sequence === 1 ? { input } : {}) }),
    stored: async (beforeMs) => {
      const stored = await storedCommands({ agreementId, workflowId, beforeMs });
      return stored as unknown as AnyCommand[];
    },
    ...(type === 'engagement' ? { arrived: noticeTaken } : {}),
    perform: (errand) => performOwn(workflowId, errand),
    continueWith: (rest) => next({ input, ...rest }),
    knows: () => true,
  };
  const nowMs = Date.now();
  const state = await runShell(
    shell,
    begin,
    'state' in given ? undefined : () => ({ decided: rules.start(begin.state, nowMs), atMs: nowMs }),
  );
  return { status: rules.statusOf(state), sequence: state.sequence };
}

/** Errands that ask an activity, whose answer is a command of the machine; the others need none. */
async function performOwn(workflowId: string, errand: Errand): Promise<AnyCommand | undefined> {
  const answered = (name: string, facts: object): AnyCommand => ({
    type: name,
    id: `${name} ${workflowId}/${JSON.stringify(keyOf(errand))}`, // with a space: no key of a person is like it
    receivedAtMs: Date.now(),
    actor: CLOCK,
    ...facts,
  });
  switch (errand.kind) {
    case 'invite': {
      const { wave, closesAtMs } = errand;
      return answered('invited', { wave, ...(await invite({ workflowId, wave, closesAtMs })) });
    }
    case 'analyse':
      return answered('analysed', await analyse({ workflowId, closedAtMs: errand.closedAtMs }));
    case 'ask-clocks': {
      const { resumedOn } = await openProcesses({ agreementId: workflowId.split('/')[1] ?? '' });
      return resumedOn === null ? undefined : answered('clocks-run', { from: errand.from, until: resumedOn });
    }
    case 'gather':
      return answered('gathered', await gatherFigures({ workflowId, asked: errand.asked }));
    case 'tell-effect': {
      const dimensions = errand.dimensions.map(({ id }) => id);
      const { workflowIds } = await effectTargets({ workflowId, dimensions });
      const cycle = workflowId.split('/').slice(2).join('/');
      const { publishedAtMs } = errand;
      for (const target of workflowIds) {
        for (const { id: dimension, value } of errand.dimensions) {
          const id = `effect ${workflowId} ${dimension}`;
          const measured = { cycle, publishedAtMs, dimension, value };
          const command = { type: 'effect', id, receivedAtMs: Date.now(), actor: CLOCK, ...measured };
          await perform({ kind: 'tell', workflowId: target, command });
        }
      }
      return undefined;
    }
    default:
      return perform(errand);
  }
}

function keyOf(errand: Errand): unknown {
  return errand.kind === 'invite'
    ? errand.wave
    : errand.kind === 'analyse'
      ? errand.closedAtMs
      : errand.kind === 'gather'
        ? errand.atMs
        : errand.kind;
}
