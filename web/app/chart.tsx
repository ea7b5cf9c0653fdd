import type { EChartsCoreOption } from 'echarts/core';
import { Skeleton } from 'antd';
import { type ReactNode, Suspense, lazy } from 'react';

/** ECharts is heavy: loaded when a page draws something. */
const ChartDrawn = lazy(async () => ({ default: (await import('./chart-drawn.tsx')).ChartDrawn }));

/** Shades that stand apart from each other in grey, too. */
export const SHADES = ['#0b5d66', '#d08a1d', '#7a4fa3', '#4c8f2f', '#b3475b', '#3f6fb5', '#8a6d3b', '#5a6b6d'] as const;
export const INK = { text: '#3d4a4c', line: '#d5dddd', red: '#b42318', soft: '#9cc5c8' };

/**
 * A chart, named for those who cannot see it; the same figures stand in a table beside it.
 *
 * @param option memoised by whoever draws: another one is drawn anew
 */
export function Chart({
  label,
  option,
  height = 260,
  pick,
}: {
  label: string;
  option: EChartsCoreOption;
  height?: number;
  /** What was pressed; a table or a list does the same by keyboard. */
  pick?: (picked: { seriesIndex: number; dataIndex: number }) => void;
}): ReactNode {
  return (
    <div role="img" aria-label={label} className="chart">
      <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height }} />}>
        <ChartDrawn option={option} height={height} pick={pick} />
      </Suspense>
    </div>
  );
}
