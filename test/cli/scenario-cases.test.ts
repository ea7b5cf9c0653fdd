import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { livable } from '../../cli/livable.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { liveInMemory } from '../support/example-life.ts';

const folder = mkdtempSync(join(tmpdir(), 'abide-cases-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(
  join(folder, 'customers.csv'),
  [
    '客户编号,客户名称,客户等级,分公司,服务部门,语言,邮箱,电话',
    'V-1,江南贸易,VIP,苏州分公司,客服部,zh,v1@example.com,0512-1234567',
    'V-2,Northern Trade,VIP,无锡分公司,客服部,en,v2@example.com,',
  ].join('\n'),
);

const at = '2026-10-14 10:00';
const scenario = (script: object[], more: object = {}) => ({
  template: 'vip-service',
  signedOn: '2026-09-16',
  until: '2026-11-15',
  customers: 'customers.csv',
  parties: {
    A: { name: '甲公司', email: 'customer@a.example.com' },
    B: { name: '乙公司', email: 'provider@b.example.com' },
  },
  seats: { 'customer-manager': { name: '白露', email: 'bailu@b.example.com' } },
  coordinator: { name: '方圆', email: 'fangyuan@example.com' },
  terms: { providerParty: 'B', contractYear: 2026 },
  script,
  ...more,
});

function pathsOf(script: object[], more: object = {}): string[] {
  const read = resolveScenario(scenario(script, more), folder);
  return 'errors' in read ? read.errors.map(({ path }) => path) : [];
}

function lived(script: object[], more: object = {}) {
  const read = resolveScenario(scenario(script, more), folder);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
  return liveInMemory(livable(read.scenario));
}

const request = { at, as: 'customer-manager', do: 'open', case: 'T-1', type: 'service-request', channel: 'phone' };

describe('what is wrong before anything is lived is named by its field', () => {
  test('a type, a channel and a severity that nobody knows', () => {
    const paths = pathsOf([{ ...request, type: 'riot', channel: 'pigeon', severity: 'dreadful' }]);
    expect(paths).toEqual(expect.arrayContaining(['script[0].type', 'script[0].channel', 'script[0].severity']));
  });

  test('a customer who is not in the file, as the one who it is about and as the one who acts', () => {
    expect(pathsOf([{ ...request, customer: 'V-9' }])).toEqual(['script[0].customer']);
    expect(pathsOf([{ ...request, as: 'customer:V-9' }])).toEqual(['script[0].as']);
  });

  test('a field that is not known, a pause without a reason, a score that is no number', () => {
    expect(pathsOf([{ ...request, colour: 'red' }])).not.toEqual([]);
    expect(pathsOf([request, { at, as: 'B', do: 'pause', case: 'T-1' }])).toEqual(['script[1].reason']);
    expect(pathsOf([request, { at, as: 'customer:V-1', do: 'judge', case: 'T-1', score: 'fine' }])).toEqual([
      'script[1].score',
    ]);
  });

  test('a time that no clock shows, and a day that is in no calendar, with their cure', () => {
    for (const receivedAt of ['2026-10-14 25:99', '2026-10-14 24:00', '2026-02-30 10:00', 'yesterday']) {
      const read = resolveScenario(scenario([{ ...request, receivedAt }]), folder);
      const errors = 'errors' in read ? read.errors : [];
      expect(errors.map(({ path }) => path)).toEqual(['script[0].receivedAt']);
      expect(errors[0]?.cure.en).toMatch(/YYYY-MM-DD/);
    }
    expect(pathsOf([{ ...request, receivedAt: '2026-10-14 09:59' }])).toEqual([]);
  });

  test('a template without cases', () => {
    const more = { template: 'evaluation-commission', terms: {}, seats: {} };
    expect(pathsOf([{ ...request, as: 'A' }], more)).toContain('script[0].do');
  });
});

describe('what is refused as it is lived', () => {
  const refusals = (script: object[]): string[] => lived(script).rejections.map(({ code }) => code);

  test('another customer’s case, a case that is not there, a name that is taken', () => {
    expect(
      refusals([
        { ...request, customer: 'V-1' },
        { at: '2026-10-14 10:01', as: 'customer:V-2', do: 'reopen', case: 'T-1' },
        { at: '2026-10-14 10:02', as: 'customer-manager', do: 'respond', case: 'T-7' },
        { ...request, at: '2026-10-14 10:03', case: 't-1' },
      ]),
    ).toEqual(['not-responsible', 'unknown-case', 'name-taken']);
  });

  test('a type that the contract does not know, and a step that it lacks', () => {
    expect(
      refusals([
        { ...request, type: 'feedback' },
        { ...request, at: '2026-10-14 10:01' },
        { at: '2026-10-14 10:02', as: 'customer-manager', do: 'pause', case: 'T-1', reason: '客户信息不实' },
      ]),
    ).toEqual(['not-provided', 'not-provided']);
  });
});

describe('what is not agreed on', () => {
  const AFTER_SALES = {
    template: 'after-sales-commitment',
    terms: { serviceTermStart: '2026-03-02' },
    seats: {},
  };

  test('an open term that leaves nobody to serve is named, with its cure', () => {
    const { rejections } = lived([{ ...request, as: 'A' }], { terms: { contractYear: 2026 }, seats: {} });
    expect(rejections).toMatchObject([
      { code: 'not-provided', message: expect.stringContaining('terms.providerParty: A or B') as string },
    ]);
  });

  test('a request of a party is opened by that party, and by no customer of somebody else’s', () => {
    const of = { ...request, customer: undefined, category: undefined };
    const { rejections, cases } = lived(
      [
        { ...of, as: 'customer:V-1' },
        { ...of, as: 'A' },
      ],
      AFTER_SALES,
    );
    expect(rejections.map(({ code }) => code)).toEqual(['not-responsible']);
    expect(cases).toHaveLength(1);
  });
});

test('a clock that ran out says when, and when it was met after all', () => {
  const { cases } = lived([request, { at: '2026-10-14 11:40', as: 'customer-manager', do: 'respond', case: 'T-1' }], {
    terms: { providerParty: 'B', contractYear: 2026, responseHours: 1 },
  });
  const [{ clocks } = { clocks: [] }] = cases as unknown as { clocks: Record<string, unknown>[] }[];
  expect(clocks.find(({ clock }) => clock === 'response')).toMatchObject({
    breached: true,
    running: false,
    dueAt: '2026-10-14T11:00:00+08:00',
    stoppedAt: '2026-10-14T11:40:00+08:00',
  });
});

describe('words as people write them', () => {
  test('types, channels and acts in other words; the only open case needs no name', () => {
    const { cases, rejections } = lived([
      { at, as: 'customer:V-1', do: 'open', type: 'Request', channel: 'SOCIAL_MEDIA', severity: 'High' },
      { at: '2026-10-14 10:20', as: 'customer-manager', do: 'respond', case: 'case-1' },
      { at: '2026-10-14 10:30', as: 'customer-manager', do: 'plan', case: 'case-1' },
      { at: '2026-10-14 10:40', as: 'customer:V-1', do: 'confirm', case: 'case-1' },
      { at: '2026-10-14 11:00', as: 'customer-manager', do: 'execute', case: 'case-1' },
      { at: '2026-10-14 11:30', as: 'customer-manager', do: 'resolve' },
      { at: '2026-10-14 12:00', as: 'customer:V-1', do: 'opinion', case: 'case-1', verdict: 'SATISFIED' },
    ]);
    expect(rejections).toEqual([]);
    expect(cases).toMatchObject([
      {
        ...{ case: 'case-1', type: 'service-request', channel: 'social_media', severity: 'major', tier: 'vip' },
        ...{ status: 'closed', outcome: 'confirmed', customer: 'V-1', respondedAt: '2026-10-14T10:20:00+08:00' },
      },
    ]);
  });
});

test('a late response goes on the list by itself: explained by whom it is of, decided by management (S004-25)', () => {
  const of = { evaluation: 'accountability' };
  const { evaluations, rejections, notices } = lived(
    [
      { at: '2026-10-14 10:00', as: 'customer-service', do: 'open', case: 'F-1', type: 'feedback', channel: 'phone' },
      { at: '2026-10-15 10:30', as: 'customer-service', do: 'respond', case: 'F-1' },
      { at: '2026-10-15 11:00', as: 'customer-service', do: 'explain', ...of, reason: '系统检修' },
      { at: '2026-10-15 14:00', as: 'management', do: 'decide', ...of, verdict: 'decline', reason: '属实' },
    ],
    {
      template: 'satisfaction-evaluation',
      parties: { Company: { name: '公司', email: 'c@c.example.com' } },
      seats: {
        'customer-service': { name: '客服部', email: 's@c.example.com' },
        management: { name: '管理层', email: 'm@c.example.com' },
      },
      terms: { feedbackResponseHours: 24 },
    },
  );
  expect(rejections).toEqual([]);
  expect(evaluations).toMatchObject([
    { evaluation: 'accountability-F-1', subject: 'customer-service/F-1', late: { item: 'F-1', minutes: 30 } },
  ]);
  const asked = notices.filter(({ kind }) => kind === 'evaluation-explanation-request');
  expect(asked.map(({ role }) => role)).toEqual(['customer-service', 'management']);
});
