import uPlot from 'uplot';
import type { Zone } from '../time/moment';
import { seriesColor } from './colors';
import { timeTicks, valueTicks } from './ticks';

/** What the mouse points at: a series, a place in time, and where that is in the chart. */
export interface Pointer {
  series: number;
  index: number;
  left: number;
  top: number;
}

export interface ChartSettings {
  width: number;
  height: number;
  /** How many series there are. */
  count: number;
  /** In seconds. */
  start: number;
  end: number;
  stacked: boolean;
  yAxisMin: number | null;
  hidden: ReadonlySet<number>;
  dark: boolean;
  zone: Zone;
  onPointer: (pointer: Pointer | null) => void;
  onZoom: (start: number, end: number) => void;
}

/** Our settings in uPlot's terms. */
export function chartOptions(settings: ChartSettings): uPlot.Options {
  const { dark, zone, stacked } = settings;
  const text = dark ? '#c9c9c9' : '#495057';
  const grid = { stroke: dark ? '#ffffff1a' : '#0000001a', width: 1 };
  return {
    width: settings.width,
    height: settings.height,
    legend: { show: false },
    // Room for half of the last mark of the time axis.
    padding: [12, 30, 0, 0],
    cursor: { focus: { prox: 1e6 }, drag: { x: true, y: false, setScale: false } },
    focus: { alpha: settings.count > 1 ? 0.35 : 1 },
    tzDate: (seconds) => {
      const date = new Date(seconds * 1000);
      return zone === 'utc' ? uPlot.tzDate(date, 'Etc/UTC') : date;
    },
    scales: {
      x: { range: [settings.start, Math.max(settings.end, settings.start + 1)] },
      y: { range: (_, min, max) => valueRange(min, max, settings.yAxisMin, stacked) },
    },
    axes: [
      {
        stroke: text,
        grid,
        ticks: grid,
        space: 70,
        values: (_, ticks, __, ___, increment) => timeTicks(ticks, increment, zone),
      },
      {
        stroke: text,
        grid,
        ticks: grid,
        values: (_, ticks) => valueTicks(ticks),
        size: (plot, labels) => widest(plot, labels),
      },
    ],
    series: [{}, ...Array.from({ length: settings.count }, (_, i) => line(i, settings))],
    bands: stacked ? bands(settings) : [],
    plugins: [pointerPlugin(settings)],
  };
}

function line(index: number, { dark, hidden, stacked }: ChartSettings): uPlot.Series {
  const color = seriesColor(index, dark);
  return {
    show: !hidden.has(index),
    stroke: color,
    width: 1.5,
    ...(stacked ? { fill: `${color}66` } : {}),
  };
}

/** Fills each series down to the one that it stands on. */
function bands({ count, hidden }: ChartSettings): uPlot.Band[] {
  const shown = Array.from({ length: count }, (_, i) => i).filter((i) => !hidden.has(i));
  return shown.slice(1).map((index, i) => ({ series: [index + 1, (shown[i] ?? 0) + 1] }));
}

function valueRange(
  min: number | null,
  max: number | null,
  yAxisMin: number | null,
  stacked: boolean,
): uPlot.Range.MinMax {
  const [low, high] = [min ?? 0, max ?? 1];
  const floor = yAxisMin ?? (stacked ? Math.min(0, low) : null);
  if (floor !== null) {
    return [floor, uPlot.rangeNum(floor, Math.max(high, floor), 0.1, true)[1] ?? floor + 1];
  }
  if (low === high) {
    const around = Math.abs(low) * 0.1 || 1;
    return [low - around, high + around];
  }
  return uPlot.rangeNum(low, high, 0.1, false);
}

function widest(plot: uPlot, labels: string[] | null): number {
  const longest = (labels ?? []).reduce((a, b) => (b.length > a.length ? b : a), '');
  plot.ctx.font = plot.axes[1]?.font?.[0] ?? plot.ctx.font;
  return Math.ceil(plot.ctx.measureText(longest).width / devicePixelRatio) + 22;
}

function pointerPlugin({ onPointer, onZoom }: ChartSettings): uPlot.Plugin {
  let focused: number | null = null;
  return {
    hooks: {
      ready: (plot) => {
        plot.over.addEventListener('mouseleave', () => onPointer(null));
      },
      setSeries: (_, series) => {
        focused = series === null ? null : series - 1;
      },
      setCursor: (plot) => {
        const { idx, left = -10, top = -10 } = plot.cursor;
        if (idx === null || idx === undefined || left < 0 || focused === null || focused < 0) {
          onPointer(null);
          return;
        }
        onPointer({
          series: focused,
          index: idx,
          left: left + plot.over.offsetLeft,
          top: top + plot.over.offsetTop,
        });
      },
      setSelect: (plot) => {
        const { left, width } = plot.select;
        if (width > 2) {
          const from = plot.posToVal(left, 'x');
          // Less than a second would be nothing on an axis of seconds.
          onZoom(from, Math.max(plot.posToVal(left + width, 'x'), from + 1));
        }
      },
    },
  };
}
