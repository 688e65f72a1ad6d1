import { Badge } from '@mantine/core';
import type { RuleHealth } from '../api/ruleGroups';

/** Whether a rule can be evaluated, in a colour and in words. */
export function HealthBadge({ health }: { health: RuleHealth }) {
  switch (health) {
    case 'ok':
      return (
        <Badge color="green" variant="light">
          ok
        </Badge>
      );
    case 'err':
      return (
        <Badge color="red.9" variant="filled">
          broken
        </Badge>
      );
    case 'unknown':
      return (
        <Badge color="gray" variant="outline">
          not evaluated yet
        </Badge>
      );
  }
}
