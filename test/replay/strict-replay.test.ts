import { beforeAll, describe, expect, test } from 'vitest';
import type { History } from '../../activities/histories.ts';
import { runFacts } from '../../activities/histories.ts';
import { replayRuns } from '../../activities/replay.ts';
import { replayHistory } from '../../activities/strict-replay.ts';
import { altered, editPayload, nth } from './altered.ts';
import { liveToy, silenceReplayer } from './toy-runs.ts';

const ACTIVITY = 'activityTaskScheduledEventAttributes';
const TIMER = 'timerStartedEventAttributes';

let toy: Awaited<ReturnType<typeof liveToy>>;
beforeAll(async () => {
  silenceReplayer();
  toy = await liveToy();
});

const replay = (history: History, events?: number) =>
  replayHistory({
    history,
    workflowId: `agreement/${toy.id}`,
    bundle: toy.bundle.code,
    ...(events === undefined ? {} : { events }),
  });

describe('unchanged code', () => {
  test('finds both runs and an unfinished one identical', async () => {
    const counts = { first: toy.first.events?.length, second: toy.second.events?.length };
    expect(await replay(toy.first)).toEqual({ verdict: 'identical', compared: 6, events: counts.first });
    expect(await replay(toy.second)).toEqual({ verdict: 'identical', compared: 9, events: counts.second });
    expect(await replay(toy.unfinished)).toMatchObject({ verdict: 'identical', compared: 6 });
  });

  test('finds a run identical that no code has touched yet', async () => {
    const history = altered(toy.first, (events) => events.splice(1));
    expect(await replay(history)).toEqual({ verdict: 'identical', compared: 0, events: 1 });
  });
});

describe('a changed history is different, named by event and value', () => {
  const cases: { what: string; change: Parameters<typeof altered>[1]; first: object; run?: 'second' }[] = [
    {
      what: 'a moved date in the input of an activity',
      change: (events) => editPayload(nth(events, ACTIVITY), (text) => text.replace('1790000000000', '1790000000001')),
      first: {
        event: 5,
        what: 'activity record input events[0].occurredAtMs',
        recorded: 1_790_000_000_001,
        now: 1_790_000_000_000,
      },
    },
    {
      what: 'a renamed activity',
      change: (events) => Object.assign(nth(events, ACTIVITY), { activityType: { name: 'store' } }),
      first: { event: 5, what: 'name', recorded: 'activity store', now: 'activity record' },
    },
    {
      what: 'another recipient',
      change: (events) => editPayload(nth(events, ACTIVITY, 2), (text) => text.replace('"B"', '"A"')),
      first: { what: 'activity notify input noticeId', recorded: 'A', now: 'B' },
    },
    {
      what: 'the length of a timer',
      change: (events) => Object.assign(nth(events, TIMER), { startToFireTimeout: '3s' }),
      first: { what: 'timer length', recorded: 3_000, now: 2_000 },
    },
    {
      what: 'what the run handed over',
      change: (events) =>
        editPayload(nth(events, 'workflowExecutionContinuedAsNewEventAttributes'), (text) =>
          text.replace('"sequence":2', '"sequence":3'),
        ),
      first: { what: 'next run toy input sequence', recorded: 3, now: 2 },
    },
    {
      what: 'what a person asked for',
      run: 'second',
      change: (events) => {
        const { acceptedRequest } = nth(events, 'workflowExecutionUpdateAcceptedEventAttributes') as unknown as {
          acceptedRequest: { input: { args: object } };
        };
        editPayload({ input: acceptedRequest.input.args }, () => '7');
      },
      first: { what: 'answer to an update result.total', recorded: 2, now: 7 },
    },
    {
      what: 'the outcome',
      run: 'second',
      change: (events) => {
        const completed = nth(events, 'workflowExecutionCompletedEventAttributes');
        editPayload({ input: completed['result'] }, (text) => text.replace('5', '6'));
      },
      first: { what: 'outcome of the run result.total', recorded: 6, now: 5 },
    },
    {
      what: 'a timer in the place of an activity',
      change: (events) => {
        const event = events.find((one) => one[ACTIVITY]);
        delete event?.[ACTIVITY];
        Object.assign(event ?? {}, {
          eventType: 'EVENT_TYPE_TIMER_STARTED',
          [TIMER]: { timerId: '99', startToFireTimeout: '5s' },
        });
      },
      first: { event: 5, what: 'timer length', now: expect.stringContaining('Nondeterminism error') as string },
    },
  ];
  test.each(cases)('$what', async ({ change, first, run }) => {
    const verdict = await replay(altered(run === 'second' ? toy.second : toy.first, change));
    expect(verdict).toMatchObject({ verdict: 'different', first });
  });
});

describe('a history with something missing is incomplete', () => {
  test('cut off within a step', async () => {
    const last = toy.first.events?.findLastIndex((event) => event.activityTaskScheduledEventAttributes) ?? 0;
    const history = altered(toy.first, (events) => events.splice(last));
    expect(await replay(history)).toMatchObject({
      verdict: 'incomplete',
      reason: `the history is cut off: it ends at event ${last}, before "activity record input" of its last step`,
    });
  });

  test('cut off before its closing event', async () => {
    const history = altered(toy.second, (events) => events.splice(-1));
    expect(await replay(history)).toMatchObject({ verdict: 'incomplete' });
  });

  test('cut off between steps, where the number of events is known', async () => {
    const history = altered(toy.second, (events) => events.splice(-5));
    const whole = toy.second.events?.length ?? 0;
    expect(await replay(history, whole)).toMatchObject({
      verdict: 'incomplete',
      reason: `the history is cut off: it has ${whole - 5} of ${whole} events`,
    });
  });

  test('an event taken out', async () => {
    const history = altered(toy.first, (events) => events.splice(6, 1));
    expect(await replay(history)).toMatchObject({ verdict: 'incomplete', reason: 'event 7 is missing in the history' });
  });
});

describe('a chain of runs', () => {
  const bundle = (sha256: string) => Promise.resolve(sha256 === toy.bundle.sha256 ? toy.bundle.code : undefined);
  const run = (history: History) => ({
    workflowId: `agreement/${toy.id}`,
    runId: runFacts(history).runId ?? '',
    history,
  });

  test('is identical in whatever order it comes, with the bundle that the histories name', async () => {
    const verdict = await replayRuns([run(toy.second), run(toy.first)], { bundle });
    expect(verdict).toMatchObject({ verdict: 'identical', compared: 15 });
    expect(verdict.runs.map(({ runId }) => runId)).toEqual([run(toy.first).runId, run(toy.second).runId]);
    expect(new Set(verdict.runs.map((one) => one.bundle))).toEqual(new Set([toy.bundle.sha256]));
  });

  test('is incomplete without its first or its last run', async () => {
    const { runId: first } = run(toy.first);
    const { runId: second } = run(toy.second);
    expect(await replayRuns([run(toy.second)], { bundle })).toMatchObject({
      verdict: 'incomplete',
      reason: expect.stringContaining(`run ${first} of`) as string,
    });
    expect(await replayRuns([run(toy.first)], { bundle })).toMatchObject({
      verdict: 'incomplete',
      reason: expect.stringContaining(`run ${second} of`) as string,
    });
  });

  test('is different when the next run began with something else', async () => {
    const history = altered(toy.second, (events) =>
      editPayload(nth(events, 'workflowExecutionStartedEventAttributes'), (text) =>
        text.replace('"sequence":2', '"sequence":20'),
      ),
    );
    expect(await replayRuns([run(toy.first), run(history)], { bundle })).toMatchObject({
      verdict: 'different',
      first: { run: run(toy.second).runId, event: 1, what: 'input of the run [0].sequence', recorded: 20, now: 2 },
    });
  });

  test('is incomplete when the bundle is not kept, or another SDK recorded it', async () => {
    const verdict = await replayRuns([run(toy.first), run(toy.second)], { bundle: () => Promise.resolve(undefined) });
    expect(verdict).toMatchObject({ verdict: 'incomplete', reason: expect.stringContaining('is not kept') as string });
    const older = altered(toy.first, (events) => {
      Object.assign(nth(events, 'workflowTaskCompletedEventAttributes'), {
        sdkMetadata: { sdkName: 'temporal-typescript', sdkVersion: '1.11.0' },
      });
    });
    expect(await replayRuns([run(older), run(toy.second)], { bundle })).toMatchObject({
      verdict: 'incomplete',
      reason: expect.stringContaining('"@temporalio/worker": "1.11.0"') as string,
    });
  });
});
