import { describe, expect, test } from 'vitest';
import { dutiesOf, standInFor } from '../../domain/agreement/seating.ts';
import { isServed } from '../../domain/agreement/service.ts';
import { latestReading } from '../../domain/agreement/reading.ts';
import { Life, agreementOf, duty, serviceAttachments } from '../support/life.ts';

/**
 * S001a, signed on 2026-09-01: 李娜 acts for A, who owes the report (due 2026-10-08), the plan (2026-11-02, reviewed by
 * both) and the training plan (2026-11-30); 王强 for B; 周敏 coordinates.
 */
const PEOPLE = { A: 'li-na', B: 'wang-qiang', coordinator: 'zhou-min' };
const SIGNED = '2026-09-01 09:00';
const started = () => new Life(serviceAttachments(), SIGNED, PEOPLE);
const signed = () => started().sign(SIGNED);

/** The provider has a service desk with somebody of its own. */
const withDesk = () =>
  new Life(
    agreementOf([duty('report', 'signing', '30 days', { responsible: 'desk', reminderLeadDays: [1] })], {
      seats: ['A', 'B', 'desk', 'coordinator'],
      seatParties: { desk: 'B' },
    }),
    SIGNED,
    { ...PEOPLE, desk: 'chen-jie' },
  ).sign(SIGNED);

const replace = (seat: string, personId: string) => ({ type: 'replace' as const, seat, personId });
const vacate = (seat: string) => ({ type: 'vacate' as const, seat });
const recall = (seat: string) => ({ type: 'recall' as const, seat });
const delegate = (seat: string, deputy: string, from: string, until: string, obligations: string[] = []) => ({
  type: 'delegate' as const,
  seat,
  deputy,
  from,
  until,
  obligations,
});
const acknowledge = (what: string, documents: { sha256: string; size: number }[] = []) => ({
  type: 'acknowledge' as const,
  what,
  documents,
});
const circulate = (what: string, readers: string[]) => ({ type: 'circulate' as const, what, readers });
const remind = (what: string) => ({ type: 'remind' as const, what });
const scan = { sha256: 'a'.repeat(64), size: 1 };

const codes = (life: Life): string[] => life.rejections.map(({ code }) => code);
const lastOf = (life: Life, type: string) => life.events.filter((event) => event.type === type).at(-1);
const lettersOf = (life: Life, kind: string) => life.letters.filter((line) => line.includes(` ${kind} `));

describe('a person is replaced', () => {
  test('the dates stay; what waits is named; the next reminder goes to the new person, none to the one before', () => {
    const life = signed().act('2026-09-15 14:00', 'A', replace('A', 'zhao-lei')).until('2026-10-08 12:00');
    expect(lastOf(life, 'seat-replaced')).toMatchObject({
      seat: 'A',
      before: 'li-na',
      after: 'zhao-lei',
      open: ['needs-analysis-report', 'process-plan', 'training-plan'],
      actor: { personId: 'li-na', seat: 'A' },
    });
    expect(life.rows()).toEqual([
      'needs-analysis-report pending 2026-10-08',
      'process-plan pending 2026-11-02',
      'training-plan pending 2026-11-30',
    ]);
    expect(life.letters.filter((line) => line > '2026-09-15')).toEqual([
      '2026-09-15T14:00 seat-handed-over → zhao-lei',
      '2026-09-15T14:00 seat-handed-over → zhou-min',
      '2026-09-30T09:00 reminder → zhao-lei needs-analysis-report before-7+before-3+before-1',
      '2026-10-08T09:00 reminder → zhao-lei needs-analysis-report due',
    ]);
  });

  test('what is handed in afterwards bears the new person’s id, what came before the old one’s', () => {
    const life = signed()
      .submit('2026-09-10 10:00', 'needs-analysis-report')
      .act('2026-09-15 14:00', 'A', replace('A', 'zhao-lei'))
      .submit('2026-09-20 10:00', 'process-plan');
    const handedIn = life.events.filter(({ type }) => type === 'deliverable-submitted');
    expect(handedIn.map(({ actor }) => actor.personId)).toEqual(['li-na', 'zhao-lei']);
    expect(dutiesOf(life.state, 'A')).toEqual(['process-plan', 'training-plan']);
  });

  test('before the signatures: the successor is invited to sign; a signature given stays given', () => {
    const life = started()
      .act('2026-09-01 10:00', 'B', { type: 'sign', documents: [] })
      .act('2026-09-01 11:00', 'coordinator', replace('A', 'zhao-lei'))
      .act('2026-09-01 11:30', 'coordinator', replace('B', 'sun-yan'))
      .act('2026-09-02 10:00', 'A', { type: 'sign', documents: [] });
    expect(lettersOf(life, 'sign-invitation')).toEqual([
      '2026-09-01T09:00 sign-invitation → li-na',
      '2026-09-01T09:00 sign-invitation → wang-qiang',
      '2026-09-01T11:00 sign-invitation → zhao-lei',
    ]);
    expect(life.state).toMatchObject({ status: 'active', inForceOn: '2026-09-02', signatures: { B: '2026-09-01' } });
  });

  test('before the first invitation has left, the successor gets it once', () => {
    const life = new Life(serviceAttachments(), '2026-09-05 20:00', PEOPLE) // a Saturday evening
      .act('2026-09-06 10:00', 'coordinator', replace('A', 'zhao-lei'))
      .until('2026-09-07 12:00');
    expect(lettersOf(life, 'sign-invitation')).toEqual([
      '2026-09-07T09:00 sign-invitation → zhao-lei',
      '2026-09-07T09:00 sign-invitation → wang-qiang',
    ]);
  });

  test('only the party, whoever fills the seat and the coordinator may; nobody of the other side, no other seat', () => {
    const life = withDesk()
      .act('2026-09-15 14:00', 'A', replace('B', 'friend'))
      .act('2026-09-15 14:01', 'A', replace('desk', 'friend'))
      .act('2026-09-15 14:02', 'desk', replace('B', 'friend'))
      .act('2026-09-15 14:03', 'B', replace('coordinator', 'friend'))
      .act('2026-09-15 14:04', 'B', replace('gardener', 'friend'));
    expect(codes(life)).toEqual([...Array<string>(4).fill('not-responsible'), 'unknown-seat']);
    life
      .act('2026-09-15 15:00', 'desk', replace('desk', 'one'))
      .act('2026-09-15 15:01', 'B', replace('desk', 'two'))
      .act('2026-09-15 15:02', 'coordinator', replace('desk', 'three'));
    expect(life.state.seated['desk']).toBe('three');
    expect(codes(life)).toHaveLength(5);
  });

  test('whom somebody else replaced is told; who handed the seat over themselves knows', () => {
    const life = signed()
      .act('2026-09-15 14:00', 'A', replace('A', 'zhao-lei')) // 李娜 herself
      .act('2026-09-16 14:00', 'coordinator', replace('A', 'he-jing'))
      .until('2026-09-16 15:00');
    expect(lettersOf(life, 'seat-relieved')).toEqual(['2026-09-16T14:00 seat-relieved → zhao-lei']);
    const notice = life.notices.find(({ kind }) => kind === 'seat-relieved');
    expect(notice?.facts).toEqual({ seat: 'A', before: 'zhao-lei', after: 'he-jing' });
  });

  test('the successor is asked for what the seat has not read, once; not for what it has, nor for what others read', () => {
    const life = signed()
      .act('2026-09-08 10:00', 'coordinator', circulate('agreement', ['A', 'B']))
      .act('2026-09-08 11:00', 'coordinator', circulate('process-plan', ['A', 'B', 'person:zhao-lei']))
      .act('2026-09-09 10:00', 'B', acknowledge('process-plan'))
      .act('2026-09-10 10:00', 'coordinator', replace('B', 'sun-yan'))
      .until('2026-09-10 12:00');
    const requests = (since: string) =>
      lettersOf(life, 'acknowledgement-request').filter((line) => line.slice(0, 10) >= since);
    expect(requests('2026-09-10')).toEqual(['2026-09-10T10:00 acknowledgement-request → sun-yan']);
    expect(life.notices.findLast(({ kind }) => kind === 'acknowledgement-request')).toMatchObject({
      seat: 'B',
      role: 'B',
      act: 'acknowledge',
      facts: { what: 'agreement' },
    });

    expect(life.notices.find(({ kind }) => kind === 'seat-handed-over')?.facts).toMatchObject({
      unread: ['agreement'],
    });

    // The first request has not left yet on Saturday: on Monday it goes to whoever follows, and no second one.
    life
      .act('2026-09-12 10:00', 'coordinator', circulate('training-plan', ['B']))
      .act('2026-09-12 11:00', 'B', acknowledge('agreement'))
      .act('2026-09-12 12:00', 'coordinator', replace('B', 'he-jing'))
      .until('2026-09-14 12:00');
    expect(requests('2026-09-12')).toEqual(['2026-09-14T09:00 acknowledgement-request → he-jing training-plan']);
  });

  test('the same person again changes nothing and writes to nobody', () => {
    const life = signed().until('2026-09-15 13:00');
    const before = life.state;
    life.act('2026-09-15 14:00', 'A', replace('A', 'li-na'));
    expect(life.state).toEqual(before);
  });

  test('one person cannot sit on both sides; the coordinator may be anybody', () => {
    const life = withDesk()
      .act('2026-09-15 14:00', 'A', replace('A', 'wang-qiang'))
      .act('2026-09-15 14:01', 'B', replace('desk', 'li-na'));
    expect(codes(life)).toEqual(['both-sides', 'both-sides']);
    life
      .act('2026-09-15 14:02', 'B', replace('desk', 'wang-qiang')) // two seats of one side
      .act('2026-09-15 14:03', 'coordinator', replace('coordinator', 'wang-qiang'));
    expect(life.state.seated).toMatchObject({ desk: 'wang-qiang', coordinator: 'wang-qiang' });
    expect(codes(life)).toHaveLength(2);
  });

  test('who stands in for one side is not seated on the other until that is over', () => {
    const life = signed()
      .act('2026-09-15 10:00', 'B', delegate('B', 'sun-yan', '2026-09-20', '2026-09-25'))
      .act('2026-09-25 10:00', 'A', replace('A', 'sun-yan'));
    expect(codes(life)).toEqual(['both-sides']);
    life.act('2026-09-26 10:00', 'A', replace('A', 'sun-yan'));
    expect(life.state.seated['A']).toBe('sun-yan');
  });

  test('an agreement of the first release does not say who sits: the first replacement does', () => {
    const life = new Life(serviceAttachments(), SIGNED)
      .sign(SIGNED)
      .act('2026-09-15 14:00', 'A', replace('A', 'zhao-lei'));
    expect(lastOf(life, 'seat-replaced')).toMatchObject({ before: null, after: 'zhao-lei' });
  });
});

describe('a person leaves', () => {
  test('every duty is listed and told to the coordinator, who gets the seat’s mail until somebody follows', () => {
    const life = signed()
      .act('2026-09-15 14:00', 'coordinator', vacate('A'))
      .until('2026-10-08 12:00')
      .act('2026-10-08 14:00', 'A', replace('A', 'zhao-lei'), { personId: 'boss' })
      .until('2026-10-12 12:00');
    const open = ['needs-analysis-report', 'process-plan', 'training-plan'];
    expect(lastOf(life, 'seat-vacated')).toMatchObject({ seat: 'A', before: 'li-na', open });
    expect(life.notices.find(({ kind }) => kind === 'seat-vacant')?.facts).toEqual({
      seat: 'A',
      before: 'li-na',
      duties: open,
      dutyDates: {
        'needs-analysis-report': '2026-10-08',
        'process-plan': '2026-11-02',
        'training-plan': '2026-11-30',
      },
    });
    expect(life.letters.filter((line) => line > '2026-09-15' && !line.includes('penalty'))).toEqual([
      '2026-09-15T14:00 seat-vacant → zhou-min',
      '2026-09-30T09:00 reminder → zhou-min needs-analysis-report before-7+before-3+before-1',
      '2026-10-08T09:00 reminder → zhou-min needs-analysis-report due',
      '2026-10-08T14:00 seat-handed-over → zhao-lei',
      '2026-10-08T14:00 seat-handed-over → zhou-min',
      '2026-10-09T09:00 reminder → zhao-lei needs-analysis-report overdue-1',
      '2026-10-09T09:00 reminder → zhou-min needs-analysis-report overdue-1',
      '2026-10-12T09:00 reminder → zhao-lei needs-analysis-report overdue-3',
      '2026-10-12T09:00 reminder → zhou-min needs-analysis-report overdue-3',
    ]);
    expect(lastOf(life, 'seat-replaced')).toMatchObject({ before: null });
  });

  test('while the coordinator is away, that mail goes to the coordinator’s deputy', () => {
    const life = signed()
      .act('2026-09-15 14:00', 'coordinator', vacate('A'))
      .act('2026-09-15 15:00', 'coordinator', delegate('coordinator', 'he-jing', '2026-09-30', '2026-09-30'))
      .until('2026-10-08 12:00');
    expect(lettersOf(life, 'reminder')).toEqual([
      '2026-09-30T09:00 reminder → he-jing for zhou-min needs-analysis-report before-7+before-3+before-1',
      '2026-10-08T09:00 reminder → zhou-min needs-analysis-report due',
    ]);
  });

  test('a verdict that somebody owes is a duty, too; what is settled is none', () => {
    const life = signed()
      .submit('2026-09-10 10:00', 'needs-analysis-report')
      .submit('2026-09-10 11:00', 'process-plan');
    expect(dutiesOf(life.state, 'A')).toEqual(['process-plan', 'training-plan']); // not accepted yet
    expect(dutiesOf(life.state, 'B')).toEqual(['process-plan']); // the review
    life.accept('2026-09-11 10:00', 'process-plan');
    expect(dutiesOf(life.state, 'A')).toEqual(['training-plan']);
    expect(dutiesOf(life.state, 'B')).toEqual([]);
  });

  test('of what recurs, the occurrence that runs and what comes again are named', () => {
    const quarterly = duty('survey', { event: 'never' }, '0 days', {
      deadline: {
        anchor: 'effect',
        offset: { unit: 'days', count: 0 },
        rollover: 'next-working-day',
        dayEnd: '24:00',
      },
      recurrence: { by: 'period', period: 'quarter', edge: 'end', partialFirst: true },
    });
    const life = new Life(agreementOf([quarterly]), SIGNED, PEOPLE).sign(SIGNED);
    expect(dutiesOf(life.state, 'B')).toEqual(['survey#2026-Q3', 'survey']);
  });

  test('twice is once; the coordinator’s own seat is handed over, never empty; the other side may not', () => {
    const life = signed()
      .act('2026-09-15 14:00', 'coordinator', vacate('A'))
      .act('2026-09-15 14:01', 'coordinator', vacate('A'))
      .act('2026-09-15 14:02', 'coordinator', vacate('coordinator'))
      .act('2026-09-15 14:03', 'A', vacate('B'), { personId: 'li-na' });
    expect(life.events.filter(({ type }) => type === 'seat-vacated')).toHaveLength(1);
    expect(lettersOf(life.until('2026-09-16 12:00'), 'seat-vacant')).toHaveLength(1);
    expect(codes(life)).toEqual(['successor-needed', 'not-responsible']);
  });

  test('nobody can be absent from an empty seat', () => {
    const life = signed()
      .act('2026-09-15 14:00', 'coordinator', vacate('A'))
      .act('2026-09-15 15:00', 'coordinator', delegate('A', 'sun-yan', '2026-09-20', '2026-09-25'));
    expect(codes(life)).toEqual(['seat-vacant']);
  });
});

describe('somebody stands in', () => {
  test('from the first to the last day inclusive: mail at 09:00 on both, and on the days beside', () => {
    const daily = serviceAttachments({}, (rule) => ({
      ...rule,
      penalty: null,
      reminderLeadDays: [20, 19, 18, 17, 16, 15, 14],
    }));
    const life = new Life({ ...daily, noticeHours: { days: 'every-day', from: '09:00', to: '18:00' } }, SIGNED, PEOPLE)
      .sign(SIGNED)
      .act('2026-09-15 10:00', 'A', delegate('A', 'sun-yan', '2026-09-20', '2026-09-22'))
      .until('2026-09-24 12:00');
    expect(lettersOf(life, 'reminder')).toEqual([
      '2026-09-18T09:00 reminder → li-na needs-analysis-report before-20',
      '2026-09-19T09:00 reminder → li-na needs-analysis-report before-19',
      '2026-09-20T09:00 reminder → sun-yan for li-na needs-analysis-report before-18',
      '2026-09-21T09:00 reminder → sun-yan for li-na needs-analysis-report before-17',
      '2026-09-22T09:00 reminder → sun-yan for li-na needs-analysis-report before-16',
      '2026-09-23T09:00 reminder → li-na needs-analysis-report before-15',
      '2026-09-24T09:00 reminder → li-na needs-analysis-report before-14',
    ]);
  });

  test('the deputy is told what it is about, the coordinator gets a copy', () => {
    const life = signed()
      .act('2026-09-15 10:00', 'A', delegate('A', 'sun-yan', '2026-09-20', '2026-09-22', ['process-plan']))
      .until('2026-09-15 12:00');
    expect(lettersOf(life, 'delegation-made')).toEqual([
      '2026-09-15T10:00 delegation-made → sun-yan',
      '2026-09-15T10:00 delegation-made → zhou-min',
    ]);
    expect(life.notices.find(({ kind }) => kind === 'delegation-made')?.facts).toEqual({
      seat: 'A',
      from: '2026-09-20',
      until: '2026-09-22',
      absent: 'li-na',
      deputy: 'sun-yan',
      duties: ['process-plan'],
      dutyDates: { 'process-plan': '2026-11-02' },
    });
  });

  test.each([
    ['made on Sunday for that day: told at once', '2026-09-13 20:00', '2026-09-13', '2026-09-13T20:00'],
    ['made on Sunday evening for Monday: told before it begins', '2026-09-13 20:00', '2026-09-14', '2026-09-13T20:00'],
    ['made on Sunday for Tuesday: Monday morning is soon enough', '2026-09-13 20:00', '2026-09-15', '2026-09-14T09:00'],
    ['begun, within notice hours: now', '2026-09-14 10:00', '2026-09-10', '2026-09-14T10:00'],
  ])('%s', (_, at, from, told) => {
    const life = signed()
      .act(at, 'coordinator', delegate('A', 'sun-yan', from, '2026-09-20'))
      .until('2026-09-14 12:00');
    expect(lettersOf(life, 'delegation-made')).toEqual([`${told} delegation-made → sun-yan`]);
  });

  test.each([
    ['recalled', recall('A'), true],
    ['the absent person replaced', replace('A', 'zhao-lei'), true],
    ['the seat vacant', vacate('A'), true],
    ['the deputy follows', replace('A', 'sun-yan'), false],
  ])('ended early, the deputy is told: %s', (_, act, told) => {
    const life = signed()
      .act('2026-09-10 10:00', 'A', delegate('A', 'he-jing', '2026-09-10', '2026-09-11')) // over by then
      .act('2026-09-15 10:00', 'A', delegate('A', 'sun-yan', '2026-09-20', '2026-09-22'))
      .act('2026-09-16 10:00', 'coordinator', act)
      .until('2026-09-16 12:00');
    const notices = life.notices.filter(({ kind, addressee }) => kind === 'seat-relieved' && addressee !== 'li-na');
    expect(notices.map(({ addressee, facts }) => [addressee, facts])).toEqual(
      told
        ? [['sun-yan', { seat: 'A', absent: 'li-na', deputy: 'sun-yan', from: '2026-09-20', until: '2026-09-22' }]]
        : [],
    );
    expect(life.state.standIns.filter(({ deputy }) => deputy === 'sun-yan')).toEqual([]);
  });

  test('for one obligation alone: its mail goes to the deputy, that of the others and of the whole does not', () => {
    const life = signed()
      .act('2026-09-15 10:00', 'A', delegate('A', 'sun-yan', '2026-09-16', '2026-12-31', ['process-plan']))
      .until('2026-11-04 12:00')
      .terminate('2026-11-04 13:00')
      .until('2026-11-04 14:00');
    const to = (person: string) => life.letters.filter((line) => line.includes(person) && line > '2026-09-16');
    expect(to('sun-yan').every((line) => line.includes('process-plan'))).toBe(true);
    expect(to('sun-yan').filter((line) => line.endsWith(' due'))).toEqual([
      '2026-11-02T09:00 reminder → sun-yan for li-na process-plan due',
    ]);
    expect(to('→ li-na').some((line) => line.includes('process-plan'))).toBe(false);
    expect(to('→ li-na')).toContain('2026-10-08T09:00 reminder → li-na needs-analysis-report due');
    expect(lettersOf(life, 'agreement-terminated')[0]).toBe('2026-11-04T13:00 agreement-terminated → li-na');
  });

  test('both names stand in the record; the absent person may still act', () => {
    const life = signed()
      .act('2026-09-15 10:00', 'A', delegate('A', 'sun-yan', '2026-09-20', '2026-09-22'))
      .submit('2026-09-21 10:00', 'needs-analysis-report')
      .act(
        '2026-09-21 11:00',
        'A',
        { type: 'submit', obligation: 'process-plan', documents: [] },
        { personId: 'sun-yan', deputyFor: 'li-na' },
      );
    expect(life.events.filter(({ type }) => type === 'deliverable-submitted').map(({ actor }) => actor)).toEqual([
      { personId: 'li-na', seat: 'A', party: 'A', via: 'cli' },
      { personId: 'sun-yan', deputyFor: 'li-na', seat: 'A', party: 'A', via: 'cli' },
    ]);
  });

  test('a deputy passes nothing on: neither delegates, recalls, replaces nor vacates', () => {
    const deputy = { personId: 'sun-yan', deputyFor: 'li-na' };
    const life = signed()
      .act('2026-09-15 10:00', 'A', delegate('A', 'sun-yan', '2026-09-20', '2026-09-22'))
      .act('2026-09-21 10:00', 'A', delegate('A', 'friend', '2026-09-23', '2026-09-24'), deputy)
      .act('2026-09-21 10:01', 'A', recall('A'), deputy)
      .act('2026-09-21 10:02', 'A', replace('A', 'friend'), deputy)
      .act('2026-09-21 10:03', 'A', vacate('A'), deputy);
    expect(codes(life)).toEqual(Array(4).fill('no-onward-delegation'));
    expect(life.state.seated['A']).toBe('li-na');
  });

  test('no chain: who is away cannot stand in, and who stands in cannot be away', () => {
    const life = withDesk()
      .act('2026-09-15 10:00', 'B', delegate('B', 'sun-yan', '2026-09-20', '2026-09-25'))
      .act('2026-09-15 10:01', 'desk', delegate('desk', 'wang-qiang', '2026-09-25', '2026-09-30'));
    expect(codes(life)).toEqual(['deputy-unfit']);
    life.act('2026-09-15 10:02', 'desk', delegate('desk', 'wang-qiang', '2026-09-26', '2026-09-30'));
    expect(codes(life)).toHaveLength(1);
    life.act('2026-09-15 10:03', 'B', delegate('B', 'sun-yan', '2026-09-28', '2026-10-02'));
    expect(codes(life)).toEqual(['deputy-unfit', 'deputy-unfit']);
  });

  test('nobody stands in for themselves, nor for the other side: seated there, or standing in there', () => {
    const life = withDesk()
      .act('2026-09-15 10:00', 'A', delegate('A', 'li-na', '2026-09-20', '2026-09-22'))
      .act('2026-09-15 10:01', 'A', delegate('A', 'wang-qiang', '2026-09-20', '2026-09-22'))
      .act('2026-09-15 10:02', 'desk', delegate('desk', 'sun-yan', '2026-09-20', '2026-09-22'))
      .act('2026-09-15 10:03', 'A', delegate('A', 'sun-yan', '2026-09-22', '2026-09-24'));
    expect(codes(life)).toEqual(['deputy-unfit', 'both-sides', 'both-sides']);
    life.act('2026-09-15 10:04', 'A', delegate('A', 'sun-yan', '2026-09-23', '2026-09-24'));
    expect(codes(life)).toHaveLength(3);
  });

  test('one deputy at a time for one thing; beside each other where the obligations differ', () => {
    const life = signed()
      .act('2026-09-15 10:00', 'A', delegate('A', 'sun-yan', '2026-09-20', '2026-09-25', ['process-plan']))
      .act('2026-09-15 10:01', 'A', delegate('A', 'qian-yu', '2026-09-25', '2026-09-26', ['process-plan']))
      .act('2026-09-15 10:02', 'A', delegate('A', 'qian-yu', '2026-09-18', '2026-09-20'));
    expect(codes(life)).toEqual(['delegation-overlaps', 'delegation-overlaps']);
    life
      .act('2026-09-15 10:03', 'A', delegate('A', 'qian-yu', '2026-09-20', '2026-09-25', ['training-plan']))
      .act('2026-09-15 10:04', 'A', delegate('A', 'qian-yu', '2026-09-26', '2026-09-26', ['process-plan']));
    expect(codes(life)).toHaveLength(2);
    const on = (day: string, obligation?: string) =>
      standInFor(life.state.standIns, { seat: 'A', on: day, obligation })?.deputy;
    expect(on('2026-09-25', 'process-plan')).toBe('sun-yan');
    expect(on('2026-09-25', 'training-plan')).toBe('qian-yu');
    expect(on('2026-09-26', 'process-plan')).toBe('qian-yu');
    expect(on('2026-09-25', 'needs-analysis-report')).toBeUndefined();
    expect(on('2026-09-25')).toBeUndefined(); // the seat as a whole is not delegated
  });

  test('days that are wrong, obligations that are none, seats of others', () => {
    const life = signed()
      .act('2026-09-15 10:00', 'A', delegate('A', 'sun-yan', '2026-09-22', '2026-09-21'))
      .act('2026-09-15 10:01', 'A', delegate('A', 'sun-yan', '2026-09-10', '2026-09-14'))
      .act('2026-09-15 10:02', 'A', delegate('A', 'sun-yan', '2026-09-20', '2026-09-22', ['holiday-plan']))
      .act('2026-09-15 10:03', 'A', delegate('B', 'sun-yan', '2026-09-20', '2026-09-22'))
      .act('2026-09-15 10:04', 'A', delegate('gardener', 'sun-yan', '2026-09-20', '2026-09-22'));
    expect(codes(life)).toEqual([
      'delegation-range',
      'delegation-range',
      'unknown-obligation',
      'not-responsible',
      'unknown-seat',
    ]);
    // Today is a first and last day; the day is the agreement's: 00:30 in Shanghai is the day before in UTC.
    life.act('2026-09-16 00:30', 'A', delegate('A', 'sun-yan', '2026-09-16', '2026-09-16'));
    expect(life.state.standIns).toHaveLength(1);
  });

  test('recalled: from that moment on the mail is the absent person’s again; nothing to recall is no error', () => {
    const life = signed()
      .act('2026-09-15 10:00', 'A', delegate('A', 'sun-yan', '2026-09-20', '2026-10-31'))
      .until('2026-10-01 12:00')
      .act('2026-10-01 14:00', 'A', recall('A'))
      .act('2026-10-01 14:01', 'A', recall('A'))
      .until('2026-10-08 12:00');
    expect(lettersOf(life, 'reminder')).toEqual([
      '2026-09-30T09:00 reminder → sun-yan for li-na needs-analysis-report before-7+before-3+before-1',
      '2026-10-08T09:00 reminder → li-na needs-analysis-report due',
    ]);
    expect(life.events.filter(({ type }) => type === 'delegation-ended')).toMatchObject([{ seat: 'A', ended: [1] }]);
    life.act('2026-10-09 10:00', 'A', delegate('A', 'qian-yu', '2026-10-10', '2026-10-20'));
    expect(lastOf(life, 'delegation-made')).toMatchObject({ number: 2, deputy: 'qian-yu' });
  });

  test('what is over is not recalled', () => {
    const life = signed()
      .act('2026-09-15 10:00', 'A', delegate('A', 'sun-yan', '2026-09-20', '2026-09-22'))
      .act('2026-09-23 10:00', 'A', recall('A'));
    expect(life.events.some(({ type }) => type === 'delegation-ended')).toBe(false);
  });

  test.each([replace('A', 'zhao-lei'), vacate('A')])('$type ends the delegations of the seat', (act) => {
    const life = signed()
      .act('2026-09-15 10:00', 'A', delegate('A', 'sun-yan', '2026-09-20', '2026-10-31'))
      .act('2026-09-15 10:01', 'B', delegate('B', 'qian-yu', '2026-09-20', '2026-10-31'))
      .act('2026-09-28 10:00', 'coordinator', act);
    expect(life.state.standIns.map(({ seat }) => seat)).toEqual(['B']);
  });
});

describe('who has read it, and who has not (S004-29, S001c-16, S001b-94)', () => {
  /** A duty to confirm, one to learn, and one with parts; all of B's desk. */
  const policy = () =>
    new Life(
      agreementOf(
        [
          duty('learning', 'effect', '7 days', { kind: 'training', responsible: 'desk' }),
          duty('receipt', 'effect', '7 days', { kind: 'acknowledgement', responsible: 'B' }),
          duty('training-record', 'effect', '7 days', {
            kind: 'training',
            responsible: 'desk',
            checklist: [{ id: 'participants', clauses: [], mayOmit: false }],
          }),
          duty('rule-book', 'effect', '7 days'),
        ],
        { seats: ['A', 'B', 'desk', 'coordinator'], seatParties: { desk: 'B' } },
      ),
      SIGNED,
      { ...PEOPLE, desk: 'chen-jie' },
    ).sign(SIGNED);
  const readers = (life: Life, what: string) =>
    latestReading(life.state, what)?.readers.map(
      ({ reader, readAtMs, by }) => `${reader} ${readAtMs === null ? 'has not' : `${life.iso(readAtMs)} by ${by}`}`,
    );

  test('a duty to learn or to confirm is fulfilled by whoever owes it', () => {
    const life = policy()
      .act('2026-09-02 10:00', 'desk', acknowledge('learning'))
      .act('2026-09-03 10:00', 'B', acknowledge('receipt'));
    expect(life.rows().slice(0, 2)).toEqual(['learning fulfilled 2026-09-08', 'receipt fulfilled 2026-09-08']);
    expect(life.story(5)).toContain('acknowledged learning 2026-09-02T10:00:00+08:00');
    expect(readers(life, 'learning')).toEqual(['desk 2026-09-02T10:00:00+08:00 by chen-jie']);
  });

  test('others who confirm have read it, and the duty stays', () => {
    const life = policy().act('2026-09-02 10:00', 'A', acknowledge('learning'));
    expect(readers(life, 'learning')).toEqual(['A 2026-09-02T10:00:00+08:00 by li-na']);
    expect(life.obligation('learning').status).toBe('pending');
  });

  test('a deputy confirms for the seat; both names stand', () => {
    const life = policy()
      .act('2026-09-02 10:00', 'desk', delegate('desk', 'sun-yan', '2026-09-03', '2026-09-04', ['learning']))
      .act('2026-09-03 10:00', 'desk', acknowledge('learning'), { personId: 'sun-yan', deputyFor: 'chen-jie' });
    expect(lastOf(life, 'acknowledged')).toMatchObject({
      reader: 'desk',
      actor: { personId: 'sun-yan', deputyFor: 'chen-jie' },
    });
    expect(life.obligation('learning').status).toBe('fulfilled');
  });

  test('what has parts is confirmed with them: to say that one has learnt does not replace the record', () => {
    const life = policy().act('2026-09-02 10:00', 'desk', acknowledge('training-record'));
    expect(codes(life)).toEqual(['checklist-incomplete']);
    expect(life.obligation('training-record').status).toBe('pending');
    const confirmed = policy().act('2026-09-02 10:00', 'desk', {
      ...acknowledge('training-record'),
      parts: ['participants'],
    });
    expect(confirmed.obligation('training-record').status).toBe('fulfilled');
    life
      .act('2026-09-02 11:00', 'coordinator', circulate('training-record', ['desk']))
      .act('2026-09-02 12:00', 'desk', acknowledge('training-record'));
    expect(readers(life, 'training-record')).toEqual(['desk 2026-09-02T12:00:00+08:00 by chen-jie']);
    expect(life.obligation('training-record').status).toBe('pending');
  });

  test('again changes nothing', () => {
    const life = policy()
      .act('2026-09-02 10:00', 'desk', acknowledge('learning'))
      .act('2026-09-02 10:00', 'A', acknowledge('agreement'))
      .until('2026-09-02 12:00');
    const before = life.state;
    life
      .act('2026-09-02 12:00', 'desk', acknowledge('learning'))
      .act('2026-09-02 12:00', 'A', acknowledge('agreement'));
    expect(life.state).toEqual(before);
    expect(codes(life)).toEqual([]);
  });

  test('a version for each circulation: who has read the first has not read the second', () => {
    const life = policy()
      .submit('2026-09-02 10:00', 'rule-book', 'B')
      .act('2026-09-02 11:00', 'coordinator', circulate('rule-book', ['A', 'desk', 'desk', 'person:intern']))
      .act('2026-09-03 10:00', 'desk', acknowledge('rule-book'))
      .act('2026-09-03 11:00', 'reader', acknowledge('rule-book'), { personId: 'intern' });
    expect(readers(life, 'rule-book')).toEqual([
      'A has not',
      'desk 2026-09-03T10:00:00+08:00 by chen-jie',
      'person:intern 2026-09-03T11:00:00+08:00 by intern',
    ]);
    life.act('2026-10-12 10:00', 'coordinator', circulate('rule-book', ['A', 'desk']));
    expect(readers(life, 'rule-book')).toEqual(['A has not', 'desk has not']);
    life.act('2026-10-12 11:00', 'desk', acknowledge('rule-book'));
    expect(lastOf(life, 'acknowledged')).toMatchObject({ version: 2, reader: 'desk' });
    expect(life.state.readings.map(({ version }) => version)).toEqual([1, 2]);
    expect(lettersOf(life, 'acknowledgement-request')).toEqual([
      '2026-09-02T11:00 acknowledgement-request → li-na rule-book',
      '2026-09-02T11:00 acknowledgement-request → chen-jie rule-book',
      '2026-09-02T11:00 acknowledgement-request → intern rule-book',
      '2026-10-12T10:00 acknowledgement-request → li-na rule-book',
      '2026-10-12T10:00 acknowledgement-request → chen-jie rule-book',
    ]);
  });

  test('an old link of somebody who was not asked again confirms as themselves, not as a seat that is none', () => {
    const life = policy()
      .act('2026-09-02 11:00', 'coordinator', circulate('agreement', ['person:intern']))
      .act('2026-09-02 12:00', 'coordinator', circulate('agreement', ['A']))
      .act('2026-09-03 11:00', 'reader', acknowledge('agreement'), { personId: 'intern' });
    expect(readers(life, 'agreement')).toEqual(['A has not', 'person:intern 2026-09-03T11:00:00+08:00 by intern']);
  });

  test('only those who have not are reminded, and nobody who confirms before the mail leaves', () => {
    const life = policy()
      .act('2026-09-02 11:00', 'coordinator', circulate('agreement', ['A', 'B', 'desk']))
      .act('2026-09-03 10:00', 'B', acknowledge('agreement'))
      .act('2026-09-03 20:00', 'coordinator', remind('agreement')) // leaves at 09:00
      .act('2026-09-03 21:00', 'desk', acknowledge('agreement'))
      .until('2026-09-04 12:00');
    expect(lettersOf(life, 'acknowledgement-request').filter((line) => line > '2026-09-03')).toEqual([
      '2026-09-04T09:00 acknowledgement-request → li-na',
    ]);
    life.act('2026-09-04 13:00', 'coordinator', remind('rule-book'));
    expect(codes(life)).toEqual(['not-circulated']);
  });

  test('whoever takes a seat over has not read as it: the seat has, by the one before', () => {
    const life = policy()
      .act('2026-09-02 11:00', 'coordinator', circulate('agreement', ['desk']))
      .act('2026-09-03 10:00', 'desk', acknowledge('agreement'))
      .act('2026-09-04 10:00', 'B', replace('desk', 'zhao-lei'));
    expect(readers(life, 'agreement')).toEqual(['desk 2026-09-03T10:00:00+08:00 by chen-jie']);
  });

  test('the coordinator enters what somebody confirmed on paper, with the paper', () => {
    const life = policy()
      .act('2026-09-02 10:00', 'coordinator', acknowledge('agreement'), { onBehalfOf: 'A' })
      .act('2026-09-02 10:01', 'coordinator', acknowledge('learning'), { onBehalfOf: 'desk' })
      .act('2026-09-02 10:02', 'coordinator', acknowledge('agreement', [scan]), { onBehalfOf: 'gardener' });
    expect(codes(life)).toEqual(['evidence-missing', 'evidence-missing', 'unknown-seat']);
    life
      .act('2026-09-02 11:00', 'coordinator', acknowledge('agreement', [scan]), { onBehalfOf: 'A' })
      .act('2026-09-02 11:01', 'coordinator', acknowledge('learning', [scan]), { onBehalfOf: 'desk' });
    expect(readers(life, 'agreement')).toEqual(['A 2026-09-02T11:00:00+08:00 by zhou-min']);
    expect(life.obligation('learning').status).toBe('fulfilled');
    expect(codes(life)).toHaveLength(3);
  });

  test('nobody but the coordinator asks or reminds; nobody reads what is not there, or as nobody', () => {
    const life = policy()
      .act('2026-09-02 10:00', 'B', circulate('agreement', ['A']))
      .act('2026-09-02 10:01', 'B', remind('agreement'))
      .act('2026-09-02 10:02', 'A', acknowledge('constitution'))
      .act('2026-09-02 10:03', 'A', acknowledge('rule-book#2026-Q3'))
      .act('2026-09-02 10:04', 'coordinator', circulate('constitution', ['A']))
      .act('2026-09-02 10:05', 'coordinator', circulate('agreement', ['gardener']))
      .act('2026-09-02 10:06', 'coordinator', circulate('agreement', []));
    expect(codes(life)).toEqual([
      'not-responsible',
      'not-responsible',
      'unknown-obligation',
      'not-open-yet',
      'unknown-obligation',
      'unknown-seat',
      'unknown-seat',
    ]);
  });

  test('before the effect nothing is circulated or confirmed, after the end neither', () => {
    const life = started()
      .act('2026-09-01 10:00', 'coordinator', circulate('agreement', ['A']))
      .act('2026-09-01 10:01', 'coordinator', remind('agreement'))
      .act('2026-09-01 10:02', 'A', acknowledge('agreement'));
    expect(codes(life)).toEqual(Array(3).fill('not-in-force'));
    life.sign('2026-09-01 11:00').terminate('2026-09-02 10:00').act('2026-09-02 11:00', 'A', acknowledge('agreement'));
    life.act('2026-09-02 11:00', 'A', replace('A', 'zhao-lei'));
    expect(codes(life).slice(3)).toEqual(['agreement-ended', 'agreement-ended']);
  });
});

describe('a notice comes back (design §6)', () => {
  const POSTMASTER = { personId: 'postmaster', seat: 'postmaster', via: 'mail' as const };
  const undelivered = (life: Life, index: number) => {
    const { id: noticeId, seat, kind } = life.notices[index] ?? expect.unreachable();
    return { type: 'undelivered' as const, noticeId, seat, kind, code: '5.1.1' };
  };

  test('it is not served, and the coordinator is told; twice is once', () => {
    const life = signed().until('2026-09-01 12:00');
    const back = undelivered(life, 0);
    expect(isServed(life.state, back.noticeId)).toBe(true);
    life
      .act('2026-09-01 13:00', 'postmaster', back, POSTMASTER)
      .act('2026-09-01 13:01', 'postmaster', back, POSTMASTER);
    expect(isServed(life.state, back.noticeId)).toBe(false);
    expect(life.events.filter(({ type }) => type === 'notice-undelivered')).toMatchObject([
      { noticeId: back.noticeId, seat: 'A', kind: 'sign-invitation', code: '5.1.1', actor: POSTMASTER },
    ]);
    expect(lettersOf(life, 'notice-undelivered')).toEqual(['2026-09-01T13:00 notice-undelivered → zhou-min']);
    expect(life.notices.at(-1)?.facts).toEqual({
      seat: 'A',
      undelivered: 'sign-invitation',
      returned: back.noticeId,
    });
  });

  test('the coordinator’s own mail that comes back starts no loop', () => {
    const life = signed().act('2026-09-01 12:00', 'A', replace('A', 'zhao-lei')).until('2026-09-01 12:30');
    const index = life.notices.findIndex(({ seat }) => seat === 'coordinator');
    life.act('2026-09-01 13:00', 'postmaster', undelivered(life, index), POSTMASTER).until('2026-09-02 12:00');
    expect(life.events.filter(({ type }) => type === 'notice-undelivered')).toHaveLength(1);
    expect(lettersOf(life, 'notice-undelivered')).toEqual([]);
  });

  test('what tells of the end can come back, too', () => {
    const life = signed().terminate('2026-09-10 10:00').until('2026-09-10 12:00');
    const index = life.notices.findIndex(({ kind }) => kind === 'agreement-terminated');
    const back = undelivered(life, index);
    life.act('2026-09-10 13:00', 'postmaster', back, POSTMASTER).until('2026-09-10 14:00');
    expect(isServed(life.state, back.noticeId)).toBe(false);
    expect(lettersOf(life, 'notice-undelivered')).toHaveLength(1);
  });
});
