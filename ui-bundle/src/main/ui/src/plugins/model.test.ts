import { describe, expect, it } from 'vitest';
import { bundleList } from '../api/bundles';
import { costOfStopping, filterBundles } from './model';

const BUNDLES = bundleList([
  { name: 'b.scrape', updateClass: 'core', state: 'active' },
  { name: 'a.lib', updateClass: 'foundation', state: 'active' },
  { name: 'z.broken', updateClass: 'drop-in', state: 'unresolved', problem: 'missing package' },
  {
    name: 'c.file',
    updateClass: 'leaf',
    state: 'active',
    contributes: [{ kind: 'discovery', name: 'file' }],
  },
]);
const names = (...[kind, search]: [Parameters<typeof filterBundles>[1], string]) =>
  filterBundles(BUNDLES, kind, search).map(({ name }) => name);

describe('bundles', () => {
  it('with a problem come first', () => {
    expect(names('all', '')).toEqual(['z.broken', 'a.lib', 'b.scrape', 'c.file']);
  });

  it('are filtered by kind and text', () => {
    expect(names('product', '')).toEqual(['z.broken', 'b.scrape', 'c.file']);
    expect(names('foundation', '')).toEqual(['a.lib']);
    expect(names('drop-in', '')).toEqual(['z.broken']);
    expect(names('all', 'discovery file')).toEqual(['c.file']);
    expect(names('all', 'missing')).toEqual(['z.broken']);
  });

  it('of ours are shown without any contribution, libraries are not', () => {
    const listed = bundleList([
      { name: 'io.narthex.runtime', updateClass: 'foundation', state: 'active' },
      { name: 'io.narthex.lib.vertx', updateClass: 'foundation', state: 'active' },
      { name: 'io.narthex.alerting', updateClass: 'core', state: 'active', contributes: [] },
      { name: 'org.example.drop', updateClass: 'drop-in', state: 'active' },
    ]);
    expect(filterBundles(listed, 'product', '').map(({ name }) => name)).toEqual([
      'io.narthex.alerting',
      'io.narthex.runtime',
      'org.example.drop',
    ]);
  });

  it('say what stopping them costs', () => {
    const [ui] = bundleList([{ name: 'io.narthex.ui', updateClass: 'leaf' }]);
    expect(costOfStopping(ui!)).toContain('This page needs it');
  });
});
