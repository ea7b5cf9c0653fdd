import type { z } from 'zod';
import { surveyNextDue } from '../../domain/survey/clock.ts';
import type { SurveyEvent } from '../../domain/survey/event.ts';
import { SMALLEST_GROUP } from '../../domain/survey/figures.ts';
import { daysBetween } from '../../domain/local-date.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import type { ApiDeps } from '../deps.ts';
import { type SurveyProcess, findSurvey } from '../process/rows.ts';
import type { surveyProgress } from './insight-schema.ts';

type Progress = z.output<typeof surveyProgress>;

/** How answers have come in so far, day by day, and what became of those who were drawn. @throws Problem `unknown-survey` */
export async function progressOf(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  { agreementId, id }: { agreementId: string; id: string },
): Promise<Progress> {
  const cycle = await findSurvey(database, agreementId, id);
  const { input, state, row } = cycle;
  const { zone, survey } = input;
  const nowMs = clock();
  const today = localDateAt(zone, nowMs);
  const [days, waves, standing, tiers] = await Promise.all([
    daysOf(database, row.workflowId),
    wavesOf(database, cycle),
    standingOf(database, row.workflowId),
    tiersOf(database, cycle),
  ]);
  const closesOn = state.closes?.localDate ?? null;
  const next = row.status === 'open' ? surveyNextDue(state) : undefined;
  return {
    asOf: isoAt(zone, nowMs),
    publishedOn: state.publishedAtMs === null ? null : localDateAt(zone, state.publishedAtMs),
    closesOn,
    // The close is the first instant after the last day, where it ran to its end.
    closedOn: state.closedAtMs === null ? null : localDateAt(zone, state.closedAtMs - 1),
    daysLeft: row.status === 'open' && closesOn !== null ? Math.max(0, daysBetween(today, closesOn) + 1) : null,
    drawn: state.sample?.drawn ?? null,
    minimumSample: survey.minimumSample,
    wantedRatePercent: survey.responseRatePercent,
    days,
    waves,
    nextReminder: next && !next.consequence ? isoAt(zone, next.atMs) : null,
    standing,
    tiers,
  };
}

function daysOf(database: Database, workflowId: string): Promise<Progress['days']> {
  return database.$queryRaw<Progress['days']>`
    SELECT received_on AS "on", count(*) FILTER (WHERE NOT late)::int AS answered,
      count(*) FILTER (WHERE late)::int AS late
    FROM answer WHERE workflow_id = ${workflowId} GROUP BY 1 ORDER BY 1`;
}

async function wavesOf(database: Database, { input, row }: SurveyProcess): Promise<Progress['waves']> {
  const events = await database.event.findMany({
    where: { workflowId: row.workflowId, type: 'survey-invited' },
    orderBy: { sequence: 'asc' },
    select: { body: true },
  });
  return events.map(({ body }) => {
    const { wave, sent, unreachable, occurredAtMs } = JSON.parse(body) as Extract<
      SurveyEvent,
      { type: 'survey-invited' }
    >;
    return { wave, at: isoAt(input.zone, occurredAtMs), sent, unreachable };
  });
}

async function standingOf(database: Database, workflowId: string): Promise<Progress['standing']> {
  const [counted] = await database.$queryRaw<Progress['standing'][]>`
    SELECT count(*) FILTER (WHERE answered)::int AS answered,
      count(*) FILTER (WHERE NOT answered AND status = 'bounced')::int AS bounced,
      count(*) FILTER (WHERE NOT answered AND status = 'unreachable')::int AS unreachable,
      count(*) FILTER (WHERE NOT answered AND status = 'opted-out')::int AS "optedOut",
      count(*) FILTER (WHERE NOT answered AND status = 'merged')::int AS merged,
      count(*) FILTER (WHERE NOT answered AND wave IS NOT NULL AND status IN ('sent', 'sending', 'drawn'))::int AS sent,
      count(*) FILTER (WHERE NOT answered AND wave IS NULL AND status IN ('sent', 'sending', 'drawn'))::int AS waiting
    FROM invitee WHERE workflow_id = ${workflowId}`;
  return counted ?? { sent: 0, answered: 0, bounced: 0, unreachable: 0, optedOut: 0, merged: 0, waiting: 0 };
}

/** Of few who were asked under a promise of anonymity, nobody is told how many took part. */
async function tiersOf(database: Database, { row, input }: SurveyProcess): Promise<Progress['tiers']> {
  const rows = await database.$queryRaw<{ tier: string; drawn: number; reached: number; answered: number }[]>`
    SELECT tier, count(*)::int AS drawn,
      count(*) FILTER (WHERE answered OR status = 'merged' OR (wave IS NOT NULL AND status <> 'bounced'))::int AS reached,
      count(*) FILTER (WHERE answered)::int AS answered
    FROM invitee WHERE workflow_id = ${row.workflowId} GROUP BY tier ORDER BY tier`;
  const isHidden = (drawn: number): boolean => input.survey.anonymous && drawn < SMALLEST_GROUP;
  return rows.map((one) => ({ ...one, answered: isHidden(one.drawn) ? null : one.answered }));
}
