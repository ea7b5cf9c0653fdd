import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { agreementClocks } from '../activities/agreement-clocks.ts';
import { askingOf } from '../activities/survey-asking.ts';
import type { Clock } from '../activities/clock.ts';
import type { DocumentStore } from '../activities/documents.ts';
import { surveyMail } from '../activities/mail/survey-mail.ts';
import { createIntake } from '../api/answers/intake.ts';
import { startTelling } from '../api/answers/telling.ts';
import type { CommandDesk, Submission } from '../api/commands.ts';
import { derivedId } from '../api/derived-id.ts';
import { startProcess } from '../api/processes.ts';
import type { Drawn } from '../api/surveys/drawing.ts';
import type { Actor } from '../domain/agreement/command.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { ImprovementState } from '../domain/improvement/state.ts';
import type { ProcessFrame, ProcessState } from '../domain/process/process.ts';
import { restoreProcess } from '../domain/process/snapshot.ts';
import type { SampleFacts } from '../domain/survey/command.ts';
import { readQuestions } from '../domain/survey/questionnaire.ts';
import type { SurveyState } from '../domain/survey/state.ts';
import { localDateAt } from '../domain/zone.ts';
import type { Database } from '../prisma/database.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { surveyTitles } from '../templates/survey-dimensions.ts';
import { type ListedCustomer, drawn, listedCustomers, listedOrganisations } from './drawn-sample.ts';
import type { LivedNotice } from './life.ts';
import type { LivableScenario } from './livable.ts';
import { type LivedProcesses, type ProcessRecord, aboutMeasure, describeProcesses } from './lived-surveys.ts';
import { designedQuestionnaire, numbersAnswered, scaleOf } from './made-questionnaire.ts';
import { type Cycle, type Plan } from './survey-finding.ts';
import { type ToDo, speaking, toDoFor, weightsOf } from './survey-orders.ts';
import { type ResponseRefused, responseTo } from './survey-response.ts';
import { settling } from './settled.ts';
import type { SurveyStep } from './survey-step.ts';

/** Where a scenario's surveys live: the very desk, intake and workflows of production. */
export interface SurveyWorld {
  database: Database;
  temporal: () => Client;
  clock: Clock;
  log: Logger;
  desk: CommandDesk;
  documents: DocumentStore;
  scenario: LivableScenario;
  agreementId: string;
  /** Until nothing is pending. */
  settle: () => Promise<void>;
}

type Refusal = ResponseRefused & { reference?: string };

/** Customers and the organisations that they belong to, before anything happens. */
export async function enterCustomers({
  database,
  scenario,
  clock,
}: Pick<SurveyWorld, 'database' | 'scenario' | 'clock'>) {
  const createdAt = new Date(clock());
  for (const organisation of listedOrganisations(scenario.customers)) {
    await database.organisation.create({ data: organisation });
  }
  await database.customer.createMany({
    data: listedCustomers(scenario.customers).map(({ id, row, tier, branchId, departmentId }) => ({
      id,
      key: row.key,
      name: row.name,
      contact: row.contact,
      tier,
      branchId,
      departmentId,
      segment: row.segment,
      language: row.language ?? 'zh',
      email: row.email,
      phone: row.phone,
      address: row.address,
      surveyConsent: row.surveyConsent ?? true,
      promotionConsent: row.promotionConsent ?? false,
      createdAt,
    })),
  });
}

/**
 * Does what an act of a survey asks for; what was refused of it.
 *
 * @param name of the act, which no other has
 * @param seated who acts, where it is no customer
 */
export async function performSurveyStep(
  world: SurveyWorld,
  step: SurveyStep,
  name: string,
  seated: Actor,
): Promise<Refusal[]> {
  const { database, agreementId, scenario } = world;
  const customers = listedCustomers(scenario.customers);
  const customerIds = Object.fromEntries(customers.map(({ id, row }) => [row.key, id]));
  const customerTiers = Object.fromEntries(customers.map(({ tier, row }) => [row.key, tier]));
  const actor = speaking(step, seated, customerIds);
  const { compiled, status } = await agreementOf(database, agreementId);
  const { cycles, plans } = await processesOf(database, agreementId);
  const titles = titlesOf(scenario);
  const toDo = toDoFor(step, {
    cycles,
    plans,
    titles,
    customerIds,
    customerTiers,
    agreementStatus: status,
    ...(await agreementClocks(database, agreementId)).standstill,
    improvement: compiled.improvement ?? null,
    frame: {
      format: 1,
      agreementId,
      zone: compiled.zone,
      calendar: compiled.calendar,
      noticeHours: compiled.noticeHours,
      parties: compiled.parties,
      seats: compiled.seats,
      seatParties: compiled.seatParties ?? {},
    },
    actor,
    today: localDateAt(compiled.zone, step.atMs),
    atMs: step.atMs,
  });
  if ('refused' in toDo) return [{ code: toDo.refused, message: toDo.message }];
  const refusals: Refusal[] = [];
  for (const [number, one] of toDo.entries()) {
    const refusal = await carryOut(world, { step, actor, customers, cycles }, one, `${agreementId}/${name}/${number}`);
    await world.settle();
    if (!refusal) continue;
    refusals.push(refusal);
    // What comes first of one cycle must be there for what follows.
    if (one.what === 'design' || one.what === 'draw' || isRaise(one)) break;
  }
  return refusals;
}

function isRaise(toDo: ToDo): boolean {
  return toDo.what === 'command' && toDo.order.type === 'raise';
}

interface Acting {
  step: SurveyStep;
  actor: Actor;
  customers: readonly ListedCustomer[];
  cycles: readonly Cycle[];
}

async function carryOut(world: SurveyWorld, acting: Acting, toDo: ToDo, id: string): Promise<Refusal | undefined> {
  const { step, actor } = acting;
  switch (toDo.what) {
    case 'command': {
      const { workflowId, order, text, bringsDocument } = toDo;
      const brought = bringsDocument ? [await documentOf(world, step, id)] : [];
      const references = brought.map(({ sha256, size }) => ({ sha256, size }));
      const command = { ...order, ...(bringsDocument ? { documents: references } : {}), id, actor } as Order;
      return submitted(world, { command, workflowId, text, documents: brought });
    }
    case 'design': {
      const { state, workflowId } = toDo.cycle;
      const { survey } = state.input;
      const titles = surveyTitles(world.scenario.draft.template, world.scenario.draft.terms);
      const weights = toDo.weights ?? weightsOf(toDo.cycle, acting.cycles);
      const scale = scaleOf(numbersAnswered(world.scenario.acts, survey.obligation));
      const designed = designedQuestionnaire(survey, titles, toDo.questionnaire, weights, scale);
      if ('problem' in designed) return { code: 'questionnaire-missing', message: designed.problem };
      const { json, facts } = designed;
      await world.database.questionnaire.createMany({
        data: [
          {
            sha256: facts.sha256,
            json: json as Prisma.InputJsonObject,
            facts: facts as unknown as Prisma.InputJsonObject,
            createdAt: new Date(world.clock()),
          },
        ],
        skipDuplicates: true,
      });
      const command = { type: 'design', questionnaire: facts, id, actor } as Order;
      return submitted(world, { command, workflowId });
    }
    case 'draw': {
      const { state, workflowId } = toDo.cycle;
      const { input } = state;
      const { sample, invitees } = drawn(input.survey, input.reference, acting.customers, toDo.wanted);
      const refusal = await submitted(world, { command: { type: 'draw', sample, id, actor } as Order, workflowId });
      if (!refusal) await invite(world.database, workflowId, sample, invitees);
      return refusal;
    }
    case 'respond':
      return respond(world, acting, toDo.cycle);
    case 'start': {
      const { input, finding, text } = toDo;
      const workflowId = `improvement/${world.agreementId}/${finding}`;
      const whole = { ...input, workflowId, reference: finding };
      await startProcess(world, { type: 'improvement', input: whole, ...(text ? { text } : {}) });
      return undefined;
    }
  }
}

type Order = Submission['command'];

async function submitted(
  { desk, agreementId }: SurveyWorld,
  {
    command,
    workflowId,
    text,
    documents = [],
  }: {
    command: Order;
    workflowId: string;
    text?: Extract<ToDo, { what: 'command' }>['text'];
    documents?: Awaited<ReturnType<typeof documentOf>>[];
  },
): Promise<Refusal | undefined> {
  let result = await desk.submit({ command, agreementId, workflowId, documents, ...(text ? { text } : {}) });
  for (let tries = 0; result.status === 'pending' && tries < 5; tries++) result = await desk.resend(command.id);
  if (result.status === 'pending') throw new Error(`${workflowId}: no answer from the engine`);
  if (result.status === 'applied') return undefined;
  const { code, message, clauses } = result;
  const reference = workflowId.split('/').slice(2).join('/');
  return { code, message, ...(clauses ? { clauses } : {}), reference };
}

/** Those who were drawn, in place of any draw before. */
async function invite(
  database: Database,
  workflowId: string,
  { drawn: count }: SampleFacts,
  invitees: readonly Drawn<ListedCustomer>[],
) {
  if (count !== invitees.length) throw new Error('not everybody who was drawn is listed'); // a bug
  await database.invitee.deleteMany({ where: { workflowId } });
  await database.invitee.createMany({
    data: invitees.map(({ customer, channel, isReachable }) => ({
      id: derivedId('scenario-invitee', `${workflowId} ${customer.id}`),
      workflowId,
      customerId: customer.id,
      tier: customer.tier,
      department: customer.departmentId,
      branch: customer.branchId,
      channel,
      status: isReachable ? 'drawn' : 'unreachable',
    })),
  });
}

/** Answers go into Postgres by the way of all answers; then the cycle is told, once. */
async function respond(world: SurveyWorld, { step, actor, customers }: Acting, { workflowId, state }: Cycle) {
  const { database, clock } = world;
  const { input, questionnaire } = state;
  const rows = await database.invitee.findMany({ where: { workflowId } });
  const keys = new Map(customers.map(({ id, row }) => [id, row.key]));
  const asked = Object.fromEntries(rows.map((row) => [keys.get(row.customerId) ?? '', row]));
  const stored =
    questionnaire && (await database.questionnaire.findUnique({ where: { sha256: questionnaire.sha256 } }));
  const read = readQuestions(stored?.json);
  const response = responseTo(step, state, {
    actor,
    questions: 'questions' in read ? read.questions : [],
    titles: titlesOf(world.scenario),
    asked,
  });
  if ('code' in response) return { ...response, reference: input.reference };
  const telling = startTelling(world);
  const intake = createIntake(database, telling.mark);
  const { anonymous } = input.survey;
  const receivedAt = new Date(clock());
  const isOpen = state.status === 'open';
  await Promise.all(
    response.entered.map(({ customer, channel, answers }, index) => {
      const invitee = customer === null ? undefined : asked[customer];
      const own = derivedId('scenario-answer', `${workflowId} ${step.path} ${index}`);
      return intake.take({
        workflowId,
        respondent: anonymous || !invitee ? own : invitee.id,
        inviteeId: invitee?.id ?? null,
        anonymous,
        channel,
        tier: invitee?.tier ?? null,
        department: invitee?.department ?? null,
        branch: invitee?.branch ?? null,
        answers,
        files: [],
        receivedOn: localDateAt(input.zone, clock()),
        receivedAt,
        late: !isOpen,
        enteredBy: null,
        source: step.path,
        draftId: null,
      });
    }),
  );
  await intake.drain();
  await telling.stop();
  return undefined;
}

async function documentOf({ documents }: SurveyWorld, { said }: SurveyStep, id: string) {
  const file = 'file' in said ? said.file : undefined;
  if (file !== undefined) {
    return { ...(await documents.put(createReadStream(file), basename(file))), fileName: basename(file) };
  }
  const step = id.split('/').slice(1).join('.');
  const fileName = `${said.do}.txt`;
  const text = `A document made for a simulation: ${said.do}, step ${step}.\n`;
  return { ...(await documents.put(Readable.from([Buffer.from(text)]), fileName)), fileName };
}

function titlesOf({ draft }: LivableScenario) {
  const { dimensions, parts } = surveyTitles(draft.template, draft.terms);
  return { ...parts, ...dimensions };
}

async function agreementOf(database: Database, id: string): Promise<{ compiled: CompiledAgreement; status: string }> {
  const { compiled, status } = await database.agreement.findUniqueOrThrow({ where: { id } });
  return { compiled: compiled as unknown as CompiledAgreement, status };
}

/** Cycles and plans as they are recorded. */
export async function processesOf(
  database: Database,
  agreementId: string,
): Promise<{ cycles: Cycle[]; plans: Plan[] }> {
  const rows = await database.process.findMany({ where: { agreementId }, orderBy: { workflowId: 'asc' } });
  const all = rows.map(({ workflowId, type, input, snapshot, sequence }) => ({
    workflowId,
    type,
    state: restoreProcess<ProcessState>(
      type as 'survey' | 'improvement',
      input as unknown as ProcessFrame,
      snapshot as object | null,
      sequence,
    ),
  }));
  return {
    cycles: all
      .filter(({ type }) => type === 'survey')
      .map(({ workflowId, state }) => ({ workflowId, state: state as SurveyState })),
    plans: all
      .filter(({ type }) => type === 'improvement')
      .map(({ workflowId, state }) => ({ workflowId, state: state as ImprovementState })),
  };
}

/** Surveys and plans of a life, read from the record. */
export async function readProcesses(
  database: Database,
  agreementId: string,
  scenario: LivableScenario,
): Promise<LivedProcesses> {
  const { draft } = scenario;
  const settled = settling(scenario);
  const { cycles, plans } = await processesOf(database, agreementId);
  const events = await database.event.findMany({
    where: {
      agreementId,
      OR: [{ workflowId: { startsWith: 'survey/' } }, { workflowId: { startsWith: 'improvement/' } }],
    },
    orderBy: [{ workflowId: 'asc' }, { sequence: 'asc' }],
  });
  const records = [
    ...cycles.map((one) => ({ ...one, type: 'survey' as const })),
    ...plans.map((one) => ({ ...one, type: 'improvement' as const })),
  ].map(({ workflowId, type, state }): ProcessRecord => ({
    type,
    state,
    events: events
      .filter((event) => event.workflowId === workflowId)
      .map(({ occurredAt, type: what, actor, body, clauses }) => ({
        atMs: settled(occurredAt.getTime()),
        type: what,
        actor: actor as unknown as Actor,
        ...aboutMeasure(JSON.parse(body) as object),
        clauses,
      })),
  }));
  const organisations = await database.organisation.findMany({ select: { id: true, name: true } });
  return describeProcesses(records, {
    zone: draft.zone,
    organisations: Object.fromEntries(organisations.map(({ id, name }) => [id, name])),
  });
}

/** The mails to customers, as rows of notices: invitations, and reminders wave by wave. */
export async function readInvitations(
  database: Database,
  agreementId: string,
  at: (ms: number) => string,
): Promise<LivedNotice[]> {
  const { cycles } = await processesOf(database, agreementId);
  const { template, draft } = await database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const rows = await database.$queryRaw<
    {
      workflowId: string;
      wave: number;
      key: string;
      name: string;
      contact: string | null;
      language: string;
      email: string | null;
    }[]
  >`
    SELECT i.workflow_id AS "workflowId", i.wave, c.key, c.name, c.contact, c.language, c.email
    FROM invitee i JOIN customer c ON c.id = i.customer_id
    WHERE i.wave IS NOT NULL AND split_part(i.workflow_id, '/', 2) = ${agreementId} ORDER BY i.workflow_id, c.key`;
  return cycles.flatMap(({ workflowId, state }) => {
    const { input, publishedAtMs, wavesAtMs, closes } = state;
    const asking = askingOf({ template, draft }, input);
    const { obligation } = input.survey;
    return rows
      .filter((row) => row.workflowId === workflowId)
      .flatMap((row) =>
        [publishedAtMs, ...wavesAtMs].slice(0, row.wave + 1).map((ms, wave): LivedNotice => {
          const { subject } = surveyMail({
            language: row.language === 'en' ? 'en' : 'zh',
            name: row.contact ?? row.name,
            ...asking,
            occurrence: input.occurrence,
            anonymous: input.survey.anonymous,
            wave,
            closesAtMs: closes?.dueAtMs ?? 0,
            zone: input.zone,
            publicUrl: '',
            token: '',
          });
          return {
            at: at(ms ?? 0),
            to: row.email,
            role: 'customer',
            kind: wave === 0 ? 'survey-invitation' : 'survey-reminder',
            obligation,
            ...(input.occurrence === null ? {} : { occurrence: input.occurrence }),
            subject,
            clauses: input.survey.clauses,
          };
        }),
      );
  });
}
