import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type ReactNode, useEffect, useRef } from 'react';

use([
  ...[BarChart, LineChart, ScatterChart, CustomChart, SVGRenderer],
  ...[GridComponent, LegendComponent, TooltipComponent, MarkLineComponent, MarkAreaComponent, AriaComponent],
]);

/** ECharts on SVG: sharp on paper, and as wide as its place. */
export function ChartDrawn({
  option,
  height,
  pick,
}: {
  option: EChartsCoreOption;
  height: number;
  pick?: ((picked: { seriesIndex: number; dataIndex: number }) => void) | undefined;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init> | null>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const drawn = init(place.current, undefined, { renderer: 'svg' });
    chart.current = drawn;
    const size = new ResizeObserver(() => drawn.resize());
    size.observe(place.current);
    return () => {
      size.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption({ animation: false, ...option }, { notMerge: true });
  }, [option]);
  useEffect(() => {
    const drawn = chart.current;
    if (!drawn || !pick) return undefined;
    const picked = (event: unknown): void => {
      const { seriesIndex = 0, dataIndex = 0 } = event as { seriesIndex?: number; dataIndex?: number };
      pick({ seriesIndex, dataIndex });
    };
    drawn.on('click', picked);
    return () => void (drawn.isDisposed() || drawn.off('click', picked));
  }, [pick]);
  return <div ref={place} style={{ height, minWidth: 0 }} />;
}
