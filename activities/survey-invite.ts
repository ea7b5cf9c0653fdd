import { ApplicationFailure } from '@temporalio/common';
import type { SurveyInput } from '../domain/survey/compiled.ts';
import type { Database } from '../prisma/database.ts';
import type { Clock } from './clock.ts';
import type { Activities } from './index.ts';
import { messageIdOf } from './mail/message-id.ts';
import { type Pace, UNLIMITED } from './mail/pace.ts';
import { surveyMail } from './mail/survey-mail.ts';
import { MailFailure, type MailTransport } from './mail/transport.ts';
import { CLAIM_MS, markTogether } from './notice-claims.ts';
import { type NotifyLog, mailbox } from './notify.ts';
import { type Asking, askingOf } from './survey-asking.ts';
import {
  type ClaimedInvitee,
  type Wave,
  claimInvitees,
  countWave,
  markInvited,
  markLeftOut,
  markUnsent,
} from './survey-claims.ts';

/** What `invite` needs of the world. */
export interface InviteDeps {
  database: Database;
  transport: MailTransport;
  clock: Clock;
  /** What links begin with, without a slash at the end. */
  publicUrl: string;
  /** `MAIL_FROM`: an address, or `Name <address>`. */
  from: string;
  pace?: Pace;
  heartbeat: () => void;
  log: NotifyLog;
}

/** So many are taken with one statement: not more, so that whoever answers meanwhile is hardly reminded. */
const BATCH = 20;
/** So many are sent side by side and not marked yet, at most: what a kill can leave in doubt. */
const UNDER_WAY = 20;
/** Little beside what twenty mails take; meanwhile marks gather for one statement. */
const MARK_AFTER_MS = 5;
const HEARTBEAT_MS = 10_000;
/** So many failures in a row, and the mail server is away: the next attempt tries. */
const PATIENCE = 20;

type Cycle = Asking & { input: SurveyInput };

/**
 * Sends a wave of a cycle. Rows are taken before their mails leave, so that an attempt after a kill goes on where that one
 * ended: what it had under way goes out again with the same Message-ID, everybody else has one mail a wave.
 */
export function createInvite(deps: InviteDeps): Activities['invite'] {
  const { database, transport, clock, publicUrl, pace = UNLIMITED, heartbeat, log } = deps;
  const from = mailbox(deps.from);
  const host = from.address.slice(from.address.indexOf('@') + 1);

  return async ({ workflowId, wave, closesAtMs }) => {
    const alive = setInterval(heartbeat, HEARTBEAT_MS);
    try {
      const asking = await askedFor(database, workflowId);
      const { openDays } = asking.input.survey;
      const it: Wave = { workflowId, wave };
      await markLeftOut(database, it, { openDays, nowMs: clock() });
      const failed: { id: string; code: string }[] = [];
      let inARow = 0;

      /** Taken, and not on their way yet. */
      const waiting: ClaimedInvitee[] = [];
      /** Taken by this very attempt, and not marked yet: however long it lasts, they are not taken again. */
      const held = new Set<string>();
      /** The last one taken; at the end it begins anew, for those whom somebody else had locked. */
      let after: string | null = null;
      let taking: Promise<void> | undefined;
      let isOver = false;

      const take = async (): Promise<void> => {
        const limit = await pace.take(BATCH);
        const except = [...failed.map(({ id }) => id), ...held];
        const taken: ClaimedInvitee[] = await claimInvitees(database, it, {
          limit,
          after,
          except,
          nowMs: clock(),
          host,
        });
        for (const { id } of taken) held.add(id);
        waiting.push(...taken);
        isOver = taken.length === 0 && after === null;
        after = taken.at(-1)?.id ?? null;
        taking = undefined;
      };
      const next = async (): Promise<ClaimedInvitee | undefined> => {
        while (waiting.length === 0 && !isOver) await (taking ??= take());
        return waiting.shift();
      };
      const mark = markTogether((sent: ClaimedInvitee[]) => markInvited(database, it, sent, clock()), {
        afterMs: MARK_AFTER_MS,
        log,
      });
      const send = async (to: ClaimedInvitee): Promise<void> => {
        try {
          await handOver(asking, it, closesAtMs, to);
          inARow = 0;
        } catch (error) {
          if (!(error instanceof MailFailure)) throw error;
          const { permanent: forGood, textLeft, code } = error;
          await markUnsent(database, it, to, { forGood, textLeft });
          log.warn({ inviteeId: to.id, code, forGood }, 'an invitation was not taken');
          if (!forGood) {
            failed.push({ id: to.id, code });
            inARow += 1;
          }
          return;
        }
        await mark([to]);
      };
      const lane = async (): Promise<void> => {
        while (inARow < PATIENCE) {
          const to = await next();
          if (!to) return;
          await send(to);
          held.delete(to.id);
        }
      };
      await Promise.all(Array.from({ length: UNDER_WAY }, lane));
      for (const to of waiting) await markUnsent(database, it, to, { forGood: false, textLeft: false });

      const { sent, unreachable, merged, underWay } = await countWave(database, it);
      const [first] = failed;
      if (first) throw ApplicationFailure.retryable('the mail server did not take every invitation', first.code);
      if (underWay > 0) {
        const message = 'another attempt has invitations under way';
        throw ApplicationFailure.create({ message, type: 'invitations-claimed', nextRetryDelay: CLAIM_MS + 1_000 });
      }
      log.info({ workflowId, wave, sent, unreachable, merged }, 'invitations sent');
      return { sent, unreachable, ...(merged > 0 ? { merged } : {}) };
    } finally {
      clearInterval(alive);
    }
  };

  async function handOver(
    { operator, client, input }: Cycle,
    { wave }: Wave,
    closesAtMs: number,
    to: ClaimedInvitee,
  ): Promise<void> {
    const language = to.language === 'en' ? 'en' : 'zh';
    const { optOut, ...mail } = surveyMail({
      language,
      name: to.contact ?? to.name,
      operator,
      client,
      occurrence: input.occurrence,
      anonymous: input.survey.anonymous,
      wave,
      closesAtMs,
      zone: input.zone,
      publicUrl,
      token: to.token,
    });
    await transport.send({
      from: { name: operator, address: from.address },
      to: { name: to.contact ?? to.name, address: to.email },
      ...mail,
      language,
      messageId: to.messageId,
      thread: messageIdOf(`invitee/${to.id}`, host),
      atMs: clock(),
      headers: {
        'List-Unsubscribe': `<${optOut}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        ...(to.possibleDuplicate ? { 'X-Abide-Redelivery': '1' } : {}),
      },
    });
  }
}

async function askedFor(database: Database, workflowId: string): Promise<Cycle> {
  const { input: stored, agreement } = await database.process.findUniqueOrThrow({
    where: { workflowId },
    select: { input: true, agreement: { select: { template: true, draft: true } } },
  });
  const input = stored as unknown as SurveyInput;
  return { ...askingOf(agreement, input), input };
}
