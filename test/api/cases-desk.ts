import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import * as schemas from '../../api/cases/schema.ts';
import type { ProcessFrame } from '../../domain/process/process.ts';
import { type Desk, ask } from './desk.ts';
import { act, draftOf, started } from './life-desk.ts';
import { processDesk } from './process-desk.ts';

type Case = z.output<typeof schemas.caseView>;

/** Cases as the worker would run them, while the engine is away. */
export interface CaseDesk {
  /** Writes one down and begins it. @returns its id */
  open(agreementId: string, body: Record<string, unknown>): Promise<string>;
  /** Begins one that has its row. */
  begin(id: string): Promise<void>;
  act(agreementId: string, id: string, name: string, body: Record<string, unknown>): Promise<void>;
  /** The code of a refusal; `done` where there is none. */
  refusal(agreementId: string, id: string, name: string, body: Record<string, unknown>): Promise<string>;
  view(agreementId: string, id: string): Promise<Case>;
  /** Lets time be folded up to now. */
  tick(id: string): Promise<void>;
  /** Does something by which one command is stored, and records that. */
  said<T>(send: () => Promise<T>): Promise<T>;
}

export function caseDesk(desk: Desk): CaseDesk {
  const processes = processDesk(desk);
  const { database } = desk;
  async function begin(id: string): Promise<void> {
    const row = await database.process.findUniqueOrThrow({ where: { id } });
    if (row.status === 'starting') await processes.begin('case', row.input as unknown as ProcessFrame);
  }
  return {
    begin,
    async open(agreementId, body) {
      const reply = await ask(desk.api, 'POST', `/agreements/${agreementId}/cases`, body);
      if (reply.status !== 202) throw new Error(JSON.stringify(reply.body));
      const { id } = schemas.openedCase.parse(reply.body);
      await begin(id);
      return id;
    },
    act: (agreementId, id, name, body) => processes.act(`/agreements/${agreementId}/cases/${id}/${name}`, body),
    async refusal(agreementId, id, name, body) {
      const key = randomUUID();
      const path = `/agreements/${agreementId}/cases/${id}/${name}`;
      const reply = await ask(desk.api, 'POST', path, body, { 'Idempotency-Key': key });
      if (reply.status !== 202) return String((reply.body as { type?: string }).type).replace('urn:abide:', '');
      return processes.record(key).then(
        () => 'done',
        (error: unknown) => (error as Error).message,
      );
    },
    async view(agreementId, id) {
      const reply = await ask(desk.api, 'GET', `/agreements/${agreementId}/cases/${id}`);
      if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
      return schemas.caseView.parse(reply.body);
    },
    async tick(id) {
      const { workflowId } = await database.process.findUniqueOrThrow({ where: { id } });
      await processes.tell(workflowId, { type: 'tick', atMs: desk.now.ms, nowMs: desk.now.ms });
    },
    async said(send) {
      const known = new Set((await database.command.findMany({ select: { id: true } })).map(({ id }) => id));
      const answer = await send();
      const fresh = await database.command.findMany({ where: { status: 'pending', workflowId: { not: null } } });
      for (const { id } of fresh.filter((one) => !known.has(one.id))) await processes.record(id);
      return answer;
    },
  };
}

const COORDINATOR = { name: '王协调', email: 'wang@c.example' };

/** S002 in force: A serves VIP customers, response in one hour, solution in 24, plan and confirmation between. */
export async function vipService(desk: Desk): Promise<string> {
  const draft = {
    ...draftOf('vip-service@1', { providerParty: 'A', contractYear: 2026, responseHours: 1, resolutionHours: 24 }),
    parties: {
      A: { name: '贵宾服务公司', email: 'lounge@a.example', contact: '郑叔同' },
      B: { name: '旅游公司', email: 'travel@b.example', contact: '林妹' },
    },
    coordinator: COORDINATOR,
  };
  return signed(desk, draft);
}

/** S001a in force: complaints are recorded within 24 hours, and resolved. */
export async function attachments(desk: Desk, terms: Record<string, unknown> = {}): Promise<string> {
  const draft = {
    ...draftOf('service-attachments@2', {
      contractTotal: '1000000.00',
      resolutionHours: 24,
      complaintRecordHours: 24,
      complaintResolutionHours: 24,
      ...terms,
    }),
    parties: {
      A: { name: '甲公司', email: 'li.hua@a.example', contact: '李华' },
      B: { name: '乙公司', email: 'bob@b.example', language: 'en' },
    },
    coordinator: COORDINATOR,
  };
  return signed(desk, draft);
}

/** S003-C in force: B serves A, which is itself the customer, for as long as the service is owed. */
export async function afterSales(desk: Desk): Promise<string> {
  const draft = {
    ...draftOf('after-sales-commitment@1', {
      serviceTermStart: '2026-03-02',
      serviceTermEnd: '2027-03-01',
      responseTime: 'PT24H',
      serviceDeadline: 'P3D',
      contestDeadline: 'P5D',
    }),
    parties: {
      A: { name: '包装公司', email: 'pack@a.example', contact: '杨帆' },
      B: { name: '自动化公司', email: 'serve@b.example', contact: '孙琪' },
    },
    coordinator: COORDINATOR,
  };
  return signed(desk, draft);
}

/** S001c in force: A serves; new staff are trained and examined before they do. */
export async function serviceTeam(desk: Desk): Promise<string> {
  const draft = {
    ...draftOf('service-kpi@1', { providerParty: 'A', passMark: '60', examDueDays: 7 }),
    parties: {
      A: { name: '客服外包公司', email: 'projects@a.example', contact: '陶然' },
      B: { name: '水务公司', email: 'water@b.example', contact: '骆宾' },
    },
    coordinator: COORDINATOR,
  };
  return signed(desk, draft);
}

async function signed(desk: Desk, draft: Record<string, unknown>): Promise<string> {
  const id = await started(desk, draft);
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  return id;
}
