import { createHash } from 'node:crypto';
import type { ImprovementInput } from '../domain/improvement/command.ts';
import { type CountedAnswer, analyse } from '../domain/survey/analysis.ts';
import type { SurveyInput } from '../domain/survey/compiled.ts';
import { readQuestions } from '../domain/survey/questionnaire.ts';
import type { SurveyState } from '../domain/survey/state.ts';
import type { Database } from '../prisma/database.ts';
import { agreementClocks } from './agreement-clocks.ts';
import { canonicalJson } from './chain.ts';
import type { Activities } from './index.ts';

/**
 * Analyses the answers of a cycle that came in time. What came before the close was recorded is stored by then, because
 * whoever stores answers holds the cycle's row (api/answers/intake.ts).
 */
export function createAnalyse({ database }: { database: Database }): Activities['analyse'] {
  return async ({ workflowId }) => {
    const process = await database.process.findUniqueOrThrow({ where: { workflowId } });
    const { survey } = process.input as unknown as SurveyInput;
    const { questionnaire, sample } = process.snapshot as unknown as Pick<SurveyState, 'questionnaire' | 'sample'>;
    if (questionnaire === null || sample === null) throw new Error('a cycle was closed that was never published');
    const [{ json }, rows, late, invitees, organisations] = await Promise.all([
      database.questionnaire.findUniqueOrThrow({ where: { sha256: questionnaire.sha256 } }),
      database.answer.findMany({ where: { workflowId, late: false }, orderBy: { cursor: 'asc' } }),
      database.answer.count({ where: { workflowId, late: true } }),
      database.invitee.count({
        where: {
          workflowId,
          OR: [{ answered: true }, { wave: { not: null }, status: { not: 'bounced' } }, { status: 'merged' }],
        },
      }),
      database.organisation.findMany({ select: { id: true, parentId: true } }),
    ]);
    const read = readQuestions(json);
    if ('problems' in read) throw new Error('a published questionnaire cannot be read');
    const counted = rows.map(({ cursor, channel, tier, department, branch, answers }) => ({
      cursor: String(cursor),
      channel,
      tier,
      department,
      branch,
      answers: answers as CountedAnswer['answers'],
    }));
    const figures = analyse(counted, read.questions, {
      survey,
      questionnaire,
      population: sample.population,
      drawn: sample.drawn,
      reached: invitees,
      late,
      returned: counted.filter(({ tier }) => tier !== null).length, // whoever came by an open link is in no tier
      organisations: Object.fromEntries(organisations.map(({ id, parentId }) => [id, parentId])),
    });
    await forgetTraces(database, workflowId, survey);
    return {
      figures,
      answersSha256: createHash('sha256').update(canonicalJson(counted)).digest('hex'),
      underWay: await underWay(database, process.agreementId),
      ...(await agreementClocks(database, process.agreementId)).standstill,
    };
  };
}

const UNDER_WAY = ['raised', 'classified', 'planned', 'approved', 'implemented'];

/** Improvements of an agreement whose effect is not proven yet, by dimension; the oldest of each. */
async function underWay(database: Database, agreementId: string): Promise<Record<string, string>> {
  const open = await database.process.findMany({
    where: { agreementId, type: 'improvement', status: { in: UNDER_WAY } },
    orderBy: [{ createdAt: 'desc' }, { workflowId: 'desc' }],
    select: { workflowId: true, input: true },
  });
  return Object.fromEntries(
    open.flatMap(({ workflowId, input }) => {
      const { dimension } = (input as unknown as ImprovementInput).finding;
      return dimension === null ? [] : [[dimension, workflowId]];
    }),
  );
}

/**
 * Drafts are over. An anonymous answer and the mark on whoever gave it were written in one transaction, whose number
 * PostgreSQL keeps with both rows: the marks are written anew, all in one.
 */
async function forgetTraces(
  database: Database,
  workflowId: string,
  { anonymous }: SurveyInput['survey'],
): Promise<void> {
  await database.$executeRaw`
    DELETE FROM answer_draft
    WHERE workflow_id = ${workflowId} OR invitee_id IN (SELECT id FROM invitee WHERE workflow_id = ${workflowId})`;
  if (anonymous) {
    await database.$executeRaw`UPDATE invitee SET answered = answered WHERE workflow_id = ${workflowId}`;
  }
}
