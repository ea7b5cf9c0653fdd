import { randomUUID } from 'node:crypto';
import { extname } from 'node:path';
import { forgetGivenUp } from '../../activities/answer-files.ts';
import { DocumentRefused, type StoredDocument } from '../../activities/documents.ts';
import { MOST_FILE_BYTES, problem, takesKind } from '../../domain/survey/question.ts';
import type { Text } from '../../domain/time.ts';
import { Problem } from '../problem.ts';
import type { RouteDeps } from '../route.ts';
import { type FileTaker, tooLarge } from '../upload.ts';
import { askedIn, fileHolder, invalidAnswers } from './answering.ts';
import type { Cycle } from './cycle.ts';
import type { Holder } from './holder.ts';

type Deps = Pick<RouteDeps, 'database' | 'documents' | 'clock' | 'answers'>;

/** Uploads of a question that somebody has begun and not handed in, beyond those that it takes: replies that got lost. */
const SPARE = 10;

/** What comes by one open link in all, be it handed in or not; what is taken back counts no more. */
const MOST_OF_LINK = { files: 1_000, bytes: 2 * 1024 ** 3 };

/** A file that was taken; `size` and `type` are those of its bytes. */
export type AttachedFile = StoredDocument & { id: string; keptName: string };

/**
 * Takes files of answers while they come: whose token it is and what its question asks for is known before the first byte is
 * kept. In an anonymous cycle the name that a file bore is not kept.
 *
 * @param ip from where it comes
 */
export function answerFileTaker(deps: Deps, ip: string): FileTaker {
  let isTaken = false;
  return {
    maxBytes: Math.min(deps.documents.maxBytes, MOST_FILE_BYTES),
    async put(stream, declaredName, fields): Promise<AttachedFile> {
      if (isTaken) throw wrong('file', { zh: '一次上传一个文件', en: 'send one file at a time' });
      isTaken = true;
      const [token = ''] = fields['token'] ?? [];
      const [question = ''] = fields['question'] ?? [];
      if (token === '' || question === '')
        throw wrong('file', {
          zh: '表单中 token 和 question 写在文件之前',
          en: 'put token and question before the file in the form',
        });
      return attach(deps, { token, ip, question }, { stream, declaredName });
    },
  };
}

async function attach(
  deps: Deps,
  { token, ip, question: name }: { token: string; ip: string; question: string },
  { stream, declaredName }: { stream: Parameters<FileTaker['put']>[0]; declaredName: string },
): Promise<AttachedFile> {
  const { database, documents, clock } = deps;
  const { holder, cycle, heldBy } = await heldFor(deps, { token, ip });
  const question = askedIn(cycle, clock()).questions.find((one) => one.name === name);
  const limits = question?.files;
  if (!limits)
    throw fault(name, 'unknown-question', {
      message: { zh: '问卷中没有这道附件题', en: 'the questionnaire asks for no file there' },
      cure: { zh: '填写附件题的名称', en: 'Name a question of type file' },
    });
  if (holder.kind === 'open') {
    await deps.answers.countOpenFile(ip);
    if (!(await counted(database, holder.linkId, { files: 1, bytes: limits.maxBytes })))
      throw fault(name, 'too-many-files', {
        message: { zh: '通过此链接上传的附件已达上限', en: 'as many files came by this link as it takes' },
        cure: {
          zh: `每个公开链接至多 ${MOST_OF_LINK.files} 个附件、共 2 GiB；请联系调查发起方换发链接`,
          en: `An open link takes ${MOST_OF_LINK.files} files and 2 GiB: ask whoever runs the survey for a new one`,
        },
      });
  } else {
    const held = await database.answerFile.count({ where: { holder: heldBy, question: name, respondent: null } });
    if (held >= limits.most + SPARE)
      throw fault(name, 'too-many-files', {
        message: { zh: '此题已上传的附件过多', en: 'too many files were attached to this question' },
        cure: { zh: `先移除一些；此题至多 ${limits.most} 个`, en: `Remove some: ${limits.most} is the most` },
      });
  }
  const extension = extname(declaredName).toLowerCase();
  const keptName = cycle.input.survey.anonymous ? `attachment${extension}` : declaredName;
  const id = randomUUID();
  const underWay = { type: '', size: 0, sha256: '' };
  await database.answerFile.create({
    data: {
      ...{ id, workflowId: cycle.workflowId, question: name, holder: heldBy, fileName: keptName, ...underWay },
      heldAt: new Date(clock()),
    },
  });
  try {
    const stored = await documents.apart(id, limits.maxBytes).put(stream, declaredName);
    if (!takesKind(limits, stored.type, extension))
      throw fault(name, 'unsupported-type', {
        message: { zh: '此题不接收这种文件', en: 'this question takes no such file' },
        cure: { zh: `改为：${limits.accepts.join('、')}`, en: `Attach one of ${limits.accepts.join(', ')}` },
      });
    const { count } = await database.answerFile.updateMany({ where: { id, holder: heldBy }, data: stored });
    if (count === 0) throw new Problem('file-missing');
    // What was put by for the largest file that the question takes.
    if (holder.kind === 'open')
      await counted(database, holder.linkId, { files: 0, bytes: stored.size - limits.maxBytes });
    return { ...stored, id, keptName };
  } catch (error) {
    await giveUp(deps, id);
    if (holder.kind === 'open') await counted(database, holder.linkId, { files: -1, bytes: -limits.maxBytes });
    if (error instanceof DocumentRefused && error.code === 'upload-too-large')
      throw tooLarge(Math.min(limits.maxBytes, documents.maxBytes));
    throw error;
  }
}

/** Takes a file back that was not handed in. One that is not there, or of somebody else, stays as it is. */
export async function removeAttached(
  deps: Deps,
  { token, ip, file }: { token: string; ip: string; file: string },
): Promise<void> {
  const { holder, heldBy } = await heldFor(deps, { token, ip });
  const mine = await deps.database.answerFile.findFirst({ where: { id: file, holder: heldBy, respondent: null } });
  if (!mine || !(await giveUp(deps, file)) || holder.kind !== 'open' || mine.size === 0) return;
  await counted(deps.database, holder.linkId, { files: -1, bytes: -mine.size });
}

/** @returns whether it was held until now: it is given up once */
async function giveUp({ database, documents }: Deps, id: string): Promise<boolean> {
  const { count } = await database.answerFile.updateMany({
    where: { id, holder: { not: null }, respondent: null },
    data: { holder: null },
  });
  await forgetGivenUp({ database, documents }, [id]);
  return count > 0;
}

/**
 * Counts what comes by an open link, or no longer does: in one statement, so that those who come at once do not pass its
 * limits together.
 *
 * @returns whether there was room for it
 */
async function counted(
  database: Deps['database'],
  linkId: string,
  { files, bytes }: { files: number; bytes: number },
): Promise<boolean> {
  const room = { files: { lte: MOST_OF_LINK.files - files }, fileBytes: { lte: MOST_OF_LINK.bytes - bytes } };
  const { count } = await database.surveyLink.updateMany({
    where: { id: linkId, ...(files > 0 ? room : {}) },
    data: { files: { increment: files }, fileBytes: { increment: bytes } },
  });
  return count > 0;
}

/** Whose files those of a token are. @throws Problem `answer-link-unknown`, `already-answered`, `invalid-request` */
async function heldFor(
  { answers }: Deps,
  { token, ip }: { token: string; ip: string },
): Promise<{ holder: Holder; cycle: Cycle; heldBy: string }> {
  const holder = await answers.holderOf(token, ip);
  if (holder.kind === 'feedback')
    throw wrong('token', {
      zh: '意见反馈不接收附件，请在正文中说明',
      en: 'feedback takes no files: say it in its text',
    });
  if (holder.kind === 'personal' && holder.answered) throw new Problem('already-answered');
  const cycle = await answers.cycleHeldBy(holder);
  return { holder, cycle, heldBy: fileHolder(holder, cycle, token) };
}

function fault(path: string, code: string, { message, cure }: { message: Text; cure: Text }): Problem {
  return invalidAnswers([problem(path, code, message, cure)]);
}

function wrong(path: string, cure: Text): Problem {
  return new Problem('invalid-request', {
    errors: [{ path, message: { zh: '附件未能接收', en: 'the file was not taken' }, cure }],
  });
}
