import { Tag } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, INK, SHADES } from '../../app/chart.tsx';
import { useFormat } from '../../app/format.ts';
import { Records } from '../../app/records.tsx';
import { figureText, percentText } from './numbers.ts';
import { type Quadrant, quadrantsOf } from './quadrants.ts';
import type { Figures } from './survey.ts';

const COLOUR: Record<Quadrant, string> = { improve: 'red', keep: 'green', later: 'default', beyond: 'blue' };

/** What is important to customers, against how well it is done. */
export function QuadrantChart({ figures }: { figures: Figures }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const placed = useMemo(() => quadrantsOf(figures), [figures]);
  const option = useMemo(() => {
    if (!placed) return {};
    const { averages, items } = placed;
    return {
      grid: { left: 54, right: 26, top: 24, bottom: 44 },
      xAxis: {
        type: 'value',
        scale: true,
        name: t('quadrant.importance'),
        nameLocation: 'middle',
        nameGap: 28,
        axisLabel: { color: INK.text, formatter: (value: number) => `${String(Math.round(value))}%` },
      },
      yAxis: { type: 'value', scale: true, name: t('surveys.mean'), axisLabel: { color: INK.text } },
      series: [
        {
          type: 'scatter',
          symbolSize: 14,
          color: SHADES[0],
          data: items.map(({ importance, mean, title }) => ({
            name: format.text(title),
            value: [importance * 100, mean],
          })),
          label: { show: true, formatter: '{b}', position: 'top', color: INK.text },
          labelLayout: { hideOverlap: false, moveOverlap: 'shiftY' },
          markLine: {
            symbol: 'none',
            silent: true,
            label: { show: false },
            lineStyle: { color: INK.soft },
            data: [{ xAxis: averages.importance * 100 }, { yAxis: averages.mean }],
          },
        },
      ],
    };
  }, [placed, format, t]);
  if (!placed) return null;
  return (
    <section>
      <h3>{t('quadrant.title')}</h3>
      <p className="muted small">{t('quadrant.explained')}</p>
      <Chart label={t('quadrant.title')} option={option} height={300} />
      <Records
        label={t('quadrant.title')}
        rows={placed.items}
        rowKey={({ id }) => id}
        empty={null}
        columns={[
          { key: 'title', title: t('surveys.dimension'), heading: true, render: ({ title }) => format.text(title) },
          {
            key: 'importance',
            title: t('quadrant.importance'),
            align: 'right',
            render: ({ importance }) => percentText(importance),
          },
          {
            key: 'mean',
            title: t('surveys.mean'),
            align: 'right',
            render: ({ mean }) => figureText(String(mean), 2),
          },
          {
            key: 'quadrant',
            title: t('quadrant.place'),
            render: ({ quadrant }) => <Tag color={COLOUR[quadrant]}>{t(`surveyQuadrant.${quadrant}`)}</Tag>,
          },
        ]}
      />
    </section>
  );
}
