export type Density = 'low' | 'medium' | 'high';
export type Resolution =
  | { type: 'auto'; density: Density }
  // Two names for the same, as upstream's pages have them: a step of the list, a typed one.
  | { type: 'fixed' | 'custom'; step: number };
export type Tab = 'table' | 'graph';
export type DisplayMode = 'lines' | 'stacked';

/** One query with how it is shown. Times and durations are in ms. */
export interface Panel {
  /** Tells panels apart while the page is open; not in the address. */
  id: number;
  expr: string;
  tab: Tab;
  range: number;
  /** Null is now. */
  end: number | null;
  resolution: Resolution;
  displayMode: DisplayMode;
  yAxisMin: number | null;
  /** Upstream's pages have these two; ours keep them for links that lead back there. */
  showExemplars: boolean;
  showTree: boolean;
}

let lastId = 0;

/** A panel as it is before anything was chosen. */
export function newPanel(values: Partial<Omit<Panel, 'id'>> = {}): Panel {
  lastId += 1;
  return {
    expr: '',
    tab: 'table',
    range: 3_600_000,
    end: null,
    resolution: { type: 'auto', density: 'medium' },
    displayMode: 'lines',
    yAxisMin: null,
    showExemplars: false,
    showTree: false,
    ...values,
    id: lastId,
  };
}

/** The server refuses more points a series than this. */
export const MAX_POINTS = 11_000;

const POINTS: Record<Density, number> = { low: 100, medium: 250, high: 750 };

/** The step of a graph in ms. */
export function stepOf(resolution: Resolution, range: number): number {
  if (resolution.type !== 'auto') {
    return resolution.step;
  }
  return Math.max(1000, Math.floor(range / POINTS[resolution.density] / 1000) * 1000);
}
