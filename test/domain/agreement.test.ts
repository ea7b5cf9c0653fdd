import { describe, expect, test } from 'vitest';
import { accruedLines, describeObligations } from '../../domain/agreement/view.ts';
import { Life, serviceAttachments } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const signed = (
  change = {},
  each = (rule: Parameters<NonNullable<Parameters<typeof serviceAttachments>[1]>>[0]) => rule,
) => new Life(serviceAttachments(change, each), SIGNED).sign(SIGNED);

describe('signing (S001a-01)', () => {
  test('in force when both have signed; day 0 is the later date on paper', () => {
    const life = new Life(serviceAttachments(), '2026-09-03 10:00')
      .act('2026-09-03 10:00', 'A', { type: 'sign', signedOn: '2026-09-01', documents: [] })
      .act('2026-09-04 10:00', 'B', { type: 'sign', signedOn: '2026-09-02', documents: [] });
    expect(life.story()).toEqual([
      'agreement-started 2026-09-03T10:00:00+08:00',
      'agreement-signed 2026-09-03T10:00:00+08:00',
      'agreement-signed 2026-09-04T10:00:00+08:00',
      'agreement-in-force 2026-09-04T10:00:00+08:00',
    ]);
    expect(life.state.inForceOn).toBe('2026-09-02');
  });

  test('a second signature, one for tomorrow, one by nobody and acts before force are refused', () => {
    const life = new Life(serviceAttachments(), SIGNED)
      .submit('2026-09-01 09:30', 'needs-analysis-report')
      .terminate('2026-09-01 09:31')
      .act('2026-09-01 10:00', 'A', { type: 'sign', signedOn: '2026-09-02', documents: [] })
      .act('2026-09-01 10:00', 'A', { type: 'sign', documents: [] })
      .act('2026-09-01 11:00', 'A', { type: 'sign', documents: [] })
      .act('2026-09-01 12:00', 'coordinator', { type: 'sign', documents: [] })
      .act('2026-09-01 12:00', 'coordinator', { type: 'sign', documents: [] }, { onBehalfOf: 'B' });
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'not-in-force',
      'not-in-force',
      'signed-on-in-future',
      'already-signed',
      'not-responsible',
      'evidence-missing',
    ]);
  });

  test('both are invited in notice hours; who has signed by then is not', () => {
    const life = new Life(serviceAttachments(), '2026-09-05 20:00') // a Saturday evening
      .act('2026-09-06 08:00', 'A', { type: 'sign', documents: [] })
      .until('2026-09-08 12:00');
    expect(life.mail()).toEqual(['2026-09-07T09:00 sign-invitation B/B']);
  });
});

describe('deadlines of S001a signed on 2026-09-01', () => {
  test('30, 60 and 90 days, rolled over rest days', () => {
    const due = describeObligations(signed().state, 0).map((o) => [o.id, o.due?.localDate]);
    expect(due).toEqual([
      ['needs-analysis-report', '2026-10-08'], // 10-01 is National Day, rest until 10-07
      ['process-plan', '2026-11-02'], // 10-31 is a Saturday
      ['training-plan', '2026-11-30'],
    ]);
  });

  test('handed in at 23:59:59 of the last day is in time, at 24:00 one day late', () => {
    const inTime = signed().submit('2026-10-08 23:59:59', 'needs-analysis-report');
    expect(inTime.obligation('needs-analysis-report')).toMatchObject({ status: 'fulfilled', settledDaysLate: 0 });
    const late = signed().submit('2026-10-09 00:00', 'needs-analysis-report');
    expect(late.obligation('needs-analysis-report')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 1 });
    expect(late.ledger()).toEqual(['2026-10-09T00:00:00+08:00 penalty A>B 5000.00 1d']); // S001a-74: one day
  });
});

describe('the penalty of 0.5 % a day (S001a-69)', () => {
  test('1,000,000.00 due 2026-10-08, handed in 2026-11-05: 23 days in October, 5 in November', () => {
    const life = signed().submit('2026-11-05 10:00', 'needs-analysis-report');
    expect(life.ledger()).toEqual([
      '2026-11-01T00:00:00+08:00 penalty A>B 115000.00 23d',
      '2026-11-05T10:00:00+08:00 penalty A>B 25000.00 5d',
    ]);
    expect(life.story(4)).toContain('obligation-overdue needs-analysis-report 2026-10-09T00:00:00+08:00');
  });

  test('two late attachments accrue in parallel', () => {
    const life = signed().until('2026-12-01 00:00');
    expect(life.ledger()).toEqual([
      '2026-11-01T00:00:00+08:00 penalty A>B 115000.00 23d',
      '2026-12-01T00:00:00+08:00 penalty A>B 150000.00 30d',
      '2026-12-01T00:00:00+08:00 penalty A>B 140000.00 28d',
    ]);
  });

  test('777,777.77 × 0.5 % × 10 days = 38,888.89, never a sum of rounded days', () => {
    const life = signed({}, (rule) => ({ ...rule, penalty: rule.penalty && { ...rule.penalty, base: '777777.77' } }));
    life.submit('2026-10-18 10:00', 'needs-analysis-report');
    expect(life.ledger()).toEqual(['2026-10-18T10:00:00+08:00 penalty A>B 38888.89 10d']);
  });

  test('uncapped it reaches the total after 200 days; with a cap it stops at the cap and posts no more', () => {
    const sum = (life: Life) => life.obligation('needs-analysis-report').posted.amount;
    expect(sum(signed().submit('2027-04-26 10:00', 'needs-analysis-report'))).toBe('1000000.00');
    const capped = signed({}, (rule) => ({ ...rule, penalty: rule.penalty && { ...rule.penalty, cap: '100000.00' } }));
    expect(sum(capped.submit('2027-04-26 10:00', 'needs-analysis-report'))).toBe('100000.00');
    expect(capped.ledger()[0]).toBe('2026-11-01T00:00:00+08:00 penalty A>B 100000.00 23d');
    expect(capped.ledger()).toHaveLength(3); // each of the three attachments reaches its own cap once
  });

  test('what has accrued and is not posted can be asked for any date', () => {
    const life = signed().until('2026-10-20 12:00');
    expect(accruedLines(life.state, '2026-10-20')).toMatchObject([{ amount: '60000.00', days: 12, kind: 'penalty' }]);
    expect(life.ledger()).toEqual([]);
  });

  test('start and stop are told to both parties in notice hours', () => {
    const life = signed().submit('2026-10-14 20:00', 'needs-analysis-report').until('2026-10-15 12:00');
    expect(life.mail((n) => n.kind.startsWith('penalty'))).toEqual([
      '2026-10-09T09:00 penalty-started A/A needs-analysis-report',
      '2026-10-09T09:00 penalty-started B/B needs-analysis-report',
      '2026-10-15T09:00 penalty-stopped A/A needs-analysis-report',
      '2026-10-15T09:00 penalty-stopped B/B needs-analysis-report',
    ]);
  });
});

describe('reminders (design §4)', () => {
  test('7, 3 and 1 days before, on the day, and when overdue; rest days move them; one mail a moment', () => {
    const life = signed().until('2026-10-22 12:00');
    expect(life.mail((n) => n.kind === 'reminder')).toEqual([
      '2026-09-30T09:00 reminder A/A needs-analysis-report before-7+before-3+before-1', // 10-01…10-07 are rest days
      '2026-10-08T09:00 reminder A/A needs-analysis-report due',
      '2026-10-09T09:00 reminder A/A needs-analysis-report overdue-1',
      '2026-10-09T09:00 reminder coordinator/copy needs-analysis-report overdue-1',
      '2026-10-12T09:00 reminder A/A needs-analysis-report overdue-3', // 10-11 is a Sunday
      '2026-10-12T09:00 reminder coordinator/copy needs-analysis-report overdue-3',
      '2026-10-15T09:00 reminder A/A needs-analysis-report overdue-7',
      '2026-10-15T09:00 reminder coordinator/copy needs-analysis-report overdue-7',
      '2026-10-22T09:00 reminder A/A needs-analysis-report overdue-14',
      '2026-10-22T09:00 reminder coordinator/copy needs-analysis-report overdue-14',
    ]);
  });

  test('none after hand-in', () => {
    const life = signed().submit('2026-09-10 10:00', 'needs-analysis-report').until('2026-10-20 12:00');
    expect(life.mail((n) => n.kind === 'reminder' && n.obligation === 'needs-analysis-report')).toEqual([]);
  });

  test('missed ones become one summary; events keep their dates', () => {
    const life = signed().until('2026-09-28 12:00').until('2026-10-16 10:00', '2026-10-16 10:00:01');
    life.until('2026-10-16 10:01');
    expect(life.mail((n) => n.kind === 'reminder' || n.kind === 'summary')).toEqual([
      '2026-10-16T10:00 summary A/A needs-analysis-report before-7+before-3+before-1+due+overdue-1+overdue-3+overdue-7',
      '2026-10-16T10:00 summary coordinator/copy needs-analysis-report overdue-1+overdue-3+overdue-7',
    ]);
    expect(life.story(5)).toEqual(['obligation-overdue needs-analysis-report 2026-10-09T00:00:00+08:00']);
    const [summary] = life.notices.filter((n) => n.kind === 'summary');
    expect(summary?.facts.missed).toEqual([
      {
        obligation: 'needs-analysis-report',
        rungs: ['before-7', 'before-3', 'before-1', 'due', 'overdue-1', 'overdue-3', 'overdue-7'],
        localDate: '2026-10-08',
        review: false,
      },
    ]);
  });
});

test('signed at 09:30 on a paper of 2026-03-02: nobody was reminded at 09:00, before it was in force; what is past is one summary', () => {
  const life = new Life(serviceAttachments(), '2026-08-03 09:00')
    .act('2026-08-03 09:00', 'A', { type: 'sign', signedOn: '2026-03-02', documents: [] })
    .act('2026-08-03 09:30', 'B', { type: 'sign', signedOn: '2026-03-01', documents: [] })
    .until('2026-08-03 12:00');
  const told = life.notices.filter(
    ({ kind, atMs }) => kind !== 'sign-invitation' && atMs < life.ms('2026-08-03 09:30'),
  );
  expect(told).toEqual([]);
  expect(life.mail((n) => n.kind === 'reminder' || n.kind === 'summary').map((row) => row.slice(0, 40))).toEqual([
    '2026-08-03T09:30 summary A/A before-7+be',
    '2026-08-03T09:30 summary coordinator/cop',
  ]);
});

test('a paper signed weeks ago: what is late waits for notice hours, in one summary; events keep their dates', () => {
  const sunday = '2026-11-22 13:00';
  const life = new Life(serviceAttachments(), sunday).sign(sunday, '2026-09-01').until(sunday, '2026-11-22 13:00:01');
  expect(life.mail().filter((line) => !line.includes('sign-invitation'))).toEqual([]);
  life.until('2026-11-23 09:00');
  expect(life.mail()).toEqual([
    '2026-11-23T09:00 agreement-in-force A/A',
    '2026-11-23T09:00 summary A/A ' +
      'before-7+before-3+before-1+due+overdue-1+overdue-3+overdue-7+overdue-14+overdue-21+overdue-28+overdue-35+overdue-42' +
      '+before-7+before-3+before-1+due+overdue-1+overdue-3+overdue-7+overdue-14+overdue-21',
    '2026-11-23T09:00 summary coordinator/copy ' +
      'overdue-1+overdue-3+overdue-7+overdue-14+overdue-21+overdue-28+overdue-35+overdue-42' +
      '+overdue-1+overdue-3+overdue-7+overdue-14+overdue-21',
    '2026-11-23T09:00 penalty-started A/A needs-analysis-report',
    '2026-11-23T09:00 penalty-started B/B needs-analysis-report',
    '2026-11-23T09:00 penalty-started A/A process-plan',
    '2026-11-23T09:00 penalty-started B/B process-plan',
    '2026-11-23T09:00 reminder A/A training-plan before-7',
  ]);
  expect(life.ledger()).toEqual(['2026-11-01T00:00:00+08:00 penalty A>B 115000.00 23d']);
});

describe('joint review of the process plan (S001a-61)', () => {
  test('handing in counts as the own acceptance; the other side completes it', () => {
    const life = signed().submit('2026-10-20 10:00', 'process-plan').accept('2026-10-22 10:00', 'process-plan');
    expect(life.story(5).filter((line) => line.includes('process-plan'))).toEqual([
      'deliverable-submitted process-plan 2026-10-20T10:00:00+08:00',
      'deliverable-accepted process-plan 2026-10-22T10:00:00+08:00',
      'obligation-fulfilled process-plan 2026-10-22T10:00:00+08:00',
    ]);
    expect(life.iso(life.obligation('process-plan').fulfilledAtMs ?? 0)).toBe('2026-10-20T10:00:00+08:00');
  });

  test('a second acceptance changes nothing and is no error; the submitter cannot reject', () => {
    const life = signed().submit('2026-10-20 10:00', 'process-plan').accept('2026-10-20 11:00', 'process-plan', 'A');
    life.reject('2026-10-20 12:00', 'process-plan', 'A').reject('2026-10-20 12:30', 'process-plan', 'B', 0);
    life.accept('2026-10-21 10:00', 'process-plan').accept('2026-10-21 11:00', 'process-plan');
    life.accept('2026-10-21 12:00', 'process-plan', 'coordinator').accept('2026-10-21 13:00', 'training-plan');
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'not-responsible',
      'points-missing',
      'not-responsible',
      'not-submitted',
    ]);
    expect(life.story(5).filter((line) => line.startsWith('deliverable-accepted'))).toHaveLength(1);
  });

  test('silence is never consent: the reviewer is reminded, the coordinator hears of it', () => {
    const life = signed().submit('2026-10-20 10:00', 'process-plan').until('2026-12-15 00:00');
    expect(life.obligation('process-plan').status).toBe('in-review');
    expect(life.story(5)).toContain('review-overdue process-plan 2026-10-31T00:00:00+08:00');
    expect(life.mail((n) => n.kind === 'review-reminder').slice(0, 5)).toEqual([
      '2026-10-23T09:00 review-reminder B/B process-plan before-7',
      '2026-10-27T09:00 review-reminder B/B process-plan before-3',
      '2026-10-29T09:00 review-reminder B/B process-plan before-1',
      '2026-10-30T09:00 review-reminder B/B process-plan due',
      '2026-11-02T09:00 review-reminder B/B process-plan overdue-1+overdue-3',
    ]);
    expect(life.ledger().filter((line) => line.includes('28d'))).toEqual([]); // nobody pays for the reviewer's time
  });

  test('rejected: due again at the later of due time and rejection + 10 days; late days add up over rounds', () => {
    const life = signed()
      .submit('2026-09-02 10:00', 'needs-analysis-report')
      .submit('2026-11-04 10:00', 'process-plan') // due 11-02: 2 days late
      .reject('2026-11-06 10:00', 'process-plan'); // again by 11-16
    expect(life.obligation('process-plan')).toMatchObject({
      status: 'rework',
      due: { localDate: '2026-11-16' },
      settledDaysLate: 2,
    });
    life.submit('2026-11-19 10:00', 'process-plan').accept('2026-11-20 10:00', 'process-plan'); // 3 days late
    expect(life.obligation('process-plan')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 5 });
    expect(life.ledger()).toEqual([
      '2026-11-04T10:00:00+08:00 penalty A>B 10000.00 2d',
      '2026-11-19T10:00:00+08:00 penalty A>B 15000.00 3d',
    ]);
  });

  test('rejected early, the first due time stands', () => {
    const life = signed().submit('2026-09-10 10:00', 'process-plan').reject('2026-09-11 10:00', 'process-plan');
    expect(life.obligation('process-plan').due?.localDate).toBe('2026-11-02');
  });

  test('a new version during the review restarts the window and adds no late day', () => {
    const life = signed().submit('2026-10-30 10:00', 'process-plan').submit('2026-11-05 10:00', 'process-plan');
    expect(life.obligation('process-plan')).toMatchObject({
      version: 2,
      settledDaysLate: 0,
      review: { localDate: '2026-11-16' },
    });
    life.accept('2026-11-06 10:00', 'process-plan');
    expect(life.obligation('process-plan').status).toBe('fulfilled');
    expect(life.iso(life.obligation('process-plan').fulfilledAtMs ?? 0)).toBe('2026-11-05T10:00:00+08:00');
  });
});

describe('the end', () => {
  test('terminated: accrual stops that day inclusive, the open is cancelled, later acts are refused', () => {
    const life = signed().terminate('2026-10-10 15:00').submit('2026-10-11 10:00', 'training-plan');
    expect(life.story(6)).toEqual([
      'penalty-posted needs-analysis-report 2026-10-10T15:00:00+08:00',
      'agreement-terminated 2026-10-10T15:00:00+08:00',
    ]);
    expect(life.ledger()).toEqual(['2026-10-10T15:00:00+08:00 penalty A>B 10000.00 2d']);
    expect(life.state.obligations.map((o) => [o.status, o.settledDaysLate])).toEqual([
      ['cancelled', 2],
      ['cancelled', 0],
      ['cancelled', 0],
    ]);
    expect(life.rejections).toEqual([{ at: '2026-10-11 10:00', code: 'agreement-ended' }]);
  });

  test('expiry at 24:00 of the last day, whatever day it is', () => {
    const life = signed({ expiresOn: '2026-10-10' }).until('2026-10-11 00:00'); // 10-11 is a Sunday
    expect(life.story(6)).toEqual([
      'penalty-posted needs-analysis-report 2026-10-11T00:00:00+08:00',
      'agreement-expired 2026-10-11T00:00:00+08:00',
    ]);
    expect(life.ledger()).toEqual(['2026-10-11T00:00:00+08:00 penalty A>B 10000.00 2d']);
    expect(life.state).toMatchObject({ status: 'expired', endedOn: '2026-10-10' });
  });

  test('only the coordinator records an end', () => {
    expect(signed().terminate('2026-10-10 15:00', 'A').rejections).toEqual([
      { at: '2026-10-10 15:00', code: 'not-responsible' },
    ]);
  });
});

describe('what comes to light late is corrected, never edited (design §3)', () => {
  test('a hand-in received in time, folded after the overdue: withdrawn, and a credit note', () => {
    const life = signed().until('2026-11-02 09:00').receive('2026-10-08 23:50', 'A', {
      type: 'submit',
      obligation: 'needs-analysis-report',
      documents: [],
    });
    expect(life.story(5)).toEqual([
      'obligation-overdue needs-analysis-report 2026-10-09T00:00:00+08:00',
      'penalty-posted needs-analysis-report 2026-11-01T00:00:00+08:00',
      'overdue-withdrawn needs-analysis-report 2026-10-09T00:00:00+08:00',
      'deliverable-submitted needs-analysis-report 2026-10-08T23:50:00+08:00',
      'penalty-credited needs-analysis-report 2026-11-01T00:00:00+08:00',
      'obligation-fulfilled needs-analysis-report 2026-10-08T23:50:00+08:00',
    ]);
    expect(life.ledger()[1]).toBe('2026-11-01T00:00:00+08:00 credit-note A>B -115000.00 -23d');
    expect(life.obligation('needs-analysis-report')).toMatchObject({
      status: 'fulfilled',
      posted: { days: 0, amount: '0.00' },
    });
  });

  test('a coordinator enters a past hand-in with its document', () => {
    const life = signed().until('2026-10-20 09:00');
    const past = {
      type: 'submit' as const,
      obligation: 'needs-analysis-report',
      handedInAtMs: life.ms('2026-10-10 16:00'),
    };
    const document = { sha256: 'a'.repeat(64), size: 1 };
    life.act('2026-10-20 09:30', 'coordinator', { ...past, documents: [] }, { onBehalfOf: 'A' });
    life.act('2026-10-20 10:00', 'coordinator', { ...past, documents: [document] }, { onBehalfOf: 'A' });
    expect(life.rejections).toEqual([{ at: '2026-10-20 09:30', code: 'evidence-missing' }]);
    expect(life.ledger()).toEqual(['2026-10-20T10:00:00+08:00 penalty A>B 10000.00 2d']);
    expect(life.obligation('needs-analysis-report')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 2 });
  });

  const document = { sha256: 'a'.repeat(64), size: 1 };
  const entered = (life: Life, at: string, obligation: string, handedIn: string) =>
    life.act(
      at,
      'coordinator',
      { type: 'submit', obligation, documents: [document], handedInAtMs: life.ms(handedIn) },
      { onBehalfOf: 'A' },
    );

  test('a hand-in by page turns out to have been in time: credited in full, though fulfilled late or under review', () => {
    const report = signed().submit('2026-11-05 10:00', 'needs-analysis-report');
    entered(report, '2026-11-06 10:00', 'needs-analysis-report', '2026-10-08 16:00');
    expect(report.ledger().at(-1)).toBe('2026-11-06T10:00:00+08:00 credit-note A>B -140000.00 -28d');
    expect(report.obligation('needs-analysis-report')).toMatchObject({
      status: 'fulfilled',
      settledDaysLate: 0,
      posted: { days: 0, amount: '0.00' },
    });

    const plan = signed().submit('2026-11-07 10:00', 'process-plan'); // 5 days late
    entered(plan, '2026-11-09 10:00', 'process-plan', '2026-11-04 10:00'); // it was 2
    expect(plan.ledger().at(-1)).toBe('2026-11-09T10:00:00+08:00 credit-note A>B -15000.00 -3d');
    expect(plan.obligation('process-plan')).toMatchObject({
      status: 'in-review',
      settledDaysLate: 2,
      review: { localDate: '2026-11-19' }, // 10 days from when the reviewer was asked
    });
  });

  test('a hand-in cannot be entered before its round began or after now', () => {
    const life = signed().submit('2026-09-10 10:00', 'process-plan').reject('2026-09-11 10:00', 'process-plan');
    entered(life, '2026-09-12 10:00', 'process-plan', '2026-09-10 11:00');
    entered(life, '2026-09-12 10:00', 'process-plan', '2026-09-13 10:00');
    entered(life, '2026-09-12 10:00', 'training-plan', '1926-09-13 10:00');
    expect(life.rejections.map(({ code }) => code)).toEqual(Array(3).fill('handed-in-out-of-range'));
  });
});

test('a paper of more than ten years ago, or signed after the term, is refused', () => {
  const life = new Life(serviceAttachments({ expiresOn: '2026-08-01' }), SIGNED)
    .act(SIGNED, 'A', { type: 'sign', signedOn: '2016-08-31', documents: [] })
    .act(SIGNED, 'A', { type: 'sign', signedOn: '2016-09-01', documents: [] })
    .act(SIGNED, 'B', { type: 'sign', documents: [] });
  expect(life.rejections.map(({ code }) => code)).toEqual(['signed-on-too-early', 'signed-after-expiry']);
  expect(life.state.status).toBe('awaiting-signatures');
});
