import type { ListedRule, RuleGroup, RuleHealth } from '../api/ruleGroups';
import { found, labelTexts } from '../parts/search';

export interface RuleFilter {
  /** Empty for all. */
  health: string;
  kind: string;
  search: string;
}

/** How many rules are well, broken, and not evaluated yet. */
export function countHealth(groups: readonly RuleGroup[]): Record<RuleHealth, number> {
  const counts = { ok: 0, err: 0, unknown: 0 };
  for (const group of groups) {
    for (const rule of group.rules) {
      counts[rule.health] += 1;
    }
  }
  return counts;
}

/** The rules that pass, without the groups that have none of them. */
export function filterRules(
  groups: readonly RuleGroup[],
  { health, kind, search }: RuleFilter,
): RuleGroup[] {
  const passes = (group: RuleGroup, rule: ListedRule) =>
    (health === '' || rule.health === health) &&
    (kind === '' || rule.kind === kind) &&
    found(search, [
      group.name,
      group.file,
      rule.name,
      rule.query,
      rule.lastError,
      ...labelTexts(rule.labels),
    ]);
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => passes(group, rule)) }))
    .filter((group) => group.rules.length > 0);
}
