import type { Database } from '../../prisma/database.ts';
import { type Belonging, surveyProcess } from '../process/rows.ts';

/** Ids of what the surveys of an agreement ask about: by its template and terms, and in questionnaires so far. */
export async function knownDimensions(database: Database, { agreementId, titles }: Belonging): Promise<string[]> {
  const rows = await database.process.findMany({ where: { agreementId, type: 'survey' } });
  const asked = rows.flatMap((row) => Object.keys(surveyProcess(row).state.questionnaire?.dimensions ?? {}));
  return [...new Set([...Object.keys(titles.dimensions), ...asked])];
}
