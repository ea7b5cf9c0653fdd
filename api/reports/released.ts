import { Readable } from 'node:stream';
import type { ApiDeps } from '../deps.ts';
import type { BroughtDocument } from '../upload.ts';
import type { ReportLanguage } from './document.ts';
import { makeReport } from './make-report.ts';
import { type AnalystWords, recordedSurveyReport } from './recorded.ts';

const LANGUAGES: Record<ReportLanguage, string> = { zh: '满意度调查报告.pdf', en: 'survey-report.pdf' };

/** The report of a cycle as it is released where nobody brings one: a PDF in each language, kept as documents are. */
export async function releasedReport(
  { database, documents, clock }: Pick<ApiDeps, 'database' | 'documents' | 'clock'>,
  about: { agreementId: string; id: string; words: AnalystWords },
): Promise<BroughtDocument[]> {
  const model = await recordedSurveyReport(database, { ...about, nowMs: clock() });
  const made: BroughtDocument[] = [];
  for (const [language, fileName] of Object.entries(LANGUAGES) as [ReportLanguage, string][]) {
    const bytes = await makeReport('pdf', language, model);
    made.push({ ...(await documents.put(Readable.from([bytes]), fileName)), fileName });
  }
  return made;
}
