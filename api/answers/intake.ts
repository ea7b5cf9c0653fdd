import { createHash, randomUUID } from 'node:crypto';
import type { Answers } from '../../domain/survey/questionnaire.ts';
import type { LocalDate } from '../../domain/time.ts';
import { type Database, sessionsOf } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { inBatches } from './batches.ts';

/** An answer that has been checked against its questionnaire. */
export interface NewAnswer {
  workflowId: string;
  /** One answer each; of an anonymous cycle a random word that leads to nobody. */
  respondent: string;
  /** Who is marked as having answered; null: nobody was asked in person. */
  inviteeId: string | null;
  /** The row then names neither invitee nor instant. */
  anonymous: boolean;
  channel: string;
  tier: string | null;
  department: string | null;
  branch: string | null;
  answers: Answers;
  /** Ids of the files that it names; from then on they are its own. */
  files: string[];
  receivedOn: LocalDate;
  receivedAt: Date;
  /** It came after the close; a close that is recorded meanwhile makes it late as well. */
  late: boolean;
  enteredBy: string | null;
  source: string | null;
  /** The draft that it ends. */
  draftId: string | null;
}

/**
 * `again`: this respondent has answered before; `file-gone`: a file that it names was taken back, or handed in with another
 * answer, since it was looked at. Of either nothing was changed.
 */
export type Taken = 'counted' | 'late' | 'again' | 'file-gone';

export interface AnswerIntake {
  /** Settles once the answer is committed. */
  take(answer: NewAnswer): Promise<Taken>;
  /** All of them or, where one of them has answered before, none. */
  takeAll(answers: NewAnswer[]): Promise<Taken[] | 'again'>;
  /** Waits for what is under way. */
  drain(): Promise<void>;
}

/** What was stored; `late` null: it was not, for want of a file. */
interface Stored {
  respondent: string;
  workflowId: string;
  late: boolean | null;
}
type Runs = (statement: Prisma.Sql) => Promise<Stored[]>;

/** Answers that go into one statement, and how long the first of them waits for others. */
const BATCH = 500;
const WAIT_MS = 5;

/**
 * Takes answers into Postgres, many with one statement. It holds the cycles' rows meanwhile, so that a close is recorded
 * either before (and the answer is late) or after (and the analysis sees it). Rows of a batch are stored in an order of
 * their own, so that an anonymous answer cannot be told by its place.
 *
 * @param onTaken says which cycles have new answers
 */
export function createIntake(database: Database, onTaken: (workflowIds: string[]) => void): AnswerIntake {
  const sessions = sessionsOf(database);
  // By the client of PostgreSQL itself: through Prisma the statement of 500 answers takes three times as long.
  const pooled: Runs = async ({ text, values }) => (await sessions.query<Stored>({ text, values })).rows;
  const batches = inBatches(
    async (answers: NewAnswer[]) => {
      try {
        return told(answers, await store(pooled, answers));
      } catch (error) {
        if (answers.length === 1) throw error;
        // One that cannot be stored keeps no other out.
        const alone = [];
        for (const answer of answers) {
          const taken = store(pooled, [answer]).catch((reason: unknown) => new Refused(reason));
          alone.push(await taken);
        }
        return alone.map((result, index) =>
          result instanceof Refused ? result : (told(answers.slice(index, index + 1), result)[0] as Taken),
        );
      }
    },
    { most: BATCH, waitMs: WAIT_MS },
  );

  /** Says to the cycles what was taken, and gives it on. */
  function told(answers: readonly NewAnswer[], taken: Taken[]): Taken[] {
    const stored = answers.filter((_answer, index) => taken[index] === 'counted' || taken[index] === 'late');
    if (stored.length > 0) onTaken([...new Set(stored.map(({ workflowId }) => workflowId))]);
    return taken;
  }

  async function store(run: Runs, answers: NewAnswer[]): Promise<Taken[]> {
    // Of one person's several answers in a batch, and of several with one file, the first counts.
    const people = new Set<string>();
    const named = new Set<string>();
    const firsts = new Set(
      answers.filter(({ inviteeId, files: ids }) => {
        if ((inviteeId !== null && people.has(inviteeId)) || ids.some((id) => named.has(id))) return false;
        if (inviteeId !== null) people.add(inviteeId);
        for (const id of ids) named.add(id);
        return true;
      }),
    );
    const column = <T>(of: (answer: NewAnswer) => T): T[] => [...firsts].map(of);
    const files = [...firsts].flatMap(({ workflowId, respondent, files: ids }) =>
      ids.map((id) => ({ id, workflowId, respondent })),
    );
    const rows = await run(Prisma.sql`
      WITH given AS (
        SELECT * FROM unnest(
          ${column((a) => a.workflowId)}::text[], ${column((a) => a.respondent)}::text[],
          ${column((a) => a.inviteeId)}::uuid[], ${column((a) => a.anonymous)}::boolean[],
          ${column((a) => a.channel)}::text[], ${column((a) => a.tier)}::text[],
          ${column((a) => a.department)}::text[], ${column((a) => a.branch)}::text[],
          ${column((a) => JSON.stringify(a.answers))}::text[], ${column((a) => a.receivedOn)}::text[],
          ${column((a) => (a.anonymous ? null : a.receivedAt))}::timestamptz[], ${column((a) => a.late)}::boolean[],
          ${column((a) => a.enteredBy)}::text[], ${column((a) => a.source)}::text[], ${column((a) => a.draftId)}::uuid[]
        ) AS g (workflow_id, respondent, invitee_id, anonymous, channel, tier, department, branch, answers, received_on,
          received_at, late, entered_by, source, draft_id)),
      cycle AS (
        SELECT workflow_id, status FROM process WHERE workflow_id = ANY(${[...new Set(column((a) => a.workflowId))]}::text[])
        ORDER BY workflow_id FOR SHARE),
      ${holding(files)}
      taken AS (
        UPDATE invitee i SET answered = true FROM given g JOIN cycle USING (workflow_id)
        WHERE i.id = g.invitee_id AND NOT i.answered ${complete(files, Prisma.sql`g`)} RETURNING i.id),
      stored AS (
        INSERT INTO answer (workflow_id, respondent, invitee_id, channel, tier, department, branch, answers, received_on,
          received_at, late, entered_by, source)
        SELECT workflow_id, respondent, CASE WHEN anonymous THEN NULL ELSE invitee_id END, channel, tier, department,
          branch, answers::jsonb, received_on, received_at, late OR status <> 'open', entered_by, source
        FROM given JOIN cycle USING (workflow_id)
        WHERE (invitee_id IS NULL OR invitee_id IN (SELECT id FROM taken)) ${complete(files, Prisma.sql`given`)}
        ORDER BY random()
        ON CONFLICT (workflow_id, respondent) DO NOTHING
        RETURNING workflow_id, respondent, late),
      ${attaching(files)}
      ended AS (
        DELETE FROM answer_draft d USING given g
        WHERE d.invitee_id = g.draft_id AND g.invitee_id IN (SELECT id FROM taken))
      SELECT workflow_id AS "workflowId", respondent, late FROM stored ${lackingToo(files)}`);
    const keyOf = (one: { workflowId: string; respondent: string }): string => `${one.workflowId} ${one.respondent}`;
    const stored = new Map(rows.map((row) => [keyOf(row), row.late]));
    return answers.map((answer) => {
      const { inviteeId, files: ids } = answer;
      if (!firsts.has(answer)) return inviteeId === null && ids.length > 0 ? 'file-gone' : 'again';
      const late = stored.get(keyOf(answer));
      if (late === undefined) return 'again';
      return late === null ? 'file-gone' : late ? 'late' : 'counted';
    });
  }

  return {
    take: async (answer) => {
      const result = await batches.add(answer);
      if (result instanceof Refused) throw result.reason;
      return result;
    },
    takeAll: async (answers) => {
      const taken = await database
        .$transaction(
          async (tx) => {
            const results = await store((sql) => tx.$queryRaw<Stored[]>(sql), answers);
            if (results.some((result) => result === 'again' || result === 'file-gone')) throw new Again();
            return results;
          },
          { timeout: 60_000, maxWait: 20_000 },
        )
        .catch((error: unknown) => {
          if (error instanceof Again) return 'again' as const;
          throw error;
        });
      return taken === 'again' ? taken : told(answers, taken);
    },
    drain: () => batches.drain(),
  };
}

interface NamedFile {
  id: string;
  workflowId: string;
  respondent: string;
}

/**
 * Holds the rows of the files that answers name, so that none is taken back meanwhile, and finds the answers that lack one.
 * These four are nothing where no file is named, which is so of most.
 */
function holding(files: NamedFile[]): Prisma.Sql {
  if (files.length === 0) return Prisma.empty;
  return Prisma.sql`
      named AS (
        SELECT * FROM unnest(${files.map(({ id }) => id)}::uuid[], ${files.map((one) => one.workflowId)}::text[],
          ${files.map((one) => one.respondent)}::text[]) AS n (id, workflow_id, respondent)),
      held AS (
        SELECT id, holder, respondent FROM answer_file WHERE id IN (SELECT id FROM named) ORDER BY id FOR UPDATE),
      lacking AS (
        SELECT DISTINCT n.workflow_id, n.respondent FROM named n LEFT JOIN held h USING (id)
        WHERE h.id IS NULL OR (h.holder IS NULL AND h.respondent IS DISTINCT FROM n.respondent)),`;
}

/** Only answers that lack none of their files. */
function complete(files: NamedFile[], of: Prisma.Sql): Prisma.Sql {
  if (files.length === 0) return Prisma.empty;
  return Prisma.sql`AND (${of}.workflow_id, ${of}.respondent) NOT IN (SELECT workflow_id, respondent FROM lacking)`;
}

/** Makes files those of the answer that names them. */
function attaching(files: NamedFile[]): Prisma.Sql {
  if (files.length === 0) return Prisma.empty;
  return Prisma.sql`
      attached AS (
        UPDATE answer_file f SET respondent = n.respondent, holder = NULL, held_at = NULL
        FROM named n JOIN stored USING (workflow_id, respondent) WHERE f.id = n.id AND f.holder IS NOT NULL),`;
}

/** What was not stored for want of a file, too. */
function lackingToo(files: NamedFile[]): Prisma.Sql {
  return files.length === 0 ? Prisma.empty : Prisma.sql`UNION ALL SELECT workflow_id, respondent, NULL FROM lacking`;
}

/** Takes a transaction back. */
class Again extends Error {}

class Refused {
  readonly reason: unknown;
  constructor(reason: unknown) {
    this.reason = reason;
  }
}

/** A respondent that leads to nobody. */
export function anybody(): string {
  return randomUUID();
}

/** The respondent of an open link: the same request again is the same answer. */
export function sameRequest(linkId: string, key: string): string {
  return createHash('sha256').update(`${linkId}/${key}`).digest('hex').slice(0, 32);
}
