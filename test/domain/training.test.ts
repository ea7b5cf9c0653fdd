import { describe, expect, test } from 'vitest';
import type { CompiledTraining, TrainingInput } from '../../domain/training/compiled.ts';
import type { TrainingCommand } from '../../domain/training/command.ts';
import { passes } from '../../domain/training/examining.ts';
import { isQualified, qualificationOf, rosterOf } from '../../domain/training/qualification.ts';
import { trainingRules } from '../../domain/training/training.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { type ActOf, ProcessLife } from '../support/process-life.ts';

const AGREEMENT = '5e0c2a71-0000-7000-8000-000000000001';
const LI = '00000000-0000-7000-8000-0000000000a1';
const CHEN = '00000000-0000-7000-8000-0000000000a2';
const WU = '00000000-0000-7000-8000-0000000000a3';

/** S001b as compiled: examined within 7 days, 85 passes, who fails is trained again within 30 days. */
const TRAINING: CompiledTraining = {
  id: 'training-standard',
  clauses: ['S001b-13'],
  organiser: 'A',
  serves: ['staff-training'],
  fulfils: { exam: 'training-exam', retraining: 'retraining' },
  topics: [
    { id: 'product-knowledge', clauses: ['S001b-13'] },
    { id: 'communication', clauses: ['S001b-13'] },
  ],
  modes: ['classroom'],
  methods: [],
  exam: { passMark: '85', days: 7, clauses: ['S001b-15'] },
  retraining: { days: 30, clauses: ['S001b-16'] },
  certificate: { clauses: ['S001b-15'] },
  gate: null,
  feedback: null,
  escalateTo: null,
};

/** A session on Wednesday, 2027-03-10, planned the Monday of the week before. */
function session(change: Partial<CompiledTraining> = {}, more: Partial<TrainingInput> = {}, at = '2027-03-01 10:00') {
  const reference = 'training-1f3a9c2e';
  const input: TrainingInput = {
    format: 1,
    workflowId: `training/${AGREEMENT}/${reference}`,
    agreementId: AGREEMENT,
    reference,
    zone: zoneData('Asia/Shanghai'),
    calendar: loadCalendar('cn'),
    noticeHours: { days: 'working-days', from: '09:00', to: '18:00' },
    parties: ['A', 'B'],
    seats: ['A', 'B', 'coordinator'],
    seatParties: {},
    training: { ...TRAINING, ...change },
    topics: ['product-knowledge', 'communication'],
    mode: 'classroom',
    methods: [],
    plannedOn: '2027-03-10',
    trainees: [LI, CHEN],
    duty: { obligation: 'staff-training', occurrence: '2027-03-15' },
    duties: {
      'staff-training': { responsible: 'A', parts: [], mayOmit: [], reviewers: [] },
      'training-exam': {
        responsible: 'A',
        parts: ['results', 'certificates'],
        mayOmit: ['certificates'],
        reviewers: [],
      },
      retraining: {
        responsible: 'A',
        parts: ['attendance', 'results'],
        mayOmit: ['attendance', 'results'],
        reviewers: [],
      },
    },
    series: '5E0C2A71-1F3A9C2E',
    plannedAtMs: 0,
    actor: { personId: 'person-A', seat: 'A', party: 'A', via: 'api' },
    ...more,
  };
  return new ProcessLife(trainingRules, input, at);
}

type Life = ReturnType<typeof session>;
type Act = ActOf<TrainingCommand>;

function held(life: Life, attended = [LI, CHEN], heldOn = '2027-03-10', at = `${heldOn} 17:00`): Life {
  return life.act(at, 'A', { type: 'hold', heldOn, attended });
}

function examined(life: Life, examinedOn: string, marks: Record<string, string>): Life {
  const results = Object.entries(marks).map(([trainee, score]) => ({ trainee, score }));
  return life.act(`${examinedOn} 16:00`, 'A', { type: 'examine', examinedOn, results });
}

const COMPLETE: Act = {
  type: 'complete',
  handIn: true,
  duty: { obligation: 'staff-training', occurrence: '2027-03-15' },
  taught: ['product-knowledge', 'communication'],
  parts: [],
  documents: [],
};

function sent(life: Life): string[] {
  return life.notices.map(
    ({ kind, addressee, seat, atMs }) => `${kind} ${addressee ?? seat} ${life.iso(atMs).slice(0, 16)}`,
  );
}

function told(life: Life) {
  return life.errands.flatMap((errand) => (errand.kind === 'tell' ? [errand.command as object] : []));
}

describe('the pass mark (S001b-15)', () => {
  test.each([
    ['85.00', true],
    ['85', true],
    ['84.99', false],
    ['100', true],
    ['0', false],
  ])('a mark of %s against 85 passes: %s', (score, expected) => {
    expect(passes(score, '85')).toBe(expected);
  });
});

test('trainees are invited as it is planned, and reminded the working day before it; its organiser three days before', () => {
  const life = session().until('2027-03-10 12:00');
  expect(sent(life)).toEqual([
    `training-invitation ${LI} 2027-03-01T10:00`,
    `training-invitation ${CHEN} 2027-03-01T10:00`,
    // Three days before is a Sunday: the Friday before that.
    'training-reminder A 2027-03-05T09:00',
    `training-reminder ${LI} 2027-03-09T09:00`,
    `training-reminder ${CHEN} 2027-03-09T09:00`,
    'training-reminder A 2027-03-09T09:00',
    'training-reminder A 2027-03-10T09:00',
  ]);
});

test('a session that nobody said was held is missed at the end of its day, and can still be held', () => {
  const life = session().until('2027-03-11 10:00');
  expect(life.status).toBe('missed');
  expect(life.story()).toContain('training-missed 2027-03-11T00:00');
  expect(held(life, [LI], '2027-03-12').status).toBe('held');
  expect(life.events.at(-1)).toMatchObject({ attended: [LI], absent: [CHEN] });
});

test('another day invites everybody anew and forgets the reminders of the first one', () => {
  const life = session()
    .act('2027-03-02 10:00', 'A', { type: 'reschedule', plannedOn: '2027-03-17' })
    .until('2027-03-16 10:00');
  expect(sent(life).filter((line) => line.includes(LI))).toEqual([
    `training-invitation ${LI} 2027-03-01T10:00`,
    `training-invitation ${LI} 2027-03-02T10:00`,
    `training-reminder ${LI} 2027-03-16T09:00`,
  ]);
});

test('whoever reaches the mark exactly gets a numbered certificate; whoever misses it by 0.01 none, and the manager is told (S001b-15, S001b-16)', () => {
  const life = examined(held(session()), '2027-03-12', { [LI]: '85.00', [CHEN]: '84.99' });
  expect(life.story().slice(-4)).toEqual([
    'exam-passed 2027-03-12T16:00',
    'certificate-issued 2027-03-12T16:00',
    'exam-failed 2027-03-12T16:00',
    'retake-due 2027-03-12T16:00',
  ]);
  expect(life.state.trainees[0]).toMatchObject({
    certificate: { number: '5E0C2A71-1F3A9C2E-001', issuedOn: '2027-03-12' },
  });
  expect(life.state.trainees[1]?.certificate).toBeNull();
  expect(sent(life).slice(-4)).toEqual([
    `certificate-issued ${LI} 2027-03-12T16:00`,
    'exam-failed A 2027-03-12T16:00',
    'exam-failed coordinator 2027-03-12T16:00',
    `exam-failed ${CHEN} 2027-03-12T16:00`,
  ]);
});

test('the repeated training is due 30 days after the failed examination, rolled over a rest day (S001b-16)', () => {
  const life = examined(held(session()), '2027-03-12', { [CHEN]: '40' });
  // 2027-03-12 + 30 days = Sunday, 2027-04-11: the Monday after it.
  expect(life.state.trainees[1]?.retakeDue?.localDate).toBe('2027-04-12');
  expect(life.until('2027-04-13 08:00').story().at(-1)).toBe('retake-overdue 2027-04-13T00:00');
});

test('without a length agreed for it nothing is overdue (S001b-16)', () => {
  const life = session({ retraining: { days: null, clauses: ['S001b-16'] } });
  examined(held(life), '2027-03-12', { [LI]: '90', [CHEN]: '40' }).until('2028-03-12');
  expect(life.events.find(({ type }) => type === 'retake-due')).not.toHaveProperty('due');
  expect(life.story().some((line) => line.startsWith('retake-overdue'))).toBe(false);
});

test('the examination is due 7 days after the training (S001b-15)', () => {
  const life = held(session()).until('2027-03-18 08:00');
  expect(life.story().at(-1)).toBe('exam-overdue 2027-03-18T00:00');
  expect(life.events.at(-1)).toMatchObject({ trainees: [LI, CHEN] });
});

test('whoever failed is trained again before each further examination, as often as it takes (S001b-16)', () => {
  const life = held(session(), [CHEN]);
  for (const [training, exam] of [
    ['2027-03-15', '2027-03-12'],
    ['2027-03-22', '2027-03-16'],
    ['2027-03-29', '2027-03-23'],
  ] as const) {
    examined(life, exam, { [CHEN]: '60' });
    examined(life, exam, { [CHEN]: '99' });
    expect(life.rejections.at(-1)?.code).toBe('retraining-first');
    held(life, [CHEN], training);
  }
  examined(life, '2027-03-30', { [CHEN]: '86' });
  expect(life.state.trainees[1]?.attempts.map(({ passed }) => passed)).toEqual([false, false, false, true]);
  expect(life.state.trainees[1]?.certificate?.number).toBe('5E0C2A71-1F3A9C2E-002');
  examined(life, '2027-03-31', { [CHEN]: '99' });
  expect(life.rejections.at(-1)?.code).toBe('already-passed');
});

test('where nothing is said of retraining a failure keeps from the post, and another examination stays possible (S001c-13)', () => {
  const life = examined(held(session({ retraining: null })), '2027-03-12', { [CHEN]: '84' });
  expect(life.story().at(-1)).toBe('exam-failed 2027-03-12T16:00');
  expect(
    examined(life, '2027-03-15', { [CHEN]: '85' })
      .story()
      .at(-2),
  ).toBe('exam-passed 2027-03-15T16:00');
});

test('completing hands in the duty, the last mark that of the examination, the last pass that of retraining (S001b-15, S001b-16, S001b-39)', () => {
  const life = held(session()).act('2027-03-10 18:00', 'A', COMPLETE);
  expect(told(life)).toMatchObject([
    { type: 'submit', obligation: 'staff-training', occurrence: '2027-03-15', actor: { seat: 'A', via: 'workflow' } },
  ]);
  examined(life, '2027-03-12', { [LI]: '85', [CHEN]: '84.99' });
  expect(told(life)[1]).toMatchObject({ obligation: 'training-exam', parts: ['results', 'certificates'], omitted: [] });
  expect(life.isOver).toBe(false);
  held(life, [CHEN], '2027-03-20', '2027-03-22 09:30');
  examined(life, '2027-03-24', { [CHEN]: '91.5' });
  expect(told(life)[2]).toMatchObject({ obligation: 'retraining', parts: ['attendance', 'results'], omitted: [] });
  expect(life.status).toBe('closed');
  expect(life.next).toBeUndefined();
});

test('where everybody passes, the duty of retraining says that nobody needed it (S001b-16)', () => {
  const life = held(session());
  examined(life, '2027-03-12', { [LI]: '85', [CHEN]: '90' }).act('2027-03-15 10:00', 'A', COMPLETE);
  expect(told(life).map((command) => (command as { obligation: string }).obligation)).toEqual([
    'staff-training',
    'training-exam',
    'retraining',
  ]);
  expect(told(life)[2]).toMatchObject({ parts: [], omitted: ['attendance', 'results'] });
  expect(life.status).toBe('closed');
});

test('a duty whose checklist names a topic that was not taught is not handed in (S001a-10)', () => {
  const duties = {
    'staff-training': { responsible: 'A', parts: ['communication', 'effect'], mayOmit: [], reviewers: [] },
  };
  const life = held(session({ fulfils: { exam: null, retraining: null } }, { duties, topics: ['product-knowledge'] }));
  life.act('2027-03-10 18:00', 'A', { ...COMPLETE, taught: ['product-knowledge'], parts: ['effect'] } as Act);
  expect(life.refusals.at(-1)).toMatchObject({ rejected: 'checklist-incomplete' });
  expect(life.refusals.at(-1)?.message).toContain('communication');
  life.act('2027-03-10 18:00', 'A', { ...COMPLETE, parts: ['effect'] } as Act);
  expect(told(life)).toMatchObject([{ parts: ['communication', 'effect'], omitted: [] }]);
});

test('trainees are asked what they thought of it, and it closes when their days are over (S001c-51)', () => {
  const life = held(session({ exam: null, feedback: { clauses: ['S001c-51'] } }));
  life.act('2027-03-10 18:00', 'A', COMPLETE).act('2027-03-11 10:00', 'A', { type: 'feedback', trainee: LI, score: 4 });
  expect(sent(life).filter((line) => line.startsWith('training-feedback-request'))).toHaveLength(2);
  expect(life.status).toBe('completed');
  // 2027-03-10 + 10 days = Saturday: until the Monday after it.
  expect(life.until('2027-03-24 09:00').story().at(-1)).toBe('training-closed 2027-03-23T00:00');
});

test('what cannot be is refused: others than the organiser, the future, strangers, nobody', () => {
  const life = session();
  const cases: [string, Act, string][] = [
    ['B', { type: 'cancel' }, 'not-responsible'],
    ['A', { type: 'hold', heldOn: '2027-03-10', attended: [LI] }, 'date-out-of-range'],
    ['A', { type: 'hold', heldOn: '2027-03-02', attended: [] }, 'attendance-missing'],
    ['A', { type: 'hold', heldOn: '2027-03-02', attended: [WU] }, 'unknown-trainee'],
    ['A', { type: 'examine', examinedOn: '2027-03-02', results: [{ trainee: LI, score: '90' }] }, 'not-attended'],
    ['A', { type: 'reschedule', plannedOn: '2027-02-26' }, 'date-passed'],
    ['A', COMPLETE, 'not-held'],
    ['A', { type: 'feedback', trainee: LI, score: 3 }, 'not-provided'],
  ];
  for (const [seat, act] of cases) life.act('2027-03-02 10:00', seat, act);
  expect(life.rejections.map(({ code }) => code)).toEqual(cases.map(([, , code]) => code));
  held(life).act('2027-03-11 10:00', 'A', { type: 'cancel' });
  expect(life.rejections.at(-1)?.code).toBe('already-held');
});

test('it is called off with its agreement, and its trainees are told', () => {
  const life = session().tell('2027-03-02 10:00', { type: 'agreement-over' });
  expect(life.status).toBe('cancelled');
  expect(sent(life).slice(-2)).toEqual([
    `training-cancelled ${LI} 2027-03-02T10:00`,
    `training-cancelled ${CHEN} 2027-03-02T10:00`,
  ]);
  expect(life.until('2027-04-01').story()).toHaveLength(2);
});

describe('nobody works before passing', () => {
  const gated: CompiledTraining = { ...TRAINING, gate: { whole: false, clauses: ['S001c-13'] } };
  const onboarding: CompiledTraining = { ...gated, id: 'onboarding', gate: { whole: true, clauses: ['S001c-10'] } };

  test('qualified is who has passed, from the day of that examination on (S001c-13)', () => {
    const life = examined(held(session(gated)), '2027-03-12', { [LI]: '85', [CHEN]: '84.99' });
    const sessions = [life.state];
    expect(isQualified([gated], sessions, LI, '2027-03-11')).toBe(false);
    expect(isQualified([gated], sessions, LI, '2027-03-12')).toBe(true);
    expect(isQualified([gated], sessions, CHEN, '2027-03-31')).toBe(false);
    expect(isQualified([gated], sessions, WU, '2027-03-31')).toBe(false);
    expect(qualificationOf([gated], sessions, {}, LI, '2027-03-31')).toMatchObject({
      qualified: true,
      since: '2027-03-12',
      certificates: [{ number: '5E0C2A71-1F3A9C2E-001' }],
    });
    expect(rosterOf(sessions)).toEqual([LI, CHEN]);
  });

  test('new staff have to be through all topics before the post (S001c-10)', () => {
    const first = session(onboarding, { topics: ['product-knowledge'], trainees: [LI] });
    const second = session(onboarding, { topics: ['communication'], trainees: [LI], plannedOn: '2027-03-17' });
    examined(held(first, [LI]), '2027-03-12', { [LI]: '90' });
    expect(qualificationOf([onboarding], [first.state, second.state], {}, LI, '2027-03-12')).toMatchObject({
      qualified: false,
      missing: [{ training: 'onboarding', topics: ['communication'], exam: false }],
    });
    examined(held(second, [LI], '2027-03-17'), '2027-03-18', { [LI]: '90' });
    expect(qualificationOf([onboarding], [first.state, second.state], {}, LI, '2027-03-18')).toMatchObject({
      qualified: true,
      since: '2027-03-18',
    });
  });

  test('a contract without such a gate lets people work', () => {
    expect(qualificationOf([TRAINING], [session().state], {}, LI, '2027-03-12').qualified).toBeNull();
    expect(isQualified([TRAINING], [], LI, '2027-03-12')).toBe(true);
  });

  test('overdue is whose last training is longer ago than its interval (S001b-39)', () => {
    const life = held(session(), [LI]);
    const every = { 'training-standard': { unit: 'days' as const, count: 180 } };
    const overdue = (personId: string, day: string) =>
      qualificationOf([TRAINING], [life.state], every, personId, day).overdue;
    // 2027-03-10 + 180 days = 2027-09-06.
    expect(overdue(LI, '2027-09-06')).toEqual([]);
    expect(overdue(LI, '2027-09-07')).toEqual([
      { training: 'training-standard', lastOn: '2027-03-10', dueOn: '2027-09-06' },
    ]);
    expect(overdue(CHEN, '2027-03-11')).toEqual([{ training: 'training-standard', lastOn: null, dueOn: '2027-03-10' }]);
  });
});
