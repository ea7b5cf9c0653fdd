import { describe, expect, test } from 'vitest';
import type { Actor, CommandOf, CommandType, PersonCommand } from '../../domain/agreement/command.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { isRejection } from '../../domain/agreement/decision.ts';
import { PHASES } from '../../domain/agreement/phase.ts';
import { CHANGE_2027 } from '../support/calendar-2027.ts';
import { Life, actor, duty, lifeOf, paper } from '../support/life.ts';
import { WHOLE_LIFE, fee, report, reportDueAfter, wholeLife } from '../support/whole-life.ts';

/**
 * Who binds a party (Civil Code 61, 165, 170; ADR 20): the party B itself, its department `desk`, the other party A, and a
 * coordinator who enters it for B, with its document and without. `done` is done, `none` changes nothing, `asked` waits for
 * the party itself, anything else refuses it.
 */
const WHO: [name: string, actor: Actor, paper: boolean][] = [
  ['B', { ...actor('B'), party: 'B' }, false],
  ['desk', { ...actor('desk'), party: 'B' }, false],
  ['A', { ...actor('A'), party: 'A' }, false],
  ['coordinator with its document', { ...actor('coordinator'), onBehalfOf: 'B' }, true],
  ['coordinator without', { ...actor('coordinator'), onBehalfOf: 'B' }, false],
];

type Act = { [T in CommandType]: Omit<CommandOf<T>, 'id' | 'receivedAtMs' | 'actor'> }[CommandType];

const SIGNED = '2026-09-01 09:00';
const SEATED = { A: 'person-A', B: 'person-B', desk: 'person-desk', coordinator: 'person-coordinator' };
const whole = (change = {}): Life => new Life(wholeLife(change), SIGNED, SEATED);
const begun = (change = {}): Life => whole(change).sign(SIGNED);
const documents = [paper()];
const none = { documents: [] };

const EFFECT = { seal: true, sealClauses: ['S003-N-14'], review: true, reviewClauses: ['S003-N-13'], policy: false };
const drafted = (): Life => whole({ life: { ...WHOLE_LIFE, effect: EFFECT } });
const policy = (): Life =>
  whole({
    signatories: ['B'],
    life: lifeOf({
      effect: { ...EFFECT, seal: false, review: false, policy: true },
      amendment: { consent: ['B'], lapseDays: null, clauses: ['S004-30'] },
    }),
  });
const revised = (): Life =>
  ['policy', 'posting']
    .reduce((life, what) => life.act(SIGNED, 'B', { type: 'approve', what, ...none }), policy())
    .act('2026-09-02 09:00', 'B', {
      type: 'propose',
      amendment: 'a1',
      effectiveOn: '2026-12-01',
      patch: reportDueAfter(40),
      ...none,
    });
const entered = (): Life => begun().act('2026-09-02 09:00', 'A', ENTRY);
const ENTRY: Act = { type: 'enter-baseline', goal: 'score', value: '80', ...none };
const proposal: Act = {
  type: 'propose',
  amendment: 'a1',
  effectiveOn: '2026-12-01',
  patch: reportDueAfter(40),
  documents: [],
};
const proposed = (): Life => begun().act('2026-09-02 09:00', 'A', proposal);
const MUTUAL: Act = { type: 'serve', notice: 'termination', ground: 'mutual', ...none };
/** The report of A, due 2026-10-08, and the fee of B, due 2026-10-16, are late. */
const late = (change = {}): Life => begun(change).until('2026-10-20 09:00');
const notified = (): Life =>
  late().act('2026-10-20 09:30', 'B', { type: 'serve', notice: 'breach', breach: 'report', documents });
const openEnded = (): Life =>
  late({
    life: {
      ...WHOLE_LIFE,
      terminations: WHOLE_LIFE.terminations.map((one) => ({ ...one, negotiationDays: null, cureDays: null })),
    },
  });
const PAUSE: Act = { type: 'suspend', ground: 'agreed-pause', obligations: [], ...none };
const asked = (): Life => begun().act('2026-09-02 09:00', 'A', PAUSE);
const CLAIM: Act = { type: 'claim', claim: 'k1', amount: '1000.00', liability: 'loss', documents };
const claimed = (): Life => late().act('2026-10-20 09:30', 'A', { ...CLAIM, against: 'B' });
const answer = (verdict: 'agree' | 'dispute' | 'drop' | 'recourse', more = {}): Act => ({
  type: 'answer',
  claim: 'k1',
  verdict,
  ...none,
  ...more,
});
const agreed = (): Life => claimed().act('2026-10-20 09:40', 'B', answer('agree'));
const over = (): Life => late().terminate('2026-10-20 09:30');
const DISPUTE: Act = { type: 'open-matter', kind: 'dispute', ...none };
/** Addressed to the department: the party answers it. */
const disputed = (): Life => begun().act('2026-09-02 09:00', 'A', { ...DISPUTE, to: 'desk' });
const own = (): Life => begun().act('2026-09-02 09:00', 'B', DISPUTE);
const carry = (matter: string, step: CommandOf<'carry-matter'>['step']): Act => ({
  type: 'carry-matter',
  matter,
  step,
  ...none,
});
const reviewed = (): Life => begun().submit('2026-09-02 09:00', 'plan');
const ACCEPT: Act = { type: 'review', obligation: 'plan', verdict: 'accept', pointCount: 0 };
const waiver: Act = { type: 'waive', obligation: 'report', days: 1, documents: [] };
/** Duties whose owner, payer and reviewer is the department itself. */
const OWN_DUTIES = {
  obligations: [
    report(30),
    duty('poll', 'effect', '20 days', { responsible: 'desk' }),
    duty('plan', 'effect', '60 days', {
      responsible: 'A',
      review: { reviewers: ['desk'], windowDays: 10, reworkDays: 10, clauses: ['S001a-61'] },
    }),
    fee(45, { responsible: 'desk' }),
  ],
};
const END_OF_THIRD: Act = { type: 'end-engagement', ground: 'purpose-achieved', ...none };
const seeing = (): Life => {
  const secrets = { id: 'secrets-of-third', clauses: ['S001c-76'], bound: ['third'], undertaking: true as const };
  const life = begun({ life: { ...WHOLE_LIFE, confidentiality: [...WHOLE_LIFE.confidentiality, secrets] } });
  for (const step of ['undertake', 'grant'] as const) {
    life.act('2026-09-02 09:00', 'A', { type: 'third-access', step, documents });
  }
  return life;
};
const involved = (): Life =>
  begun({
    life: {
      ...WHOLE_LIFE,
      engagementEnd: {
        id: 'third-ends',
        clauses: ['S001b-92'],
        grounds: [{ ground: 'purpose-achieved', clauses: ['S001b-92'] }],
        hasPurpose: true,
        items: ['cost'],
      },
    },
  });
const REQUEST = { id: 'data', from: 'desk', to: 'A', replyDays: 5, clauses: ['S003-K-06'] };
const requesting = (): Life => begun({ life: { ...WHOLE_LIFE, requests: [REQUEST] } });
const requested = (): Life =>
  begun({ life: { ...WHOLE_LIFE, requests: [{ ...REQUEST, from: 'A', to: 'desk' }] } }).act('2026-09-02 09:00', 'A', {
    type: 'open-matter',
    kind: 'request',
    ...none,
  });

type Row = [
  what: string,
  life: () => Life,
  now: string,
  act: Act,
  B: string,
  desk: string,
  A: string,
  withPaper: string,
  without: string,
];
const NO = 'not-responsible';
const UNPROVEN = 'evidence-missing';
const EARLY = '2026-09-03 10:00';
const LATE = '2026-10-21 10:00';
const AFTER = '2026-10-22 10:00';

/** The department's answer is `not-responsible` throughout. */
const BINDING: Row[] = [
  [
    'review of the draft (S003-N-13)',
    drafted,
    EARLY,
    { type: 'approve', what: 'review', ...none },
    'done',
    NO,
    'done',
    'done',
    UNPROVEN,
  ],
  ['signature', whole, EARLY, { type: 'sign', ...none }, 'done', NO, 'done', 'done', UNPROVEN],
  ['seal (S003-N-14)', () => sealable(), EARLY, { type: 'seal', ...none }, 'done', NO, 'done', 'done', UNPROVEN],
  [
    'approval of a policy (S004-30)',
    policy,
    EARLY,
    { type: 'approve', what: 'policy', ...none },
    'done',
    NO,
    NO,
    'done',
    UNPROVEN,
  ],
  [
    'posting of its revision (S004-30)',
    revised,
    EARLY,
    { type: 'approve', what: 'posting:a1', ...none },
    'done',
    NO,
    NO,
    'done',
    UNPROVEN,
  ],
  ['baseline', begun, EARLY, ENTRY, 'done', NO, 'done', 'done', UNPROVEN],
  [
    'its confirmation',
    entered,
    EARLY,
    { type: 'approve', what: 'baseline:score@80', ...none },
    'done',
    NO,
    'already-approved',
    'done',
    UNPROVEN,
  ],
  ['proposal of an amendment', begun, EARLY, proposal, 'done', NO, 'done', 'done', UNPROVEN],
  ['its acceptance', proposed, EARLY, { type: 'accept', amendment: 'a1' }, 'done', NO, 'none', 'done', UNPROVEN],
  ['its refusal', proposed, EARLY, { type: 'decline', amendment: 'a1' }, 'done', NO, 'done', 'done', UNPROVEN],
  ['objection to the renewal', begun, EARLY, { type: 'object', ...none }, 'done', NO, 'done', 'done', UNPROVEN],
  ['pause', begun, EARLY, PAUSE, 'done', NO, 'done', 'done', UNPROVEN],
  [
    'consent to a pause',
    asked,
    EARLY,
    { type: 'approve', what: 'suspension:1', ...none },
    'done',
    NO,
    'nothing-to-approve',
    'done',
    UNPROVEN,
  ],
  [
    'end of a pause',
    () => asked().act('2026-09-02 10:00', 'B', PAUSE),
    EARLY,
    { type: 'resume', obligations: [], ...none },
    'done',
    NO,
    'done',
    'done',
    UNPROVEN,
  ],
  [
    'force majeure',
    begun,
    EARLY,
    { type: 'suspend', ground: 'force-majeure', obligations: [], ...none },
    UNPROVEN,
    NO,
    UNPROVEN,
    'done',
    UNPROVEN,
  ],
  [
    'notice of breach',
    late,
    LATE,
    { type: 'serve', notice: 'breach', breach: 'report', ...none },
    'done',
    NO,
    NO,
    'done',
    UNPROVEN,
  ],
  ['cure', notified, LATE, { type: 'cure', breach: 'breach-1', ...none }, 'done', NO, 'gate-closed', 'done', UNPROVEN],
  [
    'failure of negotiation',
    () => openEnded().act('2026-10-20 09:30', 'B', { type: 'serve', notice: 'breach', breach: 'report', documents }),
    LATE,
    { type: 'cure', breach: 'breach-1', failed: true, ...none },
    'gate-closed',
    NO,
    NO,
    'gate-closed',
    UNPROVEN,
  ],
  ['notice of an agreed end', begun, EARLY, MUTUAL, 'done', NO, 'done', 'done', UNPROVEN],
  [
    'consent to it',
    () => begun().act('2026-09-02 09:00', 'A', MUTUAL),
    EARLY,
    { type: 'approve', what: 'termination:termination-1', ...none },
    'done',
    NO,
    'nothing-to-approve',
    'done',
    UNPROVEN,
  ],
  ['claim', late, LATE, { ...CLAIM, ...none } as Act, 'done', NO, 'done', 'done', UNPROVEN],
  ['agreement to a claim', claimed, LATE, answer('agree'), 'done', NO, NO, 'done', UNPROVEN],
  ['dispute of a claim', claimed, LATE, answer('dispute'), 'done', NO, NO, 'done', UNPROVEN],
  ['recourse', agreed, LATE, answer('recourse', { amount: '100.00' }), 'done', NO, NO, 'done', UNPROVEN],
  [
    'drop of a claim',
    () => late().act('2026-10-20 09:30', 'B', { ...CLAIM, against: 'A' }),
    LATE,
    answer('drop'),
    'done',
    NO,
    NO,
    'done',
    UNPROVEN,
  ],
  [
    'approval of a waiver',
    () => late().act('2026-10-20 09:30', 'desk', waiver),
    LATE,
    { type: 'approve', what: 'waiver:1', ...none },
    'done',
    NO,
    NO,
    NO,
    NO,
  ],
  [
    'letting an item go after the end',
    over,
    AFTER,
    { type: 'settle', item: 'report', outcome: 'waived', ...none },
    'done',
    NO,
    NO,
    'done',
    UNPROVEN,
  ],
  [
    'dispute of an item after the end',
    over,
    AFTER,
    { type: 'settle', item: 'report', outcome: 'disputed', ...none },
    'done',
    NO,
    'done',
    'done',
    UNPROVEN,
  ],
  [
    'what one owes, booked',
    begun,
    EARLY,
    { type: 'book', booking: 'deposit', kind: 'deposit', amount: '1.00', debtor: 'B', documents },
    'done',
    NO,
    NO,
    'done',
    'done',
  ],
  ['dispute', begun, EARLY, DISPUTE, 'done', NO, 'done', 'done', UNPROVEN],
  ['answer to a dispute', disputed, EARLY, carry('dispute-1', 'answer'), 'done', NO, NO, 'done', UNPROVEN],
  ['refusal in a dispute', disputed, EARLY, carry('dispute-1', 'refuse'), 'done', NO, NO, 'done', UNPROVEN],
  ['what a dispute came to', disputed, EARLY, carry('dispute-1', 'decide'), 'done', NO, 'done', 'done', UNPROVEN],
  [
    'way to the forum',
    () => disputed().until('2026-10-20 09:00'),
    LATE,
    carry('dispute-1', 'escalate'),
    'done',
    NO,
    'done',
    'done',
    UNPROVEN,
  ],
  ['end of a dispute', own, EARLY, carry('dispute-1', 'close'), 'done', NO, NO, 'done', UNPROVEN],
  [
    'holding money back',
    begun,
    EARLY,
    { type: 'hold-back', obligation: 'fee', amount: '100.00', ...none },
    'done',
    NO,
    NO,
    'done',
    UNPROVEN,
  ],
  [
    "end of a third party's involvement (S001b-92)",
    involved,
    EARLY,
    END_OF_THIRD,
    'done',
    NO,
    'done',
    'done',
    UNPROVEN,
  ],
  [
    'consent to that',
    () => involved().act('2026-09-02 09:00', 'A', END_OF_THIRD),
    EARLY,
    { type: 'approve', what: 'engagement-end:end-1', ...none },
    'done',
    NO,
    'already-approved',
    'done',
    UNPROVEN,
  ],
  [
    'access of a third party taken back',
    () => seeing(),
    EARLY,
    { type: 'third-access', step: 'withdraw', ...none },
    'done',
    NO,
    'done',
    'done',
    UNPROVEN,
  ],
  [
    'successor in the own seat',
    begun,
    EARLY,
    { type: 'replace', seat: 'B', personId: 'other' },
    'done',
    NO,
    NO,
    'done',
    'done',
  ],
  [
    'deputy in the own seat',
    begun,
    EARLY,
    { type: 'delegate', seat: 'B', deputy: 'other', from: '2026-09-04', until: '2026-09-05', obligations: [] },
    'done',
    NO,
    NO,
    'done',
    'done',
  ],
  ['vacancy of the own seat', begun, EARLY, { type: 'vacate', seat: 'B' }, 'done', NO, NO, 'done', 'done'],
];

/** What a department does as its duties need it (Civil Code 170): no more is bound by it than the duty itself. */
const OPERATIONAL: Row[] = [
  [
    'hand-in',
    () => begun(OWN_DUTIES),
    EARLY,
    { type: 'submit', obligation: 'poll', ...none },
    'done',
    'done',
    NO,
    'done',
    UNPROVEN,
  ],
  [
    "hand-in of the party's duty",
    begun,
    EARLY,
    { type: 'submit', obligation: 'survey', ...none },
    'done',
    'done',
    NO,
    'done',
    UNPROVEN,
  ],
  ["review of the other side's work (S001a-61)", reviewed, EARLY, ACCEPT, 'done', 'done', 'none', NO, NO],
  [
    'review where it is the reviewer',
    () => begun(OWN_DUTIES).submit('2026-09-02 09:00', 'plan'),
    EARLY,
    ACCEPT,
    'done',
    'done',
    NO,
    NO,
    NO,
  ],
  [
    'payment, as entered',
    begun,
    EARLY,
    { type: 'pay', obligation: 'fee', amount: '100.00', ...none },
    'done',
    'done',
    'done',
    'done',
    UNPROVEN,
  ],
  [
    'holding back what it pays itself',
    () => begun(OWN_DUTIES),
    EARLY,
    { type: 'hold-back', obligation: 'fee', amount: '100.00', ...none },
    'done',
    'done',
    NO,
    'done',
    UNPROVEN,
  ],
  ['waiver, as asked of its party', late, LATE, waiver, 'done', 'asked', NO, 'asked', UNPROVEN],
  [
    'request',
    requesting,
    EARLY,
    { type: 'open-matter', kind: 'request', ...none },
    'done',
    'done',
    NO,
    'done',
    UNPROVEN,
  ],
  ['reply to a request', requested, EARLY, carry('request-1', 'answer'), 'done', 'done', NO, 'done', UNPROVEN],
  [
    'confidentiality incident',
    begun,
    EARLY,
    { type: 'open-matter', kind: 'incident', rule: 'secrets', ...none },
    'done',
    'done',
    'done',
    'done',
    UNPROVEN,
  ],
  [
    'meeting',
    begun,
    EARLY,
    { type: 'open-matter', kind: 'meeting', on: '2026-09-30', ...none },
    'done',
    'done',
    'done',
    'done',
    UNPROVEN,
  ],
  [
    'minutes of a meeting',
    () => begun().act('2026-09-02 09:00', 'A', { type: 'open-matter', kind: 'meeting', ...none }),
    EARLY,
    carry('meeting-1', 'decide'),
    'done',
    'done',
    'done',
    'done',
    UNPROVEN,
  ],
  [
    'having read',
    begun,
    EARLY,
    { type: 'acknowledge', what: 'agreement', ...none },
    'done',
    'done',
    'done',
    'done',
    UNPROVEN,
  ],
  [
    'special case, where the contract trusts it with that (S004-27)',
    begun,
    EARLY,
    { type: 'override', obligation: 'report', dueOn: '2026-10-12', ...none },
    NO,
    'done',
    NO,
    'done',
    'done',
  ],
  [
    'successor in its seat',
    begun,
    EARLY,
    { type: 'replace', seat: 'desk', personId: 'other' },
    'done',
    'done',
    NO,
    'done',
    'done',
  ],
];

/** What is the coordinator's alone, or said by mail. */
const OFFICE: Row[] = [
  ['end that was agreed outside', begun, EARLY, { type: 'terminate', ...none }, NO, NO, NO, 'done', 'done'],
  [
    'newer calendar',
    begun,
    EARLY,
    { type: 'redate', verdict: 'accept', change: CHANGE_2027, shown: [] },
    NO,
    NO,
    NO,
    'done',
    'done',
  ],
  ['draft taken back', whole, EARLY, { type: 'withdraw' }, NO, NO, NO, 'done', 'done'],
  [
    'word of the mail server',
    notified,
    LATE,
    { type: 'served', noticeId: 'n1', serves: 'breach-1' },
    NO,
    NO,
    NO,
    NO,
    NO,
  ],
];

function sealable(): Life {
  return ['A', 'B'].reduce(
    (life, seat) => life.act(SIGNED, seat, { type: 'approve', what: 'review', ...none }),
    drafted(),
  );
}

function outcome({ state }: Life, now: number, act: Act, [, who, isProven]: (typeof WHO)[number]): string {
  const brought = isProven && !('documents' in act && act.documents?.length) ? { documents } : {};
  const command = { ...act, ...brought, id: 'c', receivedAtMs: now, actor: who } as PersonCommand;
  const decided = decide(command, state);
  if (isRejection(decided)) return decided.rejected;
  if (decided.events.length === 0) return 'none';
  return decided.events.some(({ type }) => type === 'waiver-proposed') ? 'asked' : 'done';
}

describe.each([
  ['binds the party: its own seat alone, or entered for it with its document', BINDING],
  ['is done by a department as its duties need it', OPERATIONAL],
  ["is nobody's of a party", OFFICE],
])('what %s', (_, rows) => {
  test.each(rows)('%s', (_what, lived, now, act, ...expected) => {
    const life = lived();
    expect(life.rejections).toEqual([]);
    const found = WHO.map((who) => [who[0], outcome(life.until(now), life.ms(now), act, who)]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(WHO.map(([name], index) => [name, expected[index]])));
  });
});

test('that it was paid on an earlier day, which costs late fees, the payee itself acknowledges: no department of it', () => {
  const life = late({ obligations: [fee(45, { responsible: 'A', payee: 'B' })] });
  const act: Act = { type: 'pay', obligation: 'fee', amount: '80000.00', paidOn: '2026-10-16', ...none };
  const found = WHO.map((who) => outcome(life, life.ms('2026-10-20 10:00'), act, who));
  expect(found).toEqual(['done', 'own-word', 'own-word', 'done', UNPROVEN]);
});

test('a link to bind a party is mailed to the party, never to a department of it', () => {
  const binding = ['sign', 'seal', 'approve', 'accept', 'object', 'answer'];
  const signed = sealable().sign('2026-09-02 09:00');
  const ending = begun().act('2026-09-02 09:00', 'A', MUTUAL);
  const lives = [signed, entered(), proposed(), asked(), ending, claimed(), begun().until('2027-03-10 12:00')];
  const links = lives.flatMap((life) => life.until(LATE).notices);
  const mailed = links.flatMap(({ act: link, seat }) => (link && binding.includes(link) ? [`${link} ${seat}`] : []));
  const parties = binding.flatMap((link) => [`${link} A`, `${link} B`]);
  expect([...new Set(mailed)].filter((one) => !parties.includes(one))).toEqual([]);
  expect(new Set(mailed.map((one) => one.split(' ')[0]))).toEqual(new Set(binding));
});

test('every act stands in the table, save what is arranged or noted about the record', () => {
  const listed = [...BINDING, ...OPERATIONAL, ...OFFICE].map(([, , , { type }]) => type);
  const others = (Object.keys(PHASES) as CommandType[]).filter((type) => !listed.includes(type));
  expect(others.sort()).toEqual([
    'award',
    'circulate',
    'evaluated',
    'measured',
    'post-engagement',
    'recall',
    'remind',
    'risk-noted',
    'undelivered',
    'visits-counted',
  ]);
  expect(BINDING.every(([, , , , , department]) => department === NO)).toBe(true);
});
