import type { AlignedData } from 'uplot';
import type { Series } from '../api/results';

export interface ChartData {
  /** As it is drawn: when stacked, each series on top of those before. */
  drawn: AlignedData;
  /** As it is: what the tooltip says. */
  values: (number | null)[][];
}

/**
 * The columns of a chart.
 *
 * @param start in seconds
 * @param end in seconds
 * @param step in seconds
 * @param shown which series count, when stacked
 */
export function chartData(
  series: readonly Series[],
  start: number,
  end: number,
  step: number,
  stacked: boolean,
  shown: (index: number) => boolean,
): ChartData {
  const count = Math.floor((end - start) / step + 1e-6) + 1;
  const times = Array.from({ length: count }, (_, i) => start + i * step);
  const values = series.map((one) => column(one, start, step, count));
  return { drawn: [times, ...(stacked ? stack(values, count, shown) : values)], values };
}

function column(series: Series, start: number, step: number, count: number): (number | null)[] {
  const values = new Array<number | null>(count).fill(null);
  const put = (time: number, text: string) => {
    const index = Math.round((time - start) / step);
    if (index >= 0 && index < count) {
      values[index] = drawable(text);
    }
  };
  for (const [time, text] of series.values ?? []) {
    put(time, text);
  }
  // A histogram is drawn by its count.
  for (const [time, histogram] of series.histograms ?? []) {
    put(time, histogram.count);
  }
  return values;
}

/** A number that has a place on the axis. */
function drawable(text: string): number | null {
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function stack(
  values: readonly (number | null)[][],
  count: number,
  shown: (index: number) => boolean,
): (number | null)[][] {
  const sum = new Array<number>(count).fill(0);
  // Where no series has a value nothing is drawn, not even zero.
  const any = sum.map((_, i) => values.some((one, index) => shown(index) && one[i] !== null));
  return values.map((one, index) =>
    one.map((value, i) => {
      if (!shown(index) || !any[i]) {
        return null;
      }
      sum[i] = (sum[i] ?? 0) + (value ?? 0);
      return sum[i];
    }),
  );
}
