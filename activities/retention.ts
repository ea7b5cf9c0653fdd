import type { Logger } from 'pino';
import { RETENTION, type SweptRuleId } from '../domain/retention.ts';
import type { Database } from '../prisma/database.ts';
import { Prisma } from '../prisma/generated/client.ts';
import { TRIAL } from './answer-token.ts';
import { forgetHeldFiles } from './answer-files.ts';
import type { Clock } from './clock.ts';
import type { DocumentStore } from './documents.ts';

interface RetentionDeps {
  database: Database;
  documents: Pick<DocumentStore, 'apart'>;
  clock: Clock;
  log: Pick<Logger, 'info' | 'warn'>;
}

const DAY_MS = 86_400_000;
/** After a failure: the database may be away for a while. */
const RETRY_MS = 3_600_000;

/** What a rule removes: all that began to count before `before`. Each gives the number of rows. */
const SWEEPS: Record<
  SweptRuleId,
  (database: Database, before: Date, documents: RetentionDeps['documents']) => Promise<number>
> = {
  'notice-addresses': (database, before) => database.$executeRaw`
    UPDATE notice SET address = NULL, subject = NULL FROM agreement
    WHERE agreement.id = notice.agreement_id AND agreement.ended_on < to_char(${before}::timestamptz, 'YYYY-MM-DD')
      AND (notice.address IS NOT NULL OR notice.subject IS NOT NULL)`,
  requests: (database, before) =>
    counted(database.idempotentRequest.deleteMany({ where: { createdAt: { lt: before } } })),
  'access-log': (database, before) => counted(database.accessLog.deleteMany({ where: { at: { lt: before } } })),
  refusals: (database, before) => counted(database.refusal.deleteMany({ where: { at: { lt: before } } })),
  attempts: (database, before) =>
    counted(database.rateLimiterFlexible.deleteMany({ where: { expire: { lt: before } } })),
  sessions: (database, before) => counted(database.session.deleteMany({ where: { expiresAt: { lt: before } } })),
  verifications: (database, before) =>
    counted(database.verification.deleteMany({ where: { expiresAt: { lt: before } } })),
  'api-keys': (database, before) => counted(database.apikey.deleteMany({ where: { expiresAt: { lt: before } } })),
  links: (database, before) =>
    counted(
      database.actionLink.deleteMany({ where: { OR: [{ expiresAt: { lt: before } }, { revokedAt: { lt: before } }] } }),
    ),
  'survey-trials': (database, before) => database.$executeRaw`
    WITH trial AS (
      DELETE FROM survey_link WHERE starts_with(label, ${TRIAL}) AND created_at < ${before}
        AND NOT starts_with(workflow_id, 'agreement/')
      RETURNING id)
    DELETE FROM answer_draft USING trial WHERE invitee_id = trial.id`,
  feeds: (database, before) => counted(database.calendarFeed.deleteMany({ where: { revokedAt: { lt: before } } })),
  'inbound-mail': (database, before) =>
    counted(database.inboundMail.deleteMany({ where: { receivedAt: { lt: before } } })),
  'case-contacts': async (database, before) => {
    const over = Prisma.sql`SELECT workflow_id FROM process WHERE type = 'case' AND status = 'closed'
      AND (snapshot ->> 'closedAtMs')::bigint < ${before.getTime()}`;
    await database.$executeRaw`DELETE FROM case_mail WHERE workflow_id IN (${over})`;
    const links = await database.$executeRaw`DELETE FROM case_link WHERE workflow_id IN (${over})`;
    const contacts = await database.$executeRaw`
      UPDATE case_contact SET name = NULL, email = NULL, phone = NULL
      WHERE workflow_id IN (${over}) AND (name IS NOT NULL OR email IS NOT NULL OR phone IS NOT NULL)`;
    return links + contacts;
  },
  'webhook-deliveries': (database, before) =>
    counted(
      database.webhookDelivery.deleteMany({
        where: { OR: [{ deliveredAt: { lt: before } }, { status: 'failed', createdAt: { lt: before } }] },
      }),
    ),
  tasks: (database, before) => counted(database.task.deleteMany({ where: { doneAt: { lt: before } } })),
  'answer-files': (database, before, documents) => forgetHeldFiles({ database, documents }, before),
};

async function counted(done: PromiseLike<{ count: number }>): Promise<number> {
  return (await done).count;
}

/**
 * Carries out the rules of retention (domain/retention.ts). Doing it again, or by two workers at once, changes nothing.
 *
 * @returns how many rows each rule that removed any removed
 */
export async function enforceRetention({
  database,
  documents,
  clock,
}: Pick<RetentionDeps, 'database' | 'documents' | 'clock'>): Promise<Partial<Record<SweptRuleId, number>>> {
  const nowMs = clock();
  const done: Partial<Record<SweptRuleId, number>> = {};
  for (const rule of RETENTION) {
    if (rule.days === null) continue;
    const count = await SWEEPS[rule.id](database, new Date(nowMs - rule.days * DAY_MS), documents);
    if (count > 0) done[rule.id] = count;
  }
  return done;
}

/** Carries out the rules now and every day until it is stopped. A sweep that fails is logged and tried again in an hour. */
export function startRetentionSweep(deps: RetentionDeps): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let sweep = Promise.resolve();
  const run = async (): Promise<void> => {
    let waitMs = DAY_MS;
    try {
      const done = await enforceRetention(deps);
      if (Object.keys(done).length > 0) deps.log.info(done, 'removed what need not be kept any more');
    } catch (error) {
      waitMs = RETRY_MS;
      deps.log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'the sweep of retention failed');
    }
    if (!stopped) timer = setTimeout(start, waitMs);
  };
  const start = (): void => {
    sweep = run();
  };
  start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await sweep;
    },
  };
}
