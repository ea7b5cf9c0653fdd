import { type Figures, OVERALL, SMALLEST_GROUP } from '../../domain/survey/figures.ts';
import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import type { Instant, Text } from '../../domain/time.ts';
import type { Cell, ReportDocument, ReportLanguage, Section } from './document.ts';
import {
  type ReportedAgreement,
  type ReportedImprovement,
  type SurveyReport,
  count,
  improvementTable,
  verdictWords,
} from './survey-report.ts';

/**
 * What staff are shown of a cycle (S004-26): its results as a whole and by dimension, and how the measures stand. No group,
 * no word of a customer or of the analyst, no name of anybody.
 */
export interface Publication {
  kind: 'publication';
  agreement: ReportedAgreement;
  title: Text;
  occurrence: string | null;
  reference: string;
  figures: Figures | null;
  minimumSample: number | null;
  titles: Pick<SurveyReport['titles'], 'dimensions'>;
  improvements: ReportedImprovement[];
  madeAtMs: Instant;
}

/** What may be published of a cycle's report. */
export function publicationOf(report: SurveyReport): Publication {
  const { agreement, title, occurrence, reference, figures, minimumSample, improvements, madeAtMs } = report;
  return {
    kind: 'publication',
    agreement: { ...agreement, parties: [] },
    title,
    occurrence,
    reference,
    figures: figures && { ...figures, groups: [] },
    minimumSample,
    titles: { dimensions: report.titles.dimensions },
    improvements,
    madeAtMs,
  };
}

/** The publication in one language. */
export function publicationDocument(publication: Publication, language: ReportLanguage): ReportDocument {
  const say = (text: Text): string => text[language];
  const { agreement, title, occurrence, reference, figures, minimumSample, madeAtMs } = publication;
  const which = (occurrence === null ? reference : say(occurrenceTitle(occurrence))).replace(/^the /, '');
  const name = say({ zh: `${title.zh}结果公布`, en: `Results: ${title.en}` });
  return {
    language,
    title: name,
    subtitle: which,
    facts: [[say({ zh: '协议', en: 'Agreement' }), say(agreement.title)]],
    summary: verdictWords({ figures, minimumSample }, language),
    sections: [
      ...(figures === null || figures.answered < SMALLEST_GROUP ? [] : results(publication, figures, language)),
      {
        title: say({ zh: '改进措施进展', en: 'How the measures stand' }),
        blocks:
          publication.improvements.length === 0
            ? [{ kind: 'text', paragraphs: [say({ zh: '本期没有改进事项。', en: 'There are no improvements.' })] }]
            : [improvementTable(publication.improvements, language)],
      },
      {
        title: say({ zh: '说明', en: 'Note' }),
        blocks: [
          {
            kind: 'text',
            paragraphs: [
              say({
                zh: '本页面向员工公布，不含客户姓名、联系方式、单份答卷和分组结果。',
                en: 'This page is for staff. It names no customer and shows no single answer and no group.',
              }),
            ],
          },
        ],
      },
    ],
    footer: `${name} · ${which}`,
    pageOf: (page, pages) => say({ zh: `第 ${page} 页，共 ${pages} 页`, en: `Page ${page} of ${pages}` }),
    madeAtMs,
    zone: agreement.zone,
  };
}

function results({ titles }: Publication, figures: Figures, language: ReportLanguage): Section[] {
  const say = (text: Text): string => text[language];
  const { score, overall, scale, answered, responseRate } = figures;
  const own = figures.dimensions.filter(({ id }) => id !== OVERALL);
  const named = (id: string): string => say(titles.dimensions[id] ?? { zh: id, en: id });
  const shown = own.flatMap(({ id, measures: { mean } }) =>
    mean === null ? [] : [{ label: named(id), value: mean.value, low: mean.low, high: mean.high }],
  );
  const rows: [string, Cell][] = [
    [say({ zh: '有效答卷', en: 'Answers' }), count(answered)],
    [say({ zh: '回收率', en: 'Response rate' }), responseRate && { value: responseRate.value, unit: 'share' }],
    [
      say({ zh: `综合得分（${scale.min}–${scale.max} 分）`, en: `Score (${scale.min}–${scale.max})` }),
      score === null ? null : { value: score, unit: 'score' },
    ],
    [say({ zh: '满意率', en: 'Satisfied' }), overall.satisfied && { value: overall.satisfied.value, unit: 'share' }],
    ...(overall.nps === null ? [] : [['NPS', { value: overall.nps.value, unit: 'nps' }] as [string, Cell]]),
  ];
  return [
    {
      title: say({ zh: '结果', en: 'Results' }),
      blocks: [
        { kind: 'facts', rows },
        ...(shown.length === 0
          ? []
          : [
              {
                kind: 'bars' as const,
                caption: say({ zh: '各维度平均分及 95% 置信区间', en: 'Mean by dimension with its 95 % interval' }),
                unit: 'score' as const,
                scale,
                bars: shown,
              },
            ]),
        {
          kind: 'table',
          caption: say({ zh: '各维度结果', en: 'Results by dimension' }),
          columns: [
            { label: say({ zh: '维度', en: 'Dimension' }), kind: 'text' },
            { label: say({ zh: '答卷数', en: 'Answers' }), kind: 'figure' },
            { label: say({ zh: '平均分', en: 'Mean' }), kind: 'figure' },
            { label: say({ zh: '满意率', en: 'Satisfied' }), kind: 'figure' },
          ],
          rows: own.map(({ id, measures: { n, mean, satisfied } }) => [
            named(id),
            count(n),
            mean && { value: mean.value, unit: 'score' },
            satisfied && { value: satisfied.value, unit: 'share' },
          ]),
        },
      ],
    },
  ];
}
