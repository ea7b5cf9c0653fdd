import { expect, test } from 'vitest';
import { nextStep } from '../../api/surveys/next.ts';
import type { SurveyProcess } from '../../api/process/rows.ts';

/** A cycle of a contract whose client approves the questionnaire and agrees on the day with the operator. */
function cycle(status: string, change: object = {}, survey: object = {}): SurveyProcess {
  const rules = {
    ...{ responsible: 'B', approvers: { seats: ['A'] }, dateAgreedBy: { seats: ['A', 'B'] }, gates: [] },
    ...{ report: { by: 'B' }, ...survey },
  };
  const state = {
    ...{ input: { survey: rules }, due: { localDate: '2027-03-31' }, closes: null, questionnaire: null },
    ...{ approvedBy: [], date: null, agreedDate: null, sample: null, ...change },
  };
  return { row: { status }, input: { survey: rules }, state } as unknown as SurveyProcess;
}

const TODAY = '2027-03-08';

test('what happens next is the first thing that is missing, and whoever owes it', () => {
  const told = (change: object, today = TODAY, survey = {}) => {
    const { step, seats, on } = nextStep(cycle('planned', change, survey), today);
    return [step, seats.join(), on];
  };
  const approved = { questionnaire: {}, approvedBy: ['A'] };
  const date = { proposed: '2027-03-15', by: 'B', acceptedBy: [{ seat: 'B' }], agreed: false };
  const agreed = { ...approved, date: { ...date, agreed: true }, agreedDate: '2027-03-15' };
  expect(told({})).toEqual(['design', 'B', '2027-03-31']);
  expect(told({ questionnaire: {} })).toEqual(['approve', 'A', '2027-03-31']);
  expect(told(approved)).toEqual(['date', 'A,B', '2027-03-31']);
  expect(told({ ...approved, date })).toEqual(['acceptDate', 'A', '2027-03-15']);
  expect(told(agreed)).toEqual(['draw', 'B', '2027-03-31']);
  expect(told({ ...agreed, sample: {} })).toEqual(['waitsForDay', 'B', '2027-03-15']);
  expect(told({ ...agreed, sample: {} }, '2027-03-15')).toEqual(['publish', 'B', '2027-03-31']);
  const gates = [{ gate: 'method', clauses: ['S000-16'], isGiven: false }];
  expect(told({ ...agreed, sample: {} }, '2027-03-15', { gates })).toEqual(['method', 'B', '2027-03-31']);
});

test('while it is open time works; a result waits for whoever reports it; a contract that asks for neither approval nor date waits for neither', () => {
  const open = cycle('open', { closes: { localDate: '2027-03-29' } });
  expect(nextStep(open, TODAY)).toEqual({ step: 'open', seats: [], on: '2027-03-29' });
  expect(nextStep(cycle('analysed'), TODAY)).toEqual({ step: 'analysed', seats: ['B'], on: null });
  expect(nextStep(cycle('reported'), TODAY)).toEqual({ step: 'reported', seats: [], on: null });
  const plain = { approvers: { seats: [] }, dateAgreedBy: { seats: [] } };
  expect(nextStep(cycle('missed', {}, plain), TODAY).step).toBe('design');
  expect(nextStep(cycle('missed', { questionnaire: {}, sample: {} }, plain), TODAY).step).toBe('publish');
});
