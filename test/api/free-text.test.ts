import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { act, refusalOf, serviceInForce } from './life-desk.ts';

let desk: Desk;
let id: string;

/** Words of a person, as somebody may write them into any field. */
const WORDS = 'Zhang San, tel 13800000000';
/** The same as one that looks like an id. */
const NAME = 'Zhang.San-13800000000';

/** Of every act a body that is whole, with all its fields; what is listed after it are the names that people choose. */
const ACTS: [path: string, body: Record<string, unknown>, chosen?: string[]][] = [
  ['/signatures', { as: 'A', signedOn: '2026-09-01', onBehalfOf: 'B' }],
  ['/seals', { as: 'A', sealedOn: '2026-09-01', onBehalfOf: 'B' }],
  ['/approvals', { as: 'A', what: 'suspension', note: 'x', onBehalfOf: 'B' }],
  ['/withdrawal', { as: 'coordinator', reason: 'x' }],
  ['/baselines', { as: 'A', goal: 'g', value: '1', note: 'x', onBehalfOf: 'B' }],
  ['/obligations/service-fee-1/payments', { as: 'B', amount: '1.00', paidOn: '2026-10-20', reference: 'x' }],
  ['/obligations/service-fee-1/hold-backs', { as: 'B', amount: '1.00', reason: 'x', onBehalfOf: 'B' }],
  ['/obligations/service-fee-1/waivers', { as: 'A', amount: '1.00', reason: 'x', onBehalfOf: 'A' }],
  ['/obligations/service-fee-1/overrides', { as: 'A', dueOn: '2026-11-30', reason: 'x', onBehalfOf: 'A' }],
  ['/obligations/service-fee-1/overrides', { as: 'A', responsible: 'A', reason: 'x', onBehalfOf: 'A' }],
  ['/obligations/service-fee-1/reviews', { as: 'A', verdict: 'reject', points: ['x'] }],
  ['/obligations/evaluation-report/submissions', { as: 'A', parts: 'x', handedInAt: '2026-10-01', onBehalfOf: 'A' }],
  ['/claims', { as: 'B', claim: 'c', amount: '9.00', obligation: 'd', against: 'A', cause: 'x' }, ['claim']],
  [
    '/claims',
    { as: 'B', amount: '9.00', liability: 'provider-breach', against: 'A', lossOn: '2026-10-01', cause: 'x' },
  ],
  ['/claims/claim-1/answer', { as: 'A', verdict: 'agree', amount: '1.00', reason: 'x', onBehalfOf: 'A' }],
  ['/claims/claim-1/payments', { as: 'A', amount: '0.50', paidOn: '2026-10-20', reference: 'x' }],
  ['/bookings', { as: 'A', booking: 'b', kind: 'deposit', amount: '1.00', debtor: 'A', creditor: 'B', reason: 'x' }],
  ['/bookings/b/payments', { as: 'A', amount: '1.00', paidOn: '2026-10-20', reference: 'x' }],
  ['/matters', { as: 'A', kind: 'meeting', rule: 'm', on: '2026-11-01', topic: 'x', details: 'x', agenda: 'x' }],
  ['/matters', { as: 'A', kind: 'meeting', about: 'service-fee-1', topic: 'x' }],
  ['/matters', { as: 'A', kind: 'meeting', about: 'quarterly-survey#2027-Q1', to: 'B', topic: 'x' }],
  ['/matters', { as: 'A', kind: 'dispute', to: 'B', rule: 'cost-disputes', about: 'claim:claim-1', topic: 'x' }],
  [
    '/matters/meeting-1/steps',
    { as: 'A', step: 'decide', owner: 'B', dueOn: '2026-11-30', details: 'x', minutes: 'x' },
  ],
  ['/suspensions', { as: 'A', ground: 'agreed-pause', obligations: ['training-plan'], reason: 'x', onBehalfOf: 'A' }],
  ['/resumption', { as: 'A', obligations: ['training-plan'], reason: 'x', onBehalfOf: 'A' }],
  ['/objection', { as: 'A', reason: 'x', onBehalfOf: 'A' }],
  ['/formal-notices', { as: 'A', notice: 'breach', breach: 'service-fee-1', against: 'B', code: 'c', reason: 'x' }],
  ['/formal-notices', { as: 'A', notice: 'termination', ground: 'mutual', against: 'B', code: 'c', reason: 'x' }],
  ['/formal-notices', { as: 'A', notice: 'termination', ground: 'serious-breach', breach: 'breach-1', reason: 'x' }],
  ['/breaches/breach-1/cure', { as: 'A', note: 'x', onBehalfOf: 'A' }],
  ['/settlement/service-fee-1', { as: 'A', outcome: 'disputed', reason: 'x', onBehalfOf: 'A' }],
  ['/redating', { verdict: 'decline', to: '2027.1', shown: [{ of: 'due:x', to: '2027-10-08' }], reason: 'x' }],
  ['/readings', { as: 'coordinator', what: 'agreement', readers: [{ seat: 'A' }] }],
  ['/readings/reminders', { as: 'coordinator', what: 'agreement' }],
  ['/acknowledgements', { as: 'A', what: 'agreement', onBehalfOf: 'A', parts: ['x'] }],
  ['/seats/A/recall', { as: 'A' }],
  ['/termination', { as: 'A', reason: 'x' }],
  ['/engagement-ends', { as: 'A', ground: 'breach', about: 'meeting-1', reason: 'x', onBehalfOf: 'A' }],
  ['/third-party-access', { as: 'A', step: 'grant', reason: 'x', onBehalfOf: 'A' }],
];
/** What everybody who reads the record reads, and nobody's rule looks at. */
const TEXTS = ['reason', 'note', 'reference', 'cause', 'topic', 'details', 'agenda', 'minutes', 'points'];

beforeAll(async () => {
  desk = await openDesk();
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  id = await serviceInForce(desk);
  desk.now.ms = Date.parse('2026-10-20T10:00:00+08:00');
  await desk.tick(id);
  const claim = { as: 'B', amount: '9.00', liability: 'provider-breach', against: 'A', cause: '迟延' };
  await act(desk, id, '/claims', claim);
  await act(desk, id, '/matters', { as: 'A', kind: 'meeting', topic: '季度沟通会' });
});
afterAll(() => desk?.close());

/** What the engine and the record hold of the agreement: commands without their texts, events, what notices say. */
async function held(): Promise<string> {
  const where = { agreementId: id };
  const commands = await desk.database.command.findMany({ where, select: { id: true, command: true } });
  const events = await desk.database.event.findMany({ where, select: { body: true } });
  const notices = await desk.database.notice.findMany({ where, select: { facts: true } });
  const { snapshot } = await desk.database.agreement.findUniqueOrThrow({ where: { id }, select: { snapshot: true } });
  return JSON.stringify([commands, events, notices, snapshot]);
}

/** The body with these words in one of its strings, in lists, too; and which one. */
function* withIn(body: Record<string, unknown>, words: string): Generator<[string, Record<string, unknown>]> {
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string') yield [name, { ...body, [name]: words }];
    else if (Array.isArray(value) && typeof value[0] === 'string') yield [name, { ...body, [name]: [...value, words] }];
    else if (Array.isArray(value)) yield [name, { ...body, [name]: [{ seat: words }] }];
  }
}

const posted = (body: Record<string, unknown>, path: string): unknown =>
  path.endsWith('/submissions') ? form(body as Record<string, string>, { 'a.txt': 'x' }) : body;

test('no words of a person in any field of any act reach command, event, notice or state (GDPR art. 17, PIPL art. 47)', async () => {
  const refused: string[] = [];
  for (const [path, body] of ACTS) {
    for (const [name, changed] of withIn(body, WORDS)) {
      const answer = await refusalOf(desk, id, path, posted(changed, path));
      if (!TEXTS.includes(name)) refused.push(`${path} ${name}: ${answer}`);
    }
    const named = path.replace(
      /\/(?:service-fee-1|claim-1|meeting-1|breach-1|b|A)(?=\/|$)/,
      `/${encodeURIComponent(WORDS)}`,
    );
    if (named !== path) refused.push(`${named}: ${await refusalOf(desk, id, named, posted(body, path))}`);
  }
  expect(refused.filter((answer) => !/: (invalid-request|unknown-seat|not-found)$/.test(answer))).toEqual([]);
  expect(await held()).not.toContain('Zhang');
  expect(await held()).not.toContain('13800000000');
}, 120_000);

test('what looks like an id and is none is in no event, notice or state: save the names of claims and amendments', async () => {
  for (const [path, body, chosen = []] of ACTS) {
    for (const [name, changed] of withIn(body, NAME)) {
      if (!chosen.includes(name) && !TEXTS.includes(name)) await refusalOf(desk, id, path, posted(changed, path));
    }
    for (const reference of [`service-fee-1#${NAME}`, `quarterly-survey#${NAME}`, `claim:${NAME}`]) {
      const about =
        'about' in body ? 'about' : 'obligation' in body ? 'obligation' : 'breach' in body ? 'breach' : null;
      if (about) await refusalOf(desk, id, path, { ...body, [about]: reference });
    }
  }
  const where = { agreementId: id };
  const events = await desk.database.event.findMany({ where, select: { body: true } });
  const notices = await desk.database.notice.findMany({ where, select: { facts: true } });
  expect(JSON.stringify([events, notices])).not.toContain('13800000000');
}, 120_000);

test('every act that takes a body is among them', async () => {
  const { paths } = (await ask(desk.api, 'GET', '/openapi.json')).body as { paths: Record<string, { post?: unknown }> };
  const tried = ACTS.map(([path]) => path.split('/')[1]);
  const acts = Object.entries(paths).filter(([path, { post }]) => post && path.startsWith('/agreements/{id}/'));
  const nouns = new Set(acts.map(([path]) => path.split('/')[3]));
  // They send nothing to the engine but ids of ours; a trial sends nothing at all.
  const NO_ACT = [
    ...['start', 'links', 'replay', 'audit-runs', 'what-if'],
    ...['feedback', 'feedback-links', 'case-form-links', 'customers-served'],
  ];
  // Tried where they live: surveys.test.ts, improvements.test.ts, journeys/visits.test.ts, journeys/training.test.ts,
  // engagements.test.ts, evaluations.test.ts.
  const PROCESSES = [
    'surveys',
    'improvements',
    'cases',
    'visits',
    'visit-plans',
    'risks',
    'trainings',
    'training-plans',
    'engagements',
    'evaluations',
  ];
  expect(
    [...nouns].filter((noun) => noun && !tried.includes(noun) && ![...NO_ACT, ...PROCESSES].includes(noun)),
  ).toEqual([
    'amendments', // its changes are terms of the template, checked as those are
  ]);
});
