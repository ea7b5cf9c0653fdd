import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createAnalyse } from '../../activities/survey-analyse.ts';
import { createGatherFigures } from '../../activities/evaluation-figures.ts';
import { createRecordProcess } from '../../activities/record-process.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { foldProcess, isRefused } from '../../domain/process/fold.ts';
import type { Errand, ProcessFrame, ProcessState, ProcessType } from '../../domain/process/process.ts';
import { type AnyRules, processRules } from '../../domain/process/registry.ts';
import { restoreProcess } from '../../domain/process/snapshot.ts';
import type { SurveyInput } from '../../domain/survey/compiled.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { processWorkflowId } from '../../workflows/ids.ts';
import { type Desk, ask } from './desk.ts';
import { act, draftOf } from './life-desk.ts';

/** Processes as the worker would run them, while the engine is away. */
export interface ProcessDesk {
  /** Begins a process that has its row, or gets one. @returns id of the row */
  begin(type: ProcessType, input: ProcessFrame): Promise<string>;
  /** Decides and records what somebody asked for; what is to be started then, is. @throws Error of a refusal's code */
  record(commandId: string): Promise<void>;
  /** What a machine tells. */
  tell(workflowId: string, command: { type: string } & Record<string, unknown>): Promise<void>;
  /** An act over HTTP, recorded. */
  act(path: string, body: unknown): Promise<void>;
}

export function processDesk(desk: Desk): ProcessDesk {
  const { database } = desk;
  const clock = () => desk.now.ms;
  const recordProcess = createRecordProcess({
    database,
    clock,
    bundle: 'b'.repeat(64),
    sdk: '0.0.0',
    messageIdHost: 'localhost',
    killPoint: () => undefined,
  });
  const analyse = createAnalyse({ database });
  const gatherFigures = createGatherFigures({ database });

  async function begin(type: ProcessType, input: ProcessFrame): Promise<string> {
    const state = processRules(type).initial(input);
    await step(type, input, state, processRules(type).start(state, clock()), true);
    const { id } = await database.process.findUniqueOrThrow({ where: { workflowId: input.workflowId } });
    return id;
  }

  async function step(
    type: ProcessType,
    input: ProcessFrame,
    state: ProcessState,
    decided: ReturnType<AnyRules['decide']>,
    isFirst = false,
  ): Promise<void> {
    if (isRefused(decided)) throw new Error(decided.rejected);
    const { workflowId, agreementId, reference } = input;
    const at = { workflowId, atMs: clock(), recordedAtMs: clock() };
    const { events, notices, errands } = foldProcess(processRules(type) as never, state, decided as never, at);
    const workflowExecution = { workflowId, runId: randomUUID() };
    await new MockActivityEnvironment({ workflowExecution }).run(recordProcess, {
      ...{ agreementId, type, reference, events: events as never, notices, refusals: [], unchanged: [] },
      ...(isFirst ? { input } : {}),
    });
    for (const errand of errands) await perform(workflowId, errand);
  }

  async function perform(workflowId: string, errand: Errand): Promise<void> {
    if (errand.kind === 'start') await begin(errand.type, errand.input as ProcessFrame);
    if (errand.kind === 'gather') {
      const { asked } = errand;
      await tell(workflowId, { type: 'gathered', ...(await gatherFigures({ workflowId, asked })) });
    }
    if (errand.kind === 'analyse') {
      const { closedAtMs } = errand;
      const found = await analyse({ workflowId, closedAtMs });
      await tell(workflowId, { type: 'analysed', ...found });
    }
    // Mails go out, and what the agreement is told it hears, where those are tested.
  }

  async function decide(workflowId: string, command: object): Promise<void> {
    const row = await database.process.findUniqueOrThrow({ where: { workflowId } });
    const type = row.type as ProcessType;
    const input = row.input as unknown as ProcessFrame;
    const state = restoreProcess<ProcessState>(type, input, row.snapshot as object | null, row.sequence);
    const noticeNumber = await database.notice.count({ where: { id: { startsWith: `${workflowId}/n` } } });
    const known = { ...state, delivery: { ...state.delivery, noticeNumber } };
    await step(type, input, known, processRules(type).decide(command as never, known));
  }

  async function tell(workflowId: string, command: { type: string } & Record<string, unknown>): Promise<void> {
    const actor = { personId: 'machine', seat: 'clock', via: 'workflow' };
    await decide(workflowId, { id: randomUUID(), receivedAtMs: clock(), actor, ...command });
  }

  async function record(commandId: string): Promise<void> {
    const row = await database.command.findUniqueOrThrow({ where: { id: commandId } });
    await decide(row.workflowId ?? '', row.command as object);
  }

  return {
    begin,
    record,
    tell,
    act: async (path, body) => {
      const key = randomUUID();
      const reply = await ask(desk.api, 'POST', path, body, { 'Idempotency-Key': key });
      if (reply.status !== 202) throw new Error(JSON.stringify(reply.body));
      await record(key);
    },
  };
}

/** S000 in force between A and B, nothing open agreed on. @returns its id */
export async function improvementAgreement(desk: Desk, terms: Record<string, unknown> = {}): Promise<string> {
  const draft = {
    ...draftOf('satisfaction-improvement@1', terms),
    parties: {
      A: { name: '甲公司', email: 'li.hua@a.example', contact: '李华' },
      B: { name: '乙公司', email: 'wu.min@b.example', contact: '吴敏' },
    },
    coordinator: { name: '王协调', email: 'wang@c.example' },
    start: true,
  };
  const key = randomUUID();
  const reply = await ask(desk.api, 'POST', '/agreements', draft, { 'Idempotency-Key': key });
  if (reply.status !== 202) throw new Error(JSON.stringify(reply.body));
  await desk.record(key);
  const { agreementId } = await desk.database.command.findUniqueOrThrow({ where: { id: key } });
  for (const as of ['A', 'B']) await act(desk, agreementId, '/signatures', { as });
  for (const as of ['A', 'B']) await act(desk, agreementId, '/seals', { as });
  return agreementId;
}

/** A cycle of the agreement's survey, begun; what its template says is changed for the test. @returns id of the row */
export async function begunCycle(
  desk: Desk,
  agreementId: string,
  { occurrence, ...change }: Partial<SurveyInput['survey']> & { occurrence: string },
): Promise<{ id: string; workflowId: string }> {
  const { compiled } = await desk.database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const agreement = compiled as unknown as CompiledAgreement;
  const survey = agreement.surveys?.[0];
  if (!survey) throw new Error('the template knows no survey');
  const reference = `${survey.obligation}#${occurrence}`;
  const workflowId = processWorkflowId('survey', agreementId, reference);
  const dueAtMs = Date.parse(`${occurrence}T00:00:00+08:00`) + 90 * 86_400_000;
  const input: SurveyInput = {
    ...{ format: 1, workflowId, agreementId, reference, occurrence },
    ...{ zone: agreement.zone, calendar: agreement.calendar, noticeHours: agreement.noticeHours },
    ...{ parties: agreement.parties, seats: agreement.seats, seatParties: agreement.seatParties ?? {} },
    survey: { ...survey, ...change },
    improvement: agreement.improvement ?? null,
    due: { dueAtMs, localDate: new Date(dueAtMs).toISOString().slice(0, 10) },
  };
  return { id: await processDesk(desk).begin('survey', input), workflowId };
}

/** Customers of the directory, with an address each. */
export async function customers(
  desk: Desk,
  count: number,
  change: (index: number) => Partial<Prisma.CustomerCreateManyInput> = () => ({}),
): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index): Prisma.CustomerCreateManyInput => {
    const key = `C-${String(index).padStart(4, '0')}`;
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    return {
      id,
      key,
      name: `客户 ${key}`,
      email: `${key.toLowerCase()}@c.example`,
      createdAt: new Date(desk.now.ms),
      ...change(index),
    };
  });
  await desk.database.customer.createMany({ data: rows });
  return rows.map(({ id }) => id ?? '');
}
