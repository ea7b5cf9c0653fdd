import { afterEach, describe, expect, test } from 'vitest';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { returned } from '../../domain/agreement/service.ts';
import { actor, lifeOf, paper, serviceAttachments } from '../support/life.ts';
import { type Shell, openShell } from '../support/shell.ts';

/** Written notices on the real engine: they take effect when the mail server accepted them (Civil Code 137, 565). */
const SIGNED = '2026-09-01 09:00';
const REPORT = 'needs-analysis-report'; // due 2026-10-08

const compiled: CompiledAgreement = serviceAttachments({
  life: lifeOf({
    terminations: [
      {
        id: 'end-for-breach',
        ground: 'breach',
        gates: ['negotiation-failed', 'written-notice'],
        noticeDays: 0,
        negotiationDays: 15,
        cureDays: null,
        codes: [],
        clauses: ['S001a-35'],
      },
    ],
    afterwards: [
      { id: 'service', responsible: 'A', kind: 'service', days: 30, clauses: ['S001a-40'] },
      { id: 'secrecy', responsible: 'A', kind: 'secrecy', days: null, clauses: ['S003-K-21'] },
    ],
  }),
});

let shell: Shell;
afterEach(() => shell.close());

async function signed(maxCachedWorkflows?: number): Promise<void> {
  shell = await openShell(SIGNED, compiled.zone, maxCachedWorkflows);
  await shell.startWorker();
  await shell.start(compiled, SIGNED);
  for (const seat of ['A', 'B']) await shell.act(SIGNED, seat, { type: 'sign', documents: [] });
}

/** What happened since it is in force, without the penalties. */
const told = (): string[] =>
  shell
    .events()
    .filter(({ type }) => !/^(agreement-(started|signed|in-force)|penalty|obligation)/.test(type))
    .map(({ type, occurredAtMs }) => `${shell.iso(occurredAtMs).slice(0, 16)} ${type}`);

const breach = { type: 'serve', notice: 'breach', breach: REPORT, documents: [] };
const end = { type: 'serve', notice: 'termination', ground: 'breach', documents: [] };

describe('written notices on the engine', () => {
  test('accepted by the mail server, they open the period and end it; the run goes on until it is closed', async () => {
    await signed();
    expect((await shell.act('2026-10-17 21:00', 'B', breach)).events).toEqual(['breach-notified']); // a Saturday night
    await shell.act('2026-11-03 10:00', 'B', end);
    for (const item of [REPORT, 'process-plan', 'training-plan']) {
      await shell.act('2026-11-05 10:00', 'coordinator', {
        type: 'settle',
        item,
        outcome: 'settled',
        documents: [paper()],
      });
    }
    await shell.until('2026-12-05 12:00');
    expect(told()).toEqual([
      '2026-10-17T21:00 breach-notified',
      '2026-10-17T21:00 notice-served',
      '2026-11-03T00:00 negotiation-failed', // 15 days: Sunday 2026-11-01, so Monday the 2nd
      '2026-11-03T10:00 termination-notified',
      '2026-11-03T10:00 notice-served',
      '2026-11-03T10:00 agreement-terminated',
      '2026-11-03T10:00 afterwards-begun',
      '2026-11-03T10:00 afterwards-begun',
      '2026-11-05T10:00 item-settled',
      '2026-11-05T10:00 item-settled',
      '2026-11-05T10:00 item-settled',
      '2026-11-05T10:00 final-statement-issued',
      '2026-12-04T00:00 afterwards-ended',
      '2026-12-04T00:00 agreement-closed',
    ]);
    const served = shell.events().filter(({ type }) => type === 'notice-served');
    expect(served.map(({ commandId, actor: { via } }) => [commandId?.startsWith('served agreement/'), via])).toEqual([
      [true, 'mail'],
      [true, 'mail'],
    ]);
    const handle = shell.client.workflow.getHandle(`agreement/${compiled.id}`);
    expect((await handle.describe()).status.name).toBe('RUNNING'); // for incidents of a secrecy without end (S003-K-21)
  }, 120_000);

  test('refused by the mail server, they have no effect', async () => {
    await signed();
    shell.activities.notifyAll = ({ noticeIds }) => {
      shell.notified.push(...noticeIds);
      return Promise.resolve(undefined);
    };
    await shell.act('2026-10-12 10:00', 'B', breach);
    const notice = await written();
    await shell.act('2026-10-12 10:00', 'postmaster', returned(notice, 'smtp-550'));
    await shell.until('2026-12-01 12:00');
    expect(told()).toEqual(['2026-10-12T10:00 breach-notified', '2026-10-12T10:00 notice-undelivered']);
  }, 120_000);

  test('come back before the engine hears that it was accepted: it was not served', async () => {
    await signed();
    const { notifyAll } = shell.activities;
    let letGo = (): void => undefined;
    const cameBack = new Promise<void>((resolve) => (letGo = resolve));
    shell.activities.notifyAll = async (input) => {
      const served = await notifyAll(input);
      if (served && served.length > 0) await cameBack;
      return served;
    };
    const handle = shell.client.workflow.getHandle(`agreement/${compiled.id}`);
    await shell.until('2026-10-12 10:00');
    const receivedAtMs = shell.ms('2026-10-12 10:00');
    await update(handle, { ...breach, id: 'breach', receivedAtMs, actor: actor('B') });
    const notice = await written();
    await update(handle, { ...returned(notice, '5.1.1'), id: 'back', receivedAtMs });
    letGo();
    await shell.until('2026-12-01 12:00');
    expect(told()).toEqual(['2026-10-12T10:00 breach-notified', '2026-10-12T10:00 notice-undelivered']);
  }, 120_000);

  test('come back two days after the mail server took it: its period is taken back, and runs anew from its next receipt', async () => {
    await signed(0); // each task is a replay
    expect((await shell.act('2026-10-12 10:00', 'B', breach)).events).toEqual(['breach-notified']);
    const notice = await written();
    await expect.poll(told).toContain('2026-10-12T10:00 notice-served');
    const back = await shell.act('2026-10-14 10:00', 'postmaster', returned(notice, '5.1.1'));
    expect(back.events).toEqual(['notice-undelivered', 'service-failed']);
    await shell.act('2026-10-19 10:00', 'B', breach);
    await shell.until('2026-11-04 12:00');
    expect(told()).toEqual([
      '2026-10-12T10:00 breach-notified',
      '2026-10-12T10:00 notice-served',
      '2026-10-14T10:00 notice-undelivered',
      '2026-10-14T10:00 service-failed',
      '2026-10-19T10:00 breach-notified',
      '2026-10-19T10:00 notice-served',
      '2026-11-04T00:00 negotiation-failed', // 15 days from 2026-10-19, not from 2026-10-12
    ]);
  }, 120_000);
});

/** The written notice, once it is recorded. */
async function written(): Promise<Notice> {
  const find = () => shell.recorded.flatMap(({ notices }) => notices).find(({ facts }) => facts.serves === 'breach-1');
  await expect.poll(find).toBeDefined();
  return find() as Notice;
}

async function update(handle: ReturnType<Shell['client']['workflow']['getHandle']>, command: object): Promise<void> {
  await handle.executeUpdate('command', { args: [command] });
}
