import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { lifePage } from '../../cli/life-page.ts';
import type { Actor, CommandOf, CommandType, PersonCommand } from '../../domain/agreement/command.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { isRejection } from '../../domain/agreement/decision.ts';
import { evolve } from '../../domain/agreement/evolve.ts';
import { PHASES, hasEnded, phaseOf } from '../../domain/agreement/phase.ts';
import { REJECTION_CODES } from '../../domain/agreement/rejection.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { TRANSITIONS } from '../../domain/agreement/transition.ts';
import { isUnfinished } from '../../domain/life/settlement.ts';
import { CHANGE_2027 } from '../support/calendar-2027.ts';
import { Life, actor, lifeOf, paper, serviceAttachments } from '../support/life.ts';
import { WHOLE_LIFE, reportDueAfter, wholeLife } from '../support/whole-life.ts';

const SIGNED = '2026-09-01 09:00';
const SEATED = { A: 'person-A', B: 'person-B', desk: 'person-desk', coordinator: 'person-coordinator' };
const begun = (life: Life): Life => life.sign(SIGNED);
const whole = (change = {}): Life => new Life(wholeLife(change), SIGNED, SEATED);
const paused = (life: Life, local: string): Life =>
  life.act(local, 'A', { type: 'suspend', ground: 'force-majeure', obligations: [], documents: [paper()] });
const claimed = (life: Life, local: string): Life =>
  life.act(local, 'B', {
    type: 'claim',
    claim: 'k1',
    amount: '1000.00',
    obligation: 'report',
    liability: 'loss',
    documents: [paper()],
  });

/** One agreement in each status, lived to it; where it matters with and without something left to do. */
const LIVES: [name: string, status: AgreementState['status'], life: () => Life, now: string][] = [
  ['awaiting-signatures', 'awaiting-signatures', () => whole().until('2026-09-02 09:00'), '2026-09-02 10:00'],
  ['active', 'active', () => begun(whole()).until('2026-09-10 09:00'), '2026-09-10 10:00'],
  [
    'active, with everything under way',
    'active',
    () =>
      claimed(begun(whole()).until('2026-10-20 09:00'), '2026-10-20 10:00')
        .submit('2026-10-20 11:00', 'plan')
        .act('2026-10-20 11:00', 'A', {
          type: 'propose',
          amendment: 'a1',
          effectiveOn: '2026-12-01',
          patch: reportDueAfter(40),
          documents: [],
        })
        .act('2026-10-20 11:00', 'B', { type: 'serve', notice: 'breach', breach: 'report', documents: [paper()] })
        .act('2026-10-20 11:00', 'A', { type: 'serve', notice: 'termination', ground: 'mutual', documents: [paper()] })
        .act('2026-10-20 11:00', 'A', { type: 'open-matter', kind: 'request', rule: 'data', to: 'B', documents: [] }),
    '2026-10-21 10:00',
  ],
  ['active, without a life', 'active', () => begun(whole({ life: undefined })), '2026-09-10 10:00'],
  ['suspended', 'suspended', () => paused(begun(whole()), '2026-09-10 10:00'), '2026-09-11 10:00'],
  [
    'terminated, with a claim open',
    'terminated',
    () => claimed(begun(whole()), '2026-10-20 10:00').terminate('2026-10-21 10:00'),
    '2026-10-22 10:00',
  ],
  [
    'terminated, with nothing left to do',
    'terminated',
    () => new Life(serviceAttachments({ life: lifeOf() }), SIGNED).sign(SIGNED).terminate('2026-09-10 10:00'),
    '2026-09-11 10:00',
  ],
  [
    'expired',
    'expired',
    () => begun(whole({ life: { ...WHOLE_LIFE, renewal: null } })).until('2027-04-01 00:00'),
    '2027-04-01 10:00',
  ],
  [
    'expired, without a life',
    'expired',
    () => begun(whole({ life: undefined })).until('2027-04-01 00:00'),
    '2027-04-01 10:00',
  ],
  ['closed', 'closed', () => whole().act('2026-09-02 10:00', 'coordinator', { type: 'withdraw' }), '2026-09-03 10:00'],
];

type Bare<T extends CommandType> = Omit<CommandOf<T>, 'id' | 'receivedAtMs' | 'actor' | 'type'>;
const documents = [paper()];

/** Of each act, what could be asked: to the point, and beside it. */
const ASKED: { [T in CommandType]: Bare<T>[] } = {
  sign: [{ documents }, { documents, signedOn: '2026-09-01' }, { documents, signedOn: '2036-01-01' }],
  seal: [{ documents }, { documents, sealedOn: '2026-09-01' }],
  approve: [
    ...['review', 'policy', 'posting', 'baseline:score', 'waiver:1', 'termination', 'suspension', 'x', ''],
    ...['engagement-end:end-1', 'engagement-end:end-1:fees', 'engagement-end:'],
  ].map((what) => ({ what, documents })),
  withdraw: [{}],
  measured: [{ figures: [] }],
  evaluated: [{ evaluation: 'appraisal#2026-09', rule: 'scoring', figures: { quality: '80' }, weights: null }],
  award: [
    {
      ...{ evaluation: 'appraisal#2026-09', rule: 'scoring', consequence: 'B/consequence-1', kind: 'reward' },
      ...{ amount: '100.00', debtor: 'A', creditor: 'B', documents },
    },
  ],
  'visits-counted': [{ rule: 'visits', quarter: '2026-Q4', stage: 'end', tiers: [] }],
  'risk-noted': [{ reference: 'risk-1' }],
  'post-engagement': [
    {
      engagement: 'diagnosis',
      lines: [{ kind: 'cost-share', debtor: 'A', creditor: 'third', amount: '500.01', currency: 'CNY' }],
      clauses: ['S001b-86'],
    },
  ],
  'enter-baseline': [
    { goal: 'score', value: '80', documents },
    { goal: 'none', value: 'x', documents },
  ],
  submit: [
    { obligation: 'report', documents },
    { obligation: 'survey', occurrence: '2026-09', documents },
    { obligation: 'fee', documents },
    { obligation: 'none', documents },
  ],
  review: [
    { obligation: 'plan', verdict: 'accept', pointCount: 0 },
    { obligation: 'plan', verdict: 'reject', pointCount: 2 },
    { obligation: 'fee', verdict: 'accept', pointCount: 0 },
  ],
  circulate: [{ what: 'agreement', readers: ['A', 'person:p'] }],
  remind: [{ what: 'agreement' }],
  acknowledge: [
    { what: 'agreement', documents },
    { what: 'none', documents },
  ],
  replace: [{ seat: 'A', personId: 'other' }],
  vacate: [{ seat: 'A' }, { seat: 'coordinator' }],
  delegate: [{ seat: 'A', deputy: 'other', from: '2026-09-11', until: '2026-09-12', obligations: [] }],
  recall: [{ seat: 'A' }],
  undelivered: [
    { noticeId: 'n1', seat: 'A', kind: 'reminder', code: '5.1.1' },
    { noticeId: 'n1', seat: 'A', kind: 'breach-notice', code: '5.1.1', serves: 'breach-1' },
  ],
  served: [
    { noticeId: 'n1', serves: 'breach-1' },
    { noticeId: 'n1', serves: 'termination-1' },
  ],
  pay: [
    { obligation: 'fee', amount: '100.00', documents },
    { obligation: 'fee', amount: '-1', documents },
    { obligation: 'report', amount: '1.00', documents },
  ],
  'hold-back': [{ obligation: 'fee', amount: '100.00', documents }],
  waive: [
    { obligation: 'report', days: 1, documents },
    { obligation: 'report', amount: '1.00', documents },
    { obligation: 'fee', days: 1, documents },
    { obligation: 'report', documents },
  ],
  propose: [
    { amendment: 'a1', effectiveOn: '2026-12-01', patch: reportDueAfter(50), documents },
    { amendment: 'a2', effectiveOn: '2026-09-01', patch: reportDueAfter(30), documents },
  ],
  accept: [{ amendment: 'a1' }, { amendment: 'none' }],
  decline: [{ amendment: 'a1' }, { amendment: 'none' }],
  override: [
    { obligation: 'report', dueOn: '2026-12-24', documents },
    { obligation: 'report', responsible: 'desk', documents },
    { obligation: 'report', skip: true, documents },
    { obligation: 'none', skip: true, documents },
  ],
  redate: [
    { verdict: 'accept', change: CHANGE_2027, shown: [] },
    { verdict: 'decline', change: CHANGE_2027, shown: [] },
  ],
  suspend: [
    { ground: 'force-majeure', obligations: [], documents },
    { ground: 'agreed-pause', obligations: ['report'], documents },
    { ground: 'missing-input', obligations: ['none'], documents },
  ],
  resume: [
    { obligations: [], documents },
    { obligations: ['report'], documents },
  ],
  object: [{ documents }],
  serve: [
    { notice: 'breach', breach: 'report', documents },
    { notice: 'breach', against: 'B', servedOn: '2026-09-10', documents },
    { notice: 'termination', ground: 'mutual', documents },
    { notice: 'termination', ground: 'serious-breach', documents },
    { notice: 'termination', ground: 'breach', breach: 'breach-1', documents },
    { notice: 'termination', ground: 'agreed-list', code: 'moved', servedOn: '2026-09-10', documents },
    { notice: 'termination', ground: 'repeal', documents },
    { notice: 'termination', documents },
    { notice: 'amendment', about: 'a1', servedOn: '2026-09-10', documents },
    { notice: 'engagement-end', about: 'end-1', documents },
  ],
  cure: [
    { breach: 'breach-1', documents },
    { breach: 'none', documents },
  ],
  terminate: [{}],
  settle: [
    { item: 'report', outcome: 'settled', documents },
    { item: 'survey#2026-09', outcome: 'waived', documents },
    { item: 'none', outcome: 'disputed', documents },
  ],
  claim: [
    { claim: 'k2', amount: '1.00', obligation: 'report', documents },
    { claim: 'k3', amount: '1.00', against: 'A', documents },
    { claim: 'k1', amount: 'x', documents },
  ],
  answer: (['agree', 'dispute', 'drop', 'recourse'] as const).map((verdict) => ({ claim: 'k1', verdict, documents })),
  book: [
    { booking: 'deposit', kind: 'deposit', amount: '1.00', debtor: 'B', documents },
    { booking: 'none', kind: 'refund', amount: '1.00', documents },
  ],
  'open-matter': [
    { kind: 'request', rule: 'data', to: 'B', documents },
    { kind: 'incident', rule: 'secrets', documents },
    { kind: 'dispute', about: 'claim:k1', documents },
    { kind: 'meeting', on: '2026-12-01', documents },
  ],
  'third-access': (['undertake', 'grant', 'withdraw'] as const).map((step) => ({ step, documents })),
  'end-engagement': (['unable-to-perform', 'breach', 'purpose-achieved'] as const).flatMap((ground) => [
    { ground, documents },
    { ground, about: 'claim:k1', documents: [] },
    { ground, about: 'none', documents },
  ]),
  'carry-matter': (['answer', 'refuse', 'close', 'escalate', 'decide'] as const).map((step) => ({
    matter: 'request-1',
    step,
    documents,
  })),
};

const ACTORS: Actor[] = [
  actor('A'),
  actor('B'),
  { ...actor('desk'), party: 'B' },
  actor('coordinator'),
  { ...actor('coordinator'), onBehalfOf: 'A' },
  { personId: 'gardener', seat: 'garden', via: 'api' },
  { personId: 'mail', seat: 'clock', via: 'mail' },
];

/** Moves that an act can bring about by itself. */
const ALLOWED = new Set(TRANSITIONS.flatMap(({ event, from, to }) => from.map((status) => `${event} ${status} ${to}`)));

describe.each(LIVES)('%s', (_name, status, live, now) => {
  const life = live();
  const { state } = life;

  test('is lived to that status', () => {
    expect(life.refusals).toEqual([]);
    expect(state.status).toBe(status);
  });

  test.each(Object.keys(PHASES) as CommandType[])('%s yields events or a typed rejection', (type) => {
    const phase = phaseOf(state);
    const isLeft =
      !hasEnded(state) ||
      isUnfinished(state) ||
      ['undelivered', 'served', 'visits-counted', 'risk-noted', 'evaluated', 'award', 'post-engagement'].includes(type);
    const isOpen = PHASES[type].includes(phase) && isLeft;
    for (const [index, bare] of ASKED[type].entries()) {
      for (const by of ACTORS) {
        const command = { ...bare, type, id: `x${index}`, receivedAtMs: life.ms(now), actor: by } as PersonCommand;
        const decided = decide(command, state);
        const said = `${type} ${JSON.stringify(bare)} by ${by.seat}`;
        if (!isOpen) {
          expect(decided, said).toMatchObject({ rejected: phase === 'before' ? 'not-in-force' : 'agreement-ended' });
          continue;
        }
        if (isRejection(decided)) {
          expect(REJECTION_CODES, said).toContain(decided.rejected);
          expect(decided.message, said).not.toBe('');
          continue;
        }
        let before = state;
        for (const event of decided.events) {
          const after = evolve(before, event);
          if (after.status !== before.status) {
            expect(ALLOWED, said).toContain(`${event.type} ${before.status} ${after.status}`);
          }
          before = after;
        }
      }
    }
  });
});

/** The moves of an agreement's status as its events brought them about. */
function moves(life: Life, agreement = wholeLife()): string[] {
  const found: string[] = [];
  let state = initialState(agreement);
  for (const event of life.events) {
    const after = evolve(state, event);
    if (after.status !== state.status || event.type === 'agreement-renewed') {
      found.push(`${event.type} ${state.status} ${after.status}`);
    }
    state = after;
  }
  return found;
}

test('every move of the table is lived, and no other', () => {
  const unrenewed = { life: { ...WHOLE_LIFE, renewal: null } };
  const settled = (life: Life, local: string): Life => {
    for (const { item } of life.state.settlement) {
      const act = {
        type: 'settle' as const,
        item,
        outcome: item === 'fee' ? ('waived' as const) : ('settled' as const),
      };
      life.act(local, 'coordinator', { ...act, documents }, { onBehalfOf: 'A' });
    }
    return life;
  };
  const resumed = { type: 'resume' as const, obligations: [], documents };
  const lives = [
    whole().act('2026-09-02 10:00', 'coordinator', { type: 'withdraw' }),
    paused(begun(whole()), '2026-09-10 10:00')
      .act('2026-09-20 10:00', 'A', resumed)
      .act('2026-09-20 10:00', 'coordinator', { ...resumed }, { onBehalfOf: 'A' })
      .until('2027-04-02 00:00'),
    paused(begun(whole()), '2027-03-20 10:00').until('2027-04-02 00:00'),
    paused(begun(whole(unrenewed)), '2026-09-10 10:00').until('2027-04-02 00:00'),
    paused(begun(whole()), '2026-09-10 10:00').terminate('2026-09-11 10:00'),
    settled(begun(whole()).terminate('2026-09-11 10:00'), '2026-09-12 10:00').until('2026-12-01 00:00'),
    settled(begun(whole(unrenewed)).until('2027-04-02 00:00'), '2027-04-03 10:00').until('2028-04-02 00:00'),
  ];
  const lived = new Set(lives.flatMap((life) => moves(life)));
  expect([...lived].sort()).toEqual([...ALLOWED].sort());
});

test('docs/life.md is current (npx tsx cli/life-page.ts writes it)', async () => {
  const page = readFileSync(new URL('../../docs/life.md', import.meta.url), 'utf8');
  expect(page).toBe(await format(lifePage(), { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' }));
});
