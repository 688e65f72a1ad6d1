import { describe, expect, it } from 'vitest';
import type { AlertGroup, RuleState } from '../api/alertRules';
import type { NewSilence, ReceivedAlert } from '../api/alertmanager';
import type { Labels } from '../api/results';
import {
  countBroken,
  countStates,
  exactMatchers,
  filterGroups,
  joinAlerts,
  matcherText,
  operatorOf,
  OPERATORS,
  silenceProblem,
  withOperator,
} from './model';

function group(state: RuleState, ...alerts: Labels[]): AlertGroup {
  return {
    name: 'g',
    file: 'f.yml',
    rules: [
      {
        name: 'Down',
        query: 'up == 0',
        duration: 0,
        keepFiringFor: 0,
        labels: { team: 'a' },
        annotations: {},
        state,
        health: 'ok',
        lastError: '',
        alerts: alerts.map((labels) => ({
          labels,
          annotations: {},
          state,
          activeAt: '',
          value: '1',
        })),
      },
    ],
  };
}

function received(labels: Labels, silencedBy: string[] = []): ReceivedAlert {
  return {
    fingerprint: JSON.stringify(labels),
    labels,
    annotations: {},
    startsAt: '',
    generatorURL: '',
    state: 'active',
    silencedBy,
    inhibitedBy: [],
    mutedBy: [],
    receivers: [],
  };
}

const A = { alertname: 'Down', instance: 'a' };
const B = { alertname: 'Down', instance: 'b' };

describe('alerts of rules and of the Alertmanager', () => {
  it('are joined by their labels, in whatever order', () => {
    const known = received({ instance: 'a', alertname: 'Down' });
    const { groups, others } = joinAlerts([group('firing', A, B)], [known]);
    expect(groups[0]?.rules[0]?.alerts.map((joined) => joined.received)).toEqual([
      known,
      undefined,
    ]);
    expect(others).toEqual([]);
  });

  it('are joined though external labels were added', () => {
    const alerts = [received({ ...A, cluster: 'x' }), received({ ...B, cluster: 'x' })];
    const { groups, others } = joinAlerts([group('firing', A, B)], alerts);
    expect(groups[0]?.rules[0]?.alerts.map((joined) => joined.received)).toEqual(alerts);
    expect(others).toEqual([]);
  });

  it('are joined with the one that has the fewest labels more', () => {
    const bare = { alertname: 'Down' };
    const wide = received({ ...A, cluster: 'x' });
    const narrow = received({ ...bare, cluster: 'x' });
    const { groups } = joinAlerts([group('firing', bare, A)], [wide, narrow]);
    const found = groups[0]?.rules[0]?.alerts.map(({ alert, received: own }) => [
      alert.labels,
      own,
    ]);
    expect(found).toContainEqual([bare, narrow]);
    expect(found).toContainEqual([A, wide]);
  });

  it('stand in an order of their own', () => {
    const order = (...alerts: Labels[]) =>
      joinAlerts([group('firing', ...alerts)], []).groups[0]?.rules[0]?.alerts.map(
        ({ alert }) => alert.labels.instance,
      );
    expect(order(A, B)).toEqual(['a', 'b']);
    expect(order(B, A)).toEqual(['a', 'b']);
  });

  it('are not joined while pending', () => {
    const { others } = joinAlerts([group('pending', A)], [received(A)]);
    expect(others).toHaveLength(1);
  });

  it('that came from elsewhere are kept apart', () => {
    const other = received({ alertname: 'Other' });
    expect(joinAlerts([group('firing', A)], [received(A), other]).others).toEqual([other]);
  });

  it('are found by state, label and suppression', () => {
    const { groups } = joinAlerts([group('firing', A, B)], [received(A, ['s']), received(B)]);
    const names = (filter: Partial<Parameters<typeof filterGroups>[1]>) =>
      filterGroups(groups, { state: '', search: '', hideSuppressed: false, ...filter }).flatMap(
        ({ rules }) =>
          rules.flatMap(({ alerts }) => alerts.map(({ alert }) => alert.labels.instance)),
      );
    expect(names({})).toEqual(['a', 'b']);
    expect(names({ state: 'pending' })).toEqual([]);
    expect(names({ search: 'instance="b"' })).toEqual(['b']);
    expect(names({ search: 'down f.yml' })).toEqual(['a', 'b']);
    expect(names({ search: 'nothing' })).toEqual([]);
    expect(names({ hideSuppressed: true })).toEqual(['b']);
  });

  it('are counted', () => {
    expect(countStates([group('firing', A), group('inactive')])).toEqual({
      firing: 1,
      pending: 0,
      inactive: 1,
      unknown: 0,
    });
  });

  it('of rules that cannot run, or did not yet, are not taken for inactive', () => {
    const withHealth = (state: RuleState, health: 'err' | 'unknown'): AlertGroup => {
      const { rules, ...rest } = group(state);
      return { ...rest, rules: rules.map((rule) => ({ ...rule, health })) };
    };
    const groups = [
      withHealth('inactive', 'err'),
      withHealth('inactive', 'unknown'),
      withHealth('firing', 'err'),
    ];
    expect(countStates(groups)).toEqual({ firing: 1, pending: 0, inactive: 0, unknown: 2 });
    expect(countBroken(groups)).toBe(2);
    const filter = { state: 'inactive', search: '', hideSuppressed: false };
    expect(filterGroups(joinAlerts(groups, []).groups, filter)).toEqual([]);
  });
});

describe('matchers', () => {
  it('of an alert name it first', () => {
    expect(
      exactMatchers({ zone: 'z', instance: 'a"b', alertname: 'Down' }).map(matcherText),
    ).toEqual(['alertname="Down"', 'instance="a\\"b"', 'zone="z"']);
  });

  it('keep their operator', () => {
    for (const operator of OPERATORS) {
      const matcher = withOperator(
        { name: 'a', value: 'b', isRegex: false, isEqual: true },
        operator,
      );
      expect(operatorOf(matcher)).toBe(operator);
      expect(matcherText(matcher)).toBe(`a${operator}"b"`);
    }
  });

  it('with names that are not plain are quoted', () => {
    const matcher = { name: 'a.b', value: 'c', isRegex: true, isEqual: false };
    expect(matcherText(matcher)).toBe('"a.b"!~"c"');
  });
});

describe('a silence', () => {
  const good: NewSilence = {
    matchers: [{ name: 'a', value: 'b', isRegex: false, isEqual: true }],
    startsAt: '2026-11-25T00:00:00Z',
    endsAt: '2026-11-25T02:00:00Z',
    createdBy: 'me',
    comment: 'why',
  };

  it('that is complete has no problem', () => {
    expect(silenceProblem(good)).toBeUndefined();
  });

  it.each<[Partial<NewSilence>, string]>([
    [{ matchers: [] }, 'at least one matcher'],
    [{ matchers: [{ name: ' ', value: 'b', isRegex: false, isEqual: true }] }, 'name of a label'],
    [{ matchers: [{ name: 'a', value: '', isRegex: false, isEqual: true }] }, 'must not match'],
    [{ matchers: [{ name: 'a', value: '.*', isRegex: true, isEqual: true }] }, 'must not match'],
    [{ matchers: [{ name: 'a', value: 'b', isRegex: false, isEqual: false }] }, 'must not match'],
    [{ endsAt: good.startsAt }, 'after the start'],
    [{ createdBy: ' ' }, 'who makes'],
    [{ comment: '' }, 'why'],
  ])('with %j has one', (change, problem) => {
    expect(silenceProblem({ ...good, ...change })).toContain(problem);
  });
});
