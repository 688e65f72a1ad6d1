import type { AlertGroup, AlertRule, RuleAlert, RuleState } from '../api/alertRules';
import type { Matcher, NewSilence, ReceivedAlert } from '../api/alertmanager';
import type { Labels } from '../api/results';
import { found, labelTexts } from '../parts/search';
import { labelName, quoted } from '../query/seriesName';

/** An alert of a rule with what the Alertmanager knows of it. */
export interface JoinedAlert {
  alert: RuleAlert;
  received: ReceivedAlert | undefined;
}

export interface JoinedRule {
  /** Unique on the page. */
  key: string;
  rule: AlertRule;
  alerts: JoinedAlert[];
}

export interface JoinedGroup {
  name: string;
  file: string;
  rules: JoinedRule[];
}

export interface Joined {
  groups: JoinedGroup[];
  /** What the Alertmanager got from elsewhere. */
  others: ReceivedAlert[];
}

/** The name under which the same set of labels is found again. */
function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Finds for each alert of a rule what the Alertmanager has of it. That has more labels if there
 * are external labels, the same ones for all alerts.
 */
export function joinAlerts(
  groups: readonly AlertGroup[],
  received: readonly ReceivedAlert[],
): Joined {
  const byLabels = new Map(received.map((alert) => [keyOf(alert.labels), alert]));
  const byName = groupedByName(received);
  const taken = new Set<ReceivedAlert>();
  let external: Labels = {};

  const find = (labels: Labels): ReceivedAlert | undefined => {
    const known = byLabels.get(keyOf({ ...external, ...labels }));
    if (known) {
      return known;
    }
    const wider = byName
      .get(labels.alertname ?? '')
      ?.find((alert) => !taken.has(alert) && contains(alert.labels, labels));
    if (wider) {
      external = Object.fromEntries(
        Object.entries(wider.labels).filter(([name]) => !(name in labels)),
      );
    }
    return wider;
  };
  const joined = groups.map(({ name, file, rules }) => ({
    name,
    file,
    rules: rules.map((rule, index) => ({
      key: `${file}\n${name}\n${index}`,
      rule,
      alerts: inFixedOrder(rule.alerts).map((alert) => {
        const match = alert.state === 'firing' ? find(alert.labels) : undefined;
        if (match) {
          taken.add(match);
        }
        return { alert, received: match };
      }),
    })),
  }));
  return { groups: joined, others: received.filter((alert) => !taken.has(alert)) };
}

/** The server's order changes from answer to answer. */
function inFixedOrder(alerts: readonly RuleAlert[]): RuleAlert[] {
  return alerts
    .map((alert) => ({ alert, key: keyOf(alert.labels) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ alert }) => alert);
}

/** Those with the fewest labels first: they have the fewest that were added. */
function groupedByName(alerts: readonly ReceivedAlert[]): Map<string, ReceivedAlert[]> {
  const groups = new Map<string, ReceivedAlert[]>();
  for (const alert of [...alerts].sort((a, b) => sizeOf(a.labels) - sizeOf(b.labels))) {
    const name = alert.labels.alertname ?? '';
    const group = groups.get(name);
    if (group) {
      group.push(alert);
    } else {
      groups.set(name, [alert]);
    }
  }
  return groups;
}

function sizeOf(labels: Labels): number {
  return Object.keys(labels).length;
}

function contains(labels: Labels, part: Labels): boolean {
  return Object.entries(part).every(([name, value]) => labels[name] === value);
}

/** Whether the state says something: a rule that cannot run, or did not yet, looks inactive. */
export function isMeant({ state, health }: { state: string; health: string }): boolean {
  return health === 'ok' || state === 'firing' || state === 'pending';
}

/** How many rules are broken. */
export function countBroken(groups: readonly AlertGroup[]): number {
  return groups.reduce(
    (sum, { rules }) => sum + rules.filter(({ health }) => health === 'err').length,
    0,
  );
}

/** How many rules are in each state. */
export function countStates(groups: readonly AlertGroup[]): Record<RuleState, number> {
  const counts = { firing: 0, pending: 0, inactive: 0, unknown: 0 };
  for (const group of groups) {
    for (const rule of group.rules) {
      counts[isMeant(rule) ? rule.state : 'unknown'] += 1;
    }
  }
  return counts;
}

/** Whether somebody will not be told about it. */
export function isSuppressed(alert: ReceivedAlert | undefined): boolean {
  return (
    alert !== undefined &&
    alert.silencedBy.length + alert.inhibitedBy.length + alert.mutedBy.length > 0
  );
}

export interface AlertFilter {
  state: string;
  search: string;
  hideSuppressed: boolean;
}

/** The rules that pass, without the groups that have none of them. */
export function filterGroups(
  groups: readonly JoinedGroup[],
  { state, search, hideSuppressed }: AlertFilter,
): JoinedGroup[] {
  return groups
    .map((group) => ({
      ...group,
      rules: group.rules
        .filter(({ rule }) => state === '' || (rule.state === state && isMeant(rule)))
        .flatMap((joined) => {
          const { rule } = joined;
          const ofRule = found(search, [
            group.name,
            group.file,
            rule.name,
            ...labelTexts(rule.labels),
          ]);
          const alerts = joined.alerts.filter(
            ({ alert, received }) =>
              (ofRule || found(search, [rule.name, ...labelTexts(alert.labels)])) &&
              !(hideSuppressed && isSuppressed(received)),
          );
          const emptied = hideSuppressed && joined.alerts.length > 0 && alerts.length === 0;
          return (ofRule || alerts.length > 0) && !emptied ? [{ ...joined, alerts }] : [];
        }),
    }))
    .filter((group) => group.rules.length > 0);
}

/** The matchers that are for this set of labels only. */
export function exactMatchers(labels: Labels): Matcher[] {
  return Object.entries(labels)
    .sort(([a], [b]) => Number(b === 'alertname') - Number(a === 'alertname') || (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value, isRegex: false, isEqual: true }));
}

export const OPERATORS = ['=', '!=', '=~', '!~'] as const;
export type Operator = (typeof OPERATORS)[number];

export function operatorOf({ isRegex, isEqual }: Matcher): Operator {
  return isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=';
}

export function withOperator(matcher: Matcher, operator: Operator): Matcher {
  return { ...matcher, isRegex: operator.endsWith('~'), isEqual: operator.startsWith('=') };
}

/** A matcher as the Alertmanager's filters have it. */
export function matcherText(matcher: Matcher): string {
  return `${labelName(matcher.name)}${operatorOf(matcher)}${quoted(matcher.value)}`;
}

/** What is wrong with a silence before it is sent; undefined if nothing is seen. */
export function silenceProblem(silence: NewSilence): string | undefined {
  if (silence.matchers.length === 0) {
    return 'A silence needs at least one matcher.';
  }
  if (silence.matchers.some(({ name }) => name.trim() === '')) {
    return 'Every matcher needs the name of a label.';
  }
  if (silence.matchers.every((matcher) => matcher.isEqual === matchesEmpty(matcher))) {
    return 'At least one matcher must not match an alert without its label.';
  }
  if (Date.parse(silence.endsAt) <= Date.parse(silence.startsAt)) {
    return 'The end must be after the start.';
  }
  if (silence.createdBy.trim() === '') {
    return 'Say who makes the silence.';
  }
  if (silence.comment.trim() === '') {
    return 'Say in the comment why.';
  }
  return undefined;
}

/** Whether the pattern fits the empty text, whatever the sign. */
function matchesEmpty({ isRegex, value }: Matcher): boolean {
  if (!isRegex) {
    return value === '';
  }
  try {
    return new RegExp(`^(?:${value})$`).test('');
  } catch {
    // Another dialect, or an error that the server explains better.
    return false;
  }
}
