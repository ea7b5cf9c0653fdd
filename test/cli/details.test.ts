import { expect, test } from 'vitest';
import { CASE } from '../../cli/nouns/case.ts';
import { detailInChinese } from '../../cli/nouns/details.ts';
import { ENGAGEMENT } from '../../cli/nouns/engagement.ts';
import { EVALUATION } from '../../cli/nouns/evaluation.ts';
import type { Noun, NounEvent, Writing } from '../../cli/nouns/noun.ts';

const WRITING: Writing = { at: String, customerKey: String, address: String };

function told(noun: Noun, type: string, body: Record<string, unknown>): [string | undefined, string] {
  const event: NounEvent = { atMs: 0, type, actor: { personId: 'A', seat: 'A', via: 'cli' }, clauses: [], body };
  const detail = noun.detail?.(event, WRITING);
  return [detail, detailInChinese(detail ?? '', noun.detailWords ?? {})];
}

test('a detail is codes, sums and dates in any language; a transcript puts its words into Chinese', () => {
  expect(
    told(ENGAGEMENT, 'engagement-loss-reported', {
      loss: 'loss-1',
      amount: '120000.00',
      recoverable: '100000.00',
      ownLoss: '20000.00',
    }),
  ).toEqual([
    'loss-1; 120000.00; recoverable 100000.00, own-loss 20000.00',
    'loss-1；120000.00；可追偿 100000.00，自行承担 20000.00',
  ]);
  expect(told(ENGAGEMENT, 'engagement-applied', { replyDue: { localDate: '2026-10-10' } })).toEqual([
    'reply-due 2026-10-10',
    '答复期限至 2026-10-10',
  ]);
  expect(
    told(ENGAGEMENT, 'engagement-cost-charged', { amount: '1000.01', shares: { A: '500.01', B: '500.00' } }),
  ).toEqual(['1000.01: A 500.01, B 500.00', '1000.01：A 500.01，B 500.00']);
  expect(
    told(CASE, 'case-opened', { caseType: 'complaint', channel: 'phone', severity: 'major', outOfTerm: true }),
  ).toEqual(['complaint, phone, major, out-of-term', '投诉，电话，重大，服务期外']);
  expect(told(CASE, 'case-clock-breached', { clock: 'resolution', means: 'late' })).toEqual([
    'resolution: late',
    '解决：逾期，已记录',
  ]);
  expect(
    told(EVALUATION, 'evaluation-finalised', { subject: 'agreement', consequences: [{ kind: 'reward' }] }),
  ).toEqual(['proposed: reward', '建议：奖励']);
  expect(
    told(EVALUATION, 'evaluation-figures-gathered', {
      figures: [{ subject: null, indicator: 'quality', value: null, count: 3 }],
    }),
  ).toEqual(['quality no-data (3)', 'quality 无数据（3）']);
});
