import { setTimeout as pause } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { Notice, NoticeFacts, NoticeKind } from '../domain/agreement/notice.ts';
import type { Database } from '../prisma/database.ts';
import type { Notice as NoticeRow } from '../prisma/generated/client.ts';
import type { Clock } from './clock.ts';
import type { KillPoint } from './kill-points.ts';
import { createLink, linkExpiry } from './links.ts';
import { type NoticeLink, type TitleSource, actsOf } from './mail/context.ts';
import { threadIdOf } from './mail/message-id.ts';
import { renderNotice } from './mail/notice-mail.ts';
import { MailFailure, type MailTransport, type Mailbox } from './mail/transport.ts';

/** What `notify` says while it works: codes and opaque ids, never names or addresses. */
export interface NotifyLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** What `notify` needs of the world. */
export interface NotifyDeps {
  database: Database;
  transport: MailTransport;
  clock: Clock;
  /** What links begin with, without a slash at the end. */
  publicUrl: string;
  /** `MAIL_FROM`: an address, or `Name <address>`. */
  from: string;
  titles: TitleSource;
  killPoint: KillPoint;
  log: NotifyLog;
}

/** Sends one notice; with `read`, several that leave together look once at who they are for. */
export type Notify = (input: { noticeId: string }, read?: AgreementReader) => Promise<'sent' | 'refused'>;

/** What mails of an agreement are made of, and who fills its seats now. */
export type AgreementReader = ReturnType<typeof agreementReader>;

/** Reads each agreement once: for one mail, or for a batch that leaves at one moment. */
export function agreementReader(database: Database) {
  const readOne = async (id: string) => {
    const [agreement, seats] = await Promise.all([
      database.agreement.findUniqueOrThrow({
        where: { id },
        select: { id: true, template: true, compiled: true }, // the snapshot of a long life is ten times as much
      }),
      database.seat.findMany({
        where: { agreementId: id },
        include: { person: { include: { organisation: true } } },
      }),
    ]);
    return { agreement, seats };
  };
  const known = new Map<string, ReturnType<typeof readOne>>();
  return (id: string): ReturnType<typeof readOne> => {
    const found = known.get(id) ?? readOne(id);
    known.set(id, found);
    return found;
  };
}

/** An attempt that is older than the activity's own time limit is over, whatever became of it. */
const CLAIM_MS = 120_000;
/** How long an attempt goes on saying that its mail is out; with the sending itself well below CLAIM_MS. */
const MARK_WITHIN_MS = 45_000;

/**
 * Sends one recorded notice by SMTP, at least once. The row is claimed before anything else: one that was sent is left
 * alone, and one that another attempt left in `sending` goes out again with the same Message-ID, marked as a possible
 * duplicate. `refused` when the address will never work, or nobody fills the seat. Everything else is a retryable
 * failure whose type is a code: it stands in the history, so it holds neither addresses nor a server's words.
 */
export function createNotify(deps: NotifyDeps): Notify {
  const from = mailbox(deps.from);
  return async ({ noticeId }, read = agreementReader(deps.database)) => {
    try {
      return await deliver({ ...deps, read }, from, noticeId);
    } catch (error) {
      throw withoutWords(error, noticeId, deps.log);
    }
  };
}

type DeliverDeps = NotifyDeps & { read: AgreementReader };

async function deliver(deps: DeliverDeps, from: Mailbox, noticeId: string): Promise<'sent' | 'refused'> {
  const { database, transport, clock, killPoint, log } = deps;
  const claim = await claimNotice(database, noticeId, clock());
  if (claim.settled) return claim.settled;
  const { row } = claim;
  killPoint('notify:claimed');

  const compose = await composition(deps, row);
  if (!compose) return refuse(database, row, 'seat-empty', log);
  const { to, personId, mail } = compose;
  try {
    await transport.send({
      from,
      to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: row.messageId,
      thread: threadIdOf(row, from.address.slice(from.address.indexOf('@') + 1)),
      atMs: clock(),
      headers: row.possibleDuplicate ? { 'X-Abide-Redelivery': String(row.attempts) } : {},
    });
  } catch (error) {
    if (!(error instanceof MailFailure)) throw error;
    if (error.permanent) return refuse(database, row, error.code, log, { personId, address: to.address });
    // Open to the next attempt at once; only a text that was under way makes that one a possible duplicate.
    await database.notice.updateMany({
      where: { id: row.id, attempts: row.attempts, status: 'sending' },
      data: { claimedAt: null, ...(error.textLeft || row.possibleDuplicate ? {} : { status: 'queued' }) },
    });
    throw ApplicationFailure.retryable('the mail server did not take the notice', error.code);
  }
  killPoint('notify:handed-over');

  const sent = {
    where: { id: row.id },
    data: {
      status: 'sent',
      sentAt: new Date(clock()),
      claimedAt: null,
      personId,
      address: to.address,
      language: mail.language,
      subject: mail.subject,
      failure: null,
    },
  };
  await untilMarked(() => database.notice.update(sent), log);
  killPoint('notify:marked');
  log.info({ noticeId: row.id, attempts: row.attempts, possibleDuplicate: row.possibleDuplicate }, 'notice sent');
  return 'sent';
}

/** The mail is out: that the database is away for a moment must not make it go out again. */
async function untilMarked(mark: () => Promise<unknown>, log: NotifyLog): Promise<void> {
  for (let waitMs = 250, waitedMs = 0; ; waitedMs += waitMs, waitMs = Math.min(waitMs * 2, 5_000)) {
    try {
      await mark();
      return;
    } catch (error) {
      if (waitedMs >= MARK_WITHIN_MS) throw error;
      log.warn({ error: (error as Error).name }, 'a notice that was sent could not be marked yet');
      await pause(waitMs);
    }
  }
}

/** Takes the row for this attempt. Two attempts at once: one gets it, the other comes again later. */
async function claimNotice(
  database: Database,
  id: string,
  nowMs: number,
): Promise<{ settled: 'sent' | 'refused' } | { settled?: never; row: NoticeRow }> {
  const before = await database.notice.findUnique({ where: { id } });
  if (!before) throw ApplicationFailure.retryable('the notice has not been recorded', 'notice-unknown');
  if (before.status === 'sent' || before.status === 'refused') return { settled: before.status };
  const claimedForMs = (before.claimedAt?.getTime() ?? -Infinity) + CLAIM_MS - nowMs;
  if (claimedForMs > 0) {
    const message = 'another attempt is sending the notice';
    const nextRetryDelay = Math.min(claimedForMs, CLAIM_MS) + 1_000; // growing pauses could miss that moment by as much again
    throw ApplicationFailure.create({ message, type: 'notice-claimed', nextRetryDelay });
  }
  const [row] = await database.notice.updateManyAndReturn({
    where: { id, status: before.status, attempts: before.attempts },
    data: {
      status: 'sending',
      attempts: { increment: 1 },
      claimedAt: new Date(nowMs),
      ...(before.status === 'sending' ? { possibleDuplicate: true } : {}),
    },
  });
  if (!row) throw ApplicationFailure.retryable('another attempt is sending the notice', 'notice-claimed');
  return { row };
}

/** The mail to whoever fills the seat now, with its links; undefined when nobody does. */
async function composition(deps: DeliverDeps, row: NoticeRow) {
  const { database, clock, publicUrl, titles, killPoint, read } = deps;
  const { seats, agreement } = await read(row.agreementId);
  const person = seats.find(({ seat }) => seat === row.seat)?.person;
  if (!person) return undefined;
  const compiled = agreement.compiled as unknown as CompiledAgreement;
  const notice = noticeOf(row);

  const links: NoticeLink[] = [];
  for (const act of actsOf(notice)) {
    const expiresAtMs = linkExpiry(clock(), notice.facts.dueAtMs);
    const url = await createLink(
      database,
      {
        agreementId: row.agreementId,
        personId: person.id,
        seat: row.seat,
        ...act,
        noticeId: row.id,
        expiresAt: expiresAtMs,
      },
      { clock, publicUrl, firstAttempt: row.attempts === 1 },
    );
    links.push({ ...act, url, expiresAtMs });
    killPoint('notify:link-created');
  }

  const organisations = Object.fromEntries(
    seats
      .filter(({ seat }) => compiled.parties.includes(seat))
      .map(({ seat, person: { organisation } }) => [seat, organisation.name]),
  );
  const mail = renderNotice({
    notice,
    agreement: { id: agreement.id, template: agreement.template, compiled },
    recipient: { name: person.name, language: person.language, zone: person.zone },
    titles,
    organisations,
    links,
    publicUrl,
  });
  return { to: { name: person.name, address: person.email }, personId: person.id, mail };
}

function noticeOf(row: NoticeRow): Notice {
  return {
    id: row.id,
    kind: row.kind as NoticeKind,
    seat: row.seat,
    role: row.role,
    ...(row.obligation === null ? {} : { obligation: row.obligation }),
    ...(row.occurrence === null ? {} : { occurrence: row.occurrence }),
    rungs: row.rungs,
    atMs: row.at.getTime(),
    clauses: row.clauses,
    ...(row.act === null ? {} : { act: row.act as NonNullable<Notice['act']> }),
    facts: row.facts as NoticeFacts,
  };
}

/** Not served, for good: the record says so, and the coordinator sees it. */
async function refuse(
  database: Database,
  row: NoticeRow,
  failure: string,
  log: NotifyLog,
  who: { personId?: string; address?: string } = {},
): Promise<'refused'> {
  await database.$transaction([
    database.notice.update({ where: { id: row.id }, data: { status: 'refused', failure, claimedAt: null, ...who } }),
    database.actionLink.updateMany({
      where: { noticeId: row.id, revokedAt: null },
      data: { revokedAt: row.claimedAt },
    }),
  ]);
  log.warn({ noticeId: row.id, failure }, 'notice refused');
  return 'refused';
}

/** What may stand in a history: a code and our own words. Where it happened goes to the log, without what was said. */
function withoutWords(error: unknown, noticeId: string, log: NotifyLog): ApplicationFailure {
  if (error instanceof ApplicationFailure) {
    log.warn({ noticeId, code: error.type }, 'notice not sent yet');
    return error;
  }
  const { name, code, stack } = error as { name?: string; code?: unknown; stack?: string };
  const where = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const type = typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? `notify-${code.toLowerCase()}` : 'notify-failed';
  log.error({ noticeId, code: type, name, where }, 'notice not sent');
  return ApplicationFailure.retryable('the notice could not be prepared or marked', type);
}

/** `Name <address>` or a bare address; `MAIL_FROM` has been checked when it was read. */
function mailbox(text: string): Mailbox {
  const [, name = '', address = text] = /^(.*)<([^<>]+)>$/.exec(text) ?? [];
  return { name: name.trim(), address: address.trim() };
}
