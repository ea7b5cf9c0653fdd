import type { z } from 'zod';
import { notAlive } from '../../domain/survey/cycle.ts';
import type { SurveyEvent } from '../../domain/survey/event.ts';
import type { Figures, Grouping } from '../../domain/survey/figures.ts';
import { approvalsMissing } from '../../domain/survey/designing.ts';
import type { SurveyState } from '../../domain/survey/state.ts';
import { surveyRules } from '../../domain/survey/survey.ts';
import type { Instant, Text } from '../../domain/time.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import type { ApiDeps } from '../deps.ts';
import { organisationPaths } from '../directory/organisations.ts';
import { eventViews } from '../event-views.ts';
import { type Principal, reachOf } from '../policy.ts';
import { possibleActs } from '../process/possible.ts';
import { type ProcessRecord, processRecord } from '../process/record.ts';
import { type Belonging, type SurveyProcess, belongingOf, findSurvey, surveyProcess } from '../process/rows.ts';
import { capacitiesOf } from '../process/speaking.ts';
import { matterTitle } from '../views.ts';
import { nextStep } from './next.ts';
import { warningsOf } from './questionnaire.ts';
import { type LiveNumbers, channelNumbers, liveNumbers } from './numbers.ts';
import type { survey as surveySchema, surveyList } from './schema.ts';
import { mayTest } from './test-mails.ts';
import { surveyTrials } from './trials.ts';

type View = z.output<typeof surveySchema>;
type Summary = z.output<typeof surveyList>['items'][number];

/** Unreached customers that an answer lists; all are counted. */
const SHOWN = 500;

/** The cycles of an agreement's surveys, the latest first. @throws Problem `unknown-agreement`, `not-started` */
export async function surveysOf(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  agreementId: string,
): Promise<Summary[]> {
  const belonging = await belongingOf(database, agreementId);
  const rows = await database.process.findMany({ where: { agreementId, type: 'survey' } });
  const live = await liveNumbers(
    database,
    rows.map(({ workflowId }) => workflowId),
  );
  return rows
    .map(surveyProcess)
    .sort((a, b) => b.input.due.dueAtMs - a.input.due.dueAtMs || (a.row.reference < b.row.reference ? -1 : 1))
    .map((cycle) => summaryOf(belonging, cycle, live(cycle.row.workflowId), clock()));
}

/** Whether the day of its result has passed and nothing of it was handed in: its duty is done by its close. */
export function isOverdue({ row, state }: SurveyProcess, nowMs: Instant): boolean {
  if (row.status === 'missed') return true;
  return ['planned', 'open'].includes(row.status) && state.due !== null && state.due.dueAtMs <= nowMs;
}

/** @param belonging titles of its template and seats */
export function summaryOf(
  { template, seat }: Pick<Belonging, 'template' | 'seat'>,
  cycle: SurveyProcess,
  live: LiveNumbers,
  nowMs: Instant,
): Summary {
  const { row, input, state } = cycle;
  const { zone, survey, occurrence } = input;
  const at = (ms: Instant | null): string | null => (ms === null ? null : isoAt(zone, ms));
  const due = (one: { dueAtMs: Instant; localDate: string } | null) =>
    one && { dueAt: isoAt(zone, one.dueAtMs), localDate: one.localDate };
  const next = nextStep(cycle, localDateAt(zone, nowMs));
  return {
    id: row.id,
    reference: row.reference,
    title: matterTitle(template, occurrence === null ? survey.obligation : `${survey.obligation}#${occurrence}`),
    obligation: survey.obligation,
    occurrence,
    status: row.status as Summary['status'],
    responsible: seat(survey.responsible),
    due: due(state.due),
    agreedDate: state.agreedDate,
    publishedAt: at(state.publishedAtMs),
    closes: due(state.closes),
    closedAt: at(state.closedAtMs),
    releasedAt: at(state.releasedAtMs),
    drawn: state.sample?.drawn ?? null,
    invited: live.invited,
    unreachable: live.unreachable,
    answered: live.answered,
    late: live.late,
    score: state.figures?.score ?? null,
    verdict: state.figures?.verdict.outcome ?? null,
    next: { step: next.step as Summary['next']['step'], by: next.seats.map(seat), on: next.on },
    overdue: isOverdue(cycle, nowMs),
  };
}

/**
 * One cycle as it stands: from Postgres alone. Names and words are for those who may read the record.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-survey`
 */
export async function surveyView(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  { agreementId, id, reader }: { agreementId: string; id: string; reader: Principal },
): Promise<View> {
  const [belonging, cycle] = await Promise.all([
    belongingOf(database, agreementId),
    findSurvey(database, agreementId, id),
  ]);
  const { row, input, state } = cycle;
  const { workflowId } = row;
  const reads = reachOf('record.read', reader) !== 'none';
  const nowMs = clock();
  const [record, live, capacities] = await Promise.all([
    processRecord<SurveyEvent>(database, workflowId, reads),
    liveNumbers(database, [workflowId]),
    capacitiesOf(
      { database, clock },
      { agreementId, agreement: belonging.agreement, reader, obligation: input.survey.obligation },
    ),
  ]);
  const numbers = live(workflowId);
  const possible =
    row.status === 'starting'
      ? { can: [], as: {} }
      : possibleActs(surveyRules.decide, state, { capacities, trials: surveyTrials(state, nowMs), atMs: nowMs });
  const { zone } = input;
  return {
    ...summaryOf(belonging, cycle, numbers, nowMs),
    sequence: row.sequence,
    asOf: isoAt(zone, nowMs),
    ...possible,
    mayTest: state.questionnaire !== null && !notAlive(state) && mayTest(state, capacities),
    provides: provides(belonging, cycle),
    questionnaire: await questionnaire(database, belonging, state),
    date: dateOf(belonging, state),
    sample: await sampleOf(database, cycle, numbers),
    unreached: await unreachedOf(database, workflowId, reads),
    channels: await channelNumbers(database, workflowId),
    reminders: state.wavesAtMs.map((ms) => isoAt(zone, ms)),
    figures: state.figures && (await figuresView(database, belonging, state.figures)),
    answersSha256: state.answersSha256,
    earlier: await earlierOf(database, cycle),
    nextWeights: state.nextWeights,
    findings: await findingsOf(database, belonging, state, record),
    report: reportOf(state, record),
    events: reads ? await eventViews(database, record.rows, { zone, seesMoney: true }) : [],
  } as View;
}

function provides({ seat, dimension, part }: Belonging, { input }: SurveyProcess): View['provides'] {
  const { survey, improvement } = input;
  const { gates, report } = survey;
  const { method, size, clauses } = survey.sample;
  return {
    responsible: seat(survey.responsible),
    dateAgreedBy: survey.dateAgreedBy.seats.map(seat),
    approvers: survey.approvers.seats.map(seat),
    dimensions: survey.dimensions.map((one) => ({
      ...dimension(one.id),
      clauses: one.clauses,
      parts: one.parts.map(part),
    })),
    weights: survey.weights,
    asksImportance: survey.importance !== null,
    channels: survey.channels,
    audience: survey.audience,
    sample: { method, size, percent: survey.sample.percent ?? null, clauses },
    minimumSample: survey.minimumSample,
    openDays: survey.openDays,
    reminderLeadDays: survey.reminderLeadDays,
    target: survey.target,
    responseRatePercent: survey.responseRatePercent,
    anonymous: survey.anonymous,
    gates: gates.map((gate) => ({ gate: gate.gate, clauses: gate.clauses, isGiven: gate.isGiven ?? null })),
    report: {
      by: seat(report.by),
      to: report.to.map(seat),
      acknowledged: report.acknowledged,
      clauses: report.clauses,
    },
    findingsBelow: survey.findings?.below ?? null,
    improvement: improvement !== null,
    clauses: survey.clauses,
  };
}

async function questionnaire(
  database: Database,
  { seat, term }: Belonging,
  state: SurveyState,
): Promise<View['questionnaire']> {
  if (state.questionnaire === null) return null;
  const { sha256 } = state.questionnaire;
  const stored = await database.questionnaire.findUnique({ where: { sha256 } });
  return {
    ...state.questionnaire,
    version: state.version,
    json: stored?.json ?? null,
    warnings: warningsOf({ term }, stored?.json),
    approvedBy: state.approvedBy.map(seat),
    waitsFor: approvalsMissing(state).map(seat),
  };
}

function dateOf({ seat }: Belonging, { date, input }: SurveyState): View['date'] {
  if (date === null) return null;
  const accepted = date.acceptedBy.map((one) => one.seat);
  return {
    proposed: date.proposed,
    by: seat(date.by),
    acceptedBy: accepted.map(seat),
    waitsFor: input.survey.dateAgreedBy.seats.filter((one) => !accepted.includes(one)).map(seat),
    agreed: date.agreed,
  };
}

async function sampleOf(
  database: Database,
  { row: { workflowId }, state: { sample } }: SurveyProcess,
  { reached }: LiveNumbers,
): Promise<View['sample']> {
  if (sample === null) return null;
  const tiers = await database.invitee.groupBy({ by: ['tier'], where: { workflowId }, _count: true });
  return { ...sample, tiers: Object.fromEntries(tiers.map((one) => [one.tier, one._count])), reached };
}

async function unreachedOf(database: Database, workflowId: string, reads: boolean): Promise<View['unreached']> {
  const where = { workflowId, answered: false, status: { in: ['unreachable', 'bounced', 'opted-out'] } };
  const count = await database.invitee.count({ where });
  if (!reads) return { count, customers: null };
  const invitees = await database.invitee.findMany({ where, orderBy: { id: 'asc' }, take: SHOWN });
  const customers = await database.customer.findMany({
    where: { id: { in: invitees.map(({ customerId }) => customerId) } },
    select: { id: true, key: true, name: true },
  });
  return {
    count,
    customers: invitees.flatMap(({ customerId, channel, status }) => {
      const customer = customers.find(({ id }) => id === customerId);
      return customer
        ? [{ customerId, key: customer.key, name: customer.name, channel, status: status as 'bounced' }]
        : [];
    }),
  };
}

const TIERS: Record<string, Text> = {
  key: { zh: '重点客户', en: 'key customers' },
  ordinary: { zh: '普通客户', en: 'ordinary customers' },
  vip: { zh: 'VIP 客户', en: 'VIP customers' },
};
const CHANNELS: Record<string, Text> = {
  email: { zh: '电子邮件', en: 'e-mail' },
  online: { zh: '在线问卷', en: 'online' },
  phone: { zh: '电话', en: 'telephone' },
  'face-to-face': { zh: '面访', en: 'face to face' },
  paper: { zh: '纸质问卷', en: 'paper' },
  sms: { zh: '短信', en: 'SMS' },
  letter: { zh: '信函', en: 'letter' },
};

/** Figures with the words for what they are about. */
export async function figuresView(
  database: Database,
  { dimension, part }: Belonging,
  figures: Figures,
): Promise<NonNullable<View['figures']>> {
  const paths = await organisationPaths(database);
  const words: Record<Grouping, (key: string) => Text | undefined> = {
    tier: (key) => TIERS[key],
    channel: (key) => CHANNELS[key],
    department: named,
    branch: named,
  };
  function named(key: string): Text | undefined {
    const path = paths.get(key);
    return path === undefined ? undefined : { zh: path, en: path };
  }
  return {
    ...figures,
    dimensions: figures.dimensions.map((one) => ({
      ...one,
      ...dimension(one.id),
      parts: one.parts.map((item) => ({ ...item, ...part(item.id) })),
    })),
    groups: figures.groups.map((group) => ({
      ...group,
      title: words[group.by](group.key) ?? { zh: group.key, en: group.key },
    })),
  };
}

async function earlierOf(database: Database, { row, input }: SurveyProcess): Promise<View['earlier']> {
  const rows = await database.process.findMany({
    where: { agreementId: row.agreementId, type: 'survey', NOT: { workflowId: row.workflowId } },
  });
  return rows
    .map(surveyProcess)
    .filter((other) => other.input.survey.id === input.survey.id && other.input.due.dueAtMs < input.due.dueAtMs)
    .sort((a, b) => b.input.due.dueAtMs - a.input.due.dueAtMs)
    .flatMap(({ row: { reference }, state: { figures, closedAtMs } }) => {
      if (figures === null || closedAtMs === null) return [];
      const dimensions = figures.dimensions.map(({ id, measures }) => [id, measures.mean?.value ?? null] as const);
      return [
        {
          reference,
          closedOn: localDateAt(input.zone, closedAtMs),
          score: figures.score,
          dimensions: Object.fromEntries(dimensions),
          weights: Object.fromEntries(figures.dimensions.map(({ id, weight }) => [id, weight])),
        },
      ];
    });
}

async function findingsOf(
  database: Database,
  { dimension }: Belonging,
  { findings }: SurveyState,
  record: ProcessRecord<SurveyEvent>,
): Promise<View['findings']> {
  const rows = await database.process.findMany({
    where: { workflowId: { in: findings.map(({ workflowId }) => workflowId) } },
  });
  return findings.map((one) => {
    const row = rows.find(({ workflowId }) => workflowId === one.workflowId);
    const { priority = null } = (row?.snapshot ?? {}) as { priority?: 'high' | 'medium' | 'low' | null };
    return {
      finding: one.finding,
      title: record.of('finding-raised').find(({ event }) => event.finding === one.finding)?.text.topic ?? null,
      dimension: one.dimension === null ? null : dimension(one.dimension),
      improvement: row ? { id: row.id, status: row.status, priority } : null,
    };
  });
}

function reportOf({ input, releasedAtMs }: SurveyState, record: ProcessRecord<SurveyEvent>): View['report'] {
  const released = record.of('survey-report-released').at(-1);
  if (releasedAtMs === null || !released) return null;
  return {
    releasedAt: isoAt(input.zone, releasedAtMs),
    by: released.person,
    judgement: released.text.judgement ?? null,
    recommendations: released.text.recommendations ?? null,
    documents: released.documents,
  };
}
