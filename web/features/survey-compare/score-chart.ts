import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { INK, SHADES } from '../../app/chart.tsx';
import { useFormat } from '../../app/format.ts';
import { type Comparison, levelsOf } from './comparison.ts';
import { cycleTitle } from './cycle-title.ts';

interface Drawing {
  value: (at: number) => number;
  coord: (point: [number, number]) => [number, number];
}

/** Means by dimension over the cycles, each with its interval, beside the lines of goals and baselines. */
export function useScoreChart(comparison: Comparison): EChartsCoreOption {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const { cycles, dimensions } = comparison;
    const [first] = cycles;
    const scale = first?.scale ?? { min: 1, max: 5 };
    const named = cycles.map((one) => cycleTitle(one, (key, values) => t(key, values ?? {}), format.language));
    const shown = dimensions.filter((one) => one.cycles.some(({ measures }) => measures?.mean));
    const width = 0.6 / Math.max(1, shown.length);
    const offset = (index: number): number => (index - (shown.length - 1) / 2) * width;
    const levels = levelsOf(comparison).map(({ kind, title, value }) => ({
      yAxis: value,
      name: t(kind === 'goal' ? 'compare.goalLine' : 'compare.baselineLine', { what: format.text(title), value }),
      lineStyle: { color: kind === 'goal' ? INK.red : INK.text, type: 'dashed' as const },
    }));
    const points = shown.map((one, index) =>
      one.cycles.flatMap(({ measures }, cycle) =>
        measures?.mean
          ? [
              [
                cycle + offset(index),
                Number(measures.mean.value),
                Number(measures.mean.low),
                Number(measures.mean.high),
              ],
            ]
          : [],
      ),
    );
    return {
      grid: { left: 40, right: 20, top: 20, bottom: 70 },
      legend: { bottom: 0, type: 'plain', textStyle: { color: INK.text } },
      tooltip: { trigger: 'item' },
      xAxis: {
        type: 'value',
        min: -0.5,
        max: cycles.length - 0.5,
        interval: 0.5,
        splitLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          color: INK.text,
          width: Math.floor(240 / cycles.length),
          overflow: 'break',
          formatter: (value: number) => (Number.isInteger(value) ? (named[value] ?? '') : ''),
        },
      },
      yAxis: {
        type: 'value',
        min: scale.min,
        max: scale.max,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: INK.text },
      },
      series: [
        ...shown.map((one, index) => ({
          type: 'line',
          name: format.text(one.title),
          color: SHADES[index % SHADES.length],
          symbolSize: 8,
          data: (points[index] ?? []).map(([x = 0, y = 0]) => [x, y]),
          ...(index === 0
            ? {
                markLine: {
                  symbol: 'none',
                  silent: true,
                  data: levels,
                  label: { formatter: '{b}', position: 'insideEndTop', color: INK.text },
                },
              }
            : {}),
        })),
        ...shown.map((_, index) => ({
          type: 'custom',
          silent: true,
          color: SHADES[index % SHADES.length],
          data: points[index] ?? [],
          renderItem: (_params: unknown, { value, coord }: Drawing) => {
            const [x, low] = coord([value(0), value(2)]);
            const [, high] = coord([value(0), value(3)]);
            const stroke = SHADES[index % SHADES.length] ?? INK.text;
            const line = (x1: number, y1: number, x2: number, y2: number) => ({
              type: 'line',
              shape: { x1, y1, x2, y2 },
              style: { stroke, lineWidth: 1.5 },
            });
            return {
              type: 'group',
              children: [line(x, low, x, high), line(x - 4, low, x + 4, low), line(x - 4, high, x + 4, high)],
            };
          },
        })),
      ],
    };
  }, [comparison, format.language, t]);
}
