import type { AgreementState } from '../../domain/agreement/state.ts';
import type { ImprovementState } from '../../domain/improvement/state.ts';
import { addDays } from '../../domain/local-date.ts';
import type { SurveyEvent } from '../../domain/survey/event.ts';
import type { EarlierCycle } from '../../domain/survey/figures.ts';
import type { Instant, LocalDate, Text, Zone } from '../../domain/time.ts';
import { instantAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import { processRecord } from '../process/record.ts';
import {
  type Belonging,
  type ProcessRow,
  type SurveyProcess,
  belongingOf,
  findSurvey,
  improvementProcess,
  surveyProcess,
} from '../process/rows.ts';
import { figuresView } from '../surveys/view.ts';
import { type Draft, findAgreement, matterTitle, stateOf } from '../views.ts';
import { reportedVisits } from '../visits/reported.ts';
import { goalsJudged, goalsOfCycle } from './goals.ts';
import { lastDay } from './moment.ts';
import type { PeriodReport, ReportedCycle } from './period-report.ts';
import type { ReportedAgreement, ReportedImprovement, SurveyReport } from './survey-report.ts';

/** What the analyst writes with the release, before it is recorded. */
export interface AnalystWords {
  judgement?: string | undefined;
  recommendations?: string | undefined;
}

/**
 * The report of a cycle from what is recorded of it. Released, it bears the instant of its release and the words that were
 * written then.
 *
 * @param words of a release that is under way
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-survey`
 */
export async function recordedSurveyReport(
  database: Database,
  { agreementId, id, nowMs, words }: { agreementId: string; id: string; nowMs: Instant; words?: AnalystWords },
): Promise<SurveyReport> {
  const [belonging, cycle] = await Promise.all([
    belongingOf(database, agreementId),
    findSurvey(database, agreementId, id),
  ]);
  const { row, input, state } = cycle;
  const { survey, occurrence } = input;
  const released = (await processRecord<SurveyEvent>(database, row.workflowId, true))
    .of('survey-report-released')
    .at(-1);
  const written = words ?? released?.text ?? {};
  const view = state.figures && (await figuresView(database, belonging, state.figures));
  return {
    kind: 'survey',
    agreement: await reportedAgreement(database, belonging),
    title: matterTitle(belonging.template, survey.obligation),
    occurrence,
    reference: row.reference,
    clauses: [...new Set([...survey.clauses, ...survey.report.clauses])],
    publishedAtMs: state.publishedAtMs,
    closedAtMs: state.closedAtMs,
    channels: state.channels,
    sample: state.sample,
    questionnaire: state.questionnaire && {
      version: state.version,
      questions: state.questionnaire.questions,
      sha256: state.questionnaire.sha256,
    },
    answersSha256: state.answersSha256,
    anonymous: survey.anonymous,
    minimumSample: survey.minimumSample,
    responseRatePercent: survey.responseRatePercent,
    figures: state.figures,
    titles: {
      ...belonging.titles,
      groups: Object.fromEntries((view?.groups ?? []).map(({ by, key, title }) => [`${by}/${key}`, title])),
    },
    earlier: await earlierCycles(database, cycle),
    improvements: await improvementsOf(
      database,
      belonging,
      state.findings.map(({ workflowId }) => workflowId),
    ),
    goals: await ofState(database, agreementId, (agreed) => goalsOfCycle(agreed, belonging.template, row.reference)),
    judgement: written.judgement ?? null,
    recommendations: written.recommendations ?? null,
    madeAtMs: state.releasedAtMs ?? nowMs,
  };
}

/**
 * What was done in a calendar period of an agreement: cycles whose result was due or that closed in it, visits planned or
 * held, feedback received, improvements that were open at any time of it, as they stand now.
 *
 * @throws Problem `unknown-agreement`, `not-started`
 */
export async function recordedPeriodReport(
  database: Database,
  {
    agreementId,
    period,
    from,
    until,
    nowMs,
  }: { agreementId: string; period: string; from: LocalDate; until: LocalDate; nowMs: Instant },
): Promise<PeriodReport> {
  const belonging = await belongingOf(database, agreementId);
  const { zone } = belonging.agreement;
  const within = (day: LocalDate | null): boolean => day !== null && day >= from && day <= until;
  const [surveys, improvements, over, visits, feedback] = await Promise.all([
    database.process.findMany({ where: { agreementId, type: 'survey' } }),
    database.process.findMany({
      where: { agreementId, type: 'improvement', createdAt: { lt: new Date(startOf(zone, addDays(until, 1))) } },
    }),
    database.event.findMany({
      where: { agreementId, type: { in: ENDS }, occurredAt: { lt: new Date(startOf(zone, from)) } },
      select: { workflowId: true },
    }),
    reportedVisits(database, { agreementId, from, until }),
    database.feedback.groupBy({
      by: ['status'],
      where: {
        agreementId,
        receivedAt: { gte: new Date(startOf(zone, from)), lt: new Date(startOf(zone, addDays(until, 1))) },
      },
      _count: true,
    }),
  ]);
  const ended = over.map(({ workflowId }) => workflowId);
  const ofStatus = (status: string): number => feedback.find((one) => one.status === status)?._count ?? 0;
  return {
    kind: 'period',
    agreement: await reportedAgreement(database, belonging),
    period,
    cycles: surveys
      .map(surveyProcess)
      .filter(({ input, state }) => within(input.due.localDate) || within(dayOf(zone, state.closedAtMs)))
      .sort((a, b) => a.input.due.dueAtMs - b.input.due.dueAtMs || (a.row.reference < b.row.reference ? -1 : 1))
      .map((cycle) => reportedCycle(belonging, cycle)),
    visits,
    feedback: {
      received: feedback.reduce((sum, one) => sum + one._count, 0),
      open: ofStatus('open'),
      findings: ofStatus('finding'),
      answered: ofStatus('answered'),
      noAction: ofStatus('no-action'),
    },
    improvements: improvements
      .filter(({ workflowId }) => !ended.includes(workflowId))
      .sort((a, b) => (a.reference < b.reference ? -1 : 1))
      .map((row) => reportedImprovement(belonging, row)),
    goals: await ofState(database, agreementId, (agreed) => goalsJudged(agreed, belonging.template, { from, until })),
    judgement: null,
    madeAtMs: nowMs,
  };
}

/** After these an improvement is over. */
const ENDS = ['improvement-closed', 'finding-merged', 'finding-dismissed', 'improvement-cancelled'];

function startOf(zone: Zone, day: LocalDate): Instant {
  return instantAt(zone, day, '00:00');
}

function dayOf(zone: Zone, endsAtMs: Instant | null): LocalDate | null {
  return endsAtMs === null ? null : lastDay(zone, endsAtMs);
}

/** Nothing where no state is recorded yet. */
async function ofState<T>(database: Database, agreementId: string, read: (state: AgreementState) => T[]): Promise<T[]> {
  const state = stateOf(await findAgreement(database, agreementId));
  return state ? read(state) : [];
}

async function reportedAgreement(
  database: Database,
  { agreementId, agreement, template }: Belonging,
): Promise<ReportedAgreement> {
  const { draft } = await findAgreement(database, agreementId);
  const names = (draft as Draft).parties ?? {};
  const titleOf = (role: string): Text => template?.parties[role] ?? { zh: role, en: role };
  return {
    title: template?.title ?? { zh: agreement.template, en: agreement.template },
    parties: agreement.parties.flatMap((role) => {
      const { name } = names[role] ?? {};
      return name === undefined ? [] : [{ role: titleOf(role), name }];
    }),
    zone: agreement.zone,
  };
}

function reportedCycle({ template }: Belonging, { row, input, state }: SurveyProcess): ReportedCycle {
  const { figures } = state;
  return {
    title: matterTitle(template, input.survey.obligation),
    occurrence: input.occurrence,
    reference: row.reference,
    status: row.status as ReportedCycle['status'],
    dueOn: input.due.localDate,
    closedOn: dayOf(input.zone, state.closedAtMs),
    answered: figures?.answered ?? state.answered,
    responseRate: figures?.responseRate?.value ?? null,
    score: figures?.score ?? null,
    satisfied: figures?.overall.satisfied?.value ?? null,
    nps: figures?.overall.nps?.value ?? null,
    verdict: figures?.verdict.outcome ?? null,
    scale: figures?.scale ?? null,
  };
}

async function improvementsOf(
  database: Database,
  belonging: Belonging,
  workflowIds: string[],
): Promise<ReportedImprovement[]> {
  const rows = await database.process.findMany({
    where: { workflowId: { in: workflowIds } },
    orderBy: { reference: 'asc' },
  });
  return rows.map((row) => reportedImprovement(belonging, row));
}

function reportedImprovement({ dimension }: Belonging, row: ProcessRow): ReportedImprovement {
  const { state } = improvementProcess(row);
  const { finding, measures, effects, goal } = state satisfies ImprovementState;
  const about = goal?.dimension ?? finding.dimension;
  return {
    reference: row.reference,
    dimension: about === null ? null : dimension(about).title,
    status: row.status as ReportedImprovement['status'],
    priority: state.priority,
    round: state.round,
    planDueOn: state.due?.localDate ?? null,
    measures: {
      total: measures.length,
      completed: measures.filter(({ completedAtMs }) => completedAtMs !== null).length,
      late: measures.filter(({ overdue, daysLate }) => overdue || daysLate > 0).length,
    },
    goal: goal?.atLeast ?? null,
    measured: effects.at(-1)?.value ?? null,
  };
}

async function earlierCycles(database: Database, { row, input }: SurveyProcess): Promise<EarlierCycle[]> {
  const rows = await database.process.findMany({
    where: { agreementId: row.agreementId, type: 'survey', NOT: { workflowId: row.workflowId } },
  });
  return rows
    .map(surveyProcess)
    .filter((other) => other.input.survey.id === input.survey.id && other.input.due.dueAtMs < input.due.dueAtMs)
    .flatMap(({ row: { reference }, state: { figures, closedAtMs } }) => {
      if (figures === null || closedAtMs === null) return [];
      const dimensions = figures.dimensions.map(({ id, measures }) => [id, measures.mean?.value ?? null] as const);
      return [
        {
          reference,
          closedOn: lastDay(input.zone, closedAtMs),
          score: figures.score,
          dimensions: Object.fromEntries(dimensions),
        },
      ];
    });
}
