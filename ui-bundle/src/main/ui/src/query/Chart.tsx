import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Labels, Series } from '../api/results';
import { plainNumber } from '../parts/number';
import { useZone } from '../time/ZoneContext';
import { chartData } from './chartData';
import { chartOptions, type Pointer } from './chartOptions';
import { seriesColor } from './colors';
import classes from './Chart.module.css';
import { otherLabels } from './seriesName';
import { tooltipTime } from './ticks';

const HEIGHT = 340;

export interface ChartProps {
  series: readonly Series[];
  /** In ms. */
  start: number;
  end: number;
  step: number;
  stacked: boolean;
  yAxisMin: number | null;
  hidden: ReadonlySet<number>;
  /** Gets the selected part, in ms. */
  onZoom: (start: number, end: number) => void;
}

/** Lines over time. Dragging over a part of it zooms in. */
export function Chart(props: ChartProps) {
  const { series, start, end, step, stacked, yAxisMin, hidden, onZoom } = props;
  const dark = useComputedColorScheme('light') === 'dark';
  const { zone } = useZone();
  const { ref: sizer, width } = useElementSize();
  const host = useRef<HTMLDivElement>(null);
  const zoom = useRef(onZoom);
  const [pointer, setPointer] = useState<Pointer | null>(null);
  const [values, setValues] = useState<(number | null)[][]>([]);

  useEffect(() => {
    zoom.current = onZoom;
  }, [onZoom]);

  useEffect(() => {
    const element = host.current;
    if (!element || width === 0) {
      return undefined;
    }
    const seconds = [start / 1000, end / 1000, step / 1000] as const;
    const data = chartData(series, ...seconds, stacked, (index) => !hidden.has(index));
    setValues(data.values);
    const options = chartOptions({
      width,
      height: HEIGHT,
      count: series.length,
      start: seconds[0],
      end: seconds[1],
      stacked,
      yAxisMin,
      hidden,
      dark,
      zone,
      onPointer: setPointer,
      onZoom: (from, to) => zoom.current(from * 1000, to * 1000),
    });
    const plot = new uPlot(options, data.drawn, element);
    return () => {
      setPointer(null);
      plot.destroy();
    };
  }, [series, start, end, step, stacked, yAxisMin, hidden, dark, zone, width]);

  const pointed = pointer && series[pointer.series];
  return (
    <div ref={sizer} className={classes.chart} data-testid="chart">
      <div ref={host} />
      {pointer && pointed && (
        <ChartTooltip
          pointer={pointer}
          time={tooltipTime((start + pointer.index * step) / 1000, zone)}
          value={values[pointer.series]?.[pointer.index] ?? null}
          labels={pointed.metric}
          color={seriesColor(pointer.series, dark)}
          chartWidth={width}
        />
      )}
    </div>
  );
}

function ChartTooltip({
  pointer,
  time,
  value,
  labels,
  color,
  chartWidth,
}: {
  pointer: Pointer;
  time: string;
  value: number | null;
  labels: Labels;
  color: string;
  chartWidth: number;
}) {
  const onTheRight = pointer.left < chartWidth / 2;
  return (
    <div
      className={classes.tooltip}
      style={{
        top: pointer.top,
        ...(onTheRight ? { left: pointer.left + 14 } : { right: chartWidth - pointer.left + 14 }),
      }}
    >
      <div className={classes.time}>{time}</div>
      <div className={classes.value}>
        <span className={classes.swatch} style={{ backgroundColor: color }} />
        {labels.__name__ && `${labels.__name__}: `}
        <strong>{value === null ? 'no value' : plainNumber(String(value))}</strong>
      </div>
      {otherLabels(labels).map(([name, text]) => (
        <div key={name} className={classes.label}>
          <span>{name}</span> {text}
        </div>
      ))}
    </div>
  );
}
