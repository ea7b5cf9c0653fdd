import type { ReportDocument, ReportLanguage } from './document.ts';
import { reportHtml } from './html.ts';
import { reportPdf } from './pdf.ts';
import { type PeriodReport, periodDocument } from './period-report.ts';
import { type Publication, publicationDocument } from './publication.ts';
import { type SurveyReport, surveyDocument } from './survey-report.ts';
import { reportXlsx } from './xlsx.ts';

export const REPORT_FORMATS = ['html', 'pdf', 'xlsx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const MEDIA_TYPES: Record<ReportFormat, string> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export type ReportModel = SurveyReport | PeriodReport | Publication;

/** A report as a file: the same words and figures in every format. */
export async function makeReport(format: ReportFormat, language: ReportLanguage, model: ReportModel): Promise<Buffer> {
  const report = documentOf(model, language);
  switch (format) {
    case 'html':
      return Buffer.from(reportHtml(report));
    case 'pdf':
      return reportPdf(report);
    case 'xlsx':
      return reportXlsx(report);
  }
}

function documentOf(model: ReportModel, language: ReportLanguage): ReportDocument {
  switch (model.kind) {
    case 'survey':
      return surveyDocument(model, language);
    case 'period':
      return periodDocument(model, language);
    case 'publication':
      return publicationDocument(model, language);
  }
}
