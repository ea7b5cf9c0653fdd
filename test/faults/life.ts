import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import * as schemas from '../../api/schemas.ts';
import { type ChainVerdict, verifyChain } from '../../activities/chain.ts';
import { addDays } from '../../domain/local-date.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { Mail } from '../../embedded/mailbox.ts';
import type { Database } from '../../prisma/database.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import { type Reply, SIGNED_END, formOf } from '../support/people.ts';
import { eventually } from '../support/world.ts';
import type { Installation } from './installation.ts';

/** Where it is about noon now: no life of a few minutes crosses a local midnight, which would change its days late. */
const east = 12 - new Date().getUTCHours();
const ZONE = zoneData(east === 0 ? 'Etc/UTC' : `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`);

/** The local date so many days from today. */
export function day(fromToday: number): string {
  return addDays(localDateAt(ZONE, Date.now()), fromToday);
}

/** S001a over 1,000,000.00 CNY, whose notices leave at any time. */
export function draftOf(name: string) {
  return {
    template: 'service-attachments@1',
    zone: ZONE.id,
    terms: {
      contractTotal: '1000000.00',
      penaltyCapPercent: 'not-agreed',
      penaltyGraceDays: 'not-agreed',
      expiresOn: 'not-agreed',
      noticeDays: 'every-day',
      noticeFrom: '00:01',
      noticeTo: '24:00',
    },
    parties: {
      A: { name: `甲 ${name}`, email: `a@${name}.example.org`, language: 'zh' },
      B: { name: `B ${name}`, email: `b@${name}.example.org`, language: 'en' },
    },
    coordinator: { name: `C ${name}`, email: `c@${name}.example.org`, language: 'en' },
  };
}

/** What people do in this life, in order. */
export const STEPS = [
  'start',
  'sign A',
  'sign B',
  'hand in',
  'accept',
  'terminate',
  'waive report',
  'waive plan',
  'settle report',
  'settle training',
] as const;
export type Step = (typeof STEPS)[number];

/** The duty whose penalty a step lets go. */
const WAIVED = { 'waive report': 'needs-analysis-report', 'waive plan': 'process-plan' } as const;

/** How long a client goes on repeating a request until it is answered. */
const PATIENCE_MS = 150_000;

/** One agreement from its start to its end, by HTTP alone. The signatures are old, so that overdue, penalties and notices come at once. */
export class Life {
  readonly #installation: Installation;
  readonly #name: string;
  readonly #keys = new Map<Step, string>();
  /** What was let go of each penalty: asked again, the same. */
  readonly #waived = new Map<string, string>();
  id = '';

  constructor(installation: Installation, name: string) {
    this.#installation = installation;
    this.#name = name;
  }

  key(step: Step): string {
    const key = this.#keys.get(step) ?? `${step.replace(' ', '-')}-${randomUUID()}`;
    this.#keys.set(step, key);
    return key;
  }

  /** Asks once, for what is prepared. */
  ask(step: Step): Promise<Reply> {
    const { desk } = this.#installation;
    const key = this.key(step);
    const of = `/agreements/${this.id}`;
    switch (step) {
      case 'start':
        return desk.post('/agreements', { ...draftOf(this.#name), start: true }, { key });
      case 'sign A':
        return desk.post(`${of}/signatures`, { as: 'A', signedOn: day(-77) }, { key });
      case 'sign B':
        return desk.post(`${of}/signatures`, { as: 'B', signedOn: day(-75) }, { key });
      case 'hand in': {
        const file = { name: 'plan.txt', content: `The plan of ${this.#name}.\n` };
        return desk.post(`${of}/obligations/process-plan/submissions`, formOf({ as: 'A' }, [file]), { key });
      }
      case 'accept':
        return desk.post(`${of}/obligations/process-plan/reviews`, { as: 'B', verdict: 'accept' }, { key });
      case 'terminate':
        return desk.post(`${of}/termination`, formOf({ as: 'coordinator', reason: 'agreed' }, [SIGNED_END]), { key });
      case 'waive report':
      case 'waive plan':
        return this.#waive(WAIVED[step], key);
      case 'settle report':
        return this.#settle('needs-analysis-report', key);
      case 'settle training':
        return this.#settle('training-plan', key);
    }
  }

  /** Reads what an act names, so that to ask is one request. Like `take`, it goes on until it is answered. */
  async prepare(step: Step): Promise<void> {
    const obligation = step === 'waive report' || step === 'waive plan' ? WAIVED[step] : undefined;
    if (obligation === undefined || this.#waived.has(obligation)) return;
    const { items } = await this.#read(`/agreements/${this.id}/ledger`, schemas.ledger);
    const cents = items
      .filter((line) => line.obligation === obligation)
      .reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n);
    this.#waived.set(obligation, `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`);
  }

  /** What is shown, once API and database are there again. */
  #read<T>(path: string, schema: { parse(body: unknown): T }): Promise<T> {
    return eventually(
      async () => {
        const reply = await this.#installation.desk.read(path).catch(unlessCut);
        if (reply === undefined || reply.status === 503) return undefined;
        expect({ path, ...reply }).toMatchObject({ status: 200 });
        return schema.parse(reply.body);
      },
      { withinMs: PATIENCE_MS, what: `an answer to ${path}` },
    );
  }

  /** The whole penalty of a duty is let go: nothing is owed after the end. */
  #waive(obligation: string, key: string): Promise<Reply> {
    const amount = this.#waived.get(obligation) ?? expect.unreachable(`${obligation} was not prepared`);
    const path = `/agreements/${this.id}/obligations/${obligation}/waivers`;
    return this.#installation.desk.post(path, { as: 'B', amount, reason: 'part of the agreed end' }, { key });
  }

  #settle(item: string, key: string): Promise<Reply> {
    const fields = { as: 'coordinator', outcome: 'settled', reason: 'not delivered any more' };
    return this.#installation.desk.post(`/agreements/${this.id}/settlement/${item}`, formOf(fields, [SIGNED_END]), {
      key,
    });
  }

  /** As a client that goes on: repeats the request with the same key until it is answered for good. */
  async take(step: Step): Promise<void> {
    await this.prepare(step);
    const endMs = Date.now() + PATIENCE_MS;
    for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 1_000)) {
      const reply = await this.ask(step).catch(unlessCut);
      if (reply?.status === 200) {
        if (step === 'start') this.id = schemas.agreement.parse(reply.body).id;
        return;
      }
      const goesOn = reply === undefined || reply.status === 202 || reply.status === 409 || reply.status === 503;
      if (reply?.status === 409) expect(reply.body['type']).toBe('urn:abide:request-in-progress');
      if (!goesOn || Date.now() > endMs) expect.unreachable(`${step}: ${JSON.stringify(reply)}`);
      await pause(waitMs);
    }
  }

  /** Everything that was recorded so far is folded: two attachments are overdue. */
  async caughtUp(): Promise<void> {
    await eventually(async () => (await this.#read(`/agreements/${this.id}`, schemas.agreement)).overdue === 2, {
      withinMs: 90_000,
      what: 'two attachments overdue',
    });
  }

  /** Every notice has left and the run has ended. */
  async over(): Promise<void> {
    const { database, temporal } = this.#installation;
    await eventually(
      async () => {
        const open = await database.notice.count({ where: { agreementId: this.id, status: { not: 'sent' } } });
        if (open > 0) return false;
        return (await temporal.workflow.getHandle(agreementWorkflowId(this.id)).describe()).status.name === 'COMPLETED';
      },
      { withinMs: 200_000, what: 'the end of the run' },
    );
  }
}

/** Of a line that was cut, or never came about, there is no reply. */
function unlessCut(error: unknown): undefined {
  if (error instanceof TypeError) return undefined; // fetch's word for it
  throw error;
}

/** What an agreement's life left behind, comparable with that of another. */
export interface Remains {
  /** Event bodies; instants of receipt as `received`, people and the agreement as words. */
  events: unknown[];
  ledger: unknown[];
  obligations: unknown[];
  /** One line a notice: why, who, what, how it went. */
  notices: string[];
  /** Message-IDs of the notices that are marked as possibly sent twice. */
  marked: string[];
  /** How often each Message-ID arrived, in the order of `notices`' numbers. */
  arrived: Record<string, number>;
  commands: string[];
  documents: number;
  chain: ChainVerdict['verdict'];
  replay: unknown;
}

export async function remainsOf(
  { database, desk }: Pick<Installation, 'database' | 'desk'>,
  life: Pick<Life, 'id'>,
  mails: Mail[],
): Promise<Remains> {
  const where = { agreementId: life.id };
  const events = await database.event.findMany({ where, orderBy: { sequence: 'asc' } });
  const notices = await database.notice.findMany({ where, orderBy: { number: 'asc' } });
  const ledger = await database.ledgerLine.findMany({ where, orderBy: { sequence: 'asc' } });
  const obligations = await database.obligation.findMany({ where, orderBy: { position: 'asc' } });
  const commands = await database.command.findMany({ where, orderBy: { receivedAt: 'asc' } });
  const plain = await plainWords(database, life.id);
  return {
    events: events.map(({ body }) => plain(JSON.parse(body))),
    ledger: ledger.map(({ workflowId: _, agreementId: _id, amount: _amount, at, ...line }) =>
      plain({ ...line, at: at.getTime() }),
    ),
    obligations: obligations.map(({ agreementId: _, dueAt, fulfilledAt, ...row }) =>
      plain({ ...row, dueAt: dueAt?.getTime() ?? null, fulfilledAt: fulfilledAt?.getTime() ?? null }),
    ),
    notices: notices.map(
      ({ kind, seat, role, obligation, rungs, status, subject }) =>
        `${kind} ${seat}/${role} ${obligation ?? '-'} [${rungs.join()}] ${status} ${subject?.replace(/ \S+@?$/, '') ?? ''}`,
    ),
    marked: notices.filter(({ possibleDuplicate }) => possibleDuplicate).map(({ messageId }) => messageId),
    arrived: Object.fromEntries(
      notices.map(({ messageId }) => [messageId, mails.filter((mail) => mail.messageId === messageId).length]),
    ),
    commands: commands.map(({ type, status }) => `${type} ${status}`),
    documents: await database.agreementDocument.count({ where }),
    chain: verifyChain(events).verdict,
    replay: (await desk.get(`/agreements/${life.id}/replay`, schemas.replayVerdict)).verdict,
  };
}

/** Replaces what differs from life to life, and nothing else: ids, when a request was received, when something was recorded. */
async function plainWords(database: Database, agreementId: string): Promise<(value: unknown) => unknown> {
  const commands = await database.command.findMany({ where: { agreementId } });
  const seats = await database.seat.findMany({ where: { agreementId } });
  const words = new Map<unknown, string>([
    [agreementId, 'the agreement'],
    ...commands.map(({ id }): [string, string] => [id, id.replace(/-[0-9a-f-]{36}$/, '')]),
    ...commands.map(({ receivedAt, type }): [number, string] => [receivedAt.getTime(), `received: ${type}`]),
    ...seats.map(({ personId, seat }): [string, string] => [personId, `person ${seat}`]),
  ]);
  const plain = (value: unknown): unknown => {
    const word = words.get(value);
    if (word !== undefined) return word;
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) =>
        name === 'recordedAtMs'
          ? [name, 'recorded']
          : name === 'sha256'
            ? [name, 'a document']
            : name === 'size'
              ? [name, 'its size']
              : [name, plain(member)],
      ),
    );
  };
  return plain;
}
