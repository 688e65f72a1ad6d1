import { Badge } from '@mantine/core';

const COLORS: Record<string, string> = {
  firing: 'red.9',
  pending: 'yellow',
  inactive: 'green',
};

/** The state of a rule or an alert in a colour and in words. */
export function StateBadge({ state, count = 0 }: { state: string; count?: number }) {
  return (
    <Badge color={COLORS[state] ?? 'gray'} variant={state === 'firing' ? 'filled' : 'light'}>
      {count > 0 ? `${state} ${count}` : state}
    </Badge>
  );
}
