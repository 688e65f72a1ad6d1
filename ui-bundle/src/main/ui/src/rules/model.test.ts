import { describe, expect, it } from 'vitest';
import { ruleGroups } from '../api/ruleGroups';
import { countHealth, filterRules } from './model';

const GROUPS = ruleGroups({
  groups: [
    {
      name: 'a',
      file: 'a.yml',
      interval: 15,
      rules: [
        { type: 'recording', name: 'job:up:sum', query: 'sum by (job) (up)', health: 'ok' },
        {
          type: 'recording',
          name: 'twice',
          query: 'x * on() y',
          health: 'err',
          lastError: 'many-to-many matching not allowed',
        },
      ],
    },
    {
      name: 'b',
      file: 'b.yml',
      rules: [
        { type: 'alerting', name: 'Down', labels: { severity: 'page' }, health: 'unknown' },
        { type: 'alerting', name: 'Odd', health: 'strange' },
      ],
    },
  ],
});
const names = (health: string, kind: string, search: string) =>
  filterRules(GROUPS, { health, kind, search }).map(({ name, rules }) => [
    name,
    ...rules.map((rule) => rule.name),
  ]);

describe('rules', () => {
  it('are counted by health', () => {
    expect(countHealth(GROUPS)).toEqual({ ok: 1, err: 1, unknown: 2 });
  });

  it('are filtered by health, kind and text', () => {
    expect(names('', '', '')).toEqual([
      ['a', 'job:up:sum', 'twice'],
      ['b', 'Down', 'Odd'],
    ]);
    expect(names('err', '', '')).toEqual([['a', 'twice']]);
    expect(names('', 'alerting', '')).toEqual([['b', 'Down', 'Odd']]);
    expect(names('', '', 'many-to-many')).toEqual([['a', 'twice']]);
    expect(names('', '', 'a.yml sum by')).toEqual([['a', 'job:up:sum']]);
    expect(names('', '', 'severity=page')).toEqual([['b', 'Down']]);
  });
});
