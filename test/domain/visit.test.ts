import { describe, expect, test } from 'vitest';
import type { CompiledImprovement } from '../../domain/survey/compiled.ts';
import type { VisitInput } from '../../domain/visit/command.ts';
import type { CompiledVisits } from '../../domain/visit/compiled.ts';
import { type CustomerRecord, judged, quarterEnds } from '../../domain/visit/counter.ts';
import { visitRules } from '../../domain/visit/visit.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { ProcessLife } from '../support/process-life.ts';

const AGREEMENT = '00000000-0000-7000-8000-000000000001';
const CUSTOMER = '00000000-0000-4000-8000-000000000007';
const document = { sha256: 'a'.repeat(64), size: 1 };

/** S003-S as compiled: marketing leads, a report within five days where that is agreed. */
const rules: CompiledVisits = {
  id: 'visits',
  kind: 'visit',
  clauses: ['S003-S-10'],
  obligation: 'key-customer-visits',
  leader: 'marketing',
  departments: ['business', 'branch'],
  reportDays: 5,
  plan: { tiers: ['key'], clauses: ['S003-S-18'] },
  counters: [],
};

const improvement: CompiledImprovement = {
  clauses: ['S003-S-23'],
  planner: 'marketing',
  departments: [],
  approvers: [],
  planDays: null,
  cause: null,
  measureTypes: [],
  checks: null,
  verified: null,
  answer: null,
  publication: null,
  escalateTo: null,
  categories: [],
  fulfils: null,
};

/** Planned in January 2027 for Wednesday 2027-03-10, with the business department. */
function planned(change: Partial<VisitInput> = {}, of: Partial<CompiledVisits> = {}, at = '2027-01-15 10:00') {
  const input: VisitInput = {
    format: 1,
    workflowId: `visit/${AGREEMENT}/visit-1`,
    agreementId: AGREEMENT,
    reference: 'visit-1',
    zone: zoneData('Asia/Shanghai'),
    calendar: loadCalendar('cn'),
    noticeHours: { days: 'working-days', from: '09:00', to: '18:00' },
    parties: ['Company'],
    seats: ['Company', 'marketing', 'business', 'branch', 'coordinator'],
    seatParties: { marketing: 'Company', business: 'Company', branch: 'Company' },
    rules: { ...rules, ...of },
    improvement,
    customerId: CUSTOMER,
    tier: 'key',
    kind: of.kind ?? 'visit',
    plannedOn: '2027-03-10',
    departments: ['business'],
    planYear: 2027,
    actor: { personId: 'p', seat: 'marketing', party: 'Company', via: 'person' } as unknown as VisitInput['actor'],
    ...change,
  };
  return new ProcessLife(visitRules, input, at);
}
type Life = ReturnType<typeof planned>;

const held = (life: Life, heldOn = '2027-03-10', at = `${heldOn} 16:00`): Life =>
  life.act(at, 'marketing', { type: 'hold', heldOn, comprehensive: true });
const reported = (life: Life, at = '2027-03-12 10:00'): Life =>
  life.act(at, 'marketing', { type: 'report', documents: [document], hasOutcome: false });
const kinds = (life: Life): string[] => life.events.map(({ type }) => type);
const codes = (life: Life): string[] => life.rejections.map(({ code }) => code);
const mails = (life: Life) =>
  life.notices.map(({ kind, seat, role, atMs, rungs = [] }) =>
    [kind, seat, role === 'copy' ? 'copy' : 'to', life.iso(atMs).slice(0, 16), ...rungs].join(' '),
  );

describe('the planned day (S003-S-10, S003-S-18)', () => {
  test('marketing is reminded a week and a day before and on the day, the department gets a copy', () => {
    expect(mails(planned().until('2027-03-10 12:00'))).toEqual([
      'visit-reminder marketing to 2027-03-03T09:00 before-7',
      'visit-reminder business copy 2027-03-03T09:00 before-7',
      'visit-reminder marketing to 2027-03-09T09:00 before-1',
      'visit-reminder business copy 2027-03-09T09:00 before-1',
      'visit-reminder marketing to 2027-03-10T09:00 due',
      'visit-reminder business copy 2027-03-10T09:00 due',
    ]);
  });

  test('a visit on Sunday 2027-03-14 is recalled on the working day before; the day itself does not move', () => {
    const life = planned({ plannedOn: '2027-03-14', departments: [] }).until('2027-03-16 12:00');
    expect(mails(life).slice(-2)).toEqual([
      'visit-missed marketing to 2027-03-15T09:00',
      'visit-missed coordinator copy 2027-03-15T09:00',
    ]);
    expect(mails(life)).toContain('visit-reminder marketing to 2027-03-12T09:00 before-1 due');
    expect(life.events.at(-1)).toMatchObject({ type: 'visit-missed', due: { localDate: '2027-03-14' } });
  });

  test('missed at the end of the day, it can still be held, or get another day', () => {
    const missed = () => planned().until('2027-03-11 00:30');
    expect(missed().status).toBe('missed');
    expect(held(missed(), '2027-03-10', '2027-03-12 10:00').status).toBe('held');
    const moved = missed().act('2027-03-12 10:00', 'marketing', { type: 'reschedule', plannedOn: '2027-03-20' });
    expect(moved.status).toBe('planned');
    expect(moved.until('2027-03-21 00:30').status).toBe('missed');
    expect(kinds(moved)).toEqual(['visit-planned', 'visit-missed', 'visit-rescheduled', 'visit-missed']);
  });

  test('one that is no row of a plan is announced to those who take part, not to whoever planned it', () => {
    expect(mails(planned({ planYear: null })).slice(0, 1)).toEqual(['visit-announced business copy 2027-01-15T10:00']);
    expect(mails(planned())).toEqual([]);
  });

  test('a day that has passed, the same day, and another seat are refused', () => {
    const life = planned()
      .act('2027-02-01 10:00', 'marketing', { type: 'reschedule', plannedOn: '2027-01-31' })
      .act('2027-02-01 10:00', 'marketing', { type: 'reschedule', plannedOn: '2027-03-10' })
      .act('2027-02-01 10:00', 'business', { type: 'reschedule', plannedOn: '2027-03-11' });
    expect(codes(life)).toEqual(['date-passed', 'nothing-changes', 'not-responsible']);
  });
});

describe('the report (S003-S-10)', () => {
  test.each([
    // Held on, agreed days, last day: five days after Monday the 8th is Saturday the 13th, which moves to Monday the 15th.
    ['2027-03-10', 5, '2027-03-15'],
    ['2027-03-08', 5, '2027-03-15'],
    ['2027-03-08', 3, '2027-03-11'],
  ])('held on %s with %i days: due on %s', (heldOn, reportDays, due) => {
    const life = held(planned({}, { reportDays }), heldOn, `${heldOn} 16:00`);
    expect(life.state.reportDue?.localDate).toBe(due);
  });

  test('no length is agreed: no clock runs, and it never becomes overdue', () => {
    const life = held(planned({}, { reportDays: null })).until('2028-03-10');
    expect(life.state.reportDue).toBeNull();
    expect(kinds(life)).toEqual(['visit-planned', 'visit-held']);
    expect(mails(life).filter((mail) => mail.startsWith('visit-report'))).toEqual([]);
  });

  test('due on Monday 2027-03-15: recalled before and on the day; late it is on record, and the coordinator hears', () => {
    const life = held(planned()).until('2027-03-16 12:00');
    expect(mails(life).filter((mail) => mail.startsWith('visit-report'))).toEqual([
      'visit-report-reminder marketing to 2027-03-12T09:00 before-1',
      'visit-report-reminder marketing to 2027-03-15T09:00 due',
      'visit-report-reminder marketing to 2027-03-16T09:00 overdue-1',
      'visit-report-reminder coordinator copy 2027-03-16T09:00 overdue-1',
    ]);
    expect(kinds(life)).toEqual(['visit-planned', 'visit-held', 'visit-report-overdue']);
    expect(reported(life, '2027-03-17 10:00').events.at(-1)).toMatchObject({ type: 'visit-reported', daysLate: 2 });
  });

  test('a visit needs its file, a call-back its outcome (S001a-17); neither before it took place', () => {
    const nothing = { type: 'report' as const, documents: [], hasOutcome: false };
    expect(codes(planned().act('2027-03-10 10:00', 'marketing', nothing))).toEqual(['not-held']);
    expect(codes(held(planned()).act('2027-03-11 10:00', 'marketing', nothing))).toEqual(['report-missing']);
    const call = () => held(planned({}, { kind: 'call-back' }));
    expect(codes(call().act('2027-03-11 10:00', 'marketing', nothing))).toEqual(['outcome-missing']);
    expect(call().act('2027-03-11 10:00', 'marketing', { ...nothing, hasOutcome: true }).status).toBe('reported');
    expect(codes(reported(reported(held(planned())), '2027-03-13 10:00'))).toEqual(['already-fulfilled']);
  });

  test('it is held by today at the latest, once', () => {
    const early = planned().act('2027-03-09 10:00', 'marketing', {
      type: 'hold',
      heldOn: '2027-03-10',
      comprehensive: true,
    });
    expect(codes(early)).toEqual(['date-out-of-range']);
    expect(codes(held(held(planned()), '2027-03-10', '2027-03-11 10:00'))).toEqual(['visit-closed']);
  });
});

describe('what follows', () => {
  const followUp = { type: 'follow-up', finding: 'finding-1', dimension: null, severity: 4 } as const;

  test('what the customer said becomes a finding that weighs 3 for a key customer and is answered to it', () => {
    const life = reported(held(planned())).act('2027-03-12 11:00', 'business', followUp);
    const [started] = life.errands;
    expect(started).toMatchObject({
      kind: 'start',
      type: 'improvement',
      workflowId: `improvement/${AGREEMENT}/visit-1/finding-1`,
      input: {
        reference: 'visit-1/finding-1',
        finding: { source: 'visit', about: 'visit-1', severity: 4, customerWeight: 3, raisedBy: [CUSTOMER] },
      },
    });
    expect(codes(life.act('2027-03-12 12:00', 'marketing', followUp))).toEqual(['name-taken']);
  });

  test('before it took place nothing was found; without improvements in the contract nothing leads anywhere', () => {
    expect(codes(planned().act('2027-03-01 10:00', 'marketing', followUp))).toEqual(['not-held']);
    const life = held(planned({ improvement: null })).act('2027-03-11 10:00', 'marketing', followUp);
    expect(codes(life)).toEqual(['not-provided']);
  });

  test('cancelled, or over with its agreement, it changes no more; what took place stays', () => {
    const cancelled = planned().act('2027-02-01 10:00', 'marketing', { type: 'cancel' });
    expect(mails(cancelled)).toEqual(['visit-announced business copy 2027-02-01T10:00']);
    expect(codes(held(cancelled))).toEqual(['visit-closed']);
    expect(planned().tell('2027-02-01 10:00', { type: 'agreement-over' }).status).toBe('cancelled');
    const over = held(planned()).tell('2027-03-11 10:00', { type: 'agreement-over' });
    expect(over.status).toBe('held');
    expect(codes(reported(over))).toEqual(['agreement-ended']);
  });
});

describe('what a year needs', () => {
  const key = { surveys: 2, visits: 1 };
  const record = (change: Partial<CustomerRecord>): CustomerRecord => ({
    tier: 'key',
    since: '2026-01-01',
    questionnaires: [],
    visits: [],
    ...change,
  });
  const H1 = { period: '2027-H1', on: '2027-06-20' };
  const H2 = { period: '2027-H2', on: '2027-12-10' };
  const visit = (on: string, comprehensive = true) => ({ on, comprehensive });

  test.each<[string, Partial<CustomerRecord>, { surveys: number; visits: number }, boolean]>([
    ['nothing', {}, { surveys: 2, visits: 1 }, false],
    [
      'a questionnaire and a visit',
      { questionnaires: [H1], visits: [visit('2027-09-01')] },
      { surveys: 0, visits: 0 },
      true,
    ],
    ['two questionnaires without a visit', { questionnaires: [H1, H2] }, { surveys: 0, visits: 1 }, false],
    ['two visits', { visits: [visit('2027-03-01'), visit('2027-09-01')] }, { surveys: 0, visits: 0 }, true],
    [
      'two departments’ questionnaires of one half-year',
      { questionnaires: [H1, { ...H1, on: '2027-06-25' }], visits: [visit('2027-09-01')] },
      { surveys: 0, visits: 0 },
      true,
    ],
    ['one half-year twice, no visit', { questionnaires: [H1, H1] }, { surveys: 1, visits: 1 }, false],
    ['a visit that asked for less', { visits: [visit('2027-03-01', false)] }, { surveys: 2, visits: 1 }, false],
    [
      'a visit of the year before',
      { questionnaires: [H1], visits: [visit('2026-12-31')] },
      { surveys: 1, visits: 1 },
      false,
    ],
    // Reading: a key customer since after 30 June needs one survey in that year, by visit.
    [
      'key since 1 July, one visit',
      { since: '2027-07-01', visits: [visit('2027-09-01')] },
      { surveys: 0, visits: 0 },
      true,
    ],
    [
      'key since 1 July, one questionnaire',
      { since: '2027-07-01', questionnaires: [H2] },
      { surveys: 0, visits: 1 },
      false,
    ],
    ['key since 30 June', { since: '2027-06-30', visits: [visit('2027-09-01')] }, { surveys: 1, visits: 0 }, false],
  ])('S003-S-19, a key customer: two comprehensive surveys, one by visit: %s', (_, change, missing, met) => {
    const judgement = judged(record(change), key, 2027, '2027-12-31');
    expect({ surveys: judgement.surveys.missing, visits: judgement.visits.missing }).toEqual(missing);
    expect(judgement.met).toBe(met);
  });

  test('S003-S-20, an ordinary customer: one survey a year, by whatever way', () => {
    const rule = { surveys: 1, visits: 0 };
    expect(judged(record({ tier: 'ordinary' }), rule, 2027, '2027-12-31').met).toBe(false);
    expect(judged(record({ tier: 'ordinary', questionnaires: [H2] }), rule, 2027, '2027-12-31').met).toBe(true);
    expect(judged(record({ tier: 'ordinary', visits: [visit('2027-03-01')] }), rule, 2027, '2027-12-31').met).toBe(
      true,
    );
  });

  test('each quarter’s end sees what was there by then', () => {
    const customer = record({ questionnaires: [H1], visits: [visit('2027-09-01')] });
    expect(quarterEnds(2027).map(({ endsOn }) => [endsOn, judged(customer, key, 2027, endsOn).surveys.done])).toEqual([
      ['2027-03-31', 0],
      ['2027-06-30', 1],
      ['2027-09-30', 2],
      ['2027-12-31', 2],
    ]);
  });
});
