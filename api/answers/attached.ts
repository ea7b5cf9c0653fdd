import type { Principal } from '../policy.ts';
import { SMALLEST_GROUP } from '../../domain/survey/figures.ts';
import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import type { AnswerFile } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import { attachment } from '../document-answer.ts';
import { logAccess } from '../privacy/access-log.ts';
import { Problem } from '../problem.ts';
import type { Answer } from '../route.ts';
import type { Cycle } from './cycle.ts';

/** A file that came with an answer, for those who may read the record. */
export interface ListedFile {
  id: string;
  question: string;
  title: Text;
  fileName: string;
  size: number;
  type: string;
  sha256: string;
  /** Its answer came after the close. */
  late: boolean;
  /** Whose answer it is; null where answers are anonymous or nobody was asked in person. */
  customer: { id: string; key: string; name: string } | null;
}

/** A cycle takes answers that count. */
const TAKES = ['starting', 'planned', 'open'];
/** A cycle takes answers at all. */
const TAKES_LATE = [...TAKES, 'closed', 'analysed'];

/**
 * The files that were handed in with the answers of a cycle. Where answers are anonymous they are shown once no more such
 * answers come, and never of fewer than five answers: whoever sees one come in, or knows who the few were, knows whose it is.
 *
 * @returns `withheld`: some may be there and are not shown
 */
export async function attachedFiles(
  database: Database,
  cycle: Cycle,
): Promise<{ items: ListedFile[]; withheld: boolean }> {
  const { workflowId, questionnaire } = cycle;
  const shown = await shownGroups(database, cycle);
  const [rows, answers] = await Promise.all([
    database.answerFile.findMany({ where: { workflowId, respondent: { not: null } }, orderBy: { id: 'asc' } }),
    database.answer.findMany({
      where: { workflowId },
      select: { respondent: true, inviteeId: true, late: true },
    }),
  ]);
  const byRespondent = new Map(answers.map((answer) => [answer.respondent, answer]));
  const invitees = await database.invitee.findMany({
    where: { id: { in: rows.flatMap(({ respondent }) => byRespondent.get(respondent ?? '')?.inviteeId ?? []) } },
    select: { id: true, customerId: true },
  });
  const customers = await database.customer.findMany({
    where: { id: { in: invitees.map(({ customerId }) => customerId) } },
    select: { id: true, key: true, name: true },
  });
  const customerOf = (inviteeId: string | null): ListedFile['customer'] => {
    const customerId = invitees.find(({ id }) => id === inviteeId)?.customerId;
    return customers.find(({ id }) => id === customerId) ?? null;
  };
  const questions = questionnaire?.questions ?? [];
  const place = ({ question }: AnswerFile): number => questions.findIndex(({ name }) => name === question);
  const items = rows
    .sort((a, b) => place(a) - place(b))
    .flatMap((row): ListedFile[] => {
      const answer = byRespondent.get(row.respondent ?? '');
      if (!answer || !shown.includes(answer.late)) return [];
      const { id, question, fileName, size, type, sha256 } = row;
      const title = questions.find(({ name }) => name === question)?.title ?? { zh: question, en: question };
      return [
        {
          id,
          question,
          title,
          fileName,
          size,
          type,
          sha256,
          late: answer.late,
          customer: customerOf(answer.inviteeId),
        },
      ];
    });
  return { items, withheld: shown.length < 2 };
}

/** Whether files of answers that count (`false`), and of late ones (`true`), are shown. */
async function shownGroups(database: Database, { workflowId, input, status }: Cycle): Promise<boolean[]> {
  if (!input.survey.anonymous) return [false, true];
  const counts = await database.answer.groupBy({ by: ['late'], where: { workflowId }, _count: true });
  const enough = (late: boolean): boolean => {
    const count = counts.find((one) => one.late === late)?._count ?? 0;
    return count >= SMALLEST_GROUP || (late && count === 0 && !TAKES_LATE.includes(status));
  };
  return [
    ...(!TAKES.includes(status) && enough(false) ? [false] : []),
    ...(!TAKES_LATE.includes(status) && enough(true) ? [true] : []),
  ];
}

/**
 * One of those files as an attachment, checked first; every download is logged.
 *
 * @throws Problem `unknown-document`, `document-missing`, `document-altered`
 */
export async function attachedContent(
  { database, documents, clock }: Pick<ApiDeps, 'database' | 'documents' | 'clock'>,
  cycle: Cycle,
  { file, principal }: { file: string; principal: Principal },
): Promise<Answer> {
  const { items } = await attachedFiles(database, cycle);
  const found = items.find(({ id }) => id === file);
  if (!found) throw new Problem('unknown-document');
  const store = documents.apart(found.id);
  const outcome = await store.check(found.sha256);
  const { agreementId } = cycle;
  const entry = { action: 'download', subject: `answer-file/${file}`, outcome, agreementId } as const;
  await logAccess({ database, clock }, principal, entry);
  if (outcome !== 'ok') throw new Problem(`document-${outcome}`);
  return attachment(found, store.open(found.sha256));
}
