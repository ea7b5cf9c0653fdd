import { expect, test } from 'vitest';
import { livable } from '../../cli/livable.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { liveInMemory } from '../support/example-life.ts';

const PARTIES = { A: { name: '甲公司', email: 'a@example.com' }, B: { name: '乙公司', email: 'b@example.com' } };

/** Acts with no more than the fields that the list of acts has. */
function lived(template: string, terms: object, script: object[]) {
  const read = resolveScenario(
    { template, signedOn: '2026-09-01', until: '2026-11-30', parties: PARTIES, terms, script },
    '.',
  );
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return liveInMemory(livable(read.scenario));
}

const attachments = (script: object[]) => lived('service-attachments', { contractTotal: '1000000.00' }, script);

test('claim{claim, amount, cause}: what the other side missed, 12,000.00 with the clauses of the report (S001a-60)', () => {
  const { events, rejections } = attachments([
    { at: '2026-10-13 10:00', as: 'B', do: 'claim', claim: 'c1', amount: '12000.00', cause: '损失' },
    { at: '2026-10-14 10:00', as: 'A', do: 'answer', claim: 'c1', verdict: 'agree' },
    { at: '2026-10-15 11:00', as: 'A', do: 'claim', claim: 'c2', amount: '1.00', cause: '损失' },
  ]);
  expect(events.find(({ type }) => type === 'claim-made')).toMatchObject({
    obligation: 'needs-analysis-report',
    clauses: ['S001a-60'],
  });
  expect(events.filter(({ type }) => type === 'claim-posted')).toHaveLength(1);
  expect(rejections.map(({ code }) => code)).toEqual(['not-breached']);
});

test.each(['breach', 'needs-analysis-report', '逾期未交', undefined])(
  'serve{notice: breach, ground: %s} is about the one duty that is late (S001a-35)',
  (ground) => {
    const { events, rejections } = attachments([
      { at: '2026-10-16 09:00', as: 'B', do: 'serve', notice: 'breach', ...(ground === undefined ? {} : { ground }) },
    ]);
    expect(rejections).toEqual([]);
    expect(events.find(({ type }) => type === 'breach-notified')).toMatchObject({
      obligation: 'needs-analysis-report',
      clauses: ['S001a-35'],
    });
  },
);

test('a ground that names a duty is about that one, not about the one due first', () => {
  const { events } = attachments([
    { at: '2026-11-03 10:00', as: 'B', do: 'serve', notice: 'breach', ground: 'process-plan' },
  ]);
  expect(events.find(({ type }) => type === 'breach-notified')?.obligation).toBe('process-plan');
});

test('object{}: the notice of the end that runs, where the contract renews nothing (S001c-63)', () => {
  const terms = {
    providerParty: 'B',
    terminationGrounds: [{ code: 'BREACH', description: '一方违约' }],
    terminationNoticeDays: 30,
  };
  const { events, rejections } = lived('service-kpi', terms, [
    { at: '2026-09-02 10:00', as: 'A', do: 'serve', notice: 'termination', ground: 'agreed-list', code: 'BREACH' },
    { at: '2026-09-03 10:00', as: 'B', do: 'object' },
  ]);
  expect(rejections).toEqual([]);
  expect(events.find(({ type }) => type === 'termination-objected')?.clauses).toEqual(['S001c-62', 'S001c-63']);
});
