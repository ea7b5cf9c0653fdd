import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentRef } from '../../domain/agreement/command.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import type { FindingFacts, ImprovementCommand, ImprovementInput, Measure } from '../../domain/improvement/command.ts';
import { improvementRules } from '../../domain/improvement/improvement.ts';
import { addDays } from '../../domain/local-date.ts';
import type { CompiledImprovement } from '../../domain/survey/compiled.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { type ActOf, ProcessLife } from '../support/process-life.ts';

const AGREEMENT = '00000000-0000-7000-8000-000000000001';
const document = { sha256: 'a'.repeat(64), size: 1 };

/** The policy S004 as compiled: departments plan in ten days, management approves, a project leader checks monthly. */
const rules: CompiledImprovement = {
  clauses: ['S004-20', 'S004-21'],
  planner: 'service',
  departments: ['service', 'logistics'],
  approvers: ['management'],
  planDays: 10,
  cause: null,
  measureTypes: ['training', 'process_adjustment'],
  checks: { days: 30, by: 'leader', clauses: ['S004-22'] },
  verified: { clauses: ['S004-24'] },
  answer: { days: 3, clauses: ['S004-23'] },
  publication: null,
  escalateTo: 'management',
  categories: ['speed', 'attitude'],
  fulfils: null,
};

/** Twelve ordinary customers say that answers are slow: 3.10 of 5 in the first quarter. */
const finding: FindingFacts = {
  source: 'survey',
  about: 'quarterly-survey#2027-Q1',
  dimension: 'speed',
  frequency: 12,
  severity: 3,
  customerWeight: 1,
  measured: '3.10',
  raisedBy: [],
};

/** Raised by the clock on a Monday morning, 2027-04-12. */
function raised(
  change: Partial<CompiledImprovement> = {},
  facts: Partial<FindingFacts> = {},
  at = '2027-04-12 10:00',
  suspendedFrom?: string,
) {
  const reference = 'finding-1';
  const input: ImprovementInput = {
    format: 1,
    workflowId: `improvement/${AGREEMENT}/${reference}`,
    agreementId: AGREEMENT,
    reference,
    zone: zoneData('Asia/Shanghai'),
    calendar: loadCalendar('cn'),
    noticeHours: { days: 'working-days', from: '09:00', to: '18:00' },
    parties: ['company'],
    seats: ['company', 'service', 'logistics', 'management', 'leader', 'coordinator'],
    seatParties: { service: 'company', logistics: 'company', management: 'company', leader: 'company' },
    rules: { ...rules, ...change },
    finding: { ...finding, ...facts },
    clauses: ['S004-19'],
    raisedAtMs: Date.parse(`${at.replace(' ', 'T')}:00+08:00`),
    actor: { personId: 'clock', seat: 'clock', via: 'clock' },
    ...(suspendedFrom === undefined ? {} : { suspendedFrom }),
  };
  return new ProcessLife(improvementRules, input, at);
}

type Life = ReturnType<typeof raised>;
type Act = ActOf<ImprovementCommand>;

const GOAL = { dimension: 'speed', atLeast: '3.50' };
const MEASURES: Measure[] = [
  { id: 'measure-1', kind: 'training', owner: 'service', dueOn: '2027-05-31' },
  { id: 'measure-2', kind: 'process_adjustment', owner: 'logistics', dueOn: '2027-06-30' },
];

function classified(life: Life, at = '2027-04-12 14:00'): Life {
  return life.act(at, 'service', { type: 'classify', category: 'speed' });
}

function planned(life: Life, at = '2027-04-20 10:00', measures = MEASURES, goal: typeof GOAL | null = GOAL): Life {
  return life.act(at, 'service', { type: 'plan', hasCause: true, goal, measures, documents: [document] });
}

function approved(life: Life, at = '2027-04-21 10:00', version = 1): Life {
  return life.act(at, 'management', { type: 'approve-plan', version });
}

function implemented(life: Life): Life {
  return life
    .act('2027-05-20 10:00', 'service', { type: 'complete', measure: 'measure-1', documents: [document] })
    .act('2027-06-10 10:00', 'logistics', { type: 'complete', measure: 'measure-2', documents: [document] });
}

function measured(life: Life, value: string | null, at = '2027-07-15 10:00', cycle = 'quarterly-survey#2027-Q2'): Life {
  const publishedAtMs = life.ms(at) - 14 * 86_400_000; // open for fourteen days
  return life.tell(at, { type: 'effect', cycle, publishedAtMs, dimension: 'speed', value });
}

function answered(life: Life, customers: string[] = [], at = '2027-07-16 10:00'): Life {
  return life.act(at, 'service', { type: 'answer-customers', customers });
}

const C1 = 'customer-1';
const C2 = 'customer-2';
const isAssignment = ({ kind, rungs }: Notice): boolean => kind === 'measure-reminder' && rungs === undefined;
const codes = (life: Life): string[] => life.rejections.map(({ code }) => code);
const done = (change: Partial<CompiledImprovement> = {}, facts: Partial<FindingFacts> = {}): Life =>
  implemented(approved(planned(classified(raised(change, facts)))));

describe('from finding to proven effect', () => {
  test('the whole way: raised, classified, planned, approved, done, proven in the next cycle, answered, closed (S004-20, S004-23)', () => {
    const life = answered(measured(done(), '3.50'));
    expect(life.rejections).toEqual([]);
    expect(life.story()).toEqual([
      'finding-opened 2027-04-12T10:00',
      'finding-classified 2027-04-12T14:00',
      'plan-submitted 2027-04-20T10:00',
      'plan-approved 2027-04-21T10:00',
      'measure-completed 2027-05-20T10:00',
      'check-overdue 2027-05-22T00:00', // nobody looked in the thirty days from 04-21
      'measure-completed 2027-06-10T10:00',
      'plan-implemented 2027-06-10T10:00',
      'effect-verified 2027-07-15T10:00',
      'customers-answered 2027-07-16T10:00',
      'improvement-closed 2027-07-16T10:00',
    ]);
    expect(life.last('effect-verified')).toMatchObject({ verdict: 'effective', value: '3.50', goal: '3.50' });
    expect(life.status).toBe('closed');
    expect(life.until('2027-09-01').isOver).toBe(true);
  });

  test('each step waits for the one before it, and says what is missing', () => {
    const close = { type: 'close' } as const;
    const life = raised({ publication: { clauses: ['S004-26'] } });
    planned(life, '2027-04-12 11:00').act('2027-04-12 11:00', 'coordinator', close);
    approved(classified(life), '2027-04-13 10:00').act('2027-04-13 10:00', 'coordinator', close);
    planned(life)
      .act('2027-04-20 11:00', 'service', { type: 'complete', measure: 'measure-1', documents: [] })
      .act('2027-04-20 11:00', 'coordinator', close);
    approved(life).act('2027-04-22 11:00', 'coordinator', close);
    implemented(life).act('2027-06-10 11:00', 'coordinator', close);
    measured(life, '3.6').act('2027-07-15 11:00', 'coordinator', close);
    answered(life).act('2027-07-16 11:00', 'coordinator', close);
    expect(codes(life)).toEqual([
      ...['not-classified', 'not-classified', 'plan-missing', 'plan-missing'],
      ...['plan-not-approved', 'plan-not-approved', 'not-implemented', 'effect-unproven'],
      ...['answer-missing', 'not-published'],
    ]);
    life.act('2027-07-20 10:00', 'leader', { type: 'publish-results', documents: [document] });
    expect(life.status).toBe('closed');
    life.act('2027-07-21 10:00', 'coordinator', close);
    expect(codes(life).at(-1)).toBe('finding-closed');
  });

  test('S004-26: results are published to every seat before it closes, and a publication before the effect does not count', () => {
    const life = done({ publication: { clauses: ['S004-26'] } });
    const publish: Act = { type: 'publish-results', documents: [document] };
    answered(measured(life.act('2027-06-11 10:00', 'leader', publish), '3.50'));
    expect(life.status).toBe('effective');
    life.act('2027-07-19 10:00', 'leader', publish);
    expect(life.status).toBe('closed');
    expect(life.mail(({ kind }) => kind === 'results-published').slice(5)).toEqual([
      '2027-07-19T10:00 results-published company',
      '2027-07-19T10:00 results-published service',
      '2027-07-19T10:00 results-published logistics',
      '2027-07-19T10:00 results-published management',
      '2027-07-19T10:00 results-published coordinator', // whoever published it knows
    ]);
  });
});

describe('the stated rule of priority: how many × how grave × who (S004-19)', () => {
  const priority = (frequency: number, severity: number, customerWeight: number): string => {
    const { state } = classified(raised({}, { frequency, severity, customerWeight }));
    return `${state.score} ${state.priority}`;
  };

  test.each([
    [1, 5, 1, '5 low'], // one ordinary customer, grave
    [14, 1, 1, '14 low'],
    [1, 5, 3, '15 medium'], // one key customer, grave
    [12, 3, 1, '36 medium'],
    [59, 1, 1, '59 medium'],
    [20, 3, 1, '60 high'],
    [4, 5, 3, '60 high'], // four key customers, grave
  ])('%i customers × severity %i × weight %i: %s', (frequency, severity, weight, expected) => {
    expect(priority(frequency, severity, weight)).toBe(expected);
  });

  test('whoever classifies may weigh the severity anew: 12 × 5 × 1 = 60', () => {
    const life = raised().act('2027-04-12 14:00', 'service', { type: 'classify', category: 'speed', severity: 5 });
    expect(life.last('finding-classified')).toMatchObject({ severity: 5, score: 60, priority: 'high' });
  });

  test('merged: frequencies add up, the graver and the heavier hold, all who raised either are answered; the merged one ends', () => {
    const one = classified(raised({}, { raisedBy: [C1, C2], frequency: 2, severity: 5, customerWeight: 3 }));
    one.act('2027-04-13 10:00', 'service', { type: 'merge', into: 'finding-1' });
    one.act('2027-04-13 10:00', 'service', { type: 'merge', into: 'finding-2' });
    expect(codes(one)).toEqual(['nothing-changes']);
    expect(one.status).toBe('merged');
    const [told] = one.errandsOf('tell');
    expect(told?.workflowId).toBe(`improvement/${AGREEMENT}/finding-2`);

    const other = classified(raised({}, { raisedBy: [C2, 'customer-3'] }));
    expect(other.state).toMatchObject({ score: 36, priority: 'medium' });
    const { finding: facts } = one.state;
    other.tell('2027-04-13 10:00', { type: 'absorb', from: 'finding-1', finding: facts });
    other.tell('2027-04-13 10:00', { type: 'absorb', from: 'finding-1', finding: facts }); // a signal may come twice
    expect(other.state).toMatchObject({
      score: 210, // (12 + 2) × 5 × 3
      priority: 'high',
      absorbed: ['finding-1'],
      finding: { frequency: 14, severity: 5, customerWeight: 3, raisedBy: [C2, 'customer-3', C1] },
    });
    one.act('2027-04-14 10:00', 'service', { type: 'dismiss' }).tell('2027-04-14 10:00', {
      type: 'absorb',
      from: 'finding-9',
      finding: facts,
    });
    expect(codes(one).slice(1)).toEqual(['finding-closed']);
    // It ended meanwhile: what was to join it goes on by itself, with those who raised it, so that it does not vanish.
    const [again] = one.errandsOf('start');
    expect(again).toMatchObject({
      ...{ type: 'improvement', workflowId: `improvement/${AGREEMENT}/finding-9/again` },
      input: { reference: 'finding-9/again', finding: facts, raisedAtMs: one.ms('2027-04-14 10:00') },
    });
    expect(told?.otherwise?.workflowId).toBe(`improvement/${AGREEMENT}/finding-1/again`);
    const begun = new ProcessLife(improvementRules, (again as { input: ImprovementInput }).input, '2027-04-14 10:00');
    expect(classified(begun, '2027-04-14 14:00').status).toBe('classified');
    expect(one.until('2027-06-01').isOver).toBe(true);
  });

  test('S004-19: a category of the agreement and a department that plans here, by whoever plans, coordinates or raised it', () => {
    const life = raised()
      .act('2027-04-12 11:00', 'service', { type: 'classify', category: null })
      .act('2027-04-12 11:00', 'service', { type: 'classify', category: 'price' })
      .act('2027-04-12 11:00', 'service', { type: 'classify', category: 'speed', department: 'management' })
      .act('2027-04-12 11:00', 'logistics', { type: 'classify', category: 'speed' })
      .act('2027-04-12 12:00', 'coordinator', { type: 'classify', category: 'speed', department: 'logistics' });
    expect(codes(life)).toEqual(['not-classified', 'not-provided', 'unknown-seat', 'not-responsible']);
    expect(life.state).toMatchObject({ department: 'logistics', due: { localDate: '2027-04-22' } });
    // To another department: it is told, and the date stays as it was.
    life.act('2027-04-20 12:00', 'coordinator', { type: 'classify', category: 'attitude', department: 'service' });
    expect(life.state).toMatchObject({ department: 'service', due: { localDate: '2027-04-22' } });
    expect(life.mail(({ kind }) => kind === 'finding-assigned')).toEqual([
      '2027-04-12T10:00 finding-assigned service', // raised by the clock: to be classified
      '2027-04-12T12:00 finding-assigned logistics',
      '2027-04-20T12:00 finding-assigned service',
    ]);
  });

  test('S003-S-23, S002-24: an explicit “none” ends it without measures; not any more once they began', () => {
    expect(classified(raised()).act('2027-04-13 10:00', 'service', { type: 'dismiss' }).status).toBe('dismissed');
    const begun = approved(planned(classified(raised()))).act('2027-04-22 10:00', 'service', { type: 'dismiss' });
    expect(codes(begun)).toEqual(['already-approved']);
  });
});

describe('the plan', () => {
  const measure: Measure = { id: 'measure-1', kind: 'training', owner: 'logistics', dueOn: '2027-05-31' };

  test.each<[string, Measure[], string]>([
    ['no measures', [], 'measures-missing'],
    ['a date before today', [{ ...measure, dueOn: '2027-04-19' }], 'date-passed'],
    ['nobody to answer for it', [{ ...measure, owner: '' }], 'unknown-seat'],
    ['a kind that the agreement does not know', [{ ...measure, kind: 'advertising' }], 'not-provided'],
    ['two of one name', [measure, { ...measure, kind: 'other' }], 'name-taken'],
    ['its owner is who checks', [{ ...measure, owner: 'leader' }], 'own-measure'],
  ])('S004-20, S004-21: not accepted with %s', (_, measures, code) => {
    expect(codes(planned(classified(raised()), '2027-04-20 10:00', measures))).toEqual([code]);
  });

  test('S004-20: accepted with measures of today and of kind “other”, each with one owner', () => {
    const life = planned(classified(raised()), '2027-04-20 10:00', [
      { ...measure, dueOn: '2027-04-20' },
      { ...measure, id: 'measure-2', kind: 'other' },
    ]);
    expect(life.status).toBe('planned');
  });

  test('S001c-26, S003-C-09, S003-O-04: no measures before the cause is written', () => {
    const life = classified(raised({ cause: { clauses: ['S001c-26'] } }));
    const act = (hasCause: boolean): Act => ({ type: 'plan', hasCause, goal: GOAL, measures: MEASURES, documents: [] });
    life.act('2027-04-20 10:00', 'service', act(false));
    expect(life.refusals).toMatchObject([{ rejected: 'cause-missing', clauses: ['S001c-26'] }]);
    life.act('2027-04-20 10:00', 'service', act(true));
    expect(life.status).toBe('planned');
  });

  test('S004-20: due ten days after the classification; Thursday 04-22, handed in on Monday 04-26: four days late', () => {
    const life = planned(classified(raised()), '2027-04-26 10:00');
    expect(life.last('plan-overdue')).toMatchObject({ due: { localDate: '2027-04-22' }, actor: { seat: 'clock' } });
    expect(life.iso(life.last('plan-overdue').occurredAtMs)).toBe('2027-04-23T00:00:00+08:00');
    expect(life.last('plan-submitted').daysLate).toBe(4);
    expect(life.mail(({ kind }) => kind === 'plan-reminder')).toEqual([
      '2027-04-19T09:00 plan-reminder service', // three days before
      '2027-04-21T09:00 plan-reminder service',
      '2027-04-22T09:00 plan-reminder service',
      '2027-04-23T09:00 plan-reminder service',
      '2027-04-23T09:00 plan-reminder coordinator',
      '2027-04-23T09:00 plan-reminder management',
      '2027-04-26T09:00 plan-reminder service', // the third day after is a Sunday
      '2027-04-26T09:00 plan-reminder coordinator',
      '2027-04-26T09:00 plan-reminder management',
    ]);
    expect(life.notices.filter(({ kind }) => kind === 'plan-reminder').map(({ rungs }) => rungs?.join())).toEqual([
      ...['before-3', 'before-1', 'due'],
      ...['overdue-1', 'overdue-1', 'overdue-1', 'overdue-3', 'overdue-3', 'overdue-3'],
    ]);
  });

  test('a last day that is a holiday moves: classified on 04-21, ten days later is Labour Day, a Saturday; due on Monday 05-03', () => {
    const life = classified(raised({}, {}, '2027-04-21 09:00'), '2027-04-21 10:00');
    expect(life.state.due).toMatchObject({ localDate: '2027-05-03' });
    expect(life.iso(life.state.due?.dueAtMs ?? 0)).toBe('2027-05-04T00:00:00+08:00');
  });

  test('rejected with points: due again ten days later, or at its own date; late days of all rounds add up', () => {
    const reject = { type: 'reject-plan', version: 1 } as const;
    const life = planned(classified(raised()), '2027-04-26 10:00') // four days late
      .act('2027-04-27 10:00', 'management', { ...reject, pointCount: 0 })
      .act('2027-04-27 10:00', 'service', { ...reject, pointCount: 1 })
      .act('2027-04-27 10:00', 'management', { ...reject, pointCount: 2 });
    expect(codes(life)).toEqual(['points-missing', 'not-responsible']);
    expect(life.state).toMatchObject({ status: 'classified', due: { localDate: '2027-05-07' }, planOverdue: false });
    planned(life, '2027-05-09 10:00'); // two days late
    expect(life.last('plan-submitted')).toMatchObject({ version: 2, daysLate: 2 });
    expect(life.state.planDaysLate).toBe(6);
    approved(life, '2027-05-10 10:00', 1);
    expect(codes(life).at(-1)).toBe('nothing-to-approve'); // version 1 is not what waits
    expect(approved(life, '2027-05-10 10:00', 2).status).toBe('approved');
    const early = planned(classified(raised()), '2027-04-12 15:00').act('2027-04-12 16:00', 'management', {
      ...reject,
      pointCount: 1,
    });
    expect(early.state.due).toMatchObject({ localDate: '2027-04-22' });
  });

  test('handed in again while it waits for its approval: the next version, and no later than the first was', () => {
    const life = planned(planned(classified(raised()), '2027-04-22 10:00'), '2027-04-28 10:00');
    expect(life.state).toMatchObject({ version: 2, planDaysLate: 0, planOverdue: false });
  });

  test('two approve it, each once; a party speaks for its departments; who planned and other owners learn of it', () => {
    const life = planned(classified(raised({ approvers: ['management', 'leader'], checks: null })));
    approved(approved(life), '2027-04-21 11:00');
    expect(codes(life)).toEqual(['already-approved']);
    expect(life.status).toBe('planned');
    life.act('2027-04-22 10:00', 'company', { type: 'approve-plan', version: 1 });
    expect(life.last('plan-approved').seat).toBe('leader');
    expect(life.status).toBe('approved');
    expect(life.mail((n) => n.kind === 'plan-submitted' || n.kind === 'plan-decided' || isAssignment(n))).toEqual([
      '2027-04-20T10:00 plan-submitted management',
      '2027-04-20T10:00 plan-submitted leader',
      '2027-04-22T10:00 plan-decided service',
      '2027-04-22T10:00 measure-reminder logistics',
    ]);
  });

  test('S004-19: where the text names who classifies, they are asked to and may, beside whoever plans', () => {
    const life = raised({ classifier: 'leader' })
      .act('2027-04-12 11:00', 'logistics', { type: 'classify', category: 'speed' })
      .act('2027-04-12 14:00', 'leader', { type: 'classify', category: 'speed' })
      .until('2027-04-12 15:00');
    expect(codes(life)).toEqual(['not-responsible']);
    expect(life.status).toBe('classified');
    expect(life.mail(({ kind }) => kind === 'finding-assigned')).toEqual([
      '2027-04-12T10:00 finding-assigned leader',
      '2027-04-12T14:00 finding-assigned service', // plans it
    ]);
    expect(classified(raised({ classifier: 'leader' })).status).toBe('classified'); // the planner may, too
  });

  test('S000-37: where nobody has to approve it, measures begin with the plan, and no approval is recorded that nobody gave', () => {
    const life = planned(classified(raised({ approvers: [] })));
    expect(life.status).toBe('approved');
    expect(life.events.map(({ type }) => type)).not.toContain('plan-approved');
    const [told, ...others] = life.notices.filter(isAssignment);
    expect(told).toMatchObject({ seat: 'logistics', facts: { about: 'measure-2', localDate: '2027-06-30' } });
    expect(others).toEqual([]); // whoever planned knows of their own
  });

  test('an approved plan hands in the duty of its cycle with all its parts, in the name of who planned; later rounds do not', () => {
    const duty = { responsible: 'service', parts: ['measures', 'dates'], reviewers: [] };
    const life = approved(planned(classified(raised({ fulfils: 'improvement-plan', duty }))));
    expect(life.errandsOf('tell')).toMatchObject([
      {
        workflowId: `agreement/${AGREEMENT}`,
        command: {
          type: 'submit',
          obligation: 'improvement-plan',
          occurrence: '2027-Q1',
          parts: ['measures', 'dates'],
          documents: [document],
          actor: { personId: 'person-service', seat: 'service', via: 'workflow' },
        },
      },
    ]);
    planned(measured(implemented(life), '3.00'), '2027-07-20 10:00', [{ ...measure, dueOn: '2027-08-31' }]);
    approved(life, '2027-07-21 10:00', 2);
    expect(life.errandsOf('tell')).toHaveLength(1);
    const others = { ...duty, responsible: 'management' };
    expect(approved(planned(classified(raised({ fulfils: 'improvement-plan', duty: others })))).errands).toEqual([]);
  });
});

describe('measures', () => {
  const start = (change: Partial<CompiledImprovement> = {}): Life => approved(planned(classified(raised(change))));

  test('S004-21: the owner says that it is done; two days after its date are two days late, and management learns of it', () => {
    const life = start({ checks: null });
    life.act('2027-05-20 10:00', 'logistics', { type: 'complete', measure: 'measure-1', documents: [] });
    life.act('2027-06-02 10:00', 'service', { type: 'complete', measure: 'measure-1', documents: [document] });
    life.act('2027-06-02 11:00', 'service', { type: 'complete', measure: 'measure-1', documents: [document] });
    life.act('2027-06-02 11:00', 'service', { type: 'complete', measure: 'measure-9', documents: [document] });
    expect(codes(life)).toEqual(['not-responsible', 'already-fulfilled', 'unknown-measure']);
    expect(life.last('measure-completed')).toMatchObject({ measure: 'measure-1', daysLate: 2 });
    expect(life.iso(life.last('measure-overdue').occurredAtMs)).toBe('2027-06-01T00:00:00+08:00');
    expect(life.mail((notice) => notice.kind === 'measure-reminder' && !isAssignment(notice))).toEqual([
      '2027-05-28T09:00 measure-reminder service', // three days before 05-31, and one: a Sunday, moved back
      '2027-05-31T09:00 measure-reminder service',
      '2027-06-01T09:00 measure-reminder service',
      '2027-06-01T09:00 measure-reminder coordinator',
      '2027-06-01T09:00 measure-reminder management',
    ]);
    life.act('2027-06-30 10:00', 'coordinator', { type: 'complete', measure: 'measure-2', documents: [document] });
    expect(codes(life).at(-1)).toBe('not-responsible'); // in nobody's name
    const more = { onBehalfOf: 'logistics' };
    life.act('2027-06-30 10:00', 'coordinator', { type: 'complete', measure: 'measure-2', documents: [] }, more);
    expect(life.last('measure-completed')).toMatchObject({ measure: 'measure-2', daysLate: 0 });
    expect(life.status).toBe('implemented');
  });

  test('S004-22: checked every thirty days by somebody who owns none of the measures; overdue once, then reminded', () => {
    const life = start();
    expect(life.state.checkDue).toMatchObject({ localDate: '2027-05-21' });
    const check: Act = { type: 'check', verdict: 'on-track', documents: [] };
    life.act('2027-05-10 10:00', 'management', check);
    life.act('2027-05-10 10:00', 'leader', check);
    expect(codes(life)).toEqual(['not-responsible']);
    expect(life.state.checkDue).toMatchObject({ localDate: '2027-06-10' }); // 06-09 is Dragon Boat
    life.until('2027-06-15');
    expect(life.events.filter(({ type }) => type === 'check-overdue')).toHaveLength(1);
    expect(life.mail(({ kind, rungs }) => kind === 'check-reminder' && rungs?.[0] === 'overdue-1')).toEqual([
      '2027-06-11T09:00 check-reminder leader',
      '2027-06-11T09:00 check-reminder coordinator',
      '2027-06-11T09:00 check-reminder management',
    ]);
    expect(codes(start({ checks: null }).act('2027-05-10 10:00', 'leader', check))).toEqual(['not-provided']);
  });

  test('S004-22: a check that finds it behind tells whoever has something open', () => {
    const life = start().act('2027-05-10 10:00', 'leader', { type: 'check', verdict: 'behind', documents: [] });
    const told = life.notices.filter(({ facts }) => facts.verdict === 'behind');
    expect(told.map(({ seat, facts }) => `${seat} ${facts.about} ${facts.localDate}`)).toEqual([
      'service measure-1 2027-05-31',
      'logistics measure-2 2027-06-30',
    ]);
  });

  test('whoever did a measure does not check the plan, whatever seat they speak for', () => {
    const life = start()
      .act('2027-05-10 10:00', 'service', { type: 'complete', measure: 'measure-1', documents: [] })
      .act(
        '2027-05-11 10:00',
        'leader',
        { type: 'check', verdict: 'on-track', documents: [] },
        {
          personId: 'person-service',
        },
      );
    expect(life.refusals).toMatchObject([{ rejected: 'own-measure', clauses: ['S004-22'] }]);
  });
});

describe('the effect', () => {
  test('S001b-48, S001c-35: 3.49 of 3.50 in the next cycle re-opens it: another round, another plan, the old one stays beside it', () => {
    const life = measured(done(), '3.49');
    expect(life.last('effect-verified')).toMatchObject({ verdict: 'ineffective', cycle: 'quarterly-survey#2027-Q2' });
    expect(life.last('plan-reopened')).toMatchObject({ round: 2, due: { localDate: '2027-07-26' } }); // 07-25 is a Sunday
    expect(life.state).toMatchObject({
      status: 'classified',
      goal: null,
      measures: [],
      earlier: [{ round: 1, version: 1, goal: GOAL, measures: [{ daysLate: 0 }, { daysLate: 0 }] }],
    });
    expect(life.mail(({ kind }) => kind === 'plan-reopened')).toEqual([
      '2027-07-15T10:00 plan-reopened service',
      '2027-07-15T10:00 plan-reopened coordinator',
      '2027-07-15T10:00 plan-reopened management',
    ]);
    planned(life, '2027-07-20 10:00', [{ id: 'measure-1', kind: 'other', owner: 'service', dueOn: '2027-08-31' }]);
    approved(life, '2027-07-21 10:00', 2);
    life.act('2027-08-30 10:00', 'service', { type: 'complete', measure: 'measure-1', documents: [] });
    answered(measured(life, '3.72', '2027-10-15 10:00', 'quarterly-survey#2027-Q3'), [], '2027-10-18 10:00');
    expect(life.status).toBe('closed');
    expect(life.state.effects.map(({ verdict, value }) => `${verdict} ${value}`)).toEqual([
      'ineffective 3.49',
      'effective 3.72',
    ]);
  });

  test('S000-23: before the measures are done, of another dimension, of the cycle that raised it, or of too few answers: nothing is proven', () => {
    const early = measured(approved(planned(classified(raised()))), '4.00', '2027-05-01 10:00');
    expect(early.status).toBe('approved');
    const life = done();
    measured(life, null, '2027-07-15 10:00');
    measured(life, '4.00', '2027-07-16 10:00', 'quarterly-survey#2027-Q1');
    const other = { cycle: 'x#2027-Q2', publishedAtMs: life.ms('2027-07-01'), dimension: 'attitude', value: '5.00' };
    life.tell('2027-07-17 10:00', { type: 'effect', ...other });
    expect(life.status).toBe('implemented');
    expect(life.events.some(({ type }) => type === 'effect-verified')).toBe(false);
    expect(measured(life, '3.50', '2027-10-15 10:00', 'quarterly-survey#2027-Q3').status).toBe('effective');
  });

  test('S001b-48: the last measure was done on 06-10; a cycle that asked from 06-09 on tells of before, one from 06-11 on of the effect', () => {
    const life = measured(done(), '4.00', '2027-06-23 10:00'); // asked from 06-09, 10:00
    expect(life.status).toBe('implemented');
    expect(measured(life, '4.00', '2027-06-25 10:00').status).toBe('effective'); // from 06-11
  });

  test('decimals are compared, not their letters: 10.0 reaches 9.5', () => {
    const life = planned(classified(raised()), '2027-04-20 10:00', MEASURES, { dimension: 'speed', atLeast: '9.5' });
    expect(measured(implemented(approved(life)), '10.0').status).toBe('effective');
  });

  test('S003-C-09: nothing measures it; closed only with a cause, measures, and an effect that was checked with the customer', () => {
    const complaint = { source: 'case' as const, about: null, dimension: null, measured: null, raisedBy: [C1] };
    const life = classified(raised({ cause: { clauses: ['S003-C-09'] }, verified: null }, complaint));
    const verify = { type: 'verify', verdict: 'effective' } as const;
    implemented(approved(planned(life, '2027-04-20 10:00', MEASURES, null)))
      .act('2027-06-11 10:00', 'service', { ...verify, documents: [document] })
      .act('2027-06-11 10:00', 'leader', { ...verify, documents: [] })
      .act('2027-06-11 10:00', 'leader', { ...verify, documents: [document] }, { personId: 'person-logistics' });
    expect(codes(life)).toEqual(['not-responsible', 'evidence-missing', 'own-measure']);
    life.act('2027-06-11 11:00', 'leader', { ...verify, documents: [document] });
    expect(life.status).toBe('effective');
    answered(life, [C1], '2027-06-12 10:00');
    life.act(
      '2027-06-12 15:00',
      'customer',
      { type: 'customer-verdict', customer: C1, satisfied: true },
      {
        personId: C1,
      },
    );
    expect(life.status).toBe('closed');
  });

  test('what the next cycle measures is not proven by word; that it failed may be said at any time', () => {
    const life = done().act('2027-06-11 10:00', 'leader', {
      type: 'verify',
      verdict: 'effective',
      documents: [document],
    });
    expect(codes(life)).toEqual(['effect-unproven']);
    life.act('2027-06-12 10:00', 'leader', { type: 'verify', verdict: 'ineffective', documents: [] });
    expect(life.state).toMatchObject({ status: 'classified', round: 2 });
  });
});

describe('the answer to whoever raised it (S004-23)', () => {
  const effective = (change: Partial<CompiledImprovement> = {}): Life =>
    measured(done(change, { raisedBy: [C1, C2] }), '3.60');
  const says = (life: Life, at: string, customer: string, satisfied: boolean): Life =>
    life.act(at, 'service', { type: 'customer-verdict', customer, satisfied });

  test('three days after the effect; late, it is recorded once and told; not closed before everybody known has it', () => {
    const life = effective();
    expect(life.state.answerDue).toMatchObject({ localDate: '2027-07-19' }); // 07-18 is a Sunday
    answered(life, [], '2027-07-16 10:00');
    expect(life.refusals).toMatchObject([{ rejected: 'answer-missing', clauses: ['S004-23'] }]);
    answered(life, [C1], '2027-07-16 10:00').act('2027-07-16 11:00', 'coordinator', { type: 'close' });
    expect(codes(life)).toEqual(['answer-missing', 'answer-missing']);
    life.until('2027-07-21');
    expect(life.iso(life.last('answer-overdue').occurredAtMs)).toBe('2027-07-20T00:00:00+08:00');
    expect(life.mail(({ kind, role }) => kind === 'answer-reminder' && role !== 'copy')).toEqual([
      '2027-07-16T09:00 answer-reminder service',
      '2027-07-19T09:00 answer-reminder service',
      '2027-07-20T09:00 answer-reminder service',
    ]);
    answered(life, [C2], '2027-07-22 10:00');
    expect(life.status).toBe('effective'); // they may still say what they think of it
    expect(life.state.verdictDue).toMatchObject({ localDate: '2027-08-02' }); // ten days end on a Sunday
    life.until('2027-08-03 00:00');
    expect(life.status).toBe('closed');
    expect(life.iso(life.last('improvement-closed').occurredAtMs)).toBe('2027-08-03T00:00:00+08:00');
  });

  test('all are satisfied: it closes with the last verdict', () => {
    const life = answered(effective(), [C1, C2]);
    says(life, '2027-07-17 10:00', C1, true);
    expect(life.status).toBe('effective');
    says(life, '2027-07-17 11:00', C2, true);
    expect(life.status).toBe('closed');
  });

  test('one is not: it does not close by itself; somebody closes it all the same, or says that it failed', () => {
    const life = says(answered(effective(), [C1, C2]), '2027-07-17 10:00', C1, false).until('2027-12-31');
    expect(life.status).toBe('effective');
    expect(life.state.verdicts).toEqual({ [C1]: false });
    expect(life.act('2028-01-04 10:00', 'coordinator', { type: 'close' }).status).toBe('closed');

    const again = says(answered(effective(), [C1, C2]), '2027-07-17 10:00', C1, false);
    again.act('2027-07-20 10:00', 'leader', { type: 'verify', verdict: 'ineffective', documents: [] });
    expect(again.state).toMatchObject({ status: 'classified', round: 2, answeredCustomers: [], verdicts: {} });
  });

  test('one who was not answered has nothing to judge; another seat does not answer', () => {
    const life = answered(effective(), [C1]);
    says(life, '2027-07-17 10:00', C2, false);
    life.act('2027-07-17 10:00', 'logistics', { type: 'answer-customers', customers: [C2] });
    expect(codes(life)).toEqual(['answer-missing', 'not-responsible']);
  });

  test('S004-23: those of them who have an address get the answer by mail, nobody twice; it asks for their verdict', () => {
    const life = effective();
    const mail = (at: string, customers: string[], to: string[]): Life =>
      life.act(at, 'service', { type: 'answer-customers', customers, mail: to });
    mail('2027-07-16 20:00', [C1], [C1, C2]); // Friday evening, C2 is not answered yet
    mail('2027-07-19 08:00', [C1, C2], [C1, C2]).until('2027-07-19 10:00');
    const answers = life.notices.filter(({ kind }) => kind === 'customer-answer');
    expect(answers.map(({ addressee, atMs }) => [addressee, life.iso(atMs).slice(0, 16)])).toEqual([
      [C1, '2027-07-19T09:00'],
      [C2, '2027-07-19T09:00'],
    ]);
    const [first] = life.events.filter(({ type }) => type === 'customers-answered');
    expect(answers[0]).toMatchObject({
      seat: 'customer',
      role: 'customer',
      facts: { process: 'finding-1', about: first?.commandId, by: 'service', localDate: '2027-07-26' },
    });
    life.receive(
      '2027-07-20 10:00',
      { personId: C1, seat: 'customer', via: 'link' },
      {
        type: 'customer-verdict',
        customer: C1,
        satisfied: true,
      },
    );
    expect(life.state.verdicts).toEqual({ [C1]: true });
  });

  test('an answer that waits for the morning is not mailed when the effect turns out not to hold', () => {
    const life = effective();
    life.act('2027-07-16 20:00', 'service', { type: 'answer-customers', customers: [C1], mail: [C1] });
    life.act('2027-07-16 21:00', 'leader', { type: 'verify', verdict: 'ineffective', documents: [] });
    expect(life.until('2027-08-02').notices.filter(({ kind }) => kind === 'customer-answer')).toEqual([]);
  });

  test('S002-24: where the agreement asks for no answer, the proven effect closes it', () => {
    expect(effective({ answer: null }).status).toBe('closed');
  });
});

describe('the end of the agreement, and outages', () => {
  test('what is under way is cancelled; what lacked nothing but a verdict is closed; what is over stays so', () => {
    const open = approved(planned(classified(raised()))).tell('2027-05-01 10:00', { type: 'agreement-over' });
    expect(open.status).toBe('cancelled');
    expect(open.until('2027-12-31').isOver).toBe(true);
    expect(open.mail(({ atMs }) => atMs > open.ms('2027-05-01 10:00'))).toEqual([]);
    open.act('2028-01-03 10:00', 'service', { type: 'complete', measure: 'measure-1', documents: [document] });
    open.act('2028-01-03 10:00', 'service', { type: 'classify', category: 'speed' });
    expect(codes(open)).toEqual(['agreement-ended', 'agreement-ended']);
    const waits = answered(measured(done({}, { raisedBy: [C1] }), '3.60'), [C1]);
    expect(waits.tell('2027-07-17 10:00', { type: 'agreement-over' }).status).toBe('closed');
    const before = waits.events.length;
    expect(waits.tell('2027-07-18 10:00', { type: 'agreement-over' }).events).toHaveLength(before);
  });

  test('rungs that were missed while no worker was there are one mail, and the overdue bears its own instant', () => {
    const life = classified(raised()).until('2027-05-20 10:00', '2027-05-20 10:00');
    const rungs = life.notices.filter(({ kind, seat }) => kind === 'plan-reminder' && seat === 'service');
    expect(rungs.map((one) => one.rungs?.join(' '))).toEqual([
      'before-3', // was put by already
      'before-1 due overdue-1 overdue-3 overdue-7 overdue-14 overdue-21 overdue-28',
    ]);
    expect(life.iso(life.last('plan-overdue').occurredAtMs)).toBe('2027-04-23T00:00:00+08:00');
  });
});

describe('any order of acts', () => {
  const seat = fc.constantFrom('service', 'logistics', 'management', 'leader', 'company', 'coordinator', 'clock');
  const papers = fc.constantFrom<DocumentRef[]>([], [document]);
  const customers = fc.subarray([C1, C2, 'customer-3']);
  const act: fc.Arbitrary<Act> = fc.oneof(
    fc.record({
      type: fc.constant('classify' as const),
      category: fc.constantFrom('speed', 'attitude', null),
      severity: fc.integer({ min: 1, max: 5 }),
      department: fc.constantFrom('service', 'logistics'),
    }),
    fc.record({
      type: fc.constant('plan' as const),
      hasCause: fc.boolean(),
      goal: fc.constantFrom(GOAL, null),
      measures: fc.constantFrom(MEASURES, MEASURES.slice(0, 1), []),
      documents: papers,
    }),
    fc.record({ type: fc.constant('approve-plan' as const), version: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      type: fc.constant('reject-plan' as const),
      version: fc.integer({ min: 1, max: 4 }),
      pointCount: fc.nat(2),
    }),
    fc.record({
      type: fc.constant('complete' as const),
      measure: fc.constantFrom('measure-1', 'measure-2', 'measure-3'),
      documents: papers,
    }),
    fc.record({
      type: fc.constant('check' as const),
      verdict: fc.constantFrom('on-track' as const, 'behind' as const),
      documents: papers,
    }),
    fc.record({
      type: fc.constant('verify' as const),
      verdict: fc.constantFrom('effective' as const, 'ineffective' as const),
      documents: papers,
    }),
    fc.record({
      type: fc.constant('effect' as const),
      cycle: fc.constant('quarterly-survey#2027-Q2'),
      publishedAtMs: fc.constantFrom(0, 4_000_000_000_000),
      dimension: fc.constantFrom('speed', 'attitude'),
      value: fc.constantFrom('3.49', '3.50', '4.2', null),
    }),
    fc.record({ type: fc.constant('answer-customers' as const), customers }),
    fc.record({
      type: fc.constant('customer-verdict' as const),
      customer: fc.constantFrom(C1, C2),
      satisfied: fc.boolean(),
    }),
    fc.record({ type: fc.constant('publish-results' as const), documents: papers }),
    fc.record({
      type: fc.constant('absorb' as const),
      from: fc.constantFrom('finding-8', 'finding-9'),
      finding: customers.map((raisedBy) => ({ ...finding, raisedBy })),
    }),
  );
  const ending = fc.constantFrom<Act>(
    { type: 'merge', into: 'finding-7' },
    { type: 'dismiss' },
    { type: 'agreement-over' },
    { type: 'close' },
  );
  const rulesDrawn: fc.Arbitrary<Partial<CompiledImprovement>> = fc.record({
    approvers: fc.subarray(['management', 'leader']),
    planDays: fc.constantFrom(null, 10),
    cause: fc.constantFrom<CompiledImprovement['cause']>(null, { clauses: ['S001c-26'] }),
    checks: fc.constantFrom(null, rules.checks),
    verified: fc.constantFrom(null, rules.verified),
    answer: fc.constantFrom<CompiledImprovement['answer']>(null, { days: null, clauses: ['S004-23'] }, rules.answer),
    publication: fc.constantFrom<CompiledImprovement['publication']>(null, { clauses: ['S004-26'] }),
  });
  const dayOf = (days: number): string => `${addDays('2027-04-12', days)} 12:00`;
  /** What would bring it further, so that lives get far. */
  const onward = ({ state }: Life, today: string): [string, Act] => {
    const { version, department, approvedBy, input } = state;
    switch (state.status) {
      case 'raised':
        return ['service', { type: 'classify', category: 'speed' }];
      case 'classified': {
        const dueOn = addDays(today, 20);
        const measures = MEASURES.map((one) => ({ ...one, dueOn }));
        return [department ?? 'service', { type: 'plan', hasCause: true, goal: GOAL, measures, documents: [] }];
      }
      case 'planned': {
        const next = input.rules.approvers.find((one) => !approvedBy.includes(one));
        return [next ?? 'management', { type: 'approve-plan', version }];
      }
      case 'approved': {
        const next = state.measures.find(({ completedAtMs }) => completedAtMs === null);
        return [next?.owner ?? 'service', { type: 'complete', measure: next?.id ?? '', documents: [] }];
      }
      case 'implemented':
        if (!state.goal) return ['coordinator', { type: 'verify', verdict: 'effective', documents: [document] }];
        return ['clock', { type: 'effect', cycle: 'x', publishedAtMs: 4e12, dimension: 'speed', value: '3.80' }];
      default:
        if (state.publishedAtMs === null) return ['coordinator', { type: 'publish-results', documents: [] }];
        return ['coordinator', { type: 'answer-customers', customers: state.finding.raisedBy }];
    }
  };

  test('never throws; closed only with its effect proven and its answer given; nothing is late by less than no day', () => {
    let closed = 0;
    fc.assert(
      fc.property(
        rulesDrawn,
        customers,
        fc.array(
          fc.tuple(
            fc.oneof(
              { weight: 12, arbitrary: fc.constant(null) },
              { weight: 6, arbitrary: fc.tuple(seat, act) },
              { weight: 1, arbitrary: fc.tuple(seat, ending) },
            ),
            fc.nat(9),
          ),
          { minLength: 10, maxLength: 40 },
        ),
        (change, raisedBy, acts) => {
          const life = raised(change, { raisedBy });
          let day = 0;
          for (const [drawn, days] of acts) {
            const ended = ['closed', 'merged', 'dismissed', 'cancelled'].includes(life.status);
            const before = life.events.length;
            day += days;
            const [who, what] = drawn ?? onward(life, dayOf(day).slice(0, 10));
            life.act(dayOf(day), who, what);
            if (ended) expect(life.events).toHaveLength(before);
          }
          life.until(dayOf(day + 60));
          const { state, events } = life;
          expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
          expect(
            [state.planDaysLate, ...state.measures.map(({ daysLate }) => daysLate)].every((late) => late >= 0),
          ).toBe(true);
          const rungs = life.notices.flatMap(({ kind, seat: to, facts, rungs: all }) =>
            (all ?? []).map((rung) => [kind, to, state.round, facts.about, facts.dueAtMs, rung].join()),
          );
          if (state.earlier.length === 0 && state.version <= 1) expect(new Set(rungs).size).toBe(rungs.length);
          if (state.status !== 'closed') return;
          closed += 1;
          expect(state.effects.at(-1)?.verdict).toBe('effective');
          expect(state.measures.every(({ completedAtMs }) => completedAtMs !== null)).toBe(true);
          if (change.publication) expect(state.publishedAtMs).not.toBeNull();
          if (change.answer)
            expect(state.finding.raisedBy.filter((one) => !state.answeredCustomers.includes(one))).toEqual([]);
        },
      ),
      { numRuns: 250 },
    );
    expect(closed).toBeGreaterThan(20);
  });
});

describe('the cause has a date of its own (S003-C-09)', () => {
  const investigation = { days: 5, clauses: ['S003-C-09'] };
  const after = { cause: { clauses: ['S003-C-09'] }, investigation, approvers: [], categories: [], checks: null };
  const PLAN: Act = { type: 'plan', hasCause: false, goal: null, measures: MEASURES, documents: [] };

  test('raised on Monday 04-12 with five days: Saturday 04-17 moves to Monday 04-19; written on 04-21 two days late', () => {
    const life = raised(after);
    expect(life.state.causeDue?.localDate).toBe('2027-04-19');
    classified(life);
    life.until('2027-04-21 09:30');
    expect(life.events.filter(({ type }) => type === 'cause-overdue')).toHaveLength(1);
    expect(life.mail(({ kind }) => kind === 'cause-reminder')).toEqual([
      '2027-04-16T09:00 cause-reminder service',
      '2027-04-19T09:00 cause-reminder service',
      '2027-04-20T09:00 cause-reminder service',
      '2027-04-20T09:00 cause-reminder coordinator',
      '2027-04-20T09:00 cause-reminder management',
    ]);
    life.act('2027-04-21 10:00', 'service', PLAN);
    expect(codes(life)).toEqual(['cause-missing']);
    life.act('2027-04-21 11:00', 'service', { type: 'investigate', documents: [document] });
    expect(life.events.at(-1)).toMatchObject({ type: 'cause-found', daysLate: 2, clauses: ['S003-C-09'] });
    life.act('2027-04-21 14:00', 'service', PLAN);
    expect(life.state.status).toBe('approved');
    life.until('2027-05-20 10:00');
    expect(life.mail(({ kind }) => kind === 'cause-reminder')).toHaveLength(5);
  });

  test('a plan that bears the cause ends the clock, too; others than the department write no cause', () => {
    const life = classified(raised(after));
    life.act('2027-04-13 10:00', 'leader', { type: 'investigate', documents: [] });
    expect(codes(life)).toEqual(['not-responsible']);
    life.act('2027-04-16 10:00', 'service', { ...PLAN, hasCause: true });
    expect(life.events.slice(-2)).toMatchObject([{ type: 'cause-found', daysLate: 0 }, { type: 'plan-submitted' }]);
  });

  test('without the rule of the template there is neither date nor act', () => {
    const life = raised();
    expect(life.state.causeDue).toBeNull();
    life.act('2027-04-13 10:00', 'service', { type: 'investigate', documents: [] });
    expect(codes(life)).toEqual(['not-provided']);
  });
});

describe('the duty that a plan fulfils begins after another one (S004-20)', () => {
  const waiting = { fulfils: 'improvement-plan', beginsAfter: true } as const;
  const begun = (occurrence: string) => ({ type: 'duty-begun', obligation: 'improvement-plan', occurrence }) as const;
  const handedIn = (life: Life) => life.errandsOf('tell').map(({ command }) => command);

  test('a plan of that period that was approved before is handed in as it begins', () => {
    const life = approved(planned(classified(raised(waiting)), '2027-04-20 10:00'))
      .tell('2027-04-25 16:00', begun('2027-Q2'))
      .tell('2027-04-25 16:00', begun('2027-Q1'));
    expect(handedIn(life)).toHaveLength(2); // as it was approved, which was too early, and now
    expect(handedIn(life)[1]).toMatchObject({
      type: 'submit',
      obligation: 'improvement-plan',
      occurrence: '2027-Q1',
      receivedAtMs: life.ms('2027-04-25 16:00'),
      actor: { seat: 'service', via: 'workflow' },
    });
    expect(handedIn(life)[0]).not.toMatchObject({ id: (handedIn(life)[1] as { id: string }).id });
  });

  test('a plan without a period, for what somebody said, fulfils the first that begins after it, and no other', () => {
    const said = { source: 'feedback', about: 'F-2027-0003' } as const;
    const life = approved(planned(classified(raised(waiting, said)), '2027-04-20 10:00')); // 04-21 10:00
    const free = (freeSinceMs?: number | null) => ({
      ...begun('2027-Q1'),
      ...(freeSinceMs === undefined ? {} : { freeSinceMs }),
    });
    life.tell('2027-04-22 09:00', free()); // another one is open: it was handed in to that
    life.tell('2027-04-22 10:00', free(life.ms('2027-04-21 12:00'))); // the plan was there when that was open
    expect(handedIn(life)).toHaveLength(1);
    life.tell('2027-04-25 16:00', free(life.ms('2027-01-20 16:00')));
    expect(handedIn(life).slice(1)).toMatchObject([{ obligation: 'improvement-plan', occurrence: '2027-Q1' }]);
    // As Q2 begins, Q1 was fulfilled with it.
    life.tell('2027-07-25 16:00', { ...free(life.ms('2027-04-25 16:00')), occurrence: '2027-Q2' });
    expect(handedIn(life)).toHaveLength(2);
    const never = approved(planned(classified(raised(waiting, said)), '2027-04-20 10:00'));
    expect(handedIn(never.tell('2027-04-25 16:00', free(null)))).toHaveLength(2);
  });

  test('a plan that waits for its approval is none', () => {
    expect(handedIn(planned(classified(raised(waiting))).tell('2027-04-22 16:00', begun('2027-Q1')))).toEqual([]);
  });
});

describe('the agreement is suspended (design §4)', () => {
  const rule = { suspends: true } as const;

  test('meanwhile nothing is reminded or missed', () => {
    const life = approved(planned(classified(raised(rule))))
      .tell('2027-05-10 11:00', { type: 'clocks-stopped', from: '2027-05-10' })
      .until('2027-06-15 12:00');
    expect(life.mail(({ atMs, rungs }) => rungs !== undefined && atMs > life.ms('2027-05-10 11:00'))).toEqual([]);
    expect(life.events.at(-1)?.type).toBe('improvement-suspended');
  });

  test('afterwards what had not been missed moves by the days lost', () => {
    const life = approved(planned(classified(raised(rule))))
      .tell('2027-05-10 11:00', { type: 'clocks-stopped', from: '2027-05-10' })
      .tell('2027-05-20 09:00', { type: 'clocks-run', until: '2027-05-20' });
    expect(life.last('improvement-resumed')).toMatchObject({
      lostDays: 10,
      moved: [
        { of: 'measure-1', due: { localDate: '2027-06-10' } },
        { of: 'measure-2', due: { localDate: '2027-07-10' } },
        { of: 'check', due: { localDate: '2027-05-31' } }, // of 05-21; already a Monday
      ],
    });
    life.act('2027-06-10 20:00', 'service', { type: 'complete', measure: 'measure-1', documents: [document] });
    expect(life.last('measure-completed')).toMatchObject({ daysLate: 0 });
    expect(life.mail(({ kind, rungs }) => kind === 'measure-reminder' && rungs?.[0] === 'before-3')).toEqual([
      '2027-06-07T09:00 measure-reminder service',
    ]);
  });

  test('what had been missed before stays missed, and the template may let the dates go on', () => {
    const late = classified(raised(rule))
      .tell('2027-04-26 10:00', { type: 'clocks-stopped', from: '2027-04-26' })
      .tell('2027-05-10 10:00', { type: 'clocks-run', until: '2027-05-10' });
    expect(late.last('improvement-resumed').moved).toEqual([]);
    const running = classified(raised()).tell('2027-04-20 10:00', { type: 'clocks-stopped', from: '2027-04-20' });
    expect(running.state.suspended).toBeNull();
  });

  test('a date that began meanwhile has all its days afterwards', () => {
    const life = classified(
      raised(rule).tell('2027-04-13 09:00', { type: 'clocks-stopped', from: '2027-04-13' }),
      '2027-04-15 10:00',
    )
      .until('2027-05-09 12:00')
      .tell('2027-05-10 10:00', { type: 'clocks-run', from: '2027-04-13', until: '2027-05-10' });
    // Ten days from 05-10 on.
    expect(life.last('improvement-resumed').moved).toMatchObject([{ of: 'plan', due: { localDate: '2027-05-19' } }]);
    expect(life.state).toMatchObject({ planOverdue: false, suspended: null });
  });

  test('the last day rolls over once, at the end', () => {
    const life = classified(raised(rule), '2027-04-14 10:00'); // the tenth day is Saturday 04-24
    expect(life.state.due).toMatchObject({ localDate: '2027-04-26', rolledFrom: '2027-04-24' });
    life
      .tell('2027-04-19 10:00', { type: 'clocks-stopped', from: '2027-04-19' })
      .tell('2027-04-22 10:00', { type: 'clocks-run', from: '2027-04-19', until: '2027-04-22' });
    expect(life.state.due).toMatchObject({ localDate: '2027-04-27' }); // 04-24 and three days, a Tuesday
  });

  test('a finding that is raised meanwhile stands still from its beginning', () => {
    const investigation = { days: 5, clauses: ['S003-C-09'] };
    const life = raised({ ...rule, investigation }, {}, '2027-04-12 10:00', '2027-04-01');
    expect(life.last('improvement-suspended')).toMatchObject({ from: '2027-04-01', actor: { seat: 'clock' } });
    // It may have been told before it was there: so it asks.
    expect(life.errands).toEqual([{ kind: 'ask-clocks', from: '2027-04-01' }]);
    classified(life).until('2027-05-09 12:00');
    expect(life.mail(({ rungs }) => rungs !== undefined)).toEqual([]);
    expect(life.state).toMatchObject({ planOverdue: false, causeOverdue: false });
    const running = { type: 'clocks-run', from: '2027-04-01', until: '2027-05-10' } as const;
    life.tell('2027-05-10 10:00', running).tell('2027-05-10 10:01', running);
    // From 04-12 on, 27 days from 04-13 to 05-09 were lost: the fifth day of the cause is 05-14, the tenth of the plan 05-19.
    expect(life.events.filter(({ type }) => type === 'improvement-resumed')).toMatchObject([
      {
        lostDays: 27,
        moved: [
          { of: 'cause', due: { localDate: '2027-05-14' } },
          { of: 'plan', due: { localDate: '2027-05-19' } },
        ],
      },
    ]);
    expect(raised({}, {}, '2027-04-12 10:00', '2027-04-01').state.suspended).toBeNull();
  });

  test('a plan that is sent back meanwhile loses no day of its rework, nor of its own date', () => {
    const sentBack = (on: string, until: string): Life =>
      planned(classified(raised(rule)), '2027-04-14 10:00')
        .tell('2027-04-15 11:00', { type: 'clocks-stopped', from: '2027-04-15' })
        .act(`${on} 10:00`, 'management', { type: 'reject-plan', version: 1, pointCount: 1 })
        .tell(`${until} 09:00`, { type: 'clocks-run', from: '2027-04-15', until });
    // Ten days of rework, of which none has passed: from 05-10 on, all but 04-20 itself; 05-19.
    const rework = sentBack('2027-04-20', '2027-05-10');
    expect(rework.last('plan-rejected')).toMatchObject({ due: { localDate: '2027-04-30' } });
    expect(rework.last('improvement-resumed').moved).toMatchObject([{ of: 'plan', due: { localDate: '2027-05-19' } }]);
    // Fifteen days from 04-12: 04-27, of which 26 were lost since 04-14, is Sunday 05-23; the rework of 04-30 would be 05-19.
    const own = planned(classified(raised({ ...rule, planDays: 15 })), '2027-04-13 10:00')
      .tell('2027-04-14 11:00', { type: 'clocks-stopped', from: '2027-04-14' })
      .act('2027-04-20 10:00', 'management', { type: 'reject-plan', version: 1, pointCount: 1 })
      .tell('2027-05-10 09:00', { type: 'clocks-run', from: '2027-04-14', until: '2027-05-10' });
    expect(own.last('improvement-resumed').moved).toMatchObject([{ of: 'plan', due: { localDate: '2027-05-24' } }]);
  });

  test('the days in which a customer may answer stand still: silence closes nothing meanwhile', () => {
    const life = answered(measured(done(rule, { raisedBy: [C1] }), '3.60'), [C1]); // 07-16, so until 07-26
    expect(life.state.verdictDue).toMatchObject({ localDate: '2027-07-26' });
    life.tell('2027-07-20 10:00', { type: 'clocks-stopped', from: '2027-07-20' }).until('2027-08-30 12:00');
    expect(life.status).toBe('effective');
    life.tell('2027-08-31 10:00', { type: 'clocks-run', from: '2027-07-20', until: '2027-08-31' });
    // 42 days lost: Monday 09-06.
    expect(life.last('improvement-resumed').moved).toMatchObject([{ of: 'verdict', due: { localDate: '2027-09-06' } }]);
    expect(life.until('2027-09-06 23:00').status).toBe('effective');
    expect(life.until('2027-09-07 00:00').status).toBe('closed');
  });

  test('a finding that was raised meanwhile was not told: what it missed is taken back', () => {
    const life = classified(raised(rule)).until('2027-05-09 12:00');
    expect(life.state).toMatchObject({ planOverdue: true, due: { localDate: '2027-04-22' } });
    life.tell('2027-05-10 10:00', { type: 'clocks-run', from: '2027-04-01', until: '2027-05-10' });
    expect(life.state).toMatchObject({ planOverdue: false, due: { localDate: '2027-05-19' } });
    const later = classified(raised(rule)).tell('2027-04-20 10:00', {
      type: 'clocks-run',
      from: '2027-04-01',
      until: '2027-04-12',
    });
    expect(later.state.due).toMatchObject({ localDate: '2027-04-22' });
  });
});
