import { createHash } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { Instant } from '../../domain/time.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import { type Limit, openAttempts } from '../attempts.ts';
import type { ApiDeps } from '../deps.ts';
import { type Language, Problem } from '../problem.ts';
import { type Draft, obligationTitle, stateOf, templateOf } from '../views.ts';
import { type FeedEntry, dutyCalendar } from './calendar.ts';
import { openDuties } from './duties.ts';
import { feedTokenHash } from './token.ts';

/** Addresses of feeds that are none, from one IP. */
const GUESSES: Limit = {
  name: 'feed-guess',
  attempts: 30,
  windowSeconds: 600,
  lockSeconds: 600,
  longestLockSeconds: 3600,
};
/** A calendar program asks some times an hour, and one person has a few of them. */
const READS: Limit = { name: 'feed-read', attempts: 60, windowSeconds: 600, lockSeconds: 600, longestLockSeconds: 600 };

/** Whose feeds go on: an account that was disabled, and a person who left or was erased, have none. */
const STILL_HERE = { erasedAt: null, leftOn: null, NOT: { user: { disabledAt: { not: null } } } };

/**
 * `/feeds/<token>.ics`: what waits for one person, for calendar programs, which can neither sign in nor send a header. The
 * token is the right: the log has the pattern alone, and nothing leads on from there.
 */
export function feedRouter(deps: ApiDeps): Router {
  const { database, clock } = deps;
  const attempts = openAttempts(database);
  const router = Router();
  router.get('/:file', async (request, response, next) => {
    const token = /^(\S+)\.ics$/.exec(request.params.file)?.[1];
    if (token === undefined) return next(); // a page of that name
    response.locals.route = '/feeds/{token}.ics';
    response.set({ 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex', 'Cache-Control': 'private, no-cache' });
    const feed = await database.calendarFeed.findUnique({
      where: { tokenHash: feedTokenHash(token), revokedAt: null, person: STILL_HERE },
      include: { person: true },
    });
    if (!feed) {
      await attempts.demand(GUESSES, request.ip ?? '');
      throw new Problem('unknown-feed');
    }
    await attempts.demand(READS, feed.id);
    const { publicUrl, mailHost } = deps.config;
    const nowMs = clock();
    await database.calendarFeed.update({ where: { id: feed.id }, data: { usedAt: new Date(nowMs) } });
    const entries = await entriesOf(deps, feed.personId, nowMs);
    const lang: Language = feed.person.language === 'en' ? 'en' : 'zh';
    const text = dutyCalendar(entries, { lang, publicUrl, mailHost });
    answer(request, response, text, Math.max(feed.createdAt.getTime(), ...entries.map((one) => one.changedAtMs)));
  });
  return router;
}

/** By entity tag alone: a stand-in that begins today changes the feed although nothing was recorded. */
function answer(request: Request, response: Response, text: string, changedAtMs: Instant): void {
  const tag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  response.set({ ETag: tag, 'Last-Modified': new Date(changedAtMs).toUTCString() });
  const known = request
    .get('If-None-Match')
    ?.split(/,\s*/)
    .map((one) => one.replace(/^W\//, ''));
  if (known?.includes(tag)) {
    response.status(304).end();
    return;
  }
  response
    .status(200)
    .set({ 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': 'inline; filename="abide.ics"' })
    .end(text);
}

async function entriesOf({ database }: ApiDeps, personId: string, nowMs: Instant): Promise<FeedEntry[]> {
  const rows = await database.agreement.findMany({
    where: {
      status: { in: ['awaiting-signatures', 'active', 'suspended'] },
      OR: [{ seats: { some: { personId } } }, { delegations: { some: { deputyId: personId, endedAt: null } } }],
    },
    include: { seats: { where: { personId } } },
    orderBy: { id: 'asc' },
  });
  const recorded = await database.event.findMany({
    where: { OR: rows.map(({ id, sequence }) => ({ workflowId: agreementWorkflowId(id), sequence })) },
    select: { agreementId: true, recordedAt: true },
  });
  const notices = await database.notice.groupBy({
    by: ['agreementId'],
    where: { agreementId: { in: rows.map(({ id }) => id) } },
    _max: { number: true },
  });
  const changes = new Map(recorded.map(({ agreementId, recordedAt }) => [agreementId, recordedAt.getTime()]));
  return rows
    .flatMap((row): FeedEntry[] => {
      const state = stateOf(row);
      if (!state) return [];
      const template = templateOf(row.template);
      const seats = row.seats.map(({ seat }) => seat);
      return openDuties(state, { personId, seats, nowMs }).map((duty) => ({
        ...duty,
        agreementId: row.id,
        agreement: template?.title ?? { zh: row.template, en: row.template },
        parties: Object.values((row.draft as Draft).parties ?? {}).map(({ name }) => name ?? ''),
        title: obligationTitle(template, duty.obligation),
        zone: state.agreement.zone,
        changedAtMs: changes.get(row.id) ?? 0,
        sequence: notices.find(({ agreementId }) => agreementId === row.id)?._max.number ?? 0,
      }));
    })
    .toSorted((a, b) => a.due.dueAtMs - b.due.dueAtMs);
}
