import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import type { Bars, Trend } from './document.ts';
import { figureText } from './figure-text.ts';

use([BarChart, CustomChart, LineChart, GridComponent, MarkLineComponent, LabelLayout, SVGRenderer]);

const WIDTH = 680;
const BAR_HEIGHT = 34;
const INK = '#1f2937';
const GREY = '#d5dae1';
const BLUE = '#2b6cb0';
const RED = '#b42318';
/** So much of a label is beside the bars; the table below has it whole. */
const LABEL_CHARS = 14;

/** A chart as one SVG element, without scripts, styles or ids: the same for the same figures. */
export function chartSvg(chart: Bars | Trend): string {
  const height = chart.kind === 'bars' ? 70 + chart.bars.length * BAR_HEIGHT : 240;
  const drawn = init(null, undefined, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    drawn.setOption({ animation: false, ...(chart.kind === 'bars' ? barsOption(chart) : trendOption(chart)) });
    return plain(drawn.renderToSVGString(), chart.caption);
  } finally {
    drawn.dispose();
  }
}

const text = { color: INK, fontSize: 12 };
const lines = { lineStyle: { color: GREY } };

function barsOption({ bars, scale, unit, target }: Bars) {
  const value = (text: string): string => figureText({ value: text, unit });
  return {
    grid: { left: 190, right: 70, top: target ? 34 : 12, bottom: 30 },
    xAxis: {
      type: 'value',
      min: scale.min,
      max: scale.max,
      axisLabel: { ...text, formatter: (at: number) => axisText(at, unit) },
      splitLine: lines,
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ label }) => shortened(label)),
      axisTick: { show: false },
      axisLine: lines,
      axisLabel: { ...text, interval: 0 },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        data: bars.map((bar) => Number(bar.value)),
        barWidth: 16,
        itemStyle: { color: BLUE },
        ...(target
          ? {
              markLine: {
                silent: true,
                symbol: 'none',
                lineStyle: { color: RED, type: 'dashed' },
                label: { formatter: target.label, color: RED, fontSize: 12, position: 'start' },
                data: [{ xAxis: Number(target.value) }],
              },
            }
          : {}),
      },
      {
        type: 'custom',
        silent: true,
        encode: { x: [0, 1, 3], y: 2 },
        data: bars.map((bar, index) => [
          Number(bar.low ?? bar.value),
          Number(bar.high ?? bar.value),
          index,
          Number(bar.value),
        ]),
        renderItem(params: { dataIndex: number }, api: Coordinates) {
          const [low = 0, y = 0] = api.coord([api.value(0), api.value(2)]);
          const [high = 0] = api.coord([api.value(1), api.value(2)]);
          const bar = bars[params.dataIndex];
          const whisker = `M${low} ${y}L${high} ${y}M${low} ${y - 5}L${low} ${y + 5}M${high} ${y - 5}L${high} ${y + 5}`;
          return {
            type: 'group',
            children: [
              ...(bar?.low === undefined ? [] : [path(whisker)]),
              {
                type: 'text',
                silent: true,
                style: {
                  text: value(bar?.value ?? ''),
                  x: WIDTH - 62,
                  y,
                  verticalAlign: 'middle',
                  fill: INK,
                  fontSize: 12,
                },
              },
            ],
          };
        },
      },
    ],
  };
}

/** What ECharts hands to whoever draws by themselves. */
interface Coordinates {
  value(dimension: number): number;
  coord(point: number[]): number[];
}

function path(pathData: string) {
  return { type: 'path', silent: true, shape: { pathData }, style: { stroke: INK, fill: 'none', lineWidth: 1.5 } };
}

function trendOption({ points, scale, unit }: Trend) {
  return {
    grid: { left: 60, right: 40, top: 30, bottom: 34 },
    xAxis: {
      type: 'category',
      data: points.map(({ label }) => label),
      axisLabel: { ...text, interval: 0 },
      axisLine: lines,
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      min: scale.min,
      max: scale.max,
      axisLabel: { ...text, formatter: (at: number) => axisText(at, unit) },
      splitLine: lines,
    },
    series: [
      {
        type: 'line',
        silent: true,
        symbol: 'circle',
        symbolSize: 8,
        connectNulls: false,
        lineStyle: { color: BLUE, width: 2 },
        itemStyle: { color: BLUE },
        label: {
          show: true,
          position: 'top',
          color: INK,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            figureText({ value: points[dataIndex]?.value ?? '0', unit }),
        },
        data: points.map(({ value }) => (value === null ? null : Number(value))),
      },
    ],
  };
}

function axisText(at: number, unit: Bars['unit']): string {
  return unit === 'share' ? `${Math.round(at * 100)}%` : String(at).replace('-', '−');
}

function shortened(label: string): string {
  const chars = [...label];
  const width = chars.reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e80 ? 2 : 1), 0);
  if (width <= LABEL_CHARS * 2) return label;
  return `${chars.slice(0, width === chars.length ? LABEL_CHARS * 2 - 1 : LABEL_CHARS - 1).join('')}…`;
}

/** Presentation attributes instead of styles, which a strict CSP refuses; nothing that is numbered by the process. */
function plain(svg: string, caption: string): string {
  return svg
    .replace(/<(style|defs)[^>]*>[\s\S]*?<\/\1>\s*/g, '')
    .replace(/ (?:class|clip-path|ecmeta_\w+|pointer-events|xmlns:xlink|version|baseProfile)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_style, declarations: string) => attributes(declarations))
    .replace(
      /^<svg /,
      `<svg role="img" aria-label="${caption.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)}" `,
    );
}

function attributes(declarations: string): string {
  return declarations
    .split(';')
    .map((declaration) => declaration.split(':'))
    .filter((pair): pair is [string, string] => pair.length === 2)
    .map(([name, value]) => ` ${name.trim()}="${value.trim()}"`)
    .join('');
}
