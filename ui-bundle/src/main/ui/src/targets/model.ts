import type { Health, Target } from '../api/scraping';
import { found, labelTexts } from '../parts/search';

export interface Pool {
  name: string;
  targets: Target[];
  /** Of all its targets, whatever is filtered. */
  counts: Record<Health, number>;
}

export interface TargetFilter {
  pool: string;
  health: string;
  search: string;
}

/**
 * The targets by pool, those that are down first.
 *
 * @param names pools that are configured; those without targets are shown too
 */
export function byPool(
  targets: readonly Target[],
  names: readonly string[],
  { pool, health, search }: TargetFilter,
): Pool[] {
  const pools = new Map<string, Pool>(names.map((name) => [name, emptyPool(name)]));
  for (const target of targets) {
    const own = pools.get(target.pool) ?? emptyPool(target.pool);
    pools.set(target.pool, own);
    own.counts[target.health] += 1;
    const passes =
      (health === '' || target.health === health) &&
      found(search, [
        target.pool,
        target.scrapeUrl,
        target.lastError,
        ...labelTexts(target.labels),
      ]);
    if (passes) {
      own.targets.push(target);
    }
  }
  const filtered = health !== '' || search !== '';
  return [...pools.values()]
    .filter((own) => (pool === '' || own.name === pool) && !(filtered && own.targets.length === 0))
    .map((own) => ({ ...own, targets: own.targets.sort((a, b) => rank(a) - rank(b)) }));
}

function emptyPool(name: string): Pool {
  return { name, targets: [], counts: { up: 0, down: 0, unknown: 0 } };
}

function rank({ health }: Target): number {
  return health === 'down' ? 0 : health === 'unknown' ? 1 : 2;
}

/** How many targets are in each state of health. */
export function countHealth(targets: readonly Target[]): Record<Health, number> {
  const counts = { up: 0, down: 0, unknown: 0 };
  targets.forEach(({ health }) => (counts[health] += 1));
  return counts;
}
