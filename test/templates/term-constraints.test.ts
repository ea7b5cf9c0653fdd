import { expect, test } from 'vitest';
import { findTemplate } from '../../templates/library.ts';
import { resolveTerms } from '../../templates/terms.ts';

function problems(template: string, given: Record<string, unknown>): string[] {
  const found = findTemplate(template);
  if (!('template' in found)) throw new Error(`${template} is not there`);
  return resolveTerms(found.template, given).errors.map(({ path, code }) => `${path} ${code}`);
}

const SIX = { weightCost: '20', weightQuality: '30', weightSchedule: '20', weightSatisfaction: '10', weightRisk: '10' };

test.each([
  [
    'two weights above 100',
    'performance-contract',
    { weightCost: '90', weightQuality: '40' },
    'weightQuality',
    'wrong-total',
  ],
  [
    'all six, together 90',
    'performance-contract',
    { ...SIX, weightCompliance: '0' },
    'weightCompliance',
    'wrong-total',
  ],
  [
    'six of 100 and innovation on top',
    'performance-contract',
    { ...SIX, weightCompliance: '10', weightInnovation: '5' },
    'weightInnovation',
    'wrong-total',
  ],
  [
    'an interval of hours',
    'performance-contract',
    { riskReviewInterval: 'PT12H' },
    'riskReviewInterval',
    'invalid-interval',
  ],
  ['an interval of nothing', 'performance-contract', { contactInterval: 'P0D' }, 'contactInterval', 'invalid-interval'],
  [
    'half-years made quarters',
    'satisfaction-management',
    { questionnaireFrequency: 'P3M' },
    'questionnaireFrequency',
    'fixed-period',
  ],
  [
    'an end before the start',
    'vip-service',
    { startDate: '2026-06-01', endDate: '2026-05-31' },
    'endDate',
    'wrong-order',
  ],
  [
    'more visits than surveys',
    'satisfaction-management',
    { ofWhichVisits: 5, keyCustomerSurveysPerYear: 1 },
    'keyCustomerSurveysPerYear',
    'wrong-order',
  ],
  ['a term of no years', 'satisfaction-improvement', { termYears: '0' }, 'termYears', 'invalid-term'],
  ['a term of 3.6 months', 'satisfaction-improvement', { termYears: '0.3' }, 'termYears', 'invalid-term'],
  [
    'notices that end as they begin',
    'vip-service',
    { noticeFrom: '18:00', noticeTo: '18:00' },
    'noticeTo',
    'wrong-order',
  ],
])('%s', (_name, template, given, term, code) => {
  expect(problems(template, given)).toEqual([`terms.${term} ${code}`]);
});

test.each([
  ['six weights of 100', 'performance-contract', { ...SIX, weightCompliance: '10' }],
  ['some of the weights, below 100', 'performance-contract', { weightCost: '60', weightQuality: '40' }],
  ['the period that the template has', 'satisfaction-management', { questionnaireFrequency: 'P6M' }],
  ['one and a half years', 'satisfaction-improvement', { termYears: '1.5' }],
  ['start and end on one day', 'vip-service', { startDate: '2026-06-01', endDate: '2026-06-01' }],
  ['an end alone', 'vip-service', { endDate: '2026-05-31' }],
])('nothing is wrong with %s', (_name, template, given) => {
  expect(problems(template, given)).toEqual([]);
});
