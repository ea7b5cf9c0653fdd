import { describe, expect, test } from 'vitest';
import type { CompiledLife } from '../../domain/agreement/compiled.ts';
import { delivered, isOver } from '../../domain/agreement/fold.ts';
import { MATTER_KINDS, MATTER_STATUSES, type Matter, type MatterKind } from '../../domain/agreement/matter.ts';
import { nextDue } from '../../domain/agreement/tick.ts';
import { MOVES } from '../../domain/matters/matters.ts';
import { Life, agreementOf, duty, lifeOf, paper } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const DATA = { id: 'data', from: 'B', to: 'A', replyDays: 10, clauses: ['S000-10'] };
const SUPPORT = { id: 'support', from: 'A', to: 'B', replyDays: null, clauses: ['S000-20'] };
const PERMISSION = {
  id: 'permission',
  from: 'B',
  to: 'A',
  replyDays: 5,
  silence: 'refused' as const,
  clauses: ['S003-K-16'],
};
const COST = { id: 'cost', clauses: ['S001b-88'], negotiationDays: 15, hasForum: true };
const SECRECY = { id: 'secrecy', clauses: ['S000-41'], bound: ['B'] };
const EFFECT_MEETING = { id: 'effect', clauses: ['S001b-46'] };

function between(life: Partial<CompiledLife> = {}) {
  const agreement = agreementOf([duty('report', 'effect', '90 days')], {
    life: lifeOf({
      requests: [DATA, SUPPORT],
      disputes: [COST],
      confidentiality: [SECRECY],
      meetings: [EFFECT_MEETING],
      ...life,
    }),
  });
  return new Life(agreement, SIGNED).sign(SIGNED);
}

const open = (kind: MatterKind, more: object = {}) => ({ type: 'open-matter' as const, kind, documents: [], ...more });
const carry = (matter: string, step: keyof (typeof MOVES)['request'], more: object = {}) => ({
  type: 'carry-matter' as const,
  matter,
  step,
  documents: [],
  ...more,
});
const codes = (life: Life) => life.rejections.map(({ code }) => code);
const matter = (life: Life, id: string): Matter => {
  const found = life.state.matters.find((one) => one.id === id);
  if (!found) throw new Error(`no matter ${id}`);
  return found;
};
const mail = (life: Life) => life.mail((n) => n.kind.startsWith('matter'));

describe('a request between the parties (S000-10, S000-20, S003-K-08)', () => {
  test('B asks A for data on 2026-09-21: ten days end on 10-01, National Day; the last day is 10-08', () => {
    const life = between().act('2026-09-21 10:00', 'B', open('request', { about: 'report' }));
    expect(matter(life, 'request-1')).toMatchObject({
      status: 'open',
      rule: 'data',
      clauses: ['S000-10'],
      from: 'B',
      to: 'A',
      about: 'report',
      due: { localDate: '2026-10-08', dueAtMs: life.ms('2026-10-09 00:00') },
    });
    life.until('2026-10-09 12:00');
    expect(matter(life, 'request-1')).toMatchObject({ status: 'overdue', endedAtMs: null });
    expect(life.story().filter((line) => line.startsWith('matter'))).toEqual([
      'matter-opened 2026-09-21T10:00:00+08:00',
      'matter-overdue 2026-10-09T00:00:00+08:00',
    ]);
    expect(mail(life)).toEqual([
      '2026-09-21T10:00 matter-opened A/A report',
      '2026-10-09T09:00 matter-overdue B/B report',
      '2026-10-09T09:00 matter-overdue A/A report',
      '2026-10-09T09:00 matter-overdue coordinator/coordinator report',
    ]);
    const asked = life.notices.filter(({ act }) => act === 'reply');
    expect(asked.map(({ seat, kind }) => `${seat} ${kind}`)).toEqual(['A matter-opened', 'A matter-overdue']);
  });

  test('answered in time it is over, and moves no date of the other side', () => {
    const life = between().act('2026-09-21 10:00', 'B', open('request', { about: 'report' }));
    const before = life.rows();
    life.act('2026-09-24 15:00', 'A', carry('request-1', 'answer')).until('2026-10-20 12:00');
    expect(matter(life, 'request-1')).toMatchObject({ status: 'answered', endedAtMs: life.ms('2026-09-24 15:00') });
    expect(life.rows()).toEqual(before);
    expect(mail(life)).toEqual([
      '2026-09-21T10:00 matter-opened A/A report',
      '2026-09-24T15:00 matter-carried B/B report',
    ]);
    life.act('2026-10-21 10:00', 'B', carry('request-1', 'close'));
    expect(matter(life, 'request-1')).toMatchObject({ status: 'closed', endedAtMs: life.ms('2026-09-24 15:00') });
  });

  test('a late answer is an answer; the open time stands in the record', () => {
    const life = between()
      .act('2026-09-21 10:00', 'B', open('request'))
      .act('2026-10-12 10:00', 'A', carry('request-1', 'answer'));
    expect(matter(life, 'request-1')).toMatchObject({
      status: 'answered',
      openedAtMs: life.ms('2026-09-21 10:00'),
      endedAtMs: life.ms('2026-10-12 10:00'),
    });
  });

  test('without agreed days it has no clock', () => {
    const life = between().act('2026-09-21 10:00', 'A', open('request')).until('2027-09-21 10:00');
    expect(matter(life, 'request-1')).toMatchObject({ rule: 'support', status: 'open', due: null });
  });

  test('nobody answers their own request or closes the other’s; who asks is said by the contract', () => {
    const life = between()
      .act('2026-09-21 10:00', 'A', open('request', { rule: 'data' }))
      .act('2026-09-21 10:00', 'B', open('request', { rule: 'advice' }))
      .act('2026-09-21 10:00', 'B', open('request', { to: 'coordinator' }))
      .act('2026-09-21 10:00', 'B', open('request', { about: 'poem' }))
      .act('2026-09-21 10:00', 'B', open('request', { about: 'claim:7' }))
      .act('2026-09-21 10:00', 'coordinator', open('request'))
      .act('2026-09-21 10:00', 'coordinator', open('request'), { onBehalfOf: 'B' })
      .act('2026-09-21 10:00', 'B', open('request'))
      .act('2026-09-22 10:00', 'B', carry('request-1', 'answer'))
      .act('2026-09-22 10:00', 'A', carry('request-1', 'close'))
      .act('2026-09-22 10:00', 'A', carry('request-2', 'answer'))
      .act('2026-09-22 10:00', 'coordinator', carry('request-1', 'answer'), { onBehalfOf: 'A' })
      .act('2026-09-22 10:00', 'A', carry('request-1', 'escalate'));
    expect(codes(life)).toEqual([
      'not-responsible',
      'not-provided',
      'unknown-seat',
      'unknown-obligation',
      'unknown-claim',
      'not-responsible',
      'evidence-missing',
      'not-responsible',
      'not-responsible',
      'unknown-matter',
      'evidence-missing',
      'matter-closed',
    ]);
    const scan = carry('request-1', 'answer', { documents: [paper()] });
    life.act('2026-09-22 11:00', 'coordinator', scan, { onBehalfOf: 'A' });
    expect(matter(life, 'request-1').status).toBe('answered');
  });

  test('where several could be meant, it is named', () => {
    const life = between({ requests: [DATA, PERMISSION] }).act('2026-09-21 10:00', 'B', open('request'));
    expect(life.refusals[0]).toEqual({ rejected: 'rule-missing', message: 'name one of data, permission' });
  });

  test('a request that was answered before notice hours asks nobody any more', () => {
    const life = between()
      .act('2026-09-21 20:00', 'B', open('request'))
      .act('2026-09-21 21:00', 'A', carry('request-1', 'answer'))
      .until('2026-09-22 12:00');
    expect(mail(life)).toEqual(['2026-09-22T09:00 matter-carried B/B']);
  });
});

describe('permission to use the results (S003-K-16)', () => {
  const asked = () => between({ requests: [PERMISSION] }).act('2026-09-21 10:00', 'B', open('request'));

  test('no answer by the fifth day is a refusal; later it is asked anew', () => {
    const life = asked().until('2026-09-29 12:00'); // 09-21 + 5 days = 09-26, a Saturday before the Mid-Autumn rest
    const { due, status, endedAtMs } = matter(life, 'request-1');
    expect(status).toBe('refused');
    expect(endedAtMs).toBe(due?.dueAtMs);
    life.act('2026-09-29 13:00', 'A', carry('request-1', 'answer'));
    expect(codes(life)).toEqual(['matter-closed']);
    expect(life.notices.filter((n) => n.kind === 'matter-overdue').map((n) => [n.seat, n.act, n.facts.status])).toEqual(
      [
        ['B', undefined, 'refused'],
        ['A', undefined, 'refused'],
        ['coordinator', undefined, 'refused'],
      ],
    );
  });

  test('granted in time it is granted', () => {
    const life = asked().act('2026-09-24 10:00', 'A', carry('request-1', 'answer')).until('2026-10-30 09:00');
    expect(matter(life, 'request-1').status).toBe('answered');
  });
});

describe('a request that waits is recalled (S003-K-16)', () => {
  const asking = (change: object) =>
    between({ requests: [{ ...PERMISSION, replyDays: null, remindDays: 5, ...change }] }).act(
      '2026-09-04 16:00',
      'B',
      open('request'),
    );
  const recalled = (life: Life) => life.mail(({ kind }) => kind === 'matter-reminder');

  test('asked on Friday 09-04 and not answered: on 09-09, 09-14 and, 09-19 being a Saturday, on Sunday 09-20, a make-up working day', () => {
    const life = asking({}).until('2026-12-01 12:00');
    expect(recalled(life)).toEqual([
      '2026-09-09T09:00 matter-reminder A/A',
      '2026-09-14T09:00 matter-reminder A/A',
      '2026-09-20T09:00 matter-reminder A/A',
    ]);
    expect(life.notices.find(({ kind }) => kind === 'matter-reminder')).toMatchObject({
      act: 'reply',
      clauses: ['S003-K-16'],
      facts: { about: 'request-1', by: 'B', verdict: 'refused', days: 5 },
    });
    // Silence is no permission, however long: nothing approves itself.
    expect(matter(life, 'request-1')).toMatchObject({ status: 'open', due: null });
  });

  test('where days to reply are agreed, reminders come before silence is refusal: of 12 days on the 5th and the 10th', () => {
    const life = asking({ replyDays: 12 }).until('2026-09-30 12:00');
    expect(recalled(life)).toEqual(['2026-09-09T09:00 matter-reminder A/A', '2026-09-14T09:00 matter-reminder A/A']);
    expect(matter(life, 'request-1')).toMatchObject({ status: 'refused', due: { localDate: '2026-09-16' } });
  });

  test('what was answered, refused or withdrawn, and what the end has overtaken, is not recalled', () => {
    for (const [seat, step] of [
      ['A', 'answer'],
      ['A', 'refuse'],
      ['B', 'close'],
    ] as const) {
      const life = asking({}).act('2026-09-10 10:00', seat, carry('request-1', step)).until('2026-12-01 12:00');
      expect(recalled(life)).toHaveLength(1);
    }
    expect(recalled(asking({ remindDays: undefined }).until('2026-12-01 12:00'))).toEqual([]);
  });
});

describe('a confidentiality incident', () => {
  test('goes to the side that is bound, whoever reports it; the others and the coordinator know', () => {
    const life = between()
      .act('2026-09-21 10:00', 'A', open('incident'))
      .act('2026-09-21 11:00', 'B', open('incident'))
      .act('2026-09-21 12:00', 'coordinator', open('incident'))
      .until('2026-09-21 12:00');
    expect(life.state.matters.map(({ id, from, to }) => `${id} ${from}→${to ?? ''}`)).toEqual([
      'incident-1 A→B',
      'incident-2 B→B',
      'incident-3 coordinator→B',
    ]);
    expect(mail(life)).toEqual([
      '2026-09-21T10:00 matter-opened B/B',
      '2026-09-21T10:00 matter-opened coordinator/coordinator',
      '2026-09-21T11:00 matter-opened A/A',
      '2026-09-21T11:00 matter-opened coordinator/coordinator',
      '2026-09-21T12:00 matter-opened B/B',
      '2026-09-21T12:00 matter-opened A/A',
    ]);
  });

  test('is answered by the bound side, measures are put on record, whoever reported it closes it', () => {
    const life = between()
      .act('2026-09-21 10:00', 'A', open('incident'))
      .act('2026-09-22 10:00', 'B', carry('incident-1', 'answer'))
      .act('2026-09-23 10:00', 'A', carry('incident-1', 'decide', { owner: 'B', dueOn: '2026-09-30' }))
      .act('2026-09-24 10:00', 'B', carry('incident-1', 'close'))
      .act('2026-10-09 10:00', 'A', carry('incident-1', 'close'))
      .act('2026-10-09 11:00', 'A', carry('incident-1', 'close'));
    expect(codes(life)).toEqual(['not-responsible', 'matter-closed']);
    expect(matter(life, 'incident-1')).toMatchObject({
      status: 'closed',
      decisions: [{ owner: 'B', dueOn: '2026-09-30' }],
      endedAtMs: life.ms('2026-10-09 10:00'),
    });
  });
});

describe('a dispute (S001b-88, S002-41, S003-C-17)', () => {
  test('is negotiated for 15 days, then both are told; only then it goes to the forum agreed on', () => {
    const life = between()
      .act('2026-09-01 10:00', 'A', open('dispute', { about: 'report' }))
      .act('2026-09-02 10:00', 'B', carry('dispute-1', 'answer'))
      .act('2026-09-10 10:00', 'A', carry('dispute-1', 'escalate'))
      .until('2026-09-17 12:00');
    expect(codes(life)).toEqual(['gate-closed']);
    expect(matter(life, 'dispute-1')).toMatchObject({ status: 'overdue', due: { localDate: '2026-09-16' } });
    expect(mail(life).slice(-3)).toEqual([
      '2026-09-17T09:00 matter-overdue A/A report',
      '2026-09-17T09:00 matter-overdue B/B report',
      '2026-09-17T09:00 matter-overdue coordinator/coordinator report',
    ]);
    life.act('2026-09-18 10:00', 'A', carry('dispute-1', 'escalate', { documents: [paper()] }));
    expect(matter(life, 'dispute-1').status).toBe('escalated');
    life.act('2026-12-18 10:00', 'A', carry('dispute-1', 'close')).until('2027-01-10 09:00');
    expect(matter(life, 'dispute-1').status).toBe('closed');
  });

  test('who will not negotiate opens the way at once', () => {
    const life = between()
      .act('2026-09-01 10:00', 'A', open('dispute'))
      .act('2026-09-03 10:00', 'B', carry('dispute-1', 'refuse'))
      .act('2026-09-03 11:00', 'A', carry('dispute-1', 'escalate'));
    expect(matter(life, 'dispute-1').status).toBe('escalated');
  });

  test('settled: what was agreed stands on record, and no clock is left', () => {
    const life = between()
      .act('2026-09-01 10:00', 'A', open('dispute'))
      .act('2026-09-08 10:00', 'B', carry('dispute-1', 'decide', { owner: 'B', dueOn: '2026-10-15' }))
      .act('2026-09-09 10:00', 'A', carry('dispute-1', 'close'))
      .until('2026-12-01 09:00');
    expect(life.story().filter((line) => line.startsWith('matter'))).toHaveLength(3);
    const told = life.notices.find((n) => n.kind === 'matter-carried' && n.facts.status === 'decide');
    expect(told).toMatchObject({ seat: 'A', facts: { by: 'B', against: 'B', localDate: '2026-10-15' } });
  });

  test('without agreed days it may go on at once; without an agreed forum it goes nowhere', () => {
    const act = (rule: Partial<CompiledLife['disputes'][number]>) => {
      const life = between({ disputes: [{ ...COST, ...rule }] }).act('2026-09-01 10:00', 'A', open('dispute'));
      return life.act('2026-09-01 11:00', 'A', carry('dispute-1', 'escalate'));
    };
    expect(matter(act({ negotiationDays: null }), 'dispute-1').status).toBe('escalated');
    expect(codes(act({ negotiationDays: null, hasForum: false }))).toEqual(['not-provided']);
  });
});

describe('a meeting (S000-38, S001b-46)', () => {
  test('its day, its decisions with owners and dates, its end; the next one is a new matter', () => {
    const life = between()
      .act('2026-09-10 10:00', 'coordinator', open('meeting', { on: '2026-09-15' }))
      .act('2026-09-15 16:00', 'A', carry('meeting-1', 'decide', { owner: 'B', dueOn: '2026-10-15' }))
      .act('2026-09-15 16:05', 'coordinator', carry('meeting-1', 'decide', { owner: 'A' }))
      .act('2026-09-15 16:10', 'B', carry('meeting-1', 'decide', { owner: 'C' }))
      .act('2026-09-15 16:15', 'B', carry('meeting-1', 'close'))
      .act('2026-09-15 16:20', 'B', carry('meeting-1', 'decide'))
      .act('2026-09-15 16:30', 'B', open('meeting', { on: '2026-12-15' }));
    expect(codes(life)).toEqual(['unknown-seat', 'matter-closed']);
    expect(matter(life, 'meeting-1')).toMatchObject({
      status: 'closed',
      on: '2026-09-15',
      from: 'coordinator',
      to: null,
      decisions: [
        { owner: 'B', dueOn: '2026-10-15' },
        { owner: 'A', dueOn: null },
      ],
    });
    expect(matter(life, 'meeting-2')).toMatchObject({ status: 'open', on: '2026-12-15', from: 'B' });
    life.until('2026-09-15 17:00');
    expect(mail(life).slice(0, 2)).toEqual([
      '2026-09-10T10:00 matter-opened A/A',
      '2026-09-10T10:00 matter-opened B/B',
    ]);
  });

  test('one that was not held is recorded as such', () => {
    const life = between()
      .act('2026-09-10 10:00', 'A', open('meeting', { on: '2026-09-15' }))
      .act('2026-09-16 10:00', 'B', carry('meeting-1', 'refuse'));
    expect(matter(life, 'meeting-1')).toMatchObject({ status: 'refused', endedAtMs: life.ms('2026-09-16 10:00') });
  });
});

describe('secrecy without end outlives the agreement and its close (S003-K-21)', () => {
  const SURVIVES = { id: 'secrecy', responsible: 'B', kind: 'secrecy' as const, days: null, clauses: ['S003-K-21'] };
  const HAND_OVER = { ...SURVIVES, id: 'hand-over', kind: 'hand-over' as const, days: 10, clauses: ['S003-K-19'] };

  /** Ended on 2026-09-30; closed on 2026-10-09 by the declaration that everything was handed over. */
  function closed(secrecy: Partial<typeof SURVIVES> & { months?: number } = {}) {
    const life = between({ afterwards: [HAND_OVER, { ...SURVIVES, ...secrecy }] })
      .act('2026-09-21 10:00', 'B', open('request'))
      .act('2026-09-22 10:00', 'A', carry('request-1', 'answer'))
      .submit('2026-09-25 10:00', 'report', 'B')
      .terminate('2026-09-30 10:00');
    return life.act('2026-10-09 10:00', 'B', {
      type: 'settle',
      item: 'hand-over',
      outcome: 'settled',
      documents: [paper()],
    });
  }
  const told = (life: Life) => life.notices.reduce((state, { id }) => delivered(state, id), life.state);

  test('a leak found on 2029-05-14, years after the close, is brought up, answered and closed', () => {
    const life = closed().until('2026-10-31 12:00');
    expect(life.state.status).toBe('closed');
    life
      .act('2029-05-14 10:00', 'A', open('incident'))
      .act('2029-05-15 10:00', 'B', carry('incident-1', 'answer'))
      .act('2029-05-16 10:00', 'A', carry('incident-1', 'decide', { owner: 'B', dueOn: '2029-05-31' }))
      .act('2029-06-01 10:00', 'A', carry('incident-1', 'close'))
      .until('2029-07-01 12:00');
    expect(codes(life)).toEqual([]);
    expect(matter(life, 'incident-1')).toMatchObject({ status: 'closed', rule: 'secrecy', from: 'A', to: 'B' });
    expect(
      life
        .story()
        .filter((line) => line.startsWith('matter'))
        .slice(2),
    ).toEqual([
      'matter-opened 2029-05-14T10:00:00+08:00',
      'matter-carried 2029-05-15T10:00:00+08:00',
      'matter-carried 2029-05-16T10:00:00+08:00',
      'matter-carried 2029-06-01T10:00:00+08:00',
    ]);
    expect(mail(life).filter((line) => line.startsWith('2029-05-14'))).toEqual([
      '2029-05-14T10:00 matter-opened B/B',
      '2029-05-14T10:00 matter-opened coordinator/coordinator',
    ]);
    expect(life.state.status).toBe('closed');
  });

  test('nothing else is taken up again, and what was closed before stays so', () => {
    const life = closed().until('2026-10-31 12:00');
    for (const kind of MATTER_KINDS) life.act('2026-11-02 10:00', 'B', open(kind));
    life.act('2026-11-02 11:00', 'B', carry('request-1', 'close'));
    life.act('2026-11-02 11:00', 'A', { type: 'claim', claim: 'leak', amount: '1.00', against: 'B', documents: [] });
    expect(codes(life)).toEqual(Array<string>(5).fill('agreement-ended'));
    expect(life.state.matters.map(({ id }) => id)).toEqual(['request-1', 'incident-1']);
  });

  test('its process stays alive for that, asleep: nothing is ever due', () => {
    const life = closed().until('2026-10-31 12:00');
    expect(nextDue(life.state)).toBeUndefined();
    expect(isOver(told(life))).toBe(false);
    life.act('2029-05-14 10:00', 'A', open('incident')).until('2029-05-14 18:00');
    expect(nextDue(life.state)).toBeUndefined();
    expect(isOver(told(life))).toBe(false);
  });

  test('so it is where nothing else was promised and the agreement stays terminated', () => {
    const life = between({ afterwards: [SURVIVES] })
      .submit('2026-09-25 10:00', 'report', 'B')
      .terminate('2026-09-30 10:00')
      .act('2029-05-14 10:00', 'A', open('incident'))
      .act('2029-05-14 11:00', 'A', carry('incident-1', 'close'))
      .act('2029-05-14 12:00', 'A', open('dispute'));
    expect(life.state.status).toBe('terminated');
    expect(codes(life)).toEqual(['agreement-ended']);
    expect(isOver(told(life))).toBe(false);
  });

  test('secrecy of 24 months ends with 2028-09-30: until then it takes incidents, then the process ends', () => {
    const life = closed({ months: 24 }).until('2028-09-30 12:00');
    expect(life.state.status).toBe('terminated');
    life.act('2028-09-30 13:00', 'A', open('incident')).act('2028-09-30 14:00', 'A', carry('incident-1', 'close'));
    life.until('2028-10-09 12:00').act('2028-10-09 13:00', 'A', open('incident'));
    expect(codes(life)).toEqual(['agreement-ended']);
    expect(life.state.status).toBe('closed');
    expect(isOver(told(life))).toBe(true);
  });
});

test('what the contract does not provide for is refused', () => {
  for (const agreement of [agreementOf([]), agreementOf([], { life: lifeOf() })]) {
    const life = new Life(agreement, SIGNED).sign(SIGNED);
    for (const kind of MATTER_KINDS) life.act('2026-09-21 10:00', 'A', open(kind));
    expect(codes(life)).toEqual(['not-provided', 'not-provided', 'not-provided', 'not-provided']);
  }
});

describe('every kind, status and step', () => {
  const life = between().act('2026-09-02 09:00', 'B', open('request'));
  const cases = MATTER_KINDS.flatMap((kind) =>
    MATTER_STATUSES.flatMap((status) =>
      (['answer', 'refuse', 'decide', 'escalate', 'close'] as const).map((step) => [kind, status, step] as const),
    ),
  );

  test.each(cases)('%s %s: %s follows the table', (kind, status, step) => {
    const was = life.state;
    const rule = { request: 'data', dispute: 'cost', incident: 'secrecy', meeting: 'effect' }[kind];
    const one = { ...matter(life, 'request-1'), id: 'it', kind, status, rule, from: 'B', to: 'A', due: null };
    const trial = new Life(was.agreement, SIGNED);
    trial.state = { ...was, matters: [one] };
    const { by, to } = MOVES[kind][step];
    trial.receive('2026-09-02 10:00', by === 'asker' ? 'B' : 'A', carry('it', step));
    if (to[status] === undefined) {
      expect(codes(trial)).toEqual(['matter-closed']);
      expect(matter(trial, 'it')).toEqual(one);
    } else {
      expect(codes(trial)).toEqual([]);
      expect(matter(trial, 'it').status).toBe(to[status]);
    }
  });
});
