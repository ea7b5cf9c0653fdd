import type { Answers } from '../../domain/survey/questionnaire.ts';
import { checkAnswers } from '../../domain/survey/questionnaire.ts';
import { localDateAt } from '../../domain/zone.ts';
import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { derivedId } from '../derived-id.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { type Cycle, type Questionnaire, intakeOf } from './cycle.ts';
import type { AnswerDesk } from './desk.ts';
import type { Holder } from './holder.ts';
import { anybody, sameRequest } from './intake.ts';
import { namedFiles, withFileNames } from './named-files.ts';

type Deps = Pick<ApiDeps, 'database' | 'clock'> & { answers: AnswerDesk };

/** Whoever asks, by their token. */
export interface Bearer {
  token: string;
  ip: string;
}

/** What the answer page shows. */
export async function answerSession({ database, clock, answers }: Deps, { token, ip }: Bearer) {
  const holder = await answers.holderOf(token, ip);
  if (holder.kind === 'feedback') {
    const agreement = await database.agreement.findUniqueOrThrow({
      where: { id: holder.agreementId },
      select: { draft: true },
    });
    const { parties = {} } = agreement.draft as { parties?: Record<string, { name?: string }> };
    const operator = Object.values(parties)
      .flatMap(({ name }) => name ?? [])
      .join('、');
    return { kind: 'feedback' as const, state: 'open' as const, operator, client: null };
  }
  const cycle = await answers.cycleHeldBy(holder);
  const { input, operator, client, closesOn, questionnaire } = cycle;
  const intake = intakeOf(cycle, clock());
  const answered = holder.kind === 'personal' && holder.answered;
  const state = answered ? ('answered' as const) : intake;
  const asks = state === 'open' || state === 'late';
  return {
    // Whoever tries it out is as one who was asked, and is told that it is a test.
    kind: holder.kind === 'trial' ? ('personal' as const) : holder.kind,
    ...(holder.kind === 'trial' ? { trial: true } : {}),
    state,
    operator,
    client,
    period: input.occurrence === null ? null : occurrenceTitle(input.occurrence),
    anonymous: input.survey.anonymous,
    closesOn,
    zone: input.zone.id,
    language: holder.kind === 'open' ? null : holder.language === 'en' ? ('en' as const) : ('zh' as const),
    questionnaire: asks && questionnaire ? questionnaire.json : null,
    draft: asks && holder.kind !== 'open' ? await draftOf({ database }, cycle, draftIdOf(holder, cycle, token)) : null,
  };
}

/** Keeps what somebody has filled in so far, to go on elsewhere. */
export async function saveDraft(deps: Deps, { token, ip }: Bearer, given: Answers): Promise<void> {
  const { database, clock, answers } = deps;
  const holder = await answers.holderOf(token, ip);
  if (holder.kind !== 'personal' && holder.kind !== 'trial') throw new Problem('answer-link-unknown');
  const cycle = await answers.cycleHeldBy(holder);
  if (holder.kind === 'personal' && holder.answered) throw new Problem('already-answered');
  const { questions } = askedIn(cycle, clock());
  // What is still missing is no fault of a draft.
  const faults = checkAnswers(questions, given).filter(({ code }) => code !== 'missing-answer');
  if (faults.length > 0) throw invalidAnswers(faults);
  const inviteeId = draftIdOf(holder, cycle, token);
  const { workflowId } = cycle;
  const files = await namedFiles(database, questions, given, { workflowId, holder: inviteeId });
  if (files.faults.length > 0) throw invalidAnswers(files.faults);
  const updatedAt = new Date(clock());
  if (files.ids.length > 0) {
    const held = { id: { in: files.ids }, holder: inviteeId };
    await database.answerFile.updateMany({ where: held, data: { heldAt: updatedAt } });
  }
  const data = { answers: files.answers as Prisma.InputJsonObject, updatedAt };
  await database.answerDraft.upsert({ where: { inviteeId }, create: { inviteeId, workflowId, ...data }, update: data });
}

/** @returns whether it counts, or came after the close. @throws Problem `already-answered` and what else is wrong */
export async function handIn(
  { database, clock, answers }: Deps,
  { token, ip, key }: Bearer & { key: string },
  given: Answers,
): Promise<'counted' | 'late'> {
  const nowMs = clock();
  const holder = await answers.holderOf(token, ip);
  const cycle = await answers.cycleHeldBy(holder);
  if (holder.kind === 'open') await answers.countOpen(ip);
  if (holder.kind === 'personal' && holder.answered) throw new Problem('already-answered');
  const { questions } = askedIn(cycle, nowMs);
  const faults = checkAnswers(questions, given);
  if (faults.length > 0) throw invalidAnswers(faults);
  if (holder.kind === 'trial') {
    // What was tried out is forgotten, and can be tried again.
    await database.answerDraft.deleteMany({ where: { inviteeId: holder.linkId } });
    await database.answerFile.updateMany({ where: { holder: holder.linkId }, data: { holder: null } });
    return 'counted';
  }
  if (holder.kind === 'feedback') throw new Problem('answer-link-unknown');
  const { anonymous } = cycle.input.survey;
  const respondent =
    holder.kind === 'open' ? sameRequest(holder.linkId, key) : anonymous ? anybody() : holder.inviteeId;
  const heldBy = fileHolder(holder, cycle, token);
  const own = { workflowId: cycle.workflowId, holder: heldBy, respondent };
  const files = await namedFiles(database, questions, given, own);
  if (files.faults.length > 0) throw invalidAnswers(files.faults);
  const taken = await answers.intake.take({
    workflowId: cycle.workflowId,
    anonymous,
    respondent,
    answers: files.answers,
    files: files.ids,
    receivedOn: localDateAt(cycle.input.zone, nowMs),
    receivedAt: new Date(nowMs),
    late: intakeOf(cycle, nowMs) === 'late',
    enteredBy: null,
    source: null,
    ...(holder.kind === 'personal'
      ? {
          inviteeId: holder.inviteeId,
          channel: holder.channel,
          tier: holder.tier,
          department: holder.department,
          branch: holder.branch,
          draftId: draftIdOf(holder, cycle, token),
        }
      : {
          inviteeId: null,
          channel: holder.channel,
          tier: null,
          department: null,
          branch: null,
          draftId: null,
        }),
  });
  if (taken === 'file-gone') {
    const now = holder.kind === 'personal' ? await answers.holderOf(token, ip) : holder;
    if (now.kind === 'personal' && now.answered) throw new Problem('already-answered');
    const { faults: gone } = await namedFiles(database, questions, given, own);
    throw gone.length > 0 ? invalidAnswers(gone) : new Problem('file-missing');
  }
  // What was attached and left out of the answer is given up; by an open link it may be somebody else's.
  if (taken !== 'again' && holder.kind === 'personal' && questions.some(({ type }) => type === 'file'))
    await database.answerFile.updateMany({ where: { holder: heldBy, respondent: null }, data: { holder: null } });
  if (taken !== 'again') return taken;
  if (holder.kind === 'personal') throw new Problem('already-answered');
  return 'counted'; // the same request once more: its answer is there
}

/** The questionnaire that is answered now. @throws Problem `survey-not-open`, `survey-over` */
export function askedIn(cycle: Cycle, nowMs: number): Questionnaire {
  const intake = intakeOf(cycle, nowMs);
  if (intake === 'not-open' || !cycle.questionnaire) throw new Problem('survey-not-open');
  if (intake === 'over') throw new Problem('survey-over');
  return cycle.questionnaire;
}

export function invalidAnswers(faults: ReturnType<typeof checkAnswers>): Problem {
  return new Problem('invalid-answers', {
    errors: faults.map(({ path, message, cure }) => ({ path: path === '' ? 'answers' : path, message, cure })),
  });
}

/** Under what a draft is kept: where answers are anonymous, under a word that its token alone leads to. */
function draftIdOf(
  holder: Extract<Holder, { kind: 'personal' | 'trial' }>,
  { input }: Pick<Cycle, 'input'>,
  token: string,
): string {
  if (holder.kind === 'trial') return holder.linkId;
  const { inviteeId } = holder;
  return input.survey.anonymous ? derivedId('answer-draft', token) : inviteeId;
}

/** Under what files are held until they are handed in: as drafts are; by an open link, under that link. */
export function fileHolder(holder: Exclude<Holder, { kind: 'feedback' }>, cycle: Cycle, token: string): string {
  return holder.kind === 'open' ? derivedId('answer-file', holder.linkId) : draftIdOf(holder, cycle, token);
}

async function draftOf(
  { database }: Pick<ApiDeps, 'database'>,
  { questionnaire }: Cycle,
  inviteeId: string,
): Promise<Answers | null> {
  const draft = await database.answerDraft.findUnique({ where: { inviteeId } });
  if (draft === null) return null;
  return withFileNames(database, questionnaire?.questions ?? [], draft.answers as Answers, inviteeId);
}
