import { describe, expect, test } from 'vitest';
import { CUSTOMER, COORDINATOR } from '../../domain/agreement/parties.ts';
import { caseRules, clockDueOf } from '../../domain/case/case.ts';
import type { CaseInput } from '../../domain/case/command.ts';
import type { CompiledCaseClock, CompiledCases } from '../../domain/case/compiled.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { ProcessLife } from '../support/process-life.ts';

const AGREEMENT = '00000000-0000-7000-8000-000000000001';
/** As the driver names whoever acts as the customer. */
const BUYER = 'person-customer';

function clock(id: CompiledCaseClock['id'], count: number, change: Partial<CompiledCaseClock> = {}): CompiledCaseClock {
  const warnings = { hours: [], percents: [] };
  const means = id === 'opinion' || id === 'follow-up' ? 'silence' : 'late';
  return {
    ...{ id, clauses: ['S001a-65'], unit: 'hours', count, by: {}, warnings, means, liable: null },
    ...{ breachClauses: ['S001a-72'], ...change },
  };
}

const rules: CompiledCases = {
  id: 'complaints',
  clauses: ['S001a-15'],
  types: ['complaint'],
  provider: 'A',
  customer: null,
  handler: 'desk',
  deputies: [],
  escalateTo: ['boss'],
  channels: [],
  categories: [],
  clocks: [clock('record', 24), clock('resolution', 24, { means: 'breach', liable: 'A' })],
  steps: ['inform'],
  workingTime: null,
  pause: null,
  reportTo: null,
  decider: null,
  progressFrom: 'opening',
  recordRequired: true,
  opinionRequired: false,
  maxReassignments: null,
  lowScore: null,
  service: null,
  negotiators: [],
};

const OPENED = '2026-10-09 17:50';

function opened(of: Partial<CompiledCases> = {}, change: Partial<CaseInput> = {}) {
  const input: CaseInput = {
    format: 1,
    workflowId: `case/${AGREEMENT}/case-1`,
    agreementId: AGREEMENT,
    reference: 'case-1',
    zone: zoneData('Asia/Shanghai'),
    calendar: loadCalendar('cn'),
    noticeHours: { days: 'working-days', from: '09:00', to: '18:00' },
    parties: ['A', 'B'],
    seats: ['A', 'B', 'desk', 'boss', 'lab', 'coordinator'],
    seatParties: { desk: 'A', boss: 'A', lab: 'A' },
    rules: { ...rules, ...of },
    improvement: null,
    caseType: 'complaint',
    channel: 'hotline',
    severity: 'normal',
    priority: 'normal',
    tier: null,
    category: null,
    customerId: BUYER,
    customerMail: true,
    openedAtMs: Date.parse('2026-10-09T17:50:00+08:00'),
    repeats: [],
    actor: { personId: 'desk', seat: 'desk', party: 'A', via: 'api' },
    ...change,
  };
  return new ProcessLife(caseRules, input, OPENED);
}

type Life = ReturnType<typeof opened>;
const desk = 'desk';
const buyer = CUSTOMER;
const typesOf = (life: Life): string[] => life.events.map(({ type }) => type);
const breachesOf = (life: Life): string[] =>
  life.state.breaches.map(({ clock: id, cycle, atMs }) => `${id}#${cycle} ${life.iso(atMs).slice(0, 16)}`);

const at = (local: string): number => Date.parse(`${local}:00+08:00`);
/** When reports of progress were found missing. */
const missesOf = (life: Life): string[] =>
  life.events.flatMap((one) => (one.type === 'case-clock-breached' ? [life.iso(one.dueAtMs).slice(0, 16)] : []));

describe('what the driver of these tests can do', () => {
  test('a complaint comes in with its clocks, and its customer has a receipt at once', () => {
    const life = opened();
    expect(life.state.clocks.map(({ id, budget }) => [id, budget])).toEqual([
      ['record', 24],
      ['resolution', 24],
    ]);
    expect(life.notices.map(({ kind, seat }) => [kind, seat])).toContainEqual(['case-receipt', CUSTOMER]);
  });
});

describe('clocks', () => {
  test('run out once, at the same instant, whatever comes later', () => {
    const life = opened().until('2026-10-20 10:00');
    expect(breachesOf(life)).toEqual(['record#1 2026-10-10T17:50', 'resolution#1 2026-10-10T17:50']);
    expect(life.state.breaches[1]).toMatchObject({ means: 'breach', liable: 'A', claimant: BUYER });
    expect(life.next).toBeUndefined();
  });

  test('are met by what came before their end, and not by what came at it', () => {
    const inTime = opened().until('2026-10-10 17:49').act('2026-10-10 17:49', desk, { type: 'resolve', told: true });
    expect(breachesOf(inTime.until('2026-10-11 00:00'))).toEqual(['record#1 2026-10-10T17:50']);
    const late = opened().until('2026-10-10 17:50').act('2026-10-10 17:50', desk, { type: 'resolve', told: true });
    expect(breachesOf(late)).toContain('resolution#1 2026-10-10T17:50');
  });

  test('on one event stop together', () => {
    const both = [clock('response', 1), clock('resolution', 24)];
    const life = opened({ clocks: both }).act('2026-10-09 18:10', desk, { type: 'resolve', told: true });
    expect(new Set(life.state.clocks.map(({ stoppedAtMs }) => stoppedAtMs)).size).toBe(1);
  });

  test('have the length of the level, the priority, the category, in this order', () => {
    const by = { vip: 8, urgent: 12, rooms: 48 };
    const budgetOf = (change: Partial<CaseInput>): number | undefined =>
      opened({ clocks: [clock('resolution', 72, { by })] }, change).state.clocks[0]?.budget;
    expect(budgetOf({})).toBe(72);
    expect(budgetOf({ category: 'rooms' })).toBe(48);
    expect(budgetOf({ category: 'rooms', priority: 'urgent' })).toBe(12);
    expect(budgetOf({ category: 'rooms', priority: 'urgent', tier: 'vip' })).toBe(8);
  });

  test('a receipt is no response: the hour runs out without the handler', () => {
    const life = opened({ clocks: [clock('response', 1)] }).until('2026-10-09 19:00');
    expect(breachesOf(life)).toEqual(['response#1 2026-10-09T18:50']);
  });

  test('warn at what is left and at what is used, each once, and never once it is done', () => {
    const warned = clock('resolution', 24, { warnings: { hours: [4], percents: [50] } });
    const rungsOf = (life: Life): string[] =>
      life.notices.flatMap(({ rungs = [], atMs }) => rungs.map((rung) => `${rung} ${life.iso(atMs).slice(0, 16)}`));
    expect(rungsOf(opened({ clocks: [warned] }).until('2026-10-20 10:00'))).toEqual([
      'used-50 2026-10-10T05:50',
      'before-4h 2026-10-10T13:50',
    ]);
    const done = opened({ clocks: [warned] })
      .until('2026-10-10 08:00')
      .act('2026-10-10 08:00', desk, { type: 'resolve', told: true });
    expect(rungsOf(done.until('2026-10-20 10:00'))).toEqual(['used-50 2026-10-10T05:50']);
  });

  test('that end together warn, and are late, in one mail to each reader', () => {
    const warnings = { hours: [4], percents: [] };
    const clocks = [
      clock('record', 24, { warnings }),
      clock('resolution', 24, { warnings, means: 'breach', liable: 'A' }),
    ];
    const life = opened({ clocks }).until('2026-10-10 18:00');
    const ends = life.notices.filter(({ kind }) => kind === 'case-warning' || kind === 'case-late');
    expect(
      ends.map(({ kind, seat, facts }) => [kind, seat, facts.clocks?.map(({ about }) => about) ?? facts.about]),
    ).toEqual([
      ['case-warning', 'desk', ['record', 'resolution']],
      ['case-late', 'desk', ['record', 'resolution']],
      ['case-late', 'boss', ['record', 'resolution']],
      ['case-late', 'coordinator', ['record', 'resolution']],
      // What is no breach of the contract the parties are not told of.
      ['case-late', 'A', 'resolution'],
      ['case-late', 'B', 'resolution'],
    ]);
    expect(ends[1]?.facts.clocks?.map(({ verdict }) => verdict)).toEqual(['late', 'breach']);
    // One that was done meanwhile is left out of the warning.
    const one = opened({ clocks })
      .act('2026-10-09 19:00', desk, { type: 'record', content: true, process: true, result: true })
      .until('2026-10-10 14:00');
    expect(one.notices.filter(({ kind }) => kind === 'case-warning')).toMatchObject([
      { facts: { about: 'resolution' } },
    ]);
    expect(one.notices.some(({ facts }) => facts.clocks !== undefined)).toBe(false);
  });

  test('of progress come again: missing ones are counted, a report begins anew', () => {
    const life = opened({ clocks: [clock('progress', 24)] }).until('2026-10-11 18:00');
    expect(life.state.clocks).toMatchObject([{ missed: 2 }]);
    life.act('2026-10-11 20:00', desk, { type: 'progress' });
    expect(life.next?.slice(0, 16)).toBe('2026-10-12T20:00');
  });

  // The report is due by the end of the 10th, then of the 11th: a day each, none of them lost in between.
  test('of progress in days are missed day by day', () => {
    const life = opened({ clocks: [clock('progress', 1, { unit: 'days' })] }, { openedAtMs: at('2026-11-09T17:50') });
    expect(missesOf(life.until('2026-11-12 12:00'))).toEqual(['2026-11-11T00:00', '2026-11-12T00:00']);
    expect(life.next?.slice(0, 16)).toBe('2026-11-13T00:00');
  });

  // Three working days from Monday: Thursday; three more, over the weekend: Tuesday.
  test('of progress in working days count each working day once', () => {
    const days = clock('progress', 3, { unit: 'working-days' });
    const life = opened({ clocks: [days] }, { openedAtMs: at('2026-11-09T10:00') });
    expect(missesOf(life.until('2026-11-18 12:00'))).toEqual(['2026-11-13T00:00', '2026-11-18T00:00']);
  });

  test('that ran out say when what they waited for came after all', () => {
    const life = opened().act('2026-10-11 09:30', desk, { type: 'resolve', told: true });
    const resolution = life.state.clocks.find(({ id }) => id === 'resolution');
    expect([resolution?.breachedAtMs, resolution?.stoppedAtMs].map((ms) => life.iso(ms ?? 0).slice(0, 16))).toEqual([
      '2026-10-10T17:50',
      '2026-10-11T09:30',
    ]);
    // Silence ran out, and closing it is no opinion.
    const silent = opened({ clocks: [clock('opinion', 24)], steps: ['opinion'], recordRequired: false })
      .act('2026-10-09 18:00', desk, { type: 'resolve', told: true })
      .until('2026-10-11 09:00');
    expect(silent.state).toMatchObject({ outcome: 'unconfirmed', clocks: [{ id: 'opinion' }] });
    expect(silent.state.clocks[0]?.stoppedAtMs).toBeUndefined();
  });
});

describe('a pause', () => {
  const paused = {
    pause: { clauses: ['S003-C-16'] },
    clocks: [clock('resolution', 24), clock('contest', 5, { unit: 'days' })],
  };

  test('is refused where the contract has none', () => {
    const life = opened().act('2026-10-09 18:00', desk, { type: 'pause', reason: 'wrong-information' });
    expect(life.rejections.map(({ code }) => code)).toEqual(['not-provided']);
  });

  test('takes its elapsed time off the clock, which then ends so much later', () => {
    const life = opened(paused)
      .act('2026-10-09 20:00', desk, { type: 'pause', reason: 'wrong-information' })
      .act('2026-10-10 02:00', desk, { type: 'resume' });
    const [resolution] = life.state.clocks;
    expect(resolution && life.iso(clockDueOf(life.state, resolution) ?? 0).slice(0, 16)).toBe('2026-10-10T23:50');
  });

  test('also holds the reports of progress that begin while it lasts, as it is passed on', () => {
    const progress: Partial<CompiledCases> = {
      ...paused,
      clocks: [...paused.clocks, clock('progress', 24)],
      progressFrom: 'assignment',
    };
    const life = opened(progress)
      .act('2026-10-09 20:00', desk, { type: 'pause', reason: 'waiting-for-customer' })
      .act('2026-10-09 21:00', desk, { type: 'forward', to: 'lab' })
      .until('2026-10-12 20:00');
    expect([breachesOf(life), life.next]).toEqual([[], undefined]);
    life.act('2026-10-12 21:00', 'lab', { type: 'resume' });
    const clocks = life.state.clocks.map(
      (one) => `${one.id} ${life.iso(clockDueOf(life.state, one) ?? 0).slice(0, 16)}`,
    );
    // 21 h 50 min of the 24 were left at the pause, and all 24 of the clock that began in it.
    expect(clocks).toEqual(['resolution 2026-10-13T18:50', 'progress 2026-10-13T21:00']);
  });

  test('that is not contested is put down on the side of the customer; a contest lets the clocks run again', () => {
    const silent = opened(paused)
      .act('2026-10-09 20:00', desk, { type: 'pause', reason: 'wrong-information' })
      .until('2026-10-30 10:00');
    expect(breachesOf(silent)).toEqual(['contest#1 2026-10-15T00:00']);
    const contested = opened(paused)
      .act('2026-10-09 20:00', desk, { type: 'pause', reason: 'wrong-information' })
      .act('2026-10-10 08:00', buyer, { type: 'contest', corrected: false });
    expect(contested.state.paused).toBeNull();
    expect(breachesOf(contested.until('2026-10-30 10:00'))).toEqual(['resolution#1 2026-10-11T05:50']);
  });
});

describe('steps', () => {
  const chain: Partial<CompiledCases> = {
    steps: ['plan', 'confirm', 'execute', 'inform', 'opinion'],
    clocks: [],
    recordRequired: false,
  };

  test('of a request come in their order, and none is left out (S002-10)', () => {
    const life = opened(chain)
      .act('2026-10-09 18:00', desk, { type: 'plan' })
      .act('2026-10-09 18:01', desk, { type: 'respond' })
      .act('2026-10-09 18:02', desk, { type: 'execute' })
      .act('2026-10-09 18:03', desk, { type: 'plan' })
      .act('2026-10-09 18:04', desk, { type: 'resolve', told: false })
      .act('2026-10-09 18:05', buyer, { type: 'confirm', verdict: 'confirm' })
      .act('2026-10-09 18:06', desk, { type: 'execute' })
      .act('2026-10-09 18:07', desk, { type: 'resolve', told: false })
      .act('2026-10-09 18:08', desk, { type: 'close', opinionNotGiven: false })
      .act('2026-10-09 18:09', buyer, { type: 'judge', satisfied: true, score: null });
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'step-skipped',
      'step-skipped',
      'step-skipped',
      'opinion-awaited',
    ]);
    expect([life.state.status, life.state.outcome]).toEqual(['closed', 'confirmed']);
  });

  test('a step that the contract lacks is not there', () => {
    const life = opened()
      .act('2026-10-09 18:00', desk, { type: 'plan' })
      .act('2026-10-09 18:01', desk, { type: 'report' });
    expect(life.rejections.map(({ code }) => code)).toEqual(['not-provided', 'not-provided']);
  });

  test('a complaint is closed with its whole record and once the customer has the result alone', () => {
    const life = opened({}, { customerMail: false })
      .act('2026-10-09 18:00', desk, { type: 'resolve', told: false })
      .act('2026-10-09 18:01', desk, { type: 'close', opinionNotGiven: false })
      .act('2026-10-09 18:02', desk, { type: 'tell-result' })
      .act('2026-10-09 18:03', desk, { type: 'record', content: true, process: true, result: false })
      .act('2026-10-09 18:04', desk, { type: 'close', opinionNotGiven: false })
      .act('2026-10-09 18:05', desk, { type: 'record', content: false, process: false, result: true })
      .act('2026-10-09 18:06', desk, { type: 'close', opinionNotGiven: false });
    expect(life.rejections.map(({ code }) => code)).toEqual(['result-not-told', 'record-incomplete']);
    expect(life.state.outcome).toBe('completed');
  });

  test('reopening keeps what was, and each round has clocks of its own', () => {
    const life = opened({ recordRequired: false })
      .act('2026-10-09 18:00', desk, { type: 'resolve', told: true })
      .act('2026-10-09 18:01', desk, { type: 'close', opinionNotGiven: false })
      .act('2026-10-12 09:00', buyer, { type: 'reopen' })
      .act('2026-10-12 10:00', desk, { type: 'resolve', told: true })
      .act('2026-10-12 11:00', buyer, { type: 'judge', satisfied: false, score: null });
    expect(life.state.cycles.map(({ satisfied }) => satisfied)).toEqual([null, false, null]);
    expect(life.state.clocks.filter(({ id }) => id === 'resolution').map(({ cycle }) => cycle)).toEqual([1, 2, 3]);
    expect(life.state.status).toBe('open');
  });

  test('a follow-up is asked once; silence closes as unconfirmed and is nobody’s breach', () => {
    const followed = { steps: ['inform', 'opinion'] as CompiledCases['steps'], recordRequired: false };
    const clocks = [clock('follow-up', 7, { unit: 'days' }), clock('opinion', 5, { unit: 'days' })];
    const life = opened({ ...followed, clocks })
      .act('2026-10-09 18:00', desk, { type: 'resolve', told: false })
      .until('2026-12-01 10:00');
    expect(typesOf(life).filter((type) => type === 'case-follow-up-asked')).toHaveLength(1);
    expect([life.state.outcome, life.state.breaches.map(({ means }) => means)]).toEqual(['unconfirmed', ['silence']]);
  });
});

describe('who may', () => {
  test('only whoever handles it responds; it may be passed on, and too often is told', () => {
    const lab = 'lab';
    const life = opened({ maxReassignments: 1 })
      .act('2026-10-09 18:00', lab, { type: 'respond' })
      .act('2026-10-09 18:01', desk, { type: 'forward', to: 'lab' })
      .act('2026-10-09 18:02', desk, { type: 'respond' })
      .act('2026-10-09 18:03', lab, { type: 'respond' });
    expect(life.rejections.map(({ code }) => code)).toEqual(['not-responsible', 'not-responsible']);
    expect(life.state.suspected).toBe(false);
    life.act('2026-10-09 18:04', lab, { type: 'forward', to: 'desk' });
    expect(life.state.suspected).toBe(true);
  });

  test('where a party is the customer, nobody who bears a link speaks for it: no provider accepts its own work', () => {
    const life = opened(
      { customer: 'B', steps: ['accept', 'confirm'], recordRequired: false, pause: { clauses: [] } },
      { customerId: null, contactId: 'somebody', customerMail: false },
    )
      .act('2026-10-09 18:00', desk, { type: 'pause', reason: 'wrong-information' })
      .act('2026-10-09 18:01', buyer, { type: 'contest', corrected: true })
      .act('2026-10-09 18:02', desk, { type: 'resume' })
      .act('2026-10-09 18:03', buyer, { type: 'confirm', verdict: 'confirm' })
      .act('2026-10-09 18:04', desk, { type: 'resolve', told: false })
      .act('2026-10-09 18:05', buyer, { type: 'judge', satisfied: true, score: '5' }, { personId: 'somebody' })
      .act('2026-10-09 18:06', buyer, { type: 'reopen' })
      .act('2026-10-09 18:07', buyer, { type: 'note' });
    expect(new Set(life.rejections.map(({ code }) => code))).toEqual(new Set(['not-responsible']));
    expect(life.rejections).toHaveLength(5);
    expect(life.state.score).toBeNull();
    life.act('2026-10-09 18:08', 'B', { type: 'judge', satisfied: true, score: '5' });
    expect([life.state.score, life.state.outcome]).toEqual(['5', 'confirmed']);
  });

  test('each party agrees for itself alone to the solution of a major case', () => {
    const b = 'B';
    const a = 'A';
    const life = opened({ steps: ['negotiate'], negotiators: ['A', 'B'], recordRequired: false }, { severity: 'major' })
      .act('2026-10-09 18:00', desk, { type: 'agree-solution' })
      .act('2026-10-09 18:01', a, { type: 'agree-solution' })
      .act('2026-10-09 18:02', desk, { type: 'resolve', told: true })
      .act('2026-10-09 18:03', b, { type: 'agree-solution' })
      .act('2026-10-09 18:04', desk, { type: 'resolve', told: true });
    expect(life.rejections.map(({ code }) => code)).toEqual(['not-responsible', 'step-skipped']);
    expect(life.state.negotiated).toBe(true);
  });

  test('a special survey is declined with a reason, by whoever decides', () => {
    const of: Partial<CompiledCases> = { steps: ['special-survey'], decider: 'boss', recordRequired: false };
    const boss = 'boss';
    const life = opened(of, { severity: 'major' })
      .act('2026-10-09 18:00', desk, { type: 'decide', specialSurvey: 'declined', hasReason: true })
      .act('2026-10-09 18:01', boss, { type: 'decide', specialSurvey: 'declined', hasReason: false })
      .act('2026-10-09 18:02', boss, { type: 'decide', specialSurvey: 'declined', hasReason: true });
    expect(life.rejections.map(({ code }) => code)).toEqual(['not-responsible', 'reason-missing']);
    expect(life.state.specialSurvey).toBe('declined');
  });

  test('of a case that is no major one any more nothing is decided or negotiated: no clock runs for it', () => {
    const of: Partial<CompiledCases> = {
      steps: ['special-survey', 'negotiate'],
      negotiators: ['A', 'B'],
      clocks: [clock('decision', 72)],
    };
    const life = opened(of, { severity: 'major' }).act('2026-10-09 18:00', desk, {
      type: 'classify',
      severity: 'normal',
    });
    expect([life.state.status, life.next]).toEqual(['open', undefined]);
    expect(breachesOf(life.until('2026-10-20 10:00'))).toEqual([]);
    life.act('2026-10-20 11:00', desk, { type: 'classify', severity: 'major' }).until('2026-10-24 10:00');
    expect([life.state.status, breachesOf(life)]).toEqual(['negotiating', ['decision#1 2026-10-23T11:00']]);
    // A new priority leaves it a major one.
    const still = opened(of, { severity: 'major' }).act('2026-10-09 18:00', desk, {
      type: 'classify',
      priority: 'high',
    });
    expect([still.state.status, still.next?.slice(0, 16)]).toEqual(['negotiating', '2026-10-12T17:50']);
  });

  test('a late response puts whoever gave it on record, with how late (S004-25)', () => {
    const life = opened({ clocks: [clock('response', 1, { means: 'accountability' })] })
      .until('2026-10-09 19:20')
      .act('2026-10-09 19:20', desk, { type: 'respond' });
    expect(life.events.at(-1)).toMatchObject({
      ...{ type: 'case-accountability-recorded', person: 'person-desk', seat: 'desk', lateMs: 30 * 60_000 },
    });
  });
});

describe('around it', () => {
  test('a duplicate closes into the other one, and its clocks end with it', () => {
    const life = opened().act('2026-10-09 18:00', desk, { type: 'link', relation: 'duplicate', of: 'case-0' });
    expect([life.state.outcome, life.isOver, life.next]).toEqual(['duplicate', true, undefined]);
  });

  test('after the term of the service it is taken in, and no clock runs (S003-C-07)', () => {
    const life = opened({ service: { from: null, until: '2026-10-08' } }).until('2026-12-01 10:00');
    expect([life.state.outOfTerm, life.state.clocks, life.state.breaches]).toEqual([true, [], []]);
  });

  test('the end of the agreement leaves an open case open, its clock runs on, and closing it is the end', () => {
    const life = opened({ recordRequired: false })
      .tell('2026-10-09 19:00', { type: 'agreement-over' })
      .until('2026-10-11 10:00');
    expect([life.isOver, breachesOf(life).length]).toEqual([false, 2]);
    life
      .act('2026-10-11 11:00', desk, { type: 'resolve', told: true })
      .act('2026-10-11 11:01', COORDINATOR, { type: 'close', opinionNotGiven: false });
    expect(life.isOver).toBe(true);
  });
});
