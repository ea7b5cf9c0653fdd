import { expect, test } from 'vitest';
import type { CompiledAgreement, CompiledPatch } from '../../domain/agreement/compiled.ts';
import type { PersonCommand } from '../../domain/agreement/command.ts';
import { lineOf } from '../../domain/ledger/balance.ts';
import type { Assumption } from '../../domain/what-if/assumption.ts';
import type { AgreementLife } from '../../domain/what-if/life.ts';
import { livedOtherwise } from '../../domain/what-if/otherwise.ts';
import { paired } from '../../domain/what-if/pairs.ts';
import { divergence, isDivergence, livedAgain, recordedLife } from '../../domain/what-if/record.ts';
import { instantAt } from '../../domain/zone.ts';
import { describeObligations } from '../../domain/agreement/view.ts';
import { Life, agreementOf, duty, endRule, lifeOf, payment, serviceAttachments } from '../support/life.ts';

/** S001a with a total of 777,777.77 CNY: 0.5 % of it a day. */
const TOTAL = '777777.77';
const contract = (rate = '0.005'): CompiledAgreement =>
  serviceAttachments({ life: LIFE }, (rule) => ({
    ...rule,
    penalty: rule.penalty && { ...rule.penalty, base: TOTAL, rate },
  }));
const LIFE = lifeOf({
  amendment: { consent: ['A', 'B'], lapseDays: 10, clauses: ['S001a-33'] },
  suspension: [{ grounds: ['force-majeure', 'agreed-pause'], clauses: ['S001a-36'] }],
  terminations: [endRule({})],
});

/** What people said, as the API stores it: by id, as `Life` numbers it. */
class Kept extends Life {
  readonly said: Record<string, PersonCommand> = {};

  override tell(command: PersonCommand) {
    const refused = super.tell(command);
    if (!refused) this.said[command.id] = command;
    return refused;
  }
}

/** Signed on 2026-09-01, the first report due on 2026-10-08: thirty days end on National Day. */
function signed(agreement = contract()): Kept {
  const life = new Kept(agreement, '2026-09-01 09:00');
  life.sign('2026-09-01 09:00');
  return life;
}

/** The report is twelve days late: on 2026-10-20. */
const late = (): Kept => signed().submit('2026-10-20 15:00', 'needs-analysis-report') as Kept;

function ask(
  life: Kept,
  started: CompiledAgreement,
  assumptions: Assumption<CompiledPatch>[],
  { now = '2026-10-21 09:00', until = '2026-12-31', inTime = false } = {},
) {
  const nowMs = life.ms(now);
  life.until(now);
  const record = recordedLife(started, life.events, life.said);
  if (isDivergence(record)) throw new Error(JSON.stringify(record));
  return livedOtherwise(record, {
    assumptions,
    nowMs,
    throughMs: instantAt(started.zone, until, '24:00') - 1,
    inTimeFromMs: inTime ? nowMs : null,
    patchOf: (patch) => patch,
  });
}

const ledgerOf = ({ events }: AgreementLife): string[] =>
  events.flatMap((event) => {
    const line = lineOf(event);
    return line
      ? [`${line.kind} ${line.debtor}>${line.creditor} ${line.amount} ${String(line.days ?? '')}`.trim()]
      : [];
  });
const dutyOf = ({ state }: AgreementLife, id: string) => {
  const found = describeObligations(state, instantAt(state.agreement.zone, '2026-12-31', '24:00')).find(
    (one) => one.id === id,
  );
  if (!found) throw new Error(`no ${id}`);
  return { status: found.status, due: found.due?.localDate, daysLate: found.daysLate };
};
/** Command by which the report was handed in: the third that anybody gave. */
const HANDED_IN = 'c3';
const OF_REPORT = { id: 'needs-analysis-report' } as const;
const penaltyOf = (life: AgreementLife) =>
  life.events.flatMap((event) =>
    event.type === 'penalty-posted' && event.obligation === OF_REPORT.id ? [event.line] : [],
  );

test('twelve days late cost 777,777.77 × 0.5 % × 12 = 46,666.67; handed in in time, nothing', () => {
  const life = late();
  const asItWas = ask(life, contract(), []).life;
  expect(penaltyOf(asItWas)).toMatchObject([{ amount: '46666.67', days: 12, base: TOTAL, rate: '0.005' }]);
  const inTime = ask(life, contract(), [{ kind: 'act', command: HANDED_IN, on: '2026-10-08' }]);
  expect(inTime.refused).toEqual([]);
  expect(penaltyOf(inTime.life)).toEqual([]);
  expect(dutyOf(inTime.life, OF_REPORT.id)).toEqual({ status: 'fulfilled', due: '2026-10-08', daysLate: 0 });
});

test('without the answer on record the penalty goes on: to the end of November it is posted month by month', () => {
  const { life } = ask(late(), contract(), [{ kind: 'act', command: HANDED_IN, on: null }], { until: '2026-11-30' });
  expect(dutyOf(life, OF_REPORT.id)).toMatchObject({ status: 'overdue' });
  // 9 to 31 October are 23 days.
  expect(penaltyOf(life)).toMatchObject([{ days: 23, amount: '89444.44' }]);
});

test('a suspension from 12 to 16 October takes five of the twelve days', () => {
  const pause: Assumption<CompiledPatch> = {
    kind: 'suspension',
    ground: 'agreed-pause',
    from: '2026-10-12',
    until: '2026-10-16',
    obligations: [],
  };
  const { life, refused } = ask(late(), contract(), [pause]);
  expect(refused).toEqual([]);
  expect(dutyOf(life, OF_REPORT.id)).toMatchObject({ status: 'fulfilled-late', daysLate: 7 });
  // 777,777.77 × 0.5 % × 7 = 27,222.22
  expect(penaltyOf(life).reduce((sum, { days }) => sum + days, 0)).toBe(7);
  expect(Number(life.state.balances['A>B/CNY'])).toBeGreaterThan(0);
  expect(penaltyOf(life).at(-1)).toMatchObject({ amount: '27222.22', excludedDays: 5 });
  // What was not due yet moves by the five days.
  const [was, is] = [ask(late(), contract(), []).life, life].map((one) => dutyOf(one, 'process-plan').due);
  expect([was, is]).toEqual(['2026-11-02', '2026-11-05']);
});

test('another rate from the start costs the same days otherwise; by an amendment, only what is due after its day', () => {
  const cheap = { ...contract('0.003') };
  const life = late();
  life.until('2026-10-21 09:00');
  const record = recordedLife(contract(), life.events, life.said);
  if (isDivergence(record)) throw new Error('the record is whole');
  const nothing = {
    assumptions: [],
    nowMs: life.ms('2026-10-21 09:00'),
    throughMs: life.ms('2026-12-31 23:59'),
    inTimeFromMs: null,
    patchOf: (patch: CompiledPatch) => patch,
  };
  const fromStart = livedOtherwise({ ...record, agreement: cheap }, nothing).life;
  // 777,777.77 × 0.3 % × 12
  expect(penaltyOf(fromStart)).toMatchObject([{ amount: '28000.00', days: 12 }]);

  const patch: CompiledPatch = { obligations: cheap.obligations, removed: [], terms: ['rate'] };
  const amended = ask(life, contract(), [{ kind: 'change', changes: patch, from: '2026-10-25' }]);
  expect(amended.refused).toEqual([]);
  expect(penaltyOf(amended.life)).toMatchObject([{ amount: '46666.67' }]); // was due before
  const plan = amended.life.events.flatMap((event) =>
    event.type === 'penalty-posted' && event.obligation === 'process-plan' ? [event.line] : [],
  );
  expect(plan[0]).toMatchObject({ rate: '0.003' });
});

test('what is agreed or stopped on the very day of the effect holds from its moment on', () => {
  const patch: CompiledPatch = { obligations: contract('0.003').obligations, removed: [], terms: ['rate'] };
  const { life, refused } = ask(
    signed(),
    contract(),
    [
      { kind: 'change', changes: patch, from: '2026-09-01' },
      { kind: 'suspension', ground: 'agreed-pause', from: '2026-09-01', until: '2026-09-02', obligations: [] },
    ],
    { now: '2026-09-01 10:00' },
  );
  expect(refused).toEqual([]);
  expect(penaltyOf(life)[0]).toMatchObject({ rate: '0.003' });
});

test('something that nobody has done yet is assumed: handed in, accepted, paid; each by who owes it', () => {
  const fee = payment('fee', '2026-11-10');
  const agreement = agreementOf([...contract().obligations, fee], { life: LIFE });
  const life = signed(agreement);
  const { life: assumed, refused } = ask(
    life,
    agreement,
    [
      { kind: 'step', step: 'submit', obligation: 'process-plan', on: '2026-10-30' },
      { kind: 'step', step: 'accept', obligation: 'process-plan', on: '2026-11-02' },
      { kind: 'step', step: 'pay', obligation: 'fee', on: '2026-11-12' },
    ],
    { now: '2026-09-02 09:00' },
  );
  expect(refused).toEqual([]);
  expect(dutyOf(assumed, 'process-plan')).toMatchObject({ status: 'fulfilled', daysLate: 0 });
  expect(dutyOf(assumed, 'fee')).toMatchObject({ status: 'fulfilled-late', daysLate: 2 });
  // 80,000.00 × 0.5 % × 2
  expect(ledgerOf(assumed)).toEqual(expect.arrayContaining(['late-fee A>B 800.00 2']));
});

test('whatever nobody names may be done in time: handed in and accepted, or paid, on its last day', () => {
  const agreement = agreementOf([...contract().obligations, payment('fee', '2026-11-10')], { life: LIFE });
  const life = signed(agreement);
  const step = { kind: 'step', step: 'submit', obligation: 'training-plan', on: '2026-12-03' } as const;
  const { life: assumed, refused } = ask(life, agreement, [step], { inTime: true });
  expect(refused).toEqual([]);
  expect(
    describeObligations(assumed.state, assumed.events.at(-1)?.occurredAtMs ?? 0).map(({ id, status, daysLate }) => [
      id,
      status,
      daysLate,
    ]),
  ).toEqual([
    ['needs-analysis-report', 'overdue', 56], // was late by then, and stays so
    ['process-plan', 'fulfilled', 0],
    ['training-plan', 'fulfilled-late', 3], // what is assumed of it
    ['fee', 'fulfilled', 0],
  ]);
});

test('an end by agreement stops the penalty on its day and cancels what is open', () => {
  const { life } = ask(signed(), contract(), [{ kind: 'termination', on: '2026-10-12' }]);
  expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-10-12' });
  expect(penaltyOf(life)).toMatchObject([{ days: 4 }]);
  expect(dutyOf(life, 'training-plan').status).toBe('cancelled');
});

test('signing on another day gives other dates: eight days later, the plan is due eight days later', () => {
  const agreement = contract();
  const life = new Kept(agreement, '2026-09-30 09:00');
  const early = ask(life, agreement, [{ kind: 'signing', on: '2026-09-30' }], { now: '2026-09-30 10:00' }).life;
  const after = ask(life, agreement, [{ kind: 'signing', on: '2026-10-08' }], { now: '2026-09-30 10:00' }).life;
  expect([early, after].map((one) => dutyOf(one, 'needs-analysis-report').due)).toEqual(['2026-10-30', '2026-11-09']);
});

test('what the contract does not take is told with its reason, and changes nothing', () => {
  const life = signed();
  const { life: assumed, refused } = ask(life, contract(), [
    { kind: 'step', step: 'accept', obligation: 'needs-analysis-report', on: '2026-11-02' },
    { kind: 'signing', on: '2026-11-02' },
  ]);
  expect(refused).toMatchObject([
    { assumption: 0, refused: { rejected: 'not-submitted' } },
    { assumption: 1, refused: { rejected: 'already-in-force' } },
  ]);
  expect(assumed.events).toEqual(ask(life, contract(), []).life.events);
});

test('an act on record that the assumed life does not take is named', () => {
  const life = signed().submit('2026-10-20 15:00', 'process-plan') as Kept;
  life.accept('2026-10-22 15:00', 'process-plan');
  const { refused } = ask(life, contract(), [{ kind: 'act', command: HANDED_IN, on: null }], {
    now: '2026-10-23 09:00',
  });
  expect(refused).toMatchObject([{ act: { command: { type: 'review' } }, refused: { rejected: 'not-submitted' } }]);
});

test('a written notice that is moved takes its receipt along', () => {
  const life = signed();
  life.until('2026-10-20 09:00');
  life.act('2026-10-20 09:30', 'B', {
    type: 'serve',
    notice: 'breach',
    breach: OF_REPORT.id,
    documents: [{ sha256: 'a'.repeat(64), size: 1 }],
  });
  const mail = life.notices.find(({ facts }) => facts.serves !== undefined);
  expect(mail).toBeDefined();
  const machine = { personId: 'postmaster', seat: 'postmaster', via: 'mail' as const };
  const receivedAtMs = life.ms('2026-10-20 09:30');
  // Told by mail itself: no command of a person.
  Life.prototype.tell.call(life, {
    type: 'served',
    id: `served ${mail?.id ?? ''}`,
    receivedAtMs,
    actor: machine,
    noticeId: mail?.id ?? '',
    serves: 'breach-1',
    seat: 'A',
  });
  delete life.said[`served ${mail?.id ?? ''}`];
  const { life: moved, refused } = ask(life, contract(), [{ kind: 'act', command: 'c3', on: '2026-10-26' }], {
    now: '2026-10-21 09:00',
  });
  expect(refused).toEqual([]);
  expect(moved.events.flatMap((event) => (event.type === 'notice-served' ? [event.servedOn] : []))).toEqual([
    '2026-10-26',
  ]);
});

test('a record that does not come out is not told as if it did', () => {
  const life = late();
  life.until('2026-10-21 09:00');
  const started = contract();
  const unknown = life.events.map((event) =>
    event.type === 'agreement-signed' ? { ...event, commandId: 'lost' } : event,
  );
  expect(recordedLife(started, unknown, {})).toMatchObject({ why: 'cause-unknown', type: 'agreement-signed' });

  const record = recordedLife(contract('0.004'), life.events, life.said);
  if (isDivergence(record)) throw new Error('its causes are known');
  const lived = livedAgain(record, life.ms('2026-10-21 09:00'));
  if (isDivergence(lived)) throw new Error('nothing is refused');
  expect(divergence(life.events, lived.events)).toMatchObject({ why: 'otherwise', type: 'penalty-posted' });
  expect(divergence(life.events, lived.events.slice(0, 2))).toMatchObject({ why: 'missing' });
});

test('what is said late stays where it was: a hand-in that came to light after the overdue', () => {
  const life = signed().until('2026-10-10 09:00') as Kept;
  // Stored in time while the worker was away.
  life.receive('2026-10-08 15:00', 'A', { type: 'submit', obligation: OF_REPORT.id, documents: [] });
  expect(life.events.map(({ type }) => type)).toContain('overdue-withdrawn');
  const lived = ask(life, contract(), [], { now: '2026-10-10 09:00', until: '2026-10-10' }).life;
  expect(divergence(life.events, lived.events)).toBeUndefined();
});

test('rows that count from the signing are beside those of the same number', () => {
  const before = [
    { id: 'visit', occurrence: '2026-10-01' },
    { id: 'visit', occurrence: '2026-11-01' },
    { id: 'report', occurrence: '2026-Q4' },
  ];
  const after = [
    { id: 'visit', occurrence: '2026-10-08' },
    { id: 'report', occurrence: '2026-Q4' },
  ];
  expect(
    paired(before, after).map(({ key, before: one, after: other }) => [key, one?.occurrence, other?.occurrence]),
  ).toEqual([
    ['visit#1', '2026-10-01', '2026-10-08'],
    ['visit#2', '2026-11-01', undefined],
    ['report#2026-Q4', '2026-Q4', '2026-Q4'],
  ]);
});

test.each([false, true])('five years of monthly duties are lived at once; done in time: %s', (inTime) => {
  const monthly = duty('monthly-report', 'effect', '5 days', {
    responsible: 'A',
    recurrence: { by: 'period', period: 'month', edge: 'end', partialFirst: false },
  });
  const agreement = agreementOf([...contract().obligations, monthly], { expiresOn: '2031-08-31', life: LIFE });
  const life = signed(agreement);
  const startedMs = performance.now();
  const { life: lived } = ask(life, agreement, [], { now: '2026-09-02 09:00', until: '2031-08-31', inTime });
  const tookMs = performance.now() - startedMs;
  expect(lived.events.length).toBeGreaterThan(100);
  // Half a second by itself; this machine does other things as well.
  expect(tookMs).toBeLessThan(15_000);
});
