import { setTimeout as pause } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import type { Undelivered } from '../domain/agreement/command.ts';
import type { Notice, NoticeFacts, NoticeKind } from '../domain/agreement/notice.ts';
import { CUSTOMER } from '../domain/agreement/parties.ts';
import { type ServedNotice, returned } from '../domain/agreement/service.ts';
import type { Database } from '../prisma/database.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import type { Clock } from './clock.ts';
import { caseLetters, isOfCase } from './case-letters.ts';
import { type CustomerLetter, customerLetters } from './customer-letters.ts';
import type { KillPoint } from './kill-points.ts';
import { type LinkRequest, createLinks, linkExpiry } from './links.ts';
import { type NoticeInput, type TitleSource, actsOf } from './mail/context.ts';
import { messageIdOf, threadIdOf } from './mail/message-id.ts';
import { renderDigest, renderNotice } from './mail/notice-mail.ts';
import { MailFailure, type MailTransport, type Mailbox } from './mail/transport.ts';
import { CLAIM_MS, type ClaimedNotice, type Sent, claim, claimedForMs, createMarker } from './notice-claims.ts';
import { bind, carriedWith, companions, digestsOf, isReminder, release } from './notice-digests.ts';
import { noticeTasks } from './notice-tasks.ts';
import { type Recipient, namesIn, readAgreements, recipientOf } from './recipient.ts';
import { returnedMails } from './returned-mails.ts';
import { satisfactionTrends } from './satisfaction-trend.ts';
import { settledDuties } from './settled-duties.ts';
import { visitedCustomers } from './visited-customers.ts';
import { attachmentsOf } from './issued-certificates.ts';
import { writtenWords } from './written-words.ts';

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

/** How often and how soon it is looked whether the mail that carries a notice is out. */
const CARRIED_LOOKS = 10;
const CARRIED_LOOK_MS = 300;

/** What became of a notice: `refused` when the address will never work, or nobody fills the seat. */
export type Outcome = 'sent' | 'refused' | ApplicationFailure;

/**
 * Sends recorded notices, a few mails at once, and says of each when it is settled; of a written notice of the contract,
 * also when its address accepted it. Never throws.
 */
export type Deliver = (noticeIds: readonly string[], settle: Settle) => Promise<void>;

type Settle = (id: string, outcome: Outcome, served?: ServedNotice) => void;

/** So many mails of a batch are on their way at once: a relay takes a few connections of one sender gladly, not many. */
const AT_ONCE = 10;

/**
 * Sends recorded notices by SMTP, each at least once. Rows are claimed before anything else: one that was sent is left
 * alone, and one that another attempt left in `sending` goes out again with the same Message-ID, marked as a possible
 * duplicate. What cannot be sent now keeps nothing else back; its failure is retryable and its type is a code: it stands
 * in the history, so it holds neither addresses nor a server's words.
 */
export function createDeliver(deps: NotifyDeps): Deliver {
  const { database, clock, killPoint, log } = deps;
  const from = mailbox(deps.from);
  const host = from.address.slice(from.address.indexOf('@') + 1);
  const mark = createMarker(database, log);

  return async (noticeIds, settle) => {
    const open = new Set(noticeIds);
    const settled: Settle = (id, outcome, served) => {
      open.delete(id);
      settle(id, outcome, served);
    };
    try {
      const claimed = await claim(database, noticeIds, clock());
      if (claimed.length > 0) killPoint('notify:claimed');
      const letters = await lettersOf(deps, await withCarried(claimed));
      letters.push(...(await lettersOf(deps, await companionsOf(letters, noticeIds))));
      for (const row of claimed) {
        if (!letters.some((letter) => letter.row.id === row.id) && row.carriedBy === null)
          settled(row.id, await refuse([row], row.seat === CUSTOMER ? 'no-address' : 'seat-empty'));
      }
      const digests = digestsOf(letters);
      for (const digest of digests) {
        const rows = digest.map(({ row }) => row);
        if (rows.length > 1 && rows.every(({ carriedBy }) => carriedBy === null)) await bind(database, rows);
      }
      const marks: Promise<void>[] = [];
      const sendNext = async (): Promise<void> => {
        for (let digest = digests.shift(); digest !== undefined; digest = digests.shift()) {
          const rows = digest.map(({ row }) => row);
          const end = (outcome: Outcome, sent: readonly Sent[] = []): void => {
            for (const row of rows) {
              const { sentAtMs } = sent.find(({ id }) => id === row.id) ?? {};
              if (open.has(row.id)) settled(row.id, outcome, servedBy(row, sentAtMs));
            }
          };
          const failed = (error: unknown): void => end(withoutWords(error, rows[0]?.id ?? '', log));
          try {
            const sent = await handOver(digest as [Letter, ...Letter[]]);
            if (sent === 'refused') end(sent);
            else marks.push(marked(rows, sent).then((out) => end(out, sent), failed)); // meanwhile the connection takes the next mail
          } catch (error) {
            failed(error);
          }
        }
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, digests.length) }, sendNext));
      await Promise.all(marks);
      if (open.size > 0) for (const [id, ...outcome] of await outcomesOf([...open])) settled(id, ...outcome);
    } catch (error) {
      for (const id of open) settle(id, withoutWords(error, id, log));
    }
  };

  /** A mail that carried several and may have left leaves again with all of them: whoever has its carrier sends it. */
  async function withCarried(claimed: ClaimedNotice[]): Promise<ClaimedNotice[]> {
    const again = claimed.filter(({ possibleDuplicate }) => possibleDuplicate);
    if (again.length === 0) return claimed;
    const missing = again.flatMap(({ carriedBy }) => (carriedBy === null ? [] : carriedBy));
    const carriers = await claim(
      database,
      [...new Set(missing)].filter((id) => !claimed.some((row) => row.id === id)),
      clock(),
    );
    const all = [...claimed.filter(({ carriedBy }) => carriedBy === null), ...carriers];
    const carried = await carriedWith(
      database,
      all.filter(({ possibleDuplicate }) => possibleDuplicate).map(({ id }) => id),
      clock(),
    );
    return [...all, ...carried];
  }

  /** What other agreements remind the same people of at the same moments, claimed as well. */
  async function companionsOf(letters: Letter[], except: readonly string[]): Promise<ClaimedNotice[]> {
    const reminders = letters.filter(({ row }) => isReminder(row) && !row.possibleDuplicate);
    if (reminders.length === 0) return [];
    const ids = await companions(database, {
      people: [...new Set(reminders.map(({ to }) => to.id))],
      moments: [...new Set(reminders.map(({ row }) => row.at.getTime()))].map((ms) => new Date(ms)),
      except,
    });
    return ids.length === 0 ? [] : claim(database, ids, clock());
  }

  /** Notices that could not be claimed: settled, taken by another attempt, or not recorded yet. */
  async function outcomesOf(ids: string[]): Promise<Parameters<Settle>[]> {
    const select = { id: true, seat: true, status: true, claimedAt: true, carriedBy: true, facts: true, sentAt: true };
    const look = () => database.notice.findMany({ where: { id: { in: ids } }, select });
    let rows = await look();
    // In a mail with others, which is about to be out: nearer than the next attempt.
    const underWay = (): boolean =>
      rows.some((row) => row.status === 'sending' && row.carriedBy !== null && claimedForMs(row, clock()) > 0);
    for (let looks = 0; looks < CARRIED_LOOKS && underWay(); looks += 1) {
      await pause(CARRIED_LOOK_MS);
      rows = await look();
    }
    return ids.map((id) => {
      const row = rows.find((one) => one.id === id);
      if (!row) return [id, ApplicationFailure.retryable('the notice has not been recorded', 'notice-unknown')];
      if (row.status === 'refused') return [id, 'refused'];
      if (row.status === 'bounced') return [id, 'sent'];
      if (row.status === 'sent') return [id, 'sent', servedBy(row, row.sentAt?.getTime())];
      const message = 'another attempt is sending the notice';
      const forMs = Math.min(Math.max(claimedForMs(row, clock()), 0), CLAIM_MS);
      const nextRetryDelay = forMs + 1_000; // growing pauses could miss that moment by as much again
      return [id, ApplicationFailure.create({ message, type: 'notice-claimed', nextRetryDelay })];
    });
  }

  async function handOver(letters: [Letter, ...Letter[]]): Promise<Sent[] | 'refused'> {
    const [{ row, to, operator }] = letters;
    const rows = letters.map((letter) => letter.row);
    const { subjects, ...mail } = writtenOf(letters, from);
    try {
      await deps.transport.send({
        from: operator === undefined ? from : { name: operator, address: from.address },
        to: { name: to.name, address: to.email },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        language: mail.language,
        calendar: mail.calendar,
        attachments: await attachmentsOf(deps, row, mail.language),
        messageId: row.messageId,
        thread: threadIdOf(row, host),
        atMs: clock(),
        headers: row.possibleDuplicate ? { 'X-Abide-Redelivery': String(row.attempts) } : {},
      });
    } catch (error) {
      if (!(error instanceof MailFailure)) throw error;
      if (error.permanent) return refuse(rows, error.code, to);
      // Open to the next attempt at once; only a text that was under way makes that one a possible duplicate.
      const certain = !error.textLeft && !row.possibleDuplicate;
      await release(database, rows, certain, (id) => messageIdOf(id, host));
      throw ApplicationFailure.retryable('the mail server did not take the notice', error.code);
    }
    killPoint('notify:handed-over');
    const sentAtMs = clock();
    const about = { sentAtMs, personId: to.id, deputyFor: to.deputyFor, address: to.email, language: mail.language };
    return rows.map(({ id }, index) => ({ ...about, id, subject: subjects[index] as string }));
  }

  async function marked(rows: ClaimedNotice[], sent: Sent[]): Promise<'sent'> {
    await mark(sent);
    killPoint('notify:marked');
    for (const { id, attempts, possibleDuplicate } of rows) {
      log.info({ noticeId: id, attempts, possibleDuplicate }, 'notice sent');
    }
    return 'sent';
  }

  /**
   * Not served, for good. What a mail server refused is as a bounce: a task for the coordinator, and a command that the
   * API hands to the agreement, all in one transaction. A seat that nobody fills has its own task already.
   */
  async function refuse(rows: readonly ClaimedNotice[], failure: string, to?: Recipient): Promise<'refused'> {
    const ids = rows.map(({ id }) => id);
    const at = new Date(clock());
    const who = to ? { personId: to.id, deputyFor: to.deputyFor, address: to.email } : {};
    await database.$transaction([
      database.notice.updateMany({
        where: { id: { in: ids } },
        data: { status: 'refused', failure, claimedAt: null, ...who },
      }),
      database.actionLink.updateMany({
        where: { noticeId: { in: ids }, revokedAt: null },
        data: { revokedAt: at },
      }),
      database.task.createMany({
        data: to ? noticeTasks('notice-bounced', rows, { code: failure, at }) : [],
        skipDuplicates: true,
      }),
      database.command.createMany({
        data: to ? rows.map((row) => refusal(row, failure, at)) : [],
        skipDuplicates: true,
      }),
    ]);
    for (const noticeId of ids) log.warn({ noticeId, failure }, 'notice refused');
    return 'refused';
  }
}

/** The written notice of the contract that a mail brought to its address at that moment; undefined where it is none. */
function servedBy(
  { id, seat, facts }: Pick<ClaimedNotice, 'id' | 'seat' | 'facts'>,
  sentAtMs: number | undefined,
): ServedNotice | undefined {
  const { serves } = facts as NoticeFacts;
  return serves === undefined || sentAtMs === undefined ? undefined : { noticeId: id, serves, seat, sentAtMs };
}

/** The command that tells an agreement of a refused notice: pending, so the API's repeater hands it over. */
function refusal(row: ClaimedNotice, code: string, at: Date) {
  const id = `refused ${row.id}`; // with a space: no key of a person is like it
  const command = { id, receivedAtMs: at.getTime(), ...returned(row, code) } satisfies Undelivered;
  return {
    id,
    agreementId: row.agreementId,
    type: command.type,
    command: command as unknown as Prisma.InputJsonObject,
    receivedAt: at,
  };
}

/** The mail of one notice or of several, with the subject that each has or would have alone. */
function writtenOf(letters: [Letter, ...Letter[]], from: Mailbox): ReturnType<typeof renderDigest> {
  const [first, ...others] = letters;
  if (others.length > 0)
    return renderDigest(
      letters.flatMap((letter) => letter.input ?? []),
      from,
    );
  const mail = first.mail ?? renderNotice(first.input, from);
  return { ...mail, subjects: [mail.subject] };
}

/** Sends one recorded notice. @throws ApplicationFailure, retryable, with a code */
export type Notify = (input: { noticeId: string }) => Promise<'sent' | 'refused'>;

export function createNotify(deliver: Deliver): Notify {
  return async ({ noticeId }) => {
    const outcome = await new Promise<Outcome>(
      (resolve) => void deliver([noticeId], (id, one) => id === noticeId && resolve(one)),
    );
    if (outcome instanceof ApplicationFailure) throw outcome;
    return outcome;
  };
}

/** A claimed notice, who gets it, and what its mail is made of; a customer's is made already, and is in the operator's name. */
type Letter = { row: ClaimedNotice; to: Recipient } & (
  | { input: NoticeInput; mail?: undefined; operator?: undefined }
  | (Pick<CustomerLetter, 'mail' | 'operator'> & { input?: undefined })
);

/** Beside a decision on a renewal stands what surveys have said so far (S003-A-02). */
const TELLS_TREND = ['renewal-outlook', 'renewal-notice'];

/** The mails to whoever fills the seats now, with their links; none for a seat that nobody fills. */
async function lettersOf(deps: NotifyDeps, rows: ClaimedNotice[]): Promise<Letter[]> {
  if (rows.length === 0) return [];
  const { database, clock, publicUrl, titles, killPoint } = deps;
  const [agreements, settled, returned, words, trends, customers] = await Promise.all([
    readAgreements(database, rows),
    settledDuties(database, rows),
    returnedMails(database, rows),
    writtenWords(database, rows),
    satisfactionTrends(
      database,
      rows.flatMap(({ kind, agreementId }) => (TELLS_TREND.includes(kind) ? [agreementId] : [])),
    ),
    visitedCustomers(database, rows),
  ]);
  const toCustomers = rows.filter(({ seat }) => seat === CUSTOMER);
  const drafts = rows.flatMap((row) => {
    if (toCustomers.includes(row)) return [];
    const read = agreements.get(row.agreementId);
    const to = read && recipientOf(row, read);
    const notice = noticeOf(row);
    // What the contract serves on one side is not served on whoever is written to in its place.
    if (!to || (to.vacant && notice.facts.serves !== undefined)) return [];
    const expiresAt = linkExpiry(clock(), notice.facts.dueAtMs);
    const requests = (to.vacant ? [] : actsOf(notice)).map((act): LinkRequest => ({
      agreementId: row.agreementId,
      personId: to.id,
      seat: row.seat,
      ...act,
      noticeId: row.id,
      expiresAt,
    }));
    return [{ row, to, notice, requests, read }];
  });
  const requests = drafts.flatMap((draft) => draft.requests);
  const repeated = rows.filter(({ attempts }) => attempts > 1).map(({ id }) => id);
  const urls = await createLinks(database, requests, { clock, publicUrl, repeated });
  if (requests.length > 0) killPoint('notify:link-created');
  const letters = drafts.map(({ row, to, notice, requests, read }): Letter => {
    const { id, template, compiled, parties, people } = read;
    const absent = people.get(to.deputyFor ?? '');
    const customer = customers.get(notice.facts.customer ?? '');
    return {
      row,
      to,
      input: {
        notice,
        agreement: { id, template, compiled },
        recipient: { name: to.name, language: to.language, zone: to.zone },
        titles,
        organisations: Object.fromEntries(Object.entries(parties).map(([role, { name }]) => [role, name])),
        people: namesIn(notice.facts, read),
        ...(absent ? { deputyFor: absent.name } : {}),
        returned: returned.get(notice.facts.returned ?? '') ?? {},
        words: words.get(row.id) ?? {},
        trend: trends.get(row.agreementId) ?? [],
        ...(customer === undefined ? {} : { customer }),
        ...(to.vacant ? { vacant: true as const } : {}),
        links: requests.map(({ purpose, obligation, occurrence, expiresAt }) => ({
          purpose,
          ...(obligation === undefined ? {} : { obligation }),
          ...(occurrence === undefined ? {} : { occurrence }),
          url: urls.shift() as string,
          expiresAtMs: expiresAt,
        })),
        publicUrl,
        settled: settled.get(row.agreementId) ?? [],
      },
    };
  });
  const around = { agreements, words };
  return [
    ...letters,
    ...(await customerLetters(
      deps,
      toCustomers.filter((row) => !isOfCase(row)),
      around,
    )),
    ...(await caseLetters(deps, toCustomers.filter(isOfCase), around)),
  ];
}

function noticeOf(row: ClaimedNotice): Notice {
  return {
    id: row.id,
    kind: row.kind as NoticeKind,
    seat: row.seat,
    role: row.role,
    ...(row.addressee === null ? {} : { addressee: row.addressee }),
    ...(row.obligation === null ? {} : { obligation: row.obligation }),
    ...(row.occurrence === null ? {} : { occurrence: row.occurrence }),
    rungs: row.rungs,
    atMs: row.at.getTime(),
    clauses: row.clauses,
    ...(row.act === null ? {} : { act: row.act as NonNullable<Notice['act']> }),
    facts: row.facts as NoticeFacts,
  };
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
export function mailbox(text: string): Mailbox {
  const [, name = '', address = text] = /^(.*)<([^<>]+)>$/.exec(text) ?? [];
  return { name: name.trim(), address: address.trim() };
}
