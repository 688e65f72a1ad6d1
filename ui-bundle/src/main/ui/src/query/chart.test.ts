import { describe, expect, it } from 'vitest';
import { chartData } from './chartData';
import { placeOf } from './QueryFailure';
import { seriesName } from './seriesName';
import { timeTicks, valueTicks } from './ticks';

describe('chart data', () => {
  const series = [
    { metric: {}, values: [[10, '1'] as [number, string], [30, 'NaN'] as [number, string]] },
    {
      metric: {},
      values: [
        [10, '2'] as [number, string],
        [20, '+Inf'] as [number, string],
        [30, '4'] as [number, string],
      ],
    },
  ];

  it('has a place for each step', () => {
    const { drawn, values } = chartData(series, 10, 35, 10, false, () => true);
    expect(drawn[0]).toEqual([10, 20, 30]);
    expect(values).toEqual([
      [1, null, null],
      [2, null, 4],
    ]);
  });

  it('is stacked over the series that are shown', () => {
    expect(chartData(series, 10, 30, 10, true, () => true).drawn.slice(1)).toEqual([
      [1, null, 0],
      [3, null, 4],
    ]);
    expect(chartData(series, 10, 30, 10, true, (index) => index === 1).drawn.slice(1)).toEqual([
      [null, null, null],
      [2, null, 4],
    ]);
  });

  it('survives steps that are no whole numbers', () => {
    const start = 1_700_000_000.123;
    const samples = Array.from({ length: 251 }, (_, i): [number, string] => [
      Number((start + i * 14.4).toFixed(3)),
      String(i),
    ]);
    const { values } = chartData(
      [{ metric: {}, values: samples }],
      start,
      start + 3600,
      14.4,
      false,
      () => true,
    );
    expect(values[0]).toEqual(samples.map((_, i) => i));
  });
});

describe('ticks', () => {
  it.each([
    [
      [0, 0.5, 1],
      ['0', '0.5', '1.0'],
    ],
    [
      [0, 500, 1000, 1500],
      ['0', '0.5k', '1.0k', '1.5k'],
    ],
    [
      [1_000_000, 1_000_001],
      ['1.000000M', '1.000001M'],
    ],
    [
      [-2, -1, 0],
      ['-2', '-1', '0'],
    ],
    [
      [0, 0.002],
      ['0', '2m'],
    ],
    [[0], ['0']],
    [[], []],
  ])('of values %j', (ticks, texts) => {
    expect(valueTicks(ticks)).toEqual(texts);
  });

  it('of time are in 24 hours with the day where it begins', () => {
    const noon = Date.UTC(2026, 10, 25, 22) / 1000;
    expect(timeTicks([noon, noon + 3600, noon + 7200], 3600, 'utc')).toEqual([
      '22:00\nNov 25',
      '23:00',
      '00:00\nNov 26',
    ]);
    expect(timeTicks([noon, noon + 10], 10, 'utc')).toEqual(['22:00:00\nNov 25', '22:00:10']);
    const day = Date.UTC(2026, 11, 31) / 1000;
    expect(timeTicks([day, day + 86_400], 86_400, 'utc')).toEqual(['Dec 31\n2026', 'Jan 1\n2027']);
  });
});

describe('series names', () => {
  it.each([
    [{ __name__: 'up', job: 'a' }, 'up{job="a"}'],
    [{}, '{}'],
    [{ __name__: 'http.requests', 'a b': 'x"y\\\n' }, '{"http.requests", "a b"="x\\"y\\\\\\n"}'],
    [{ __name__: 'up', name: 'é' }, 'up{name="é"}'],
  ])('of %j', (labels, name) => {
    expect(seriesName(labels)).toBe(name);
  });
});

describe('the place of a parse error', () => {
  it('is marked', () => {
    expect(placeOf('invalid parameter "query": 2:3: parse error: x', 'a\nb + +')).toBe(
      'b + +\n  ^',
    );
    expect(placeOf('something else', 'a')).toBeUndefined();
    expect(placeOf('9:1: parse error: x', 'a')).toBeUndefined();
  });
});
