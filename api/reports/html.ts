import { createHash } from 'node:crypto';
import { chartSvg } from './chart.ts';
import type { Block, Cell, Column, ReportDocument, Table } from './document.ts';
import { cellText } from './figure-text.ts';
import { momentText } from './moment.ts';

const STYLE = `
:root{color-scheme:light}
body{font-family:"Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:#1f2937;background:#fff;line-height:1.6;margin:0 auto;max-width:52rem;padding:2rem 1.25rem}
h1{font-size:1.6rem;line-height:1.3;margin:0}
.subtitle{font-size:1.1rem;color:#4b5563;margin:.25rem 0 1.25rem}
h2{font-size:1.15rem;margin:2rem 0 .5rem;padding-bottom:.25rem;border-bottom:2px solid #2b6cb0}
p{margin:.5rem 0;overflow-wrap:anywhere;white-space:pre-line}
.summary{background:#eff6ff;border-left:4px solid #2b6cb0;padding:.5rem 1rem;margin:1.25rem 0}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.2rem 1rem;margin:.75rem 0}
dt{color:#4b5563}
dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.75rem 0;font-size:.92rem}
caption{text-align:left;color:#4b5563;padding-bottom:.25rem}
th,td{border:1px solid #d5dae1;padding:.3rem .55rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f3f5f8;font-weight:600}
td.number,th.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
svg{max-width:100%;height:auto;display:block}
figure{margin:.75rem 0}
.blank{border-bottom:1px solid #9ca3af;height:2.2rem}
footer{margin-top:2.5rem;color:#4b5563;font-size:.85rem;border-top:1px solid #d5dae1;padding-top:.5rem}
@page{size:A4;margin:18mm 16mm}
@media print{body{max-width:none;padding:0}h2{break-after:avoid}tr,figure{break-inside:avoid}thead{display:table-header-group}}
`;

/** What such a page may do: show itself, and be styled by its own style sheet. */
export const REPORT_CSP = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The report as one page that needs nothing else: no script, no image, nothing from anywhere. */
export function reportHtml(report: ReportDocument): string {
  const { language, title, subtitle, facts, summary, sections, footer, madeAtMs, zone } = report;
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(REPORT_CSP)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="date" content="${new Date(madeAtMs).toISOString()}">
<title>${escaped(`${title} ${subtitle}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p class="subtitle">${escaped(subtitle)}</p>
${factList(facts)}
</header>
<main>
${summary.length === 0 ? '' : `<div class="summary">${paragraphs(summary)}</div>`}
${sections
  .map(
    (section) => `<section>\n<h2>${escaped(section.title)}</h2>\n${section.blocks.map(block).join('\n')}\n</section>`,
  )
  .join('\n')}
</main>
<footer><p>${escaped(footer)}</p><p>${escaped(momentText(madeAtMs, zone, language))}</p></footer>
</body>
</html>
`;
}

function block(one: Block): string {
  switch (one.kind) {
    case 'text':
      return paragraphs(one.paragraphs);
    case 'facts':
      return factList(one.rows);
    case 'table':
      return table(one);
    case 'bars':
    case 'trend':
      return `<figure>${chartSvg(one)}</figure>`;
    case 'blank':
      return '<div class="blank"></div>'.repeat(one.lines);
  }
}

function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p>${escaped(text)}</p>`).join('\n');
}

function factList(rows: readonly [string, Cell][]): string {
  if (rows.length === 0) return '';
  const items = rows.map(([label, cell]) => `<dt>${escaped(label)}</dt><dd>${escaped(cellText(cell))}</dd>`);
  return `<dl>\n${items.join('\n')}\n</dl>`;
}

function table({ caption, columns, rows }: Table): string {
  const align = ({ kind }: Column): string => (kind === 'text' ? '' : ' class="number"');
  const head = columns.map((column) => `<th scope="col"${align(column)}>${escaped(column.label)}</th>`).join('');
  const body = rows.map(
    (row) =>
      `<tr>${row.map((cell, index) => `<td${align(columns[index] ?? { label: '', kind: 'text' })}>${escaped(cellText(cell))}</td>`).join('')}</tr>`,
  );
  return `<div class="wide"><table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
