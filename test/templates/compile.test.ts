import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMonths } from '../../domain/local-date.ts';
import { instantAt } from '../../domain/zone.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { compileAgreement } from '../../templates/compile.ts';
import { compileDraft, planDraft, resolveDraft } from '../../templates/draft.ts';
import { readTemplate } from '../../templates/library.ts';
import { planAgreement } from '../../templates/plan.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { goodDraft } from './draft-file.ts';
import { SMALL } from './small-template.ts';

function compiled(terms: Record<string, unknown>) {
  const { draft, errors } = resolveDraft({ ...goodDraft(), terms });
  if (!draft) throw new Error(JSON.stringify(errors));
  return { draft, agreement: compileDraft(draft, { id: 'x', year: 2026 }) };
}

test('the penalty is 0.5 % of the total a day, owed to the other party', () => {
  const { agreement } = compiled({ contractTotal: '1000000.00', deliverableOwner: { 'process-plan': 'B' } });
  const penalty = {
    base: '1000000.00',
    rate: '0.005',
    currency: 'CNY',
    graceDays: 0,
    cap: null,
    clauses: ['S001a-69'],
  };
  expect(agreement.obligations.map(({ responsible, penalty: one }) => [responsible, one])).toEqual([
    ['A', { ...penalty, creditor: 'B' }],
    ['B', { ...penalty, creditor: 'A' }],
    ['A', { ...penalty, creditor: 'B' }],
  ]);
});

test('a cap in percent becomes money, half-up to the currency’s unit', () => {
  const { agreement } = compiled({ contractTotal: '777777.77', penaltyCapPercent: '12.5', penaltyGraceDays: 3 });
  expect(agreement.obligations[0]?.penalty).toMatchObject({ cap: '97222.22', graceDays: 3 });
});

test('only the process plan is reviewed, by both', () => {
  const { agreement } = compiled({ contractTotal: '1', reviewWindowDays: 5 });
  expect(agreement.obligations.map(({ review }) => review)).toEqual([
    null,
    { reviewers: ['A', 'B'], windowDays: 5, reworkDays: 10, clauses: ['S001a-61'] },
    null,
  ]);
});

test('what goes to the process is plain JSON without names and addresses', () => {
  const { agreement } = compiled({ contractTotal: '1' });
  const text = JSON.stringify(agreement);
  expect(JSON.parse(text)).toEqual(agreement);
  for (const word of ['Alpha', 'Beta', 'example.com', '甲方']) expect(text).not.toContain(word);
});

const percent = fc.integer({ min: 0, max: 100_000_000 }).map((n) => (n / 1_000_000).toFixed(6));
const days = fc.integer({ min: 1, max: 3650 });
const owner = fc.constantFrom('A', 'B');
const orNotAgreed = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constantFrom('not-agreed', null));
const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2055-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const validTerms = fc
  .record(
    {
      currency: fc.constantFrom('CNY', 'USD', 'EUR'),
      needsReportDays: days,
      processPlanDays: days,
      trainingPlanDays: days,
      lateDeliverablePenaltyPercentPerDay: percent,
      penaltyCapPercent: orNotAgreed(percent),
      penaltyGraceDays: orNotAgreed(fc.integer({ min: 0, max: 365 })),
      reviewWindowDays: fc.integer({ min: 1, max: 365 }),
      reworkDays: fc.integer({ min: 0, max: 365 }),
      deliverableOwner: fc.oneof(
        owner,
        fc.record({ 'process-plan': owner, 'training-plan': owner }, { requiredKeys: [] }),
      ),
      reminderLeadDays: fc.uniqueArray(fc.integer({ min: 1, max: 365 }), { maxLength: 10 }),
      rollover: fc.constantFrom('next-working-day', 'none'),
      dayEnd: fc.constantFrom('24:00', '18:00', '00:01', '23:59'),
      expiresOn: orNotAgreed(day),
    },
    { requiredKeys: [] },
  )
  .chain((terms) =>
    fc
      .bigInt({ min: 0n, max: 99_999_999_999_999_999n })
      .map((cents) => ({ ...terms, contractTotal: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}` })),
  );

test('every valid set of terms compiles, stays small and can be planned', () => {
  fc.assert(
    fc.property(validTerms, day, (terms, signed) => {
      const { draft, agreement } = compiled(terms);
      expect(JSON.stringify(agreement).length).toBeLessThan(200_000);
      for (const { penalty } of agreement.obligations) {
        expect(penalty?.rate).toMatch(/^\d+(\.\d+)?$/);
        if (typeof penalty?.cap === 'string') expect(penalty.cap).toMatch(/^\d+\.\d{2}$/);
      }
      const { obligations } = planDraft(draft, signed);
      const dues = obligations.map(({ dueAt }) => Date.parse(dueAt ?? ''));
      expect(dues).toEqual([...dues].sort((a, b) => a - b));
      for (const { dueAt, reminders } of obligations) {
        for (const { at } of reminders) expect(Date.parse(at)).toBeLessThan(Date.parse(dueAt ?? ''));
      }
    }),
    { numRuns: 60 },
  );
});

const LABEL = 'clauses: [S900-03], label: { zh: 某项, en: Something }';
const DEADLINE = 'rollover: rollover, dayEnd: dayEnd';

function duty(id: string, fields: string, deadline: string, responsible = 'B'): string {
  return `  - id: ${id}
    kind: duty
    title: { zh: ${id}, en: ${id} }
    clauses: [S900-03]
    responsible: ${responsible}
    deadline: { ${deadline}, ${DEADLINE} }
    reminderLeadDays: reminderLeadDays
${fields === '' ? '' : `    ${fields}\n`}`;
}

/** The small template, with duties that hang on open terms. */
const openTerms = readTemplate(
  SMALL.replace(
    'terms:\n',
    `terms:
  - { name: checkMonths, type: integer, unit: months, min: 1, max: 36, origin: vague, ${LABEL} }
  - { name: visitInterval, type: duration, origin: vague, ${LABEL} }
  - { name: reviewOn, type: month-day, origin: blank, ${LABEL} }
  - { name: launchOn, type: date, origin: blank, ${LABEL} }
  - { name: provider, type: party, origin: blank, ${LABEL} }
  - { name: reportWithinHours, type: integer, unit: hours, min: 0, max: 720, origin: blank, ${LABEL} }
  - { name: surveyAfterDays, type: integer, unit: days, min: 0, max: 90, origin: blank, ${LABEL} }
  - { name: noticeDaysBefore, type: integer, unit: days, min: 0, max: 365, origin: proposal, value: 30, ${LABEL} }
  - { name: opensDays, type: integer, unit: days, min: 1, max: 90, origin: blank, ${LABEL} }
  - { name: termYears, type: number, unit: years, min: 0, max: 20, origin: blank, ${LABEL} }
`,
  )
    .replace(
      'penalties:\n',
      `${duty('check', 'every: { months: checkMonths }', 'anchor: effect')}${duty('check-minutes', '', 'anchor: { obligation: check, at: due }, workingDays: replyWorkingDays')}${duty('check-answer', '', 'anchor: { obligation: check-minutes, at: fulfilled }, days: reportDays', 'A')}${duty('check-closing', '', 'anchor: { obligation: check-answer, at: due }, days: reportDays')}${duty('visit', 'every: { duration: visitInterval }', 'anchor: effect')}${duty('review', 'opensDays: opensDays', 'anchor: { term: reviewOn }')}${duty('launch', 'escalation: [{ rung: overdue-3, to: A }]', 'anchor: { term: launchOn }')}${duty('service', '', 'anchor: effect, days: reportDays', 'provider')}${duty('alarm', '', 'anchor: { event: obligation-overdue, of: report }, hours: reportWithinHours')}${duty('survey-report', '', 'anchor: { period: quarter }, days: surveyAfterDays')}${duty('notice', '', 'anchor: expiry, days: noticeDaysBefore, before: true')}penalties:
`,
    )
    .replace('on: expiresOn }', 'on: expiresOn, years: termYears }'),
  'open-terms.yaml',
);

function plannedWith(given: Record<string, unknown>, months = 7) {
  const { errors, ...terms } = resolveTerms(openTerms, { contractTotal: '1', ...given });
  expect(errors).toEqual([]);
  const zone = zoneData('Asia/Shanghai');
  const agreement = compileAgreement(openTerms, terms, {
    id: 'x',
    zone,
    calendar: loadCalendar('cn'),
    seats: ['A', 'B', 'manager'],
    year: 2026,
  });
  const plan = planAgreement({
    template: openTerms,
    agreement,
    terms,
    addresses: { A: 'a@example.com', B: 'b@example.com' },
    dayZero: '2026-09-01',
    untilMs: instantAt(zone, addMonths('2026-09-01', months), '24:00'),
  });
  const lines = (id: string) =>
    plan.obligations
      .filter((line) => line.id === id)
      .map(({ occurrence, localDate, after }) => `${occurrence ?? 'once'} ${localDate ?? `after ${after ?? ''}`}`);
  return { agreement, plan, lines, of: (id: string) => agreement.obligations.find((one) => one.id === id) };
}

test.each<[term: string, id: string, value: unknown]>([
  ['checkMonths', 'check', 3],
  ['visitInterval', 'visit', 'P1M'],
  ['reviewOn', 'review', '11-30'],
  ['launchOn', 'launch', '2026-12-01'],
  ['provider', 'service', 'A'],
  ['reportWithinHours', 'alarm', 24],
  ['surveyAfterDays', 'survey-report', 15],
])('while %s is open, %s is not run: the question says what it decides about', (term, id, value) => {
  const { plan, of } = plannedWith({});
  expect(of(id)).toBeUndefined();
  expect(plan.obligations.some((line) => line.id === id)).toBe(false);
  expect(plan.open.find((one) => one.term === term)).toMatchObject({
    clauses: ['S900-03'],
    affects: expect.arrayContaining([id]) as string[],
  });

  const notAgreed = plannedWith({ [term]: 'not-agreed' });
  expect(notAgreed.of(id)).toBeUndefined();
  expect(notAgreed.plan.open.some((one) => one.term === term)).toBe(false);

  const agreed = plannedWith({ [term]: value });
  expect(agreed.of(id)).toBeDefined();
  expect(agreed.plan.obligations.some((line) => line.id === id)).toBe(true);
  expect(agreed.plan.open.some((one) => one.term === term)).toBe(false);
});

test('what follows something that is not run is not run either', () => {
  const { agreement } = plannedWith({});
  for (const id of ['check-minutes', 'check-answer', 'check-closing']) {
    expect(agreement.obligations.some((one) => one.id === id)).toBe(false);
  }
});

test('an interval: due at its end, counted from the effect; what follows is due some time after', () => {
  const { lines } = plannedWith({ checkMonths: 3 });
  expect(lines('check')).toEqual([
    '2026-09-01 2026-12-01',
    '2026-12-01 2027-03-01',
    '2027-03-01 2027-06-01', // begins within the seven months
  ]);
  expect(lines('check-minutes').slice(0, 2)).toEqual(['2026-09-01 2026-12-08', '2026-12-01 2027-03-08']);
});

test('what waits for something without a date is in the plan, and says what for', () => {
  const { lines } = plannedWith({ checkMonths: 3 });
  expect(lines('check-answer')).toEqual(['once after check-minutes']);
  expect(lines('check-closing')).toEqual(['once after check-answer']);
});

test('a duration as an interval, in its own unit', () => {
  expect(plannedWith({ visitInterval: 'P2W' }, 1).lines('visit').slice(0, 2)).toEqual([
    '2026-09-01 2026-09-15',
    '2026-09-15 2026-09-29',
  ]);
  expect(plannedWith({ visitInterval: 'P1Y' }, 1).lines('visit')).toEqual(['2026-09-01 2027-09-01']);
});

test('a day of every year recurs by itself, and opens so many days before it as is agreed', () => {
  const { lines, of } = plannedWith({ reviewOn: '11-30', opensDays: 14 });
  expect(lines('review')).toEqual(['2026 2026-11-30', '2027 2027-11-30']);
  expect(of('review')).toMatchObject({ opensDays: 14, recurrence: { by: 'month-day', monthDay: '11-30' } });
  expect(plannedWith({ reviewOn: '11-30' }).of('review')).not.toHaveProperty('opensDays');
});

test('a quarter ends on its last day; what is due some days after it rolls over', () => {
  const { of, lines } = plannedWith({ surveyAfterDays: 16 });
  expect(of('survey')?.deadline).toMatchObject({ rollover: 'none', offset: { count: 0 } });
  expect(of('survey-report')?.deadline).toMatchObject({ rollover: 'next-working-day', offset: { count: 16 } });
  expect(lines('survey-report')[0]).toBe('2026-Q4 2027-01-18'); // 01-16 is a Saturday
  expect(plannedWith({ surveyAfterDays: 0 }).of('survey-report')?.deadline.rollover).toBe('none');
});

test('a party that a term names owes it', () => {
  expect(plannedWith({ provider: 'A' }).of('service')?.responsible).toBe('A');
});

test('the term of validity is one question, answered by a date or by years', () => {
  const asked = ['expiresOn', 'termYears'];
  const { plan, lines } = plannedWith({});
  expect(plan.open.map(({ term }) => term).filter((term) => asked.includes(term))).toEqual(['termYears', 'expiresOn']);
  expect(lines('notice')).toEqual(['once after agreement-expired']);
  const byYears = plannedWith({ termYears: '1.5' });
  expect(byYears.agreement.term).toEqual({ unit: 'months', count: 18 });
  expect(byYears.plan.open.some(({ term }) => asked.includes(term))).toBe(false);
  expect(byYears.lines('notice')).toEqual(['once 2028-01-31']); // the term ends on 2028-03-01
});

test('counted back nothing, it is due on the last day itself', () => {
  const { of, lines } = plannedWith({ expiresOn: '2027-08-31', noticeDaysBefore: 0 });
  expect(Object.is(of('notice')?.deadline.offset.count, 0)).toBe(true);
  expect(lines('notice')).toEqual(['once 2027-08-31']);
});

test('who is liable for what: the third party for its own, which no amendment of two changes (S001b-74, S001b-79)', () => {
  const draft = (template: string) => ({ ...goodDraft(), template, terms: { contractTotal: '1000000.00' } });
  const lifeOf = (template: string) => {
    const { draft: read, errors } = resolveDraft(draft(template));
    if (!read) throw new Error(JSON.stringify(errors));
    return compileDraft(read, { id: 'x', year: 2026 }).life;
  };
  const thirds = (template: string) =>
    lifeOf(template)?.liabilities.flatMap(({ id, liable }) => (liable === 'third' ? [id] : []));
  expect(thirds('service-attachments')).toEqual(['third-party-loss']);
  expect(thirds('service-third-party')).toEqual(['third-party-liability', 'recourse']);
  expect(lifeOf('service-third-party')?.amendment?.excludes).toEqual([
    {
      liability: 'third-party-liability',
      clauses: ['S001b-78', 'S001b-79'],
      term: 'thirdPartyLiabilityCap',
      consentDays: null,
    },
  ]);
  expect(lifeOf('service-attachments')?.amendment).not.toHaveProperty('excludes');
});

test('what was agreed to be a serious breach is cited by its number; where nothing was, there is nothing to cite (S001b-67)', () => {
  const codesWith = (terms: Record<string, unknown>) => {
    const given = { ...goodDraft(), template: 'service-third-party', terms: { contractTotal: '1000000.00', ...terms } };
    const { draft, errors } = resolveDraft(given);
    if (!draft) throw new Error(JSON.stringify(errors));
    const { life } = compileDraft(draft, { id: 'x', year: 2026 });
    return life?.terminations.find(({ ground }) => ground === 'serious-breach')?.codes;
  };
  expect(codesWith({ seriousBreachDefinition: ['连续两个季度未调查', '擅自停止服务十日以上'] })).toEqual([
    'ground-1',
    'ground-2',
  ]);
  expect(codesWith({})).toEqual([]);
});
