import { expect, test } from 'vitest';
import { OVER_CODES, endedWithAgreement } from '../../domain/process/over.ts';
import { PROCESS_TYPES } from '../../domain/process/process.ts';

test('what is over refuses by its own name: an engagement is no finding', () => {
  expect(PROCESS_TYPES.map((type) => [type, OVER_CODES[type]])).toEqual([
    ['survey', 'survey-closed'],
    ['improvement', 'finding-closed'],
    ['visit', 'visit-closed'],
    ['training', 'already-held'],
    ['risk', 'risk-closed'],
    ['case', 'case-closed'],
    ['evaluation', 'evaluation-over'],
    ['engagement', 'engagement-closed'],
  ]);
});

test.each([
  ['an application that lapsed with the agreement', 'engagement', { status: 'withdrawn', agreementOver: true }, true],
  ['one that its applicant had withdrawn', 'engagement', { status: 'withdrawn', agreementOver: false }, false],
  ['a risk that was open', 'risk', { status: 'open', ended: true }, true],
  ['a risk that was closed before', 'risk', { status: 'closed', ended: false }, false],
  ['an evaluation that was scored', 'evaluation', { status: 'ended' }, true],
  ['a case', 'case', { status: 'closed' }, false],
  ['nothing recorded yet', 'engagement', null, false],
])('%s: whether the end of its agreement ended it', (_what, type, snapshot, expected) => {
  expect(endedWithAgreement(type, snapshot)).toBe(expected);
});
