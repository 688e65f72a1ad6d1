import { Badge } from '@mantine/core';
import { memo } from 'react';
import type { Health, Target } from '../api/scraping';
import { Ago } from '../parts/Ago';
import { LabelList } from '../parts/LabelList';
import { roughDuration } from '../time/duration';
import classes from './Targets.module.css';

const COLORS: Record<Health, string> = { up: 'green', down: 'red.9', unknown: 'gray' };

/** One target: how it is, when it was scraped last, and what went wrong. */
export const TargetRow = memo(function TargetRow({
  target,
  now,
  onPick,
}: {
  target: Target;
  now: number;
  onPick: (name: string, value: string) => void;
}) {
  const url = target.globalUrl || target.scrapeUrl;
  return (
    <article className={classes.target} data-health={target.health}>
      <div className={classes.head}>
        <Badge
          color={COLORS[target.health]}
          variant={target.health === 'down' ? 'filled' : 'light'}
        >
          {target.health}
        </Badge>
        {/^https?:/.test(url) ? (
          <a className={classes.url} href={url} rel="noreferrer" title={target.scrapeUrl}>
            {url}
          </a>
        ) : (
          <span className={classes.url}>{url}</span>
        )}
        <span className={classes.facts}>
          <span>
            <Ago time={target.lastScrape} now={now} />
          </span>
          <span title="Duration of the last scrape">
            took {roughDuration(target.lastScrapeDuration * 1000)}
          </span>
          <span title={`Timeout ${target.timeout}`}>every {target.interval}</span>
        </span>
      </div>
      <LabelList labels={target.labels} onPick={onPick} />
      {target.lastError !== '' && <p className={classes.error}>{target.lastError}</p>}
    </article>
  );
});
