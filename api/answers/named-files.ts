import type { Problem } from '../../domain/problem.ts';
import { type Question, problem } from '../../domain/survey/question.ts';
import { type Answers, filesIn } from '../../domain/survey/questionnaire.ts';
import type { Database } from '../../prisma/database.ts';

/** Whose files may be named. */
export interface FileHolder {
  workflowId: string;
  /** Who brought them and has not handed them in. */
  holder: string;
  /** Of the answer that is handed in, where the same request may come again. */
  respondent?: string;
}

/** A file as an answer keeps it: what was in it can be proven as long as it is there, and its name goes with its row. */
export interface KeptFile {
  id: string;
  sha256: string;
}

/** A file as whoever attached it sees it. */
export interface ShownFile {
  id: string;
  name: string;
  /** Bytes. */
  size: number;
  type: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The files that answers name, which `checkAnswers` has accepted, and the answers as they are stored: by id and content.
 * A file of somebody else is told from none by nothing.
 */
export async function namedFiles(
  database: Database,
  questions: readonly Question[],
  given: Answers,
  { workflowId, holder, respondent }: FileHolder,
): Promise<{ faults: Problem[]; answers: Answers; ids: string[] }> {
  const named = filesIn(questions, given);
  const asked = named.flatMap(({ ids }) => ids.filter((id) => UUID.test(id)));
  const rows = asked.length === 0 ? [] : await database.answerFile.findMany({ where: { id: { in: asked } } });
  const known = rows.filter(
    (row) =>
      row.size > 0 &&
      row.workflowId === workflowId &&
      (row.respondent === null ? row.holder === holder : row.respondent === respondent),
  );
  const faults: Problem[] = [];
  const answers = { ...given };
  for (const { question, ids } of named) {
    answers[question] = [...new Set(ids)].flatMap((id, index): KeptFile[] => {
      const row = known.find((one) => one.id === id);
      if (row?.question === question) return [{ id, sha256: row.sha256 }];
      faults.push(row ? ofAnother(`${question}[${index}]`) : unknown(`${question}[${index}]`));
      return [];
    });
  }
  return { faults, answers, ids: known.map(({ id }) => id) };
}

/** A draft with the names and sizes of its files; those that are gone are left out. */
export async function withFileNames(
  database: Database,
  questions: readonly Question[],
  draft: Answers,
  holder: string,
): Promise<Answers> {
  const named = filesIn(questions, draft);
  if (named.length === 0) return draft;
  const rows = await database.answerFile.findMany({
    where: { holder, respondent: null, id: { in: named.flatMap(({ ids }) => ids) } },
  });
  const shown = named.map(({ question, ids }) => {
    const files = ids.flatMap((id) => rows.filter((row) => row.id === id && row.question === question));
    return [question, files.map(shownFile)] as const;
  });
  return { ...draft, ...Object.fromEntries(shown) };
}

export function shownFile({
  id,
  fileName: name,
  size,
  type,
}: {
  id: string;
  fileName: string;
  size: number;
  type: string;
}): ShownFile {
  return { id, name, size, type };
}

function unknown(path: string): Problem {
  return problem(
    path,
    'unknown-file',
    { zh: '没有这个附件', en: 'there is no such file' },
    { zh: '请重新上传', en: 'Attach it again' },
  );
}

function ofAnother(path: string): Problem {
  return problem(
    path,
    'file-of-another-question',
    { zh: '此附件是为另一道题上传的', en: 'the file was attached to another question' },
    { zh: '请在本题重新上传', en: 'Attach it to this question' },
  );
}
