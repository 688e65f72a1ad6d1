import { formatDuration, parseDuration } from '../time/duration';
import { formatMoment, parseMoment } from '../time/moment';
import { newPanel, type Density, type Panel, type Resolution } from './panel';

/** More panels than this are not read from an address. */
const MAX_PANELS = 100;

/** Reads upstream's parameters g0.expr, g0.tab and so on, those of the old pages too. */
export function readPanels(search: string): Panel[] {
  const parameters = new URLSearchParams(search);
  const panels: Panel[] = [];
  while (panels.length < MAX_PANELS && parameters.has(`g${panels.length}.expr`)) {
    const index = panels.length;
    panels.push(readPanel((name) => parameters.get(`g${index}.${name}`)));
  }
  return panels;
}

function readPanel(setting: (name: string) => string | null): Panel {
  const panel = newPanel({ expr: setting('expr') ?? '' });
  const tab = setting('tab');
  // The old pages had numbers.
  panel.tab = tab === 'graph' || tab === '0' ? 'graph' : 'table';
  const range = parseDuration(setting('range_input') ?? '');
  if (range) {
    panel.range = range;
  }
  // Both mean the same; the second wins, as upstream has it.
  for (const name of ['end_input', 'moment_input']) {
    const end = parseMoment(setting(name) ?? '', 'utc');
    if (end !== undefined) {
      panel.end = end;
    }
  }
  panel.resolution = readResolution(setting) ?? panel.resolution;
  const stacked = setting('stacked');
  const mode = setting('display_mode') ?? (stacked === '1' ? 'stacked' : 'lines');
  panel.displayMode = mode === 'stacked' ? 'stacked' : 'lines';
  const yAxisMin = Number.parseFloat(setting('y_axis_min') ?? '');
  panel.yAxisMin = Number.isFinite(yAxisMin) ? yAxisMin : null;
  panel.showExemplars = setting('show_exemplars') === '1';
  panel.showTree = setting('show_tree') === '1';
  return panel;
}

const DENSITIES: readonly string[] = ['low', 'medium', 'high'];

function readResolution(setting: (name: string) => string | null): Resolution | undefined {
  const type = setting('res_type');
  if (type === 'auto') {
    const density = setting('res_density') ?? '';
    return DENSITIES.includes(density) ? { type, density: density as Density } : undefined;
  }
  if (type === 'fixed' || type === 'custom') {
    return inSeconds(setting('res_step'), type);
  }
  return inSeconds(setting('step_input'), 'custom');
}

function inSeconds(text: string | null, type: 'fixed' | 'custom'): Resolution | undefined {
  const step = Math.round(Number.parseFloat(text ?? '') * 1000);
  return step > 0 ? { type, step } : undefined;
}

/** Writes the parameters in upstream's order. */
export function writePanels(panels: readonly Panel[]): string {
  const parameters = new URLSearchParams();
  panels.forEach((panel, index) => {
    const put = (name: string, value: string) => parameters.append(`g${index}.${name}`, value);
    put('expr', panel.expr);
    put('show_tree', panel.showTree ? '1' : '0');
    put('tab', panel.tab);
    if (panel.end !== null) {
      put('end_input', formatMoment(panel.end, 'utc'));
      put('moment_input', formatMoment(panel.end, 'utc'));
    }
    put('range_input', formatDuration(panel.range));
    put('res_type', panel.resolution.type);
    if (panel.resolution.type === 'auto') {
      put('res_density', panel.resolution.density);
    } else {
      put('res_step', String(panel.resolution.step / 1000));
    }
    put('display_mode', panel.displayMode);
    if (panel.yAxisMin !== null) {
      put('y_axis_min', String(panel.yAxisMin));
    }
    put('show_exemplars', panel.showExemplars ? '1' : '0');
  });
  return `?${parameters}`;
}
