import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { livable } from '../../cli/livable.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { toDoFor } from '../../cli/survey-orders.ts';
import type { SurveyStep } from '../../cli/survey-step.ts';
import { liveInMemory } from '../support/example-life.ts';

const folder = mkdtempSync(join(tmpdir(), 'abide-surveys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Buffer): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return name;
}

file(
  'customers.csv',
  [
    '客户编号,客户名称,客户等级,分公司,服务部门,语言,邮箱,电话',
    'C-001,江南贸易,重点客户,苏州分公司,客服部,zh,jn@example.com,0512-1234567',
    'C-002,Northern Trade,普通客户,无锡分公司,客服部,en,nt@example.com,',
    'C-003,无邮箱客户,普通客户,无锡分公司,客服部,zh,,',
  ].join('\n'),
);

const at = '2027-01-20 10:00';
const scenario = (script: object[], more: object = {}) => ({
  template: 'vip-service',
  signedOn: '2026-12-01',
  until: '2027-07-31',
  customers: 'customers.csv',
  parties: {
    A: { name: '甲公司', email: 'customer@a.example.com' },
    B: { name: '乙公司', email: 'provider@b.example.com' },
  },
  seats: { 'customer-manager': { name: '白露', email: 'bailu@b.example.com' } },
  coordinator: { name: '方圆', email: 'fangyuan@example.com' },
  terms: { providerParty: 'B', contractYear: 2027 },
  script,
  ...more,
});

function stepsOf(script: object[]): SurveyStep[] {
  const read = resolveScenario(scenario(script), folder);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
  return read.scenario.acts.filter((one) => one.do === 'survey');
}

const survey = 'quarterly-survey';

test('acts of a cycle: the survey with or beside its occurrence, defaults left to the life', () => {
  const steps = stepsOf([
    { at, as: 'B', do: 'propose', survey, occurrence: '2027-Q1', date: '2027-02-01' },
    { at, as: 'A', do: 'accept', survey: `${survey}#2027-Q1`, date: '2027-02-01' },
    { at, as: 'B', do: 'design', survey },
    { at, as: 'B', do: 'draw', survey, size: 2, seed: 7, tiers: ['key'] },
    { at, as: 'B', do: 'publish', survey },
    { at, as: 'B', do: 'respond', survey, answers: { 服务质量: 5 } },
    { at, as: 'B', do: 'close', survey },
    { at, as: 'B', do: 'release', survey },
    { at, as: 'B', do: 'classify' },
    { at, as: 'B', do: 'plan', measures: ['每周回访', { what: '培训', owner: 'B', dueOn: '2027-03-01' }] },
    { at, as: 'A', do: 'approve', what: 'plan:finding-1' },
    { at, as: 'B', do: 'complete' },
    { at, as: 'A', do: 'check', verdict: 'ON_TRACK' },
    { at, as: 'A', do: 'verify' },
    { at, as: 'B', do: 'answer', plan: 'finding-1', customers: ['C-001'] },
  ]);
  expect(steps.map(({ said }) => said.do)).toEqual([
    ...['propose', 'accept', 'design', 'draw', 'publish', 'respond', 'close', 'release', 'classify', 'plan'],
    ...['approve', 'complete', 'check', 'verify', 'answer'],
  ]);
  expect(steps[0]?.said).toEqual({ do: 'propose', survey, occurrence: '2027-Q1', date: '2027-02-01' });
  expect(steps[1]?.said).toMatchObject({ survey, occurrence: '2027-Q1' });
  expect(steps[10]?.said).toMatchObject({ do: 'approve', what: 'plan', plan: 'finding-1' });
  expect(steps[12]?.said).toMatchObject({ verdict: 'on-track' });
});

test('a survey is also meant by the name of its rule, which is said as that of its duty', () => {
  expect(stepsOf([{ at, as: 'B', do: 'publish', survey: 'survey-cycle' }])[0]?.said).toEqual({ do: 'publish', survey });
});

test('acts of the same name that concern amendments and the agreement stay what they are', () => {
  const read = resolveScenario(scenario([{ at, as: 'A', do: 'approve', what: 'posting' }]), folder);
  expect('scenario' in read && read.scenario.acts.at(-1)).toMatchObject({ do: 'approve', what: 'posting' });
});

test('answers: a map, a list of maps, a list that says of whom and by which channel', () => {
  const [one, list, named, customers] = stepsOf([
    { at, as: 'B', do: 'respond', survey, answers: { q1: 4, 服务效率: 5 } },
    { at, as: 'B', do: 'respond', survey, answers: [{ q1: 4 }, { q1: 2 }] },
    {
      at,
      as: 'B',
      do: 'respond',
      survey,
      channel: 'PHONE',
      answers: [
        { customer: 'C-001', channel: 'paper', answers: { q1: 1 } },
        { customer: 'C-002', answers: { q1: 3 } },
      ],
    },
    { at, as: 'customer:C-001', do: 'respond', survey, answers: { q1: 5 } },
  ]);
  expect(one?.answers).toEqual([{ path: 'script[0].answers', values: { q1: 4, 服务效率: 5 } }]);
  expect(list?.answers.map(({ values }) => values)).toEqual([{ q1: 4 }, { q1: 2 }]);
  expect(named?.answers).toEqual([
    { path: 'script[2].answers[0]', customer: 'C-001', channel: 'paper', values: { q1: 1 } },
    { path: 'script[2].answers[1]', customer: 'C-002', channel: 'phone', values: { q1: 3 } },
  ]);
  expect(customers?.answers).toEqual([{ path: 'script[3].answers', customer: 'C-001', values: { q1: 5 } }]);
});

test('answers of a file: a row each, empty cells left out; UTF-8, GB18030 and JSON', () => {
  file('answers.csv', '\uFEFFcustomer,channel,q1,服务效率,意见\nC-001,电话,5,,"好，快"\nC-002,,3.5,4,\n');
  // 「客户,q1」 and 「C-001,4」 as a Chinese Excel saves them.
  file('gb.csv', Buffer.concat([Buffer.from([0xbf, 0xcd, 0xbb, 0xa7]), Buffer.from(',q1\nC-001,4\n')]));
  file('answers.json', JSON.stringify([{ customer: 'C-001', answers: { q1: 5 } }, { q1: 1 }]));
  const [csv, gb, json] = stepsOf(
    ['answers.csv', 'gb.csv', 'answers.json'].map((name) => ({ at, as: 'B', do: 'respond', survey, file: name })),
  );
  expect(csv?.answers).toEqual([
    { path: 'script[0].file[row 1]', customer: 'C-001', channel: 'phone', values: { q1: 5, 意见: '好，快' } },
    { path: 'script[0].file[row 2]', customer: 'C-002', values: { q1: 3.5, 服务效率: 4 } },
  ]);
  expect(gb?.answers).toEqual([{ path: 'script[1].file[row 1]', customer: 'C-001', values: { q1: 4 } }]);
  expect(json?.answers.map(({ customer, values }) => ({ customer, values }))).toEqual([
    { customer: 'C-001', values: { q1: 5 } },
    { customer: undefined, values: { q1: 1 } },
  ]);
});

file('quote.csv', 'q1\n"5\n');
file('header.csv', 'q1\n');
file('twice.csv', 'q1,q1\n1,2\n');
file('beyond.csv', 'q1\n1,2\n');
file('binary.csv', Buffer.from([1, 0, 2]));
file('broken.json', '[{');
file('list.json', '[1]');
file('good.json', '[{ "q1": 1 }]');

test.each([
  ['a survey that is none', { do: 'publish', survey: 'survey' }, 'survey', 'unknown-survey'],
  ['a duty that is no survey', { do: 'publish', survey: 'survey-analysis' }, 'survey', 'unknown-survey'],
  ['no survey', { do: 'draw' }, 'survey', 'missing-value'],
  ['an occurrence that is none', { do: 'publish', survey, occurrence: '2027-Q5' }, 'occurrence', 'invalid-occurrence'],
  [
    'two occurrences',
    { do: 'publish', survey: `${survey}#2027-Q1`, occurrence: '2027-Q2' },
    'occurrence',
    'occurrence-contradicts',
  ],
  ['a day that is none', { do: 'propose', survey, date: '2027-02-30' }, 'date', 'invalid-date'],
  ['a misspelt key', { do: 'publish', survey, chanel: [] }, 'chanel', 'unknown-key'],
  ['no answers', { do: 'respond', survey }, 'answers', 'missing-value'],
  ['answers and a file', { do: 'respond', survey, answers: { q1: 1 }, file: 'good.json' }, 'file', 'too-many-values'],
  ['an answer to nothing', { do: 'respond', survey, answers: [{ customer: 'C-001' }] }, 'answers[0]', 'answer-empty'],
  [
    'a channel that is none',
    { do: 'respond', survey, answers: [{ channel: 'fax', q1: 1 }] },
    'answers[0].channel',
    'unknown-channel',
  ],
  [
    'a customer that is none',
    { do: 'respond', survey, answers: [{ customer: 'C-9', q1: 1 }] },
    'answers[0].customer',
    'unknown-customer',
  ],
  ['customers that are none', { do: 'answer', plan: 'x', customers: ['C-9'] }, 'customers[0]', 'unknown-customer'],
  ['a department that is no seat', { do: 'classify', department: 'gardener' }, 'department', 'unknown-seat'],
  ['an owner that is no seat', { do: 'plan', measures: [{ owner: 'gardener' }] }, 'measures[0].owner', 'unknown-seat'],
  ['a severity beyond the grave', { do: 'classify', severity: 6 }, 'severity', 'invalid-value'],
  ['no reason', { do: 'dismiss', finding: 'x' }, 'reason', 'missing-value'],
  ['a file that is not there', { do: 'respond', survey, file: 'nowhere.csv' }, 'file', 'file-not-found'],
  ['a quotation mark that stays open', { do: 'respond', survey, file: 'quote.csv' }, 'file', 'table-unreadable'],
  ['a table without rows', { do: 'respond', survey, file: 'header.csv' }, 'file', 'answers-unreadable'],
  ['a question with two columns', { do: 'respond', survey, file: 'twice.csv' }, 'file', 'column-repeated'],
  ['a cell without a question', { do: 'respond', survey, file: 'beyond.csv' }, 'file[row 1]', 'column-untitled'],
  ['a file that is no text', { do: 'respond', survey, file: 'binary.csv' }, 'file', 'table-unreadable'],
  ['JSON that is none', { do: 'respond', survey, file: 'broken.json' }, 'file', 'answers-unreadable'],
  ['a list of numbers', { do: 'respond', survey, file: 'list.json' }, 'file[row 1]', 'invalid-value'],
  ['a questionnaire that is none', { do: 'design', survey, file: 'answers.csv' }, 'file', 'questionnaire-unreadable'],
])('%s is refused where it stands, with what helps', (_case, act, path, code) => {
  file('answers.csv', 'q1\n1\n');
  const read = resolveScenario(scenario([{ at, as: 'B', ...act }]), folder);
  const errors = 'errors' in read ? read.errors : [];
  expect(errors.map((error) => ({ path: error.path, code: error.code }))).toEqual([
    { path: `script[0].${path}`, code },
  ]);
  expect(errors[0]?.cure.en).toMatch(/\w/);
  expect(errors[0]?.cure.zh).toMatch(/[\u4e00-\u9fff]/);
});

test.each([
  ['a customer that is none', 'customer:C-9', { do: 'respond', answers: { q1: 1 } }, 'as', 'unknown-customer'],
  ['a customer who publishes', 'customer:C-001', { do: 'publish' }, 'as', 'not-a-customers-act'],
  [
    'a customer who answers for another one',
    'customer:C-001',
    { do: 'respond', answers: [{ customer: 'C-002', q1: 1 }] },
    'answers[0].customer',
    'not-a-customers-act',
  ],
  [
    'a customer who answers twice at once',
    'customer:C-001',
    { do: 'respond', answers: [{ q1: 1 }, { q1: 2 }] },
    'answers[1]',
    'too-many-values',
  ],
  ['a seat that is none', 'gardener', { do: 'publish' }, 'as', 'unknown-seat'],
  ['a side for which a seat does not enter', 'B', { do: 'publish', for: 'A' }, 'for', 'coordinator-only'],
])('%s is refused', (_case, as, act, path, code) => {
  const read = resolveScenario(scenario([{ at, as, survey, ...act }]), folder);
  const errors = 'errors' in read ? read.errors : [];
  expect(errors.map((error) => ({ path: error.path, code: error.code }))).toEqual([
    { path: `script[0].${path}`, code },
  ]);
});

test('customers: read by key with what the file says of them; what is wrong names row and column', () => {
  const read = resolveScenario(scenario([]), folder);
  expect('scenario' in read && read.scenario.customers.map(({ key, tier, email }) => ({ key, tier, email }))).toEqual([
    { key: 'C-001', tier: 'key', email: 'jn@example.com' },
    { key: 'C-002', tier: 'ordinary', email: 'nt@example.com' },
    { key: 'C-003', tier: 'ordinary', email: null },
  ]);
  file('bad.csv', 'key,name,tier,email\nC-1,甲,vip,a@example.com\nC-2,乙,gold,b@example.com\nC-3,丙,vip,no address\n');
  const bad = resolveScenario(scenario([], { customers: 'bad.csv' }), folder);
  expect('errors' in bad && bad.errors.map(({ path, code }) => ({ path, code }))).toEqual([
    { path: 'customers[row 2].tier', code: 'tier-unknown' },
    { path: 'customers[row 3].email', code: 'invalid-email' },
  ]);
  const none = resolveScenario(scenario([], { customers: 'nobody.csv' }), folder);
  expect('errors' in none && none.errors.map(({ path, code }) => ({ path, code }))).toEqual([
    { path: 'customers', code: 'file-not-found' },
  ]);
  const nameless = resolveScenario(scenario([], { customers: file('nameless.csv', 'key\nC-1\n') }), folder);
  expect('errors' in nameless && nameless.errors.map(({ path, code }) => ({ path, code }))).toEqual([
    { path: 'customers.name', code: 'column-missing' },
  ]);
});

test('acts of surveys stand in the order of the script with the others', () => {
  const read = resolveScenario(
    scenario([
      { at: '2027-01-21 10:00', as: 'B', do: 'publish', survey },
      { at: '2027-01-20 10:00', as: 'B', do: 'close', survey },
    ]),
    folder,
  );
  expect('errors' in read && read.errors.map(({ path, code }) => ({ path, code }))).toEqual([
    { path: 'script[1].at', code: 'not-ascending' },
  ]);
});

test('where a script verifies plans and says nothing of their measures, owners report these on the last day', () => {
  file('low.csv', ['customer,服务质量,服务态度,服务效率', 'C-004,1,5,5', 'C-005,2,5,5'].join('\n'));
  file('high.csv', ['customer,服务质量,服务态度,服务效率', 'C-004,5,5,5', 'C-005,4,5,5'].join('\n'));
  file('vip.csv', 'key,name,tier,email\nC-004,甲,vip,a@example.com\nC-005,乙,vip,b@example.com\n');
  const on = (day: string) => ({ at: `${day} 10:00`, as: 'B', survey });
  const script = [
    { ...on('2027-01-12'), do: 'publish' },
    { ...on('2027-01-13'), do: 'respond', file: 'low.csv' },
    { ...on('2027-01-14'), do: 'close' },
    { at: '2027-01-15 10:00', as: 'B', do: 'classify' },
    { at: '2027-01-18 10:00', as: 'B', do: 'plan' },
    { ...on('2027-04-12'), do: 'publish' },
    { ...on('2027-04-13'), do: 'respond', file: 'high.csv' },
    { ...on('2027-04-14'), do: 'close' },
    { at: '2027-04-15 10:00', as: 'coordinator', do: 'verify' },
  ];
  const read = resolveScenario(scenario(script, { customers: 'vip.csv' }), folder);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
  const { plans } = liveInMemory(livable(read.scenario));
  // No threshold is agreed: whoever classifies raises the lowest dimension. 1.5 is measured, a tenth of the scale more is 1.9.
  expect(plans).toMatchObject([
    {
      plan: 'quarterly-survey#2027-Q1/service-quality',
      measured: '1.5000',
      goal: { dimension: 'service-quality', atLeast: '1.9' },
      measures: [{ owner: 'B', completedAt: '2027-02-17T10:00:00+08:00', daysLate: 0 }],
      effects: [{ verdict: 'effective', value: '4.5000' }],
      status: 'closed',
    },
  ]);
});

test('after the end of the agreement nobody answers, plans or closes: agreement-ended; after the report no answer is taken', () => {
  file('ended.csv', 'key,name,tier,email\nC-004,甲,vip,a@example.com\nC-005,乙,vip,b@example.com\n');
  const on = (day: string, as = 'B') => ({ at: `${day} 10:00`, as, survey });
  const answers = { 服务质量: 1, 服务态度: 5, 服务效率: 5 };
  const script = [
    { ...on('2027-01-12'), do: 'publish' },
    { ...on('2027-01-13', 'customer:C-004'), do: 'respond', answers },
    { ...on('2027-01-14'), do: 'close' },
    { at: '2027-01-15 10:00', as: 'B', do: 'classify' },
    { ...on('2027-01-18'), do: 'release' },
    { ...on('2027-01-19', 'customer:C-005'), do: 'respond', occurrence: '2027-Q1', answers },
    { ...on('2027-04-12'), do: 'publish' },
    { at: '2027-04-13 10:00', as: 'coordinator', do: 'terminate', reason: '双方协商一致' },
    { ...on('2027-04-14', 'customer:C-004'), do: 'respond', answers },
    { at: '2027-04-14 11:00', as: 'B', do: 'plan' },
    { ...on('2027-04-14'), at: '2027-04-14 12:00', do: 'close' },
  ];
  const read = resolveScenario(scenario(script, { customers: 'ended.csv' }), folder);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
  const { rejections } = liveInMemory(livable(read.scenario));
  expect(rejections.map(({ at: when, do: what, code }) => `${when.slice(0, 10)} ${what} ${code}`)).toEqual([
    '2027-01-19 respond survey-closed',
    '2027-04-14 respond agreement-ended',
    '2027-04-14 plan agreement-ended',
    '2027-04-14 close agreement-ended',
  ]);
});

test('a finding that customers raise of a survey weighs 3 where a VIP is among them, and is answered to them', () => {
  file('raisers.csv', 'key,name,tier,email\nC-004,甲,vip,a@example.com\nC-005,乙,vip,b@example.com\n');
  file('answered.csv', 'customer,服务质量,服务态度,服务效率\nC-004,4,5,5\n');
  const on = (day: string) => ({ at: `${day} 10:00`, as: 'B' });
  const script = [
    { ...on('2027-01-12'), do: 'publish', survey },
    { ...on('2027-01-13'), do: 'respond', survey, file: 'answered.csv' },
    { ...on('2027-01-14'), do: 'close', survey },
    {
      ...on('2027-01-15'),
      ...{ do: 'raise', survey, finding: 'waiting-room', dimension: '服务效率' },
      ...{ customers: ['C-004', 'C-004'], frequency: 2, severity: 4 },
    },
    { ...on('2027-01-18'), do: 'classify', finding: 'waiting-room' },
    { ...on('2027-01-19'), do: 'plan', finding: 'waiting' },
    { ...on('2027-01-20'), do: 'merge', finding: 'waiting-room', into: 'nothing' },
  ];
  const read = resolveScenario(scenario(script, { customers: 'raisers.csv', until: '2027-01-31' }), folder);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
  const { plans, rejections } = liveInMemory(livable(read.scenario));
  // 2 (how many say it) × 4 (how grave it is) × 3 (a VIP says it) = 24: medium, from 15 on.
  expect(plans).toMatchObject([
    {
      plan: 'quarterly-survey#2027-Q1/waiting-room',
      source: 'survey',
      measured: '5.0000',
      score: 24,
      priority: 'medium',
    },
  ]);
  expect(rejections.map(({ do: act, code }) => ({ act, code }))).toEqual([
    { act: 'plan', code: 'unknown-improvement' },
    { act: 'merge', code: 'unknown-improvement' },
  ]);
});

test.each([
  [
    'a score out of scale',
    { 服务质量: 6, 服务态度: 5 },
    'out-of-scale',
    /answers\[1\]\.service-personal: 6 is not on the scale 1–5 \(.+\)/,
  ],
  ['an unknown question', { 天气: 5 }, 'unknown-question', /天气/],
  ['a text where a number is asked', { 服务质量: '好' }, 'invalid-answers', /answers/],
])('%s is refused with its place, and nothing of the answer is taken', (_case, answers, code, message) => {
  const on = (day: string) => ({ at: `${day} 10:00`, as: 'B', survey });
  const script = [
    { ...on('2027-01-12'), do: 'publish' },
    { ...on('2027-01-13'), do: 'respond', answers: [{ 服务质量: 5 }, answers] },
  ];
  file('asked.csv', 'key,name,tier,email\nC-004,甲,vip,a@example.com\n');
  const read = resolveScenario(scenario(script, { customers: 'asked.csv', until: '2027-01-20' }), folder);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
  const { surveys, rejections } = liveInMemory(livable(read.scenario));
  expect(rejections).toMatchObject([{ do: 'respond', code }]);
  expect(rejections[0]?.message).toMatch(message);
  expect(surveys.map(({ status, answered }) => ({ status, answered }))).toEqual([{ status: 'open', answered: 0 }]);
});

test('before the agreement is in force nobody publishes or raises anything, and after its end no more: not-in-force, agreement-ended', () => {
  const [publish, raise] = stepsOf([
    { at, as: 'B', do: 'publish', survey },
    { at, as: 'B', do: 'raise', finding: 'slow', dimension: 'service-efficiency' },
  ]);
  const codeOf = (step: SurveyStep | undefined, agreementStatus: string): string => {
    const nobody = { personId: 'b', seat: 'B', party: 'B', via: 'cli' as const };
    const nothing = { cycles: [], plans: [], titles: {}, customerIds: {}, customerTiers: {}, improvement: null };
    const situation = { ...nothing, frame: {} as never, actor: nobody, today: '2027-01-20', atMs: 0, agreementStatus };
    const toDo = step && toDoFor(step, situation);
    return toDo && 'refused' in toDo ? toDo.refused : 'done';
  };
  for (const step of [publish, raise]) {
    expect(codeOf(step, 'awaiting-signatures')).toBe('not-in-force');
    expect(codeOf(step, 'expired')).toBe('agreement-ended');
  }
  expect(codeOf(publish, 'active')).toBe('not-open-yet'); // in force, and no cycle has begun
});

test('an answer to an unknown question is refused with what the questionnaire asks', () => {
  file('one.csv', 'key,name,tier,email\nC-004,甲,vip,a@example.com\n');
  const script = [
    { at: '2027-01-12 10:00', as: 'B', do: 'publish', survey },
    { at: '2027-01-13 10:00', as: 'customer:C-004', do: 'respond', survey, answers: { 价格: 3 } },
  ];
  const read = resolveScenario(scenario(script, { customers: 'one.csv', until: '2027-01-14' }), folder);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
  const [{ code, message } = { code: '', message: '' }] = liveInMemory(livable(read.scenario)).rejections;
  expect(code).toBe('unknown-question');
  expect(message).toMatch(/does not ask "价格" \(it asks .*service-attitude/);
});
