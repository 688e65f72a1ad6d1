import { arrayOf, isObject, labelsOf, textOf } from './http';
import type { Labels } from './results';

/** Whether a rule's last evaluation went well; unknown if there was none yet. */
export type RuleHealth = 'ok' | 'err' | 'unknown';

export interface ListedRule {
  kind: 'alerting' | 'recording';
  name: string;
  query: string;
  /** In seconds, as all times of the API are. */
  duration: number;
  keepFiringFor: number;
  labels: Labels;
  annotations: Labels;
  /** Empty for a recording rule. */
  state: string;
  health: RuleHealth;
  lastError: string;
  lastEvaluation: string;
  evaluationTime: number;
}

export interface RuleGroup {
  name: string;
  file: string;
  interval: number;
  lastEvaluation: string;
  evaluationTime: number;
  rules: ListedRule[];
}

/** The data of /api/v1/rules: rules of both kinds. */
export function ruleGroups(data: unknown): RuleGroup[] {
  const groups = arrayOf(isObject(data) ? data.groups : undefined, 'groups');
  return groups.filter(isObject).map((group) => ({
    name: textOf(group.name),
    file: textOf(group.file),
    interval: Number(group.interval ?? 0),
    lastEvaluation: textOf(group.lastEvaluation),
    evaluationTime: Number(group.evaluationTime ?? 0),
    rules: arrayOf(group.rules ?? [], 'rules of a group').filter(isObject).map(ruleOf),
  }));
}

function ruleOf(rule: Record<string, unknown>): ListedRule {
  return {
    kind: rule.type === 'recording' ? 'recording' : 'alerting',
    name: textOf(rule.name),
    query: textOf(rule.query),
    duration: Number(rule.duration ?? 0),
    keepFiringFor: Number(rule.keepFiringFor ?? 0),
    labels: labelsOf(rule.labels),
    annotations: labelsOf(rule.annotations),
    state: textOf(rule.state),
    health: healthOf(rule.health),
    lastError: textOf(rule.lastError),
    lastEvaluation: textOf(rule.lastEvaluation),
    evaluationTime: Number(rule.evaluationTime ?? 0),
  };
}

/** What is neither well nor broken is not known. */
export function healthOf(health: unknown): RuleHealth {
  return health === 'ok' || health === 'err' ? health : 'unknown';
}
