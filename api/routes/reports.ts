import { Readable } from 'node:stream';
import { z } from 'zod';
import type { ReportLanguage } from '../reports/document.ts';
import { REPORT_CSP } from '../reports/html.ts';
import {
  MEDIA_TYPES,
  REPORT_FORMATS,
  type ReportFormat,
  type ReportModel,
  makeReport,
} from '../reports/make-report.ts';
import { reportsOf } from '../reports/listing.ts';
import { reportList, reportQuery } from '../reports/listing-schema.ts';
import { periodDays } from '../reports/period-report.ts';
import { publicationOf } from '../reports/publication.ts';
import { recordedPeriodReport, recordedSurveyReport } from '../reports/recorded.ts';
import { type Answer, route } from '../route.ts';
import { idParams } from '../schemas.ts';
import { surveyParams } from '../surveys/schema.ts';

const format = z.enum(REPORT_FORMATS);
const query = z.object({
  language: z.enum(['zh', 'en']).optional().meta({ description: 'Without it, the language that the request prefers' }),
});
const answers = {
  200: {
    description: 'A page without scripts (html), a PDF, or a workbook with numbers as numbers (xlsx)',
    schema: z.string(),
    mediaType: 'application/octet-stream',
  },
};

export const listReports = route({
  id: 'listReports',
  method: 'get',
  path: '/reports',
  summary: 'Reports of all agreements that the reader may see: asked for by contracts, of survey cycles, certificates',
  access: 'record.read',
  narrows: true,
  query: reportQuery,
  answers: { 200: { description: 'One page', schema: reportList } },
  handle: async ({ deps, query: asked, ownOf }) => ({ status: 200, body: await reportsOf(deps, { asked, ownOf }) }),
});

export const getSurveyReport = route({
  id: 'getSurveyReport',
  method: 'get',
  path: '/agreements/{id}/surveys/{survey}/report.{format}',
  summary: 'The report of a cycle: figures with intervals, groups, earlier cycles, findings, the analyst’s judgement',
  access: 'record.read',
  params: surveyParams.extend({ format }),
  query,
  answers,
  handle: async ({ deps, params, query: { language: chosen }, language }) => {
    const { id: agreementId, survey: id } = params;
    const model = await recordedSurveyReport(deps.database, { agreementId, id, nowMs: deps.clock() });
    return file(model, params.format, chosen ?? language, `report-${model.reference}`);
  },
});

export const getSurveyPublication = route({
  id: 'getSurveyPublication',
  method: 'get',
  path: '/agreements/{id}/surveys/{survey}/publication.{format}',
  summary: 'What staff are shown of a cycle: results and how the measures stand; no group, no name, no word of anybody',
  access: 'agreements.read',
  params: surveyParams.extend({ format }),
  query,
  answers,
  handle: async ({ deps, params, query: { language: chosen }, language }) => {
    const { id: agreementId, survey: id } = params;
    const model = await recordedSurveyReport(deps.database, { agreementId, id, nowMs: deps.clock() });
    return file(publicationOf(model), params.format, chosen ?? language, `results-${model.reference}`);
  },
});

export const getPeriodReport = route({
  id: 'getPeriodReport',
  method: 'get',
  path: '/agreements/{id}/reports/{period}.{format}',
  summary:
    'All that was done in a quarter, a half-year or a year: surveys, visits, feedback, improvements; or that nothing was',
  access: 'record.read',
  params: idParams.extend({
    period: z
      .string()
      .refine((period) => periodDays(period) !== undefined, { message: 'a period such as 2027-Q1, 2027-H1 or 2027' })
      .meta({ examples: ['2027-Q1', '2027-H1', '2027'] }),
    format,
  }),
  query,
  answers,
  handle: async ({ deps, params, query: { language: chosen }, language }) => {
    const { id: agreementId, period } = params;
    const { from, until } = periodDays(period) as { from: string; until: string };
    const model = await recordedPeriodReport(deps.database, { agreementId, period, from, until, nowMs: deps.clock() });
    return file(model, params.format, chosen ?? language, `report-${period}`);
  },
});

async function file(model: ReportModel, as: ReportFormat, language: ReportLanguage, name: string): Promise<Answer> {
  const bytes = await makeReport(as, language, model);
  return {
    status: 200,
    headers: {
      'Content-Type': MEDIA_TYPES[as],
      'Content-Length': String(bytes.length),
      'Content-Disposition': `${as === 'html' ? 'inline' : 'attachment'}; filename="${name.replace(/[^\w.-]/g, '_')}.${language}.${as}"`,
      'Content-Security-Policy': `${REPORT_CSP}; frame-ancestors 'none'; sandbox`,
      'Cache-Control': 'no-store',
    },
    stream: Readable.from([bytes]),
  };
}
