import { describe, expect, it } from 'vitest';
import { activeTargets } from '../api/scraping';
import { byPool, countHealth } from './model';

const TARGETS = activeTargets({
  activeTargets: [
    { scrapePool: 'node', scrapeUrl: 'http://a', labels: { instance: 'a' }, health: 'up' },
    {
      scrapePool: 'node',
      scrapeUrl: 'http://b',
      labels: { instance: 'b' },
      health: 'down',
      lastError: 'connection refused',
    },
    { scrapePool: 'self', scrapeUrl: 'http://c', labels: { instance: 'c' }, health: 'up' },
  ],
});

const ALL = { pool: '', health: '', search: '' };
const shown = (filter: Partial<typeof ALL>, names: string[] = []) =>
  byPool(TARGETS, names, { ...ALL, ...filter }).map(({ name, targets }) => [
    name,
    ...targets.map((target) => target.labels.instance),
  ]);

describe('targets', () => {
  it('are in their pools, those that are down first', () => {
    expect(shown({})).toEqual([
      ['node', 'b', 'a'],
      ['self', 'c'],
    ]);
  });

  it('that are missing leave their pool empty, unless something is sought', () => {
    expect(shown({}, ['empty', 'node'])).toEqual([['empty'], ['node', 'b', 'a'], ['self', 'c']]);
    expect(shown({ search: 'refused' }, ['empty'])).toEqual([['node', 'b']]);
  });

  it('are filtered by pool, health and text', () => {
    expect(shown({ pool: 'self' })).toEqual([['self', 'c']]);
    expect(shown({ health: 'down' })).toEqual([['node', 'b']]);
    expect(shown({ search: 'instance="a"' })).toEqual([['node', 'a']]);
  });

  it('are counted whatever the filter', () => {
    expect(byPool(TARGETS, [], { ...ALL, health: 'down' })[0]?.counts).toEqual({
      up: 1,
      down: 1,
      unknown: 0,
    });
    expect(countHealth(TARGETS)).toEqual({ up: 2, down: 1, unknown: 0 });
  });
});
