import { arrayOf, isObject, labelsOf, textOf } from './http';
import { healthOf, type RuleHealth } from './ruleGroups';
import type { Labels } from './results';

export type RuleState = 'firing' | 'pending' | 'inactive' | 'unknown';

export interface RuleAlert {
  labels: Labels;
  annotations: Labels;
  state: string;
  activeAt: string;
  value: string;
}

export interface AlertRule {
  name: string;
  query: string;
  /** In seconds. */
  duration: number;
  keepFiringFor: number;
  labels: Labels;
  annotations: Labels;
  state: RuleState;
  health: RuleHealth;
  lastError: string;
  alerts: RuleAlert[];
}

export interface AlertGroup {
  name: string;
  file: string;
  rules: AlertRule[];
}

const STATES: readonly string[] = ['firing', 'pending', 'inactive'];

/** The data of /api/v1/rules?type=alert. */
export function alertGroups(data: unknown): AlertGroup[] {
  const groups = arrayOf(isObject(data) ? data.groups : undefined, 'groups');
  return groups.filter(isObject).map((group) => ({
    name: textOf(group.name),
    file: textOf(group.file),
    rules: arrayOf(group.rules ?? [], 'rules of a group')
      .filter(isObject)
      // A server that does not know the parameter sends the recording rules too.
      .filter((rule) => rule.type !== 'recording')
      .map((rule) => ({
        name: textOf(rule.name),
        query: textOf(rule.query),
        duration: Number(rule.duration ?? 0),
        keepFiringFor: Number(rule.keepFiringFor ?? 0),
        labels: labelsOf(rule.labels),
        annotations: labelsOf(rule.annotations),
        state: stateOf(rule.state),
        health: healthOf(rule.health),
        lastError: textOf(rule.lastError),
        alerts: arrayOf(rule.alerts ?? [], 'alerts of a rule')
          .filter(isObject)
          .map(alertOf),
      })),
  }));
}

function stateOf(state: unknown): RuleState {
  return STATES.includes(String(state)) ? (state as RuleState) : 'unknown';
}

function alertOf(alert: Record<string, unknown>): RuleAlert {
  return {
    labels: labelsOf(alert.labels),
    annotations: labelsOf(alert.annotations),
    state: textOf(alert.state),
    activeAt: textOf(alert.activeAt),
    value: textOf(alert.value),
  };
}
