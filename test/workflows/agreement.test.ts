import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import { afterEach, describe, expect, test } from 'vitest';
import type { PersonCommand } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import { agreementCommand } from '../../workflows/messages.ts';
import { type Shell, openShell } from '../support/shell.ts';
import { Life, actor, serviceAttachments } from '../support/life.ts';

/** An agreement lived by the real workflow on the time-skipping server says the same as the pure rules alone. */
const SIGNED = '2026-09-01 09:00';
const sign = { type: 'sign', documents: [] };
const submit = (obligation: string) => ({ type: 'submit', obligation, documents: [] });
const review = (verdict: 'accept' | 'reject', pointCount = 0) => ({
  type: 'review',
  obligation: 'process-plan',
  verdict,
  pointCount,
});

let shell: Shell;
afterEach(() => shell.close());

async function signed(compiled: CompiledAgreement): Promise<void> {
  shell = await openShell(SIGNED, compiled.zone);
  await shell.startWorker();
  await shell.start(compiled, SIGNED);
  await shell.act(SIGNED, 'A', sign);
  await shell.act(SIGNED, 'B', sign);
}

/** Without what belongs to the shell alone. */
const facts = (events: { recordedAtMs: number; commandId?: string }[]) =>
  events.map((event) => ({ ...event, recordedAtMs: 0, commandId: undefined }));

const codeOf = (error: unknown): string | null | undefined =>
  error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure
    ? error.cause.type
    : undefined;

describe('the agreement workflow', () => {
  test('lives as the rules say: late report, rejected plan, month end, termination', async () => {
    const compiled = serviceAttachments();
    await signed(compiled);
    await shell.act('2026-11-04 10:00', 'A', submit('process-plan'));
    await shell.act('2026-11-05 10:00', 'A', submit('needs-analysis-report'));
    await shell.act('2026-11-06 10:00', 'B', review('reject', 2));
    await shell.act('2026-11-19 10:00', 'A', submit('process-plan'));
    await shell.act('2026-11-20 10:00', 'B', review('accept'));
    await shell.act('2026-12-08 16:00', 'coordinator', { type: 'terminate' });

    const life = new Life(compiled, SIGNED)
      .sign(SIGNED)
      .submit('2026-11-04 10:00', 'process-plan')
      .submit('2026-11-05 10:00', 'needs-analysis-report')
      .reject('2026-11-06 10:00', 'process-plan', 'B', 2)
      .submit('2026-11-19 10:00', 'process-plan')
      .accept('2026-11-20 10:00', 'process-plan')
      .terminate('2026-12-08 16:00');
    expect(facts(shell.events())).toEqual(facts(life.events));
    const issued = shell.recorded.flatMap(({ notices }) => notices);
    expect(issued).toEqual(life.notices.concat(issued.slice(life.notices.length)));
    expect(shell.notified.toSorted()).toEqual(issued.map(({ id }) => id).toSorted());
  }, 120_000);

  test('a refusal leaves no event; the same command again gets the same answer', async () => {
    await signed(serviceAttachments());
    await expect(shell.act('2026-09-02 10:00', 'A', sign)).rejects.toSatisfy((e) => codeOf(e) === 'already-signed');
    const first = await shell.act('2026-09-03 10:00', 'A', submit('needs-analysis-report'), 'once');
    const again = await shell.act('2026-09-03 11:00', 'A', submit('needs-analysis-report'), 'once');
    expect(again).toEqual(first);
    expect(shell.events()).toHaveLength(first.sequence);
  }, 120_000);

  // An outage of the worker or of the mail server cannot be shown here: the skipping clock stands still without a worker
  // and while an activity runs. test/journeys shows both on the real server.
  test('what the API had stored before a due instant is folded first, though no update ever came', async () => {
    await signed(serviceAttachments());
    const inTime = {
      ...submit('needs-analysis-report'),
      id: 'in-time',
      receivedAtMs: shell.ms('2026-10-08 23:50'),
      actor: actor('A'),
    };
    shell.stored.push(inTime as never);
    await shell.until('2026-10-19 10:00');
    expect(
      shell
        .events()
        .slice(4)
        .map(({ type }) => type),
    ).toEqual(['deliverable-submitted', 'obligation-fulfilled']);
    const told = shell.recorded.flatMap(({ notices }) => notices).filter((n) => n.atMs > shell.ms('2026-10-08 12:00'));
    expect(told.map((n) => `${n.kind} ${n.obligation} ${n.seat}`)).toEqual([
      'deliverable-submitted needs-analysis-report B',
    ]);
    // The sender repeats it: the outcome stands.
    const repeated = await shell.act('2026-10-19 11:00', 'A', submit('needs-analysis-report'), 'in-time');
    expect(repeated.events).toEqual(['deliverable-submitted', 'obligation-fulfilled']);
  }, 120_000);

  test('what comes late waits for what the API had stored before it', async () => {
    const compiled = serviceAttachments();
    shell = await openShell(SIGNED, compiled.zone);
    await shell.startWorker();
    await shell.start(compiled, SIGNED);
    await shell.until('2026-09-03 10:00');
    const late = (local: string, seat: string, act: object) =>
      ({ ...act, id: `late-${seat}-${local}`, receivedAtMs: shell.ms(local), actor: actor(seat) }) as PersonCommand;
    shell.stored.push(late('2026-09-01 09:05', 'A', sign), late('2026-09-01 09:06', 'B', sign));
    const command = late('2026-09-02 10:00', 'A', submit('needs-analysis-report'));
    const handle = shell.client.workflow.getHandle(agreementWorkflowId(compiled.id));
    const answer = await handle.executeUpdate(agreementCommand, { args: [command], updateId: command.id });
    expect(answer.events).toEqual(['deliverable-submitted', 'obligation-fulfilled']);
    await shell.until('2026-09-03 10:00');
    expect(shell.events().map(({ type, occurredAtMs }) => `${shell.iso(occurredAtMs).slice(0, 16)} ${type}`)).toEqual([
      '2026-09-01T09:00 agreement-started',
      '2026-09-01T09:05 agreement-signed',
      '2026-09-01T09:06 agreement-signed',
      '2026-09-01T09:06 agreement-in-force',
      '2026-09-02T10:00 deliverable-submitted',
      '2026-09-02T10:00 obligation-fulfilled',
    ]);
  }, 120_000);

  test('every task as a replay: the same without a cache', async () => {
    const compiled = serviceAttachments({ expiresOn: '2026-12-20' });
    shell = await openShell(SIGNED, compiled.zone, 0);
    await shell.startWorker();
    await shell.start(compiled, SIGNED);
    await shell.act(SIGNED, 'A', sign);
    await shell.act(SIGNED, 'B', sign);
    await shell.until('2026-12-21 10:00');
    const life = new Life(compiled, SIGNED).sign(SIGNED).until('2026-12-21 10:00');
    expect(facts(shell.events())).toEqual(facts(life.events));
  }, 120_000);

  test('acts that arrive before the first task come after the start', async () => {
    const compiled = serviceAttachments();
    shell = await openShell(SIGNED, compiled.zone);
    await shell.start(compiled, SIGNED);
    const handle = shell.client.workflow.getHandle(`agreement/${compiled.id}`);
    const signatures = ['A', 'B'].map((seat) => {
      const command = {
        type: 'sign' as const,
        documents: [],
        id: seat,
        receivedAtMs: shell.ms(SIGNED),
        actor: actor(seat),
      };
      return handle.executeUpdate(agreementCommand, { args: [command], updateId: seat });
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await shell.startWorker();
    await Promise.all(signatures);
    await shell.until('2026-09-01 09:30');
    expect(shell.events().map(({ type }) => type)).toEqual([
      'agreement-started',
      'agreement-signed',
      'agreement-signed',
      'agreement-in-force',
    ]);
  }, 120_000);

  test('a command that comes long after the end is refused, and the run closes all the same', async () => {
    await signed(serviceAttachments());
    await shell.act('2026-09-02 10:00', 'coordinator', { type: 'terminate' });
    const late = shell.act('2026-09-02 10:00:01', 'A', submit('training-plan'), 'late');
    await expect(late).rejects.toSatisfy((e) => codeOf(e) === 'agreement-ended' || e instanceof WorkflowNotFoundError);
    await shell.until('2026-09-03 12:00');
    const handle = shell.client.workflow.getHandle(`agreement/${serviceAttachments().id}`);
    expect((await handle.describe()).status.name).toBe('COMPLETED');
  }, 120_000);
});
