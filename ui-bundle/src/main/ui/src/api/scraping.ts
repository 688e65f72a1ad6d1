import { arrayOf, isObject, labelsOf, textOf } from './http';
import type { Labels } from './results';

export type Health = 'up' | 'down' | 'unknown';

export interface Target {
  pool: string;
  labels: Labels;
  discoveredLabels: Labels;
  scrapeUrl: string;
  globalUrl: string;
  lastError: string;
  lastScrape: string;
  /** In seconds. */
  lastScrapeDuration: number;
  health: Health;
  interval: string;
  timeout: string;
}

/** The data of /api/v1/targets. */
export function activeTargets(data: unknown): Target[] {
  return arrayOf(isObject(data) ? data.activeTargets : undefined, 'activeTargets')
    .filter(isObject)
    .map((target) => ({
      pool: textOf(target.scrapePool),
      labels: labelsOf(target.labels),
      discoveredLabels: labelsOf(target.discoveredLabels),
      scrapeUrl: textOf(target.scrapeUrl),
      globalUrl: textOf(target.globalUrl),
      lastError: textOf(target.lastError),
      lastScrape: textOf(target.lastScrape),
      lastScrapeDuration: Number(target.lastScrapeDuration ?? 0),
      health: target.health === 'up' || target.health === 'down' ? target.health : 'unknown',
      interval: textOf(target.scrapeInterval),
      timeout: textOf(target.scrapeTimeout),
    }));
}

/** The data of /api/v1/scrape_pools. */
export function scrapePools(data: unknown): string[] {
  return arrayOf(isObject(data) ? data.scrapePools : undefined, 'scrapePools').map(String);
}
