import { describe, expect, it } from 'vitest';
import { newPanel, stepOf, type Panel } from './panel';
import { readPanels, writePanels } from './urlState';

const HOUR = 3_600_000;
const withoutIds = (panels: Panel[]) => panels.map(({ id: _, ...rest }) => rest);
const only = (search: string): Panel => {
  const [panel, ...others] = readPanels(search);
  expect(others).toEqual([]);
  return panel!;
};

describe('reading', () => {
  it('takes a link of upstream as it is', () => {
    const panel = only(
      '?g0.expr=rate(http_requests_total%7Bjob%3D%22a%22%7D%5B5m%5D)&g0.show_tree=0&g0.tab=graph' +
        '&g0.end_input=2026-11-25%2003%3A04%3A05&g0.moment_input=2026-11-25%2003%3A04%3A05' +
        '&g0.range_input=2h&g0.res_type=fixed&g0.res_step=15&g0.display_mode=stacked' +
        '&g0.y_axis_min=0&g0.show_exemplars=1',
    );
    expect(panel).toMatchObject({
      expr: 'rate(http_requests_total{job="a"}[5m])',
      tab: 'graph',
      end: Date.UTC(2026, 10, 25, 3, 4, 5),
      range: 2 * HOUR,
      resolution: { type: 'fixed', step: 15_000 },
      displayMode: 'stacked',
      yAxisMin: 0,
      showExemplars: true,
    });
  });

  it.each([
    ['0', 'graph'],
    ['1', 'table'],
    ['graph', 'graph'],
    ['table', 'table'],
    ['explain', 'table'],
    ['nonsense', 'table'],
  ])('knows the tab %s', (written, tab) => {
    expect(only(`?g0.expr=up&g0.tab=${written}`).tab).toBe(tab);
  });

  it('knows the parameters of the old pages', () => {
    expect(only('?g0.expr=up&g0.stacked=1').displayMode).toBe('stacked');
    expect(only('?g0.expr=up&g0.stacked=0').displayMode).toBe('lines');
    expect(only('?g0.expr=up&g0.stacked=1&g0.display_mode=lines').displayMode).toBe('lines');
    expect(only('?g0.expr=up&g0.step_input=30').resolution).toEqual({
      type: 'custom',
      step: 30_000,
    });
    expect(
      only('?g0.expr=up&g0.step_input=30&g0.res_type=auto&g0.res_density=high').resolution,
    ).toEqual({ type: 'auto', density: 'high' });
    expect(only('?g0.expr=up&g0.end_input=2026-01-02%2003%3A04').end).toBe(
      Date.UTC(2026, 0, 2, 3, 4),
    );
  });

  it('keeps the default where a value is none', () => {
    const broken =
      '?g0.expr=up&g0.range_input=x&g0.end_input=soon&g0.res_type=fixed&g0.res_step=-5' +
      '&g0.display_mode=heatmap&g0.y_axis_min=low';
    expect(withoutIds([only(broken)])).toEqual(withoutIds([newPanel({ expr: 'up' })]));
  });

  it('ends at the first number without an expression', () => {
    expect(readPanels('?g0.expr=a&g1.expr=&g3.expr=d').map(({ expr }) => expr)).toEqual(['a', '']);
    expect(readPanels('')).toEqual([]);
    expect(readPanels('?g1.expr=up')).toEqual([]);
  });

  it('does not read panels without end', () => {
    const search = Array.from({ length: 300 }, (_, i) => `g${i}.expr=up`).join('&');
    expect(readPanels(search)).toHaveLength(100);
  });
});

describe('writing', () => {
  it('has the names and the order of upstream', () => {
    expect(writePanels([newPanel({ expr: 'a + b' })])).toBe(
      '?g0.expr=a+%2B+b&g0.show_tree=0&g0.tab=table&g0.range_input=1h&g0.res_type=auto' +
        '&g0.res_density=medium&g0.display_mode=lines&g0.show_exemplars=0',
    );
  });

  it('is read again as it was', () => {
    const panels = [
      newPanel({ expr: 'sum by (é) ({"x.y"=~"a|b"})\n# comment & more', tab: 'graph' }),
      newPanel({
        expr: 'up',
        end: Date.UTC(2026, 1, 28, 23, 59, 59),
        range: 90_061_000,
        resolution: { type: 'custom', step: 1500 },
        displayMode: 'stacked',
        yAxisMin: -1.5,
        showExemplars: true,
        showTree: true,
      }),
      newPanel({ resolution: { type: 'fixed', step: 60_000 } }),
    ];
    expect(withoutIds(readPanels(writePanels(panels)))).toEqual(withoutIds(panels));
  });
});

describe('the step of a graph', () => {
  it.each([
    [HOUR, 'low', 36_000],
    [HOUR, 'medium', 14_000],
    [HOUR, 'high', 4000],
    [60_000, 'high', 1000],
  ] as const)('over %d ms at %s', (range, density, step) => {
    expect(stepOf({ type: 'auto', density }, range)).toBe(step);
  });
});
