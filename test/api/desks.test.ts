import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { clause as clauseSchema, clauseAgreements, clauseList, templateContents } from '../../api/clauses/schema.ts';
import { deskList } from '../../api/cases/schema.ts';
import { ownEngagements } from '../../api/engagements/schema.ts';
import { evaluationDesk, evaluationHistory, openedEvaluation } from '../../api/evaluations/schema.ts';
import type { Role } from '../../api/policy.ts';
import { reportList } from '../../api/reports/listing-schema.ts';
import type { RunningApi } from '../../api/server.ts';
import type { ProcessFrame } from '../../domain/process/process.ts';
import { clauseLines } from '../../templates/clause-lines.ts';
import { attachments, caseDesk, vipService } from './cases-desk.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { applied, knowingThirds } from './engagement-desk.ts';
import { SCORING, withEvaluations } from './evaluation-rules.ts';
import { act } from './life-desk.ts';
import { processDesk } from './process-desk.ts';
import { signedIn } from './signed-in.ts';

let desk: Desk;
const closing: RunningApi[] = [];
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  desk = await openDesk();
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(async () => {
  for (const api of closing) await api.stop();
  await desk?.close();
});

/** What is answered, checked against its schema. */
async function read<T extends z.ZodType>(schema: T, path: string, api = desk.api): Promise<z.output<T>> {
  const { status, body } = await ask(api, 'GET', path, undefined, api === desk.api ? {} : { Authorization: '' });
  if (status !== 200) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
  return schema.parse(body);
}

async function as(personId: string | null, role: Role): Promise<RunningApi> {
  const api = await signedIn(desk, [role], { personId });
  closing.push(api);
  return api;
}
const seated = async (agreementId: string, seat: string): Promise<string> =>
  (await desk.database.seat.findUniqueOrThrow({ where: { agreementId_seat: { agreementId, seat } } })).personId;

describe('the desk of cases', () => {
  let mine: string;
  let other: string;
  const cases: Record<string, string> = {};
  const items = async (query = '', api = desk.api) =>
    (await read(deskList, `/cases${query}`, api)).items.map(({ topic }) => topic);

  beforeAll(async () => {
    mine = await attachments(desk);
    other = await vipService(desk);
    const open = async (agreementId: string, topic: string, body: object) => {
      cases[topic] = await caseDesk(desk).open(agreementId, {
        as: 'A',
        type: 'service-request',
        channel: 'phone',
        topic,
        ...body,
      });
    };
    await open(mine, '一天内解决', { severity: 'normal', priority: 'normal' });
    desk.now.ms += HOUR_MS / 2;
    await open(other, '一小时内响应', { severity: 'normal', priority: 'urgent' });
  });

  test('what runs out first stands first, over all agreements, with its agreement', async () => {
    const { items: rows, counts, handlers } = await read(deskList, '/cases');
    expect(rows.map(({ topic }) => topic)).toEqual(['一小时内响应', '一天内解决']);
    expect(rows[0]).toMatchObject({
      due: { clock: 'response' },
      overdue: false,
      agreement: { id: other, zone: 'Asia/Shanghai', parties: ['贵宾服务公司', '旅游公司'] },
    });
    expect(counts).toMatchObject({ underWay: 2, late: 0, soon: 1 });
    expect(handlers.length).toBeGreaterThan(0);
  });

  test('filters narrow it, and pages go on where the last ended', async () => {
    expect(await items('?priority=urgent')).toEqual(['一小时内响应']);
    expect(await items(`?agreement=${mine}`)).toEqual(['一天内解决']);
    expect(await items('?due=4')).toEqual(['一小时内响应']);
    expect(await items('?due=late')).toEqual([]);
    expect(await items('?search=%E4%B8%80%E5%A4%A9')).toEqual(['一天内解决']);
    const first = await read(deskList, '/cases?limit=1');
    const second = await read(deskList, `/cases?limit=1&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map(({ topic }) => topic)).toEqual(['一小时内响应', '一天内解决']);
    expect(second.nextCursor).toBeNull();
    expect((await ask(desk.api, 'GET', '/cases?cursor=nonsense')).status).toBe(400);
  });

  test('somebody with a seat sees the cases of their own agreements alone', async () => {
    expect(await items('', await as(await seated(mine, 'B'), 'party-member'))).toEqual(['一天内解决']);
    expect(await items('', await as(await seated(other, 'A'), 'party-member'))).toEqual(['一小时内响应']);
    const handler = await as(await seated(mine, 'A'), 'party-member');
    expect(await items('?mine=true', handler)).toEqual(['一天内解决']);
    expect(await items('', await as(null, 'auditor'))).toHaveLength(2);
    const third = await as(await seated(mine, 'B'), 'third-party');
    expect((await ask(third, 'GET', '/cases', undefined, { Authorization: '' })).status).toBe(403);
  });

  test('one that ran out stands first until it is answered, a row of an earlier release is brought up to date', async () => {
    const id = cases['一小时内响应'] ?? '';
    desk.now.ms += 2 * HOUR_MS;
    await caseDesk(desk).tick(id);
    const late = await read(deskList, '/cases?due=late');
    expect(late.items).toMatchObject([{ id, overdue: true, breaches: 1 }]);
    expect(late.counts.late).toBe(1);
    await desk.database.process.update({ where: { id }, data: { nextDueAt: null, dueSequence: 0 } });
    expect((await read(deskList, '/cases?due=late')).items).toHaveLength(1);
    await caseDesk(desk).act(other, id, 'respond', { as: 'A', details: '已联系' });
    expect(await items('?due=late')).toEqual([]);
    const row = await desk.database.process.findUniqueOrThrow({ where: { id } });
    expect(row.dueSequence).toBe(row.sequence);
  });

  test('closed ones are told when they are asked for, the last that came in first', async () => {
    expect(await items('?status=closed')).toEqual([]);
    expect(await items('?status=all')).toEqual(['一小时内响应', '一天内解决']);
  });
});

describe('evaluations over all agreements', () => {
  test('with what they wait for, and one that is evaluated over the periods', async () => {
    const agreementId = await attachments(desk);
    await withEvaluations(desk, agreementId, [SCORING]);
    const at = `/agreements/${agreementId}/evaluations`;
    const processes = processDesk(desk);
    const scored = async (from: string, to: string, value: string): Promise<string> => {
      const reply = await ask(desk.api, 'POST', at, { as: 'A', rule: 'scoring', from, to });
      const { id } = openedEvaluation.parse(reply.body);
      const { input } = await desk.database.process.findUniqueOrThrow({ where: { id } });
      await processes.begin('evaluation', input as unknown as ProcessFrame);
      for (const seat of ['A', 'B']) await processes.act(`${at}/${id}/acknowledge`, { as: seat, version: 'a1b2c3d4' });
      const score = (indicator: string) =>
        form({ as: 'A', indicator, value, evidence: JSON.stringify(['inspection']) }, { '检查.pdf': '%PDF-' });
      await processes.act(`${at}/${id}/score`, score('quality'));
      await processes
        .act(`${at}/${id}/leave-out`, { as: 'A', indicator: 'satisfaction', reason: '没有调查' })
        .catch(() => undefined);
      await processes.act(`${at}/${id}/conclude`, { as: 'A' });
      return id;
    };
    desk.now.ms = Date.parse('2027-01-04T09:00:00+08:00');
    const first = await scored('2026-07-01', '2026-09-30', '70');
    const second = await scored('2026-10-01', '2026-12-31', '90');
    const list = await read(evaluationDesk, '/evaluations');
    expect(list.items.map(({ id }) => id)).toEqual([second, first]);
    expect(list.items[0]).toMatchObject({
      status: 'provisional',
      objectionsUntil: '2027-01-11',
      results: [{ subject: 'B', total: expect.any(String) as unknown }],
      agreement: { id: agreementId, parties: ['甲公司', '乙公司'] },
    });
    expect((await read(evaluationDesk, '/evaluations?waiting=objections')).items).toHaveLength(2);
    expect((await read(evaluationDesk, '/evaluations?waiting=acknowledgement')).items).toEqual([]);
    const page = await read(evaluationDesk, '/evaluations?limit=1');
    expect((await read(evaluationDesk, `/evaluations?limit=1&cursor=${page.nextCursor ?? ''}`)).items[0]?.id).toBe(
      first,
    );

    const history = await read(evaluationHistory, `${at}/${second}/history?subject=B`);
    expect(history.periods.map(({ id }) => id)).toEqual([first, second]);
    expect(Number(history.periods[1]?.total)).toBeGreaterThan(Number(history.periods[0]?.total));

    const party = await as(await seated(agreementId, 'B'), 'party-member');
    expect((await read(evaluationDesk, '/evaluations', party)).items).toHaveLength(2);
    const stranger = await as(await seated(await vipService(desk), 'B'), 'party-member');
    expect((await read(evaluationDesk, '/evaluations', stranger)).items).toEqual([]);
    const hidden = await ask(stranger, 'GET', `${at}/${second}/history?subject=B`, undefined, { Authorization: '' });
    expect(hidden.status).toBe(404);
  });
});

describe('engagements over all agreements', () => {
  test('in pages, for those who see all and for whoever is a party', async () => {
    const agreementId = await knowingThirds(desk);
    const { id } = await applied(desk, agreementId);
    const all = await read(ownEngagements, '/engagements?status=open');
    expect(all.items).toMatchObject([
      { id, agreement: { id: agreementId, parties: ['甲方服务有限公司', '乙方客户有限公司'] } },
    ]);
    expect(all.items[0]?.next.length).toBeGreaterThan(0);
    expect((await read(ownEngagements, '/engagements?status=over')).items).toEqual([]);
    const party = await as(await seated(agreementId, 'A'), 'party-member');
    expect((await read(ownEngagements, '/engagements', party)).items).toHaveLength(1);
    const stranger = await as(await seated(await vipService(desk), 'B'), 'party-member');
    expect((await read(ownEngagements, '/engagements', stranger)).items).toEqual([]);
  });
});

describe('reports over all agreements', () => {
  test('those that are owed and not there come by their due time; one that was handed in brings its files', async () => {
    desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
    const agreementId = await attachments(desk, { monitoringReportIntervalDays: 30 });
    const of = `agreement=${agreementId}`;
    const owed = await read(reportList, `/reports?state=missing&${of}`);
    expect(owed.items.length).toBeGreaterThan(0);
    expect(owed.items.every(({ state }) => state === 'due')).toBe(true);
    expect(owed.items.map(({ dueOn }) => dueOn)).toEqual(owed.items.map(({ dueOn }) => dueOn).toSorted());
    const report = owed.items.find(({ reference }) => reference.startsWith('monitoring-report'));
    expect(report).toMatchObject({ responsible: { zh: '甲方' }, documents: [] });
    const { status, body } = await ask(desk.api, 'GET', `/agreements/${agreementId}`);
    expect(status).toBe(200);
    const duty = (
      body as { obligations: { id: string; occurrence?: string; checklist: { id: string }[] }[] }
    ).obligations.find(({ id }) => id === 'monitoring-report');
    const what = encodeURIComponent(report?.reference ?? '');
    const handedIn = form({ as: 'A' }, { '监控报告.pdf': '%PDF-report' });
    for (const { id } of duty?.checklist ?? []) handedIn.append('parts', id);
    const reply = await act(desk, agreementId, `/obligations/${what}/submissions`, handedIn);
    expect(reply.body).toMatchObject({ status: 'pending' });
    const there = await read(reportList, `/reports?state=there&${of}`);
    expect(there.items.map(({ reference }) => reference)).toContain(report?.reference);
    expect(there.items[0]).toMatchObject({ documents: [{ fileName: '监控报告.pdf' }] });
    const first = await read(reportList, `/reports?limit=1&${of}`);
    expect(first.items).toHaveLength(1);
    if (first.nextCursor !== null) {
      const next = await read(reportList, `/reports?limit=1&${of}&cursor=${first.nextCursor}`);
      expect(next.items[0]?.id).not.toBe(first.items[0]?.id);
    }

    const party = await as(await seated(agreementId, 'B'), 'party-member');
    const own = await read(reportList, '/reports', party);
    expect(own.items.length).toBeGreaterThan(0);
    expect(new Set(own.items.flatMap(({ agreement }) => agreement.parties))).toEqual(new Set(['甲公司', '乙公司']));
    for (const kind of ['survey', 'certificate']) {
      expect((await read(reportList, `/reports?kind=${kind}`, party)).items).toEqual([]);
    }
    const third = await as(await seated(agreementId, 'B'), 'third-party');
    expect((await ask(third, 'GET', '/reports', undefined, { Authorization: '' })).status).toBe(403);
  });
});

describe('templates and the ledger of clauses', () => {
  test('every clause, with the same bearers and tests as the command prints', async () => {
    const counted = await read(clauseList, '/clauses?limit=1');
    expect(counted.counts.total).toBe(clauseLines().length);
    const some = await read(clauseList, '/clauses?template=service-attachments&limit=200');
    const lines = clauseLines().filter(({ source }) => source === 'S001a');
    expect(some.items.map(({ id, by, terms, tests, status }) => ({ id, by, terms, tests, status }))).toEqual(
      lines.map(({ id, by, terms, tests, status }) => ({ id, by, terms, tests, status })),
    );
    expect(some.counts.status.automated).toBe(lines.filter(({ status }) => status === 'automated').length);
  });

  test('filters and pages', async () => {
    const recorded = await read(clauseList, '/clauses?template=service-attachments&status=recorded');
    expect(new Set(recorded.items.map(({ status }) => status))).toEqual(new Set(['recorded']));
    expect(recorded.found).toBe(recorded.items.length);
    expect((await read(clauseList, '/clauses?search=S001a-69')).items).toMatchObject([{ id: 'S001a-69' }]);
    const first = await read(clauseList, '/clauses?limit=2');
    const second = await read(clauseList, `/clauses?limit=2&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
      clauseLines()
        .slice(0, 4)
        .map(({ id }) => id),
    );
    expect((await ask(desk.api, 'GET', '/clauses?template=nothing')).status).toBe(404);
    expect((await ask(desk.api, 'GET', '/clauses/S999-99')).status).toBe(404);
  });

  test('one clause: what rests on it by name, its examples, how we read it, its neighbours', async () => {
    const one = await read(clauseSchema, '/clauses/S001a-69');
    expect(one.bearers[0]).toMatchObject({ id: 'service-attachments', ref: 'service-attachments@2' });
    expect(one.bearers[0]?.items).toEqual(
      expect.arrayContaining([
        {
          id: 'late-deliverable-penalty',
          kind: 'penalty',
          title: { zh: '迟交附件违约金', en: expect.any(String) as string },
        },
      ]),
    );
    expect(one.examples.some(({ id }) => id === 'service-attachments/late-report')).toBe(true);
    expect(one.readings[0]?.says.zh.join()).toContain('S001a-69');
    expect(one.readings[0]?.says.en.length).toBeGreaterThan(0);
    expect(one).toMatchObject({ before: 'S001a-68', after: 'S001a-70' });
  });

  test('running agreements that have a clause, as far as the reader may see them', async () => {
    const agreementId = await attachments(desk);
    const all = await read(clauseAgreements, '/clauses/S001a-60/agreements?limit=100');
    const own = all.items.find(({ id }) => id === agreementId);
    expect(own).toMatchObject({ status: 'active', obligations: [{ id: 'needs-analysis-report', status: 'pending' }] });
    const party = await as(await seated(agreementId, 'B'), 'party-member');
    expect((await read(clauseAgreements, '/clauses/S001a-60/agreements', party)).items.map(({ id }) => id)).toContain(
      agreementId,
    );
    expect((await read(clauseAgreements, '/clauses/S004-01/agreements', party)).items).toEqual([]);
  });

  test('what a template consists of is told in words, whatever is left open', async () => {
    const { items } = (await ask(desk.api, 'GET', '/templates')).body as { items: { id: string }[] };
    for (const { id } of items) {
      const contents = await read(templateContents, `/templates/${id}/contents`);
      for (const { due, who } of contents.obligations) {
        expect(`${due.zh}${due.en}${who.zh}`).not.toMatch(/undefined|null|NaN/);
        expect(due.en).not.toMatch(/[一-鿿]/);
      }
    }
    const report = (await read(templateContents, '/templates/service-attachments/contents')).obligations.find(
      ({ id }) => id === 'needs-analysis-report',
    );
    expect(report).toMatchObject({
      due: { en: 'within 30 days after the signing; a last day of rest moves to the next working day' },
      open: [],
    });
  });
});
