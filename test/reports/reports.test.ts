import { createHash } from 'node:crypto';
import Excel from 'exceljs';
import { Big } from 'big.js';
import { expect, test, vi } from 'vitest';
import { figureText } from '../../api/reports/figure-text.ts';
import { type ReportModel, makeReport } from '../../api/reports/make-report.ts';
import { periodDays } from '../../api/reports/period-report.ts';
import { publicationOf } from '../../api/reports/publication.ts';
import type { SurveyReport } from '../../api/reports/survey-report.ts';
import type { Estimate, Figures, Measures } from '../../domain/survey/figures.ts';
import { pdfPages } from './pdf-text.ts';
import { nilPeriod, sampleFigures, samplePeriod, sampleReport } from './sample-reports.ts';

const LANGUAGES = ['zh', 'en'] as const;

const html = async (model: ReportModel, language: 'zh' | 'en' = 'zh'): Promise<string> =>
  (await makeReport('html', language, model)).toString();
const pdf = async (model: ReportModel, language: 'zh' | 'en' = 'zh'): Promise<string[]> =>
  pdfPages(await makeReport('pdf', language, model));

/** The rows of all sheets of a workbook, as values. */
async function sheets(model: ReportModel, language: 'zh' | 'en' = 'zh'): Promise<Record<string, unknown[][]>> {
  const book = new Excel.Workbook();
  await book.xlsx.load((await makeReport('xlsx', language, model)) as unknown as ArrayBuffer);
  return Object.fromEntries(
    book.worksheets.map((sheet) => [
      sheet.name,
      sheet
        .getSheetValues()
        .slice(1)
        .map((row) => ((row ?? []) as unknown[]).slice(1)),
    ]),
  );
}

function withFigures(change: Partial<Figures>, more: Partial<SurveyReport> = {}): SurveyReport {
  return { ...sampleReport, ...more, figures: { ...sampleFigures, ...change } };
}

const number = (value: string): number => new Big(value).toNumber();
const numbers = (estimate: Estimate | null): (number | undefined)[] =>
  estimate === null ? [undefined, undefined, undefined] : [estimate.value, estimate.low, estimate.high].map(number);
const cellsOf = ({ n, mean, satisfied }: Measures): (number | undefined)[] => [
  n,
  ...numbers(mean),
  ...numbers(satisfied),
];

test('every figure stands in the workbook as a number with all its decimals (S001b-51)', async () => {
  const book = await sheets(sampleReport);
  const row = (sheet: string, name: string): unknown[] => {
    const found = book[sheet]?.find(([first]) => String(first).trim() === name);
    if (!found) throw new Error(`no ${name} in ${sheet}, there is ${Object.keys(book).join(', ')}`);
    return found;
  };
  const dimensionSheet = Object.keys(book).find((name) => name.startsWith('各维度结果')) ?? '';
  for (const { id, weight, measures, parts } of sampleFigures.dimensions) {
    expect(row(dimensionSheet, sampleReport.titles.dimensions[id]?.zh ?? '').slice(1)).toEqual([
      number(weight),
      ...cellsOf(measures),
    ]);
    for (const part of parts) {
      const [, none, ...cells] = row(dimensionSheet, sampleReport.titles.parts[part.id]?.zh ?? '');
      expect([none, ...cells]).toEqual([undefined, ...cellsOf(part.measures)]);
    }
  }
  const { overall, responseRate, coverage, score } = sampleFigures;
  expect(row('总体结果', '答卷平均分').slice(1)).toEqual([overall.n, ...numbers(overall.mean)]);
  expect(row('总体结果', '满意率（最高两档）').slice(1)).toEqual([overall.n, ...numbers(overall.satisfied)]);
  expect(row('总体结果', '净推荐值（NPS）').slice(2)).toEqual(numbers(overall.nps));
  expect(row('总体结果', '回收率').slice(2)).toEqual(numbers(responseRate));
  expect(row('总体结果', '覆盖率').slice(2)).toEqual(numbers(coverage));
  expect(row('总体结果', '综合得分（1–5 分，按权重）')[2]).toBe(number(score ?? ''));
  expect(row('按客户层级', '重点客户').slice(1)).toEqual([
    ...cellsOf(sampleFigures.groups[0]?.measures as Measures),
    16.3934,
  ]);
});

const FORMATS = [
  ['page', (language: 'zh' | 'en') => html(sampleReport, language)],
  ['PDF', async (language: 'zh' | 'en') => (await pdf(sampleReport, language)).join('\n')],
] as const;

test.each(FORMATS)('every figure stands on the %s, rounded half-up', async (_format, make) => {
  for (const language of LANGUAGES) {
    const text = await make(language);
    const shown = (estimate: Estimate | null, unit: 'score' | 'share' | 'nps'): void => {
      if (estimate === null) return;
      expect(text).toContain(figureText({ value: estimate.value, unit }));
      const { low, high } = estimate;
      expect(text).toContain(`${figureText({ value: low, unit })} – ${figureText({ value: high, unit })}`);
    };
    const all = [
      sampleFigures.overall,
      ...sampleFigures.dimensions.flatMap(({ measures, parts }) => [measures, ...parts.map((part) => part.measures)]),
      ...sampleFigures.groups.flatMap(({ measures }) => measures ?? []),
    ];
    for (const { n, mean, satisfied } of all) {
      expect(text).toContain(String(n));
      shown(mean, 'score');
      shown(satisfied, 'share');
    }
    shown(sampleFigures.overall.nps, 'nps');
    shown(sampleFigures.responseRate, 'share');
    for (const { score } of sampleReport.earlier)
      expect(text).toContain(figureText({ value: score ?? '', unit: 'score' }));
    expect(text).toContain(language === 'zh' ? '综合得分较上期上升 0.12 分' : 'the score rose by 0.12');
  }
});

test('4.0726 and 4.005 are shown as 4.07 and 4.01; a share of 0.8235 as 82.4 %, −12.45 as −12.5', () => {
  expect(figureText({ value: '4.0726', unit: 'score' })).toBe('4.07');
  expect(figureText({ value: '4.005', unit: 'score' })).toBe('4.01');
  expect(figureText({ value: '0.8235', unit: 'share' })).toBe('82.4%');
  expect(figureText({ value: '-12.45', unit: 'nps' })).toBe('−12.5');
  expect(figureText({ value: '-0.0400', unit: 'nps' })).toBe('0.0');
});

test('the verdict is said in words with the unrounded score, so that 4.1960 is not "4.20, missed" (S000-04)', async () => {
  const missed = withFigures({ verdict: { outcome: 'missed', measure: 'score', value: '4.1960', target: '4.2' } });
  expect(await html(missed)).toContain('结论：未达到约定目标。综合得分 4.196 分（满分 5 分），目标为不低于 4.2 分。');
  const reached = withFigures({
    verdict: { outcome: 'reached', measure: 'satisfied', value: '90.0000', target: '90' },
  });
  expect(await html(reached, 'en')).toContain('the agreed target is reached (satisfied 90%; at least 90% was agreed)');
});

test('below the agreed minimum sample the report says so and gives no verdict (S003-S-14)', async () => {
  const few = withFigures({ answered: 42, verdict: { outcome: 'none', why: 'below-minimum' } });
  const zh = await html(few);
  expect(zh).toContain('有效答卷 42 份，少于约定的最低样本量 100 份，不作达标结论');
  expect(zh).not.toMatch(/达到约定目标|未达到/);
  expect(zh).not.toContain('目标 4.2');
  expect((await pdf(few, 'en')).join('').replaceAll('\n', ' ')).toContain('No verdict: 42 answers');
  const none = withFigures({ verdict: { outcome: 'none', why: 'no-target' } });
  expect(await html(none)).toContain('协议没有约定目标值');
});

test('a group that is withheld is named as such, without any figure, in every format', async () => {
  const page = await html(sampleReport);
  const [row = ''] = /<tr><td>华南分公司[\s\S]*?<\/tr>/.exec(page) ?? [];
  expect(row.replace(/<[^>]+>/g, '')).toBe(`华南分公司（不予列示）${'—'.repeat(5)}`);
  const sheet = (await sheets(sampleReport))['按分支机构'] ?? [];
  expect(sheet.find(([name]) => name === '西部办事处（不予列示）')?.slice(1)).toEqual([]);
  expect(page).toContain('答卷不足 5 份的分组');
  const open = withFigures({ groups: sampleFigures.groups.filter(({ measures }) => measures !== null) });
  expect(await html(open)).not.toContain('答卷不足 5 份的分组');
  expect((await pdf(sampleReport)).join('')).toContain('华南分公司（不予列示）');
});

test('a half-year in which nothing was done has a nil report that says so (S003-S-09)', async () => {
  expect(await html(nilPeriod)).toContain('零报告：本报告期内没有应完成或已截止的调查');
  const pages = await pdf(nilPeriod, 'en');
  expect(pages).toHaveLength(1);
  expect(pages[0]).toContain('Nil report');
  expect(pages[0]).toContain('Half-yearly report');
  expect(Object.keys(await sheets(nilPeriod))).toHaveLength(1);
});

test('a half-year compiles cycles, visits, feedback and improvements (S003-S-08)', async () => {
  const page = await html(samplePeriod);
  expect(page).toContain('2027-01-01（周五）至 2027-06-30（周三）');
  expect(page).toContain('应开展或截止的调查 2 期，其中已截止 2 期、未按期开展 0 期；走访 10 次；收到反馈 17 件');
  const book = await sheets(samplePeriod);
  const rows = book['满意度调查'] ?? [];
  expect(rows[1]).toEqual([
    '季度满意度调查（2027 年第一季度）',
    '报告已发布',
    '2027-03-08',
    214,
    0.8231,
    4.0726,
    0.7383,
    31.7757,
    '未达到目标',
  ]);
  expect(book['改进事项']?.[1]?.slice(3, 5)).toEqual(['措施实施中', '1/3 项已完成，1 项逾期']);
});

test('periods are quarters, half-years and years of the calendar', () => {
  expect(periodDays('2027-Q1')).toEqual({ from: '2027-01-01', until: '2027-03-31' });
  expect(periodDays('2028-H1')).toEqual({ from: '2028-01-01', until: '2028-06-30' });
  expect(periodDays('2027-H2')).toEqual({ from: '2027-07-01', until: '2027-12-31' });
  expect(periodDays('2027')).toEqual({ from: '2027-01-01', until: '2027-12-31' });
  for (const wrong of ['2027-Q5', '2027-H3', '2027-Q', '27-Q1', '2027-03', 'x'])
    expect(periodDays(wrong)).toBeUndefined();
});

test('staff are shown results and measures, no group, no party, no word of the analyst (S004-26)', async () => {
  const published = publicationOf(sampleReport);
  for (const text of [
    await html(published),
    (await pdf(published)).join('\n'),
    JSON.stringify(await sheets(published)),
  ]) {
    expect(text).toContain('4.07');
    expect(text).toContain('措施实施中');
    for (const secret of ['华东分公司', '重点客户', '华讯', '云帆', '回电', '上门回访', '7f3c19d2']) {
      expect(text).not.toContain(secret);
    }
  }
  const few = publicationOf(withFigures({ answered: 4, verdict: { outcome: 'none', why: 'no-target' } }));
  expect(await html(few)).not.toContain('各维度结果');
});

const NASTY = '<script>alert(1)</script>"\'&';

test('names and words cannot bring markup into the page, nor formulas into the workbook', async () => {
  const nasty: SurveyReport = {
    ...sampleReport,
    agreement: { ...sampleReport.agreement, parties: [{ role: { zh: '甲方', en: 'A' }, name: NASTY }] },
    titles: {
      ...sampleReport.titles,
      dimensions: { ...sampleReport.titles.dimensions, communication: { zh: NASTY, en: NASTY } },
      groups: { 'tier/key': { zh: '=HYPERLINK("http://x")', en: '@SUM(1)' } },
    },
    judgement: '=cmd|calc!A1\n+1',
    recommendations: null,
  };
  const page = await html(nasty);
  expect(page).not.toMatch(/<script|<img|javascript:/i);
  expect(page).toContain('&#60;script&#62;');
  const book = new Excel.Workbook();
  await book.xlsx.load((await makeReport('xlsx', 'zh', nasty)) as unknown as ArrayBuffer);
  const cells = book.worksheets.flatMap((sheet) =>
    sheet.getSheetValues().flatMap((row) => ((row ?? []) as unknown[]).filter((cell) => cell !== undefined)),
  );
  for (const cell of cells) {
    expect(['string', 'number']).toContain(typeof cell);
    expect(String(cell)).not.toMatch(/^[=+@\t]/);
  }
  expect(cells).toContain('\'=HYPERLINK("http://x")');
  expect((await pdf(nasty)).join('')).toContain('<script>alert(1)');
});

test('the page needs nothing from anywhere, and its policy lets its own style alone in', async () => {
  const page = await html(sampleReport);
  expect(page).not.toMatch(/ style=|<link|<script|url\(|@import|src=/);
  expect(page.match(/https?:[^"<]*/g)).toEqual(['http://www.w3.org/2000/svg', 'http://www.w3.org/2000/svg']);
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(page.replaceAll('&#39;', "'")).toContain(`style-src 'sha256-${hash}'`);
  expect(page).toMatch(/<html lang="zh-Hans">/);
  expect(page.match(/<svg role="img" aria-label="[^"]+"/g)).toHaveLength(2);
});

test('the PDF has its fonts inside, page numbers, title and language', async () => {
  const bytes = await makeReport('pdf', 'zh', sampleReport);
  const file = bytes.toString('latin1');
  expect(file.match(/\/FontFile3 /g)).toHaveLength(2);
  expect(file).not.toMatch(/\/BaseFont \/(Helvetica|Times)/);
  expect(bytes.length).toBeLessThan(400_000);
  const pages = pdfPages(bytes);
  expect(pages.length).toBeGreaterThan(2);
  pages.forEach((text, index) => expect(text).toContain(`第 ${index + 1} 页，共 ${pages.length} 页`));
  expect(pages[0]).toContain('季度满意度调查报告');
  expect(file).toContain('/Lang (zh-Hans)');
});

test('the same report is the same bytes, whenever it is made', async () => {
  for (const format of ['html', 'pdf', 'xlsx'] as const) {
    vi.setSystemTime('2027-04-20T02:00:00Z');
    const first = await makeReport(format, 'en', sampleReport);
    vi.setSystemTime('2031-01-01T03:04:05Z');
    expect(first.equals(await makeReport(format, 'en', sampleReport))).toBe(true);
    vi.useRealTimers();
  }
});

test('without a judgement there is room for it', async () => {
  const blank = { ...sampleReport, judgement: null, recommendations: null };
  expect((await html(blank)).match(/<div class="blank">/g)).toHaveLength(5);
  expect(await html(sampleReport)).not.toContain('class="blank"');
  expect(await html(sampleReport)).toContain('建议：设立回电台账');
});
