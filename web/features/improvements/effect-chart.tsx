import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, INK, SHADES } from '../../app/chart.tsx';
import type { Agreement } from '../../wire.ts';
import type { Improvement } from './improvement.ts';
import { scoreText } from './score.ts';
import { useCycleName } from './words.ts';

/** What was measured when it was found and by every cycle since, against the goal of the plan; the list beside it says the same. */
export function EffectChart({
  agreement,
  improvement: { finding, effects, plan, about },
}: {
  agreement: Agreement;
  improvement: Improvement;
}): ReactNode {
  const { t } = useTranslation();
  const cycle = useCycleName(agreement);
  const points = useMemo(
    () => [
      ...(finding.measured === null
        ? []
        : [{ name: about === null ? t('improvements.effectBefore') : cycle(about), value: finding.measured }]),
      ...effects.flatMap((effect) =>
        effect.value === null || effect.cycle === null ? [] : [{ name: cycle(effect.cycle), value: effect.value }],
      ),
    ],
    [finding.measured, effects, about, cycle, t],
  );
  const goal = plan?.goal?.atLeast;
  const option = useMemo(() => {
    const values = [...points.map(({ value }) => Number(value)), ...(goal === undefined ? [] : [Number(goal)])];
    const room = Math.max(0.3, (Math.max(...values) - Math.min(...values)) * 0.3);
    return {
      grid: { left: 44, right: 30, top: 24, bottom: 32 },
      xAxis: { type: 'category', data: points.map(({ name }) => name), axisLabel: { color: INK.text } },
      yAxis: {
        type: 'value',
        min: Math.floor((Math.min(...values) - room) * 10) / 10,
        max: Math.ceil((Math.max(...values) + room) * 10) / 10,
        axisLabel: { color: INK.text },
      },
      series: [
        {
          type: 'line',
          color: SHADES[0],
          symbolSize: 9,
          data: points.map(({ value }) => Number(value)),
          label: { show: true, color: INK.text },
          markLine:
            goal === undefined
              ? undefined
              : {
                  symbol: 'none',
                  silent: true,
                  lineStyle: { color: INK.red, type: 'dashed' as const },
                  label: {
                    formatter: t('improvements.goalValue', { value: scoreText(goal) }),
                    position: 'insideEndTop',
                    color: INK.text,
                  },
                  data: [{ yAxis: Number(goal) }],
                },
        },
      ],
    };
  }, [points, goal, t]);
  if (points.length === 0 || (points.length < 2 && goal === undefined)) return null;
  const said = points.map(({ name, value }) => `${name} ${scoreText(value)}`).join(t('common.listSeparator'));
  return <Chart label={t('improvements.effectChart', { said })} option={option} height={180} />;
}
