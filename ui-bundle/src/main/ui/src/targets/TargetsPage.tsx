import { Badge, NativeSelect, SegmentedControl, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { getData } from '../api/http';
import { activeTargets, scrapePools, type Target } from '../api/scraping';
import { useNow } from '../parts/Ago';
import { Loading } from '../parts/Loading';
import { Failure } from '../parts/Notice';
import page from '../parts/Page.module.css';
import { SearchBox } from '../parts/SearchBox';
import { useLimit } from '../parts/useLimit';
import { useParameter } from '../parts/useLocation';
import { byPool, countHealth, type Pool } from './model';
import { TargetRow } from './TargetRow';
import classes from './Targets.module.css';

/** With more pools than this, those without trouble are closed at first. */
const MANY_POOLS = 20;

/** What is scraped and how that goes. */
export default function TargetsPage() {
  const now = useNow();
  const targets = useQuery({
    queryKey: ['targets'],
    queryFn: ({ signal }) =>
      getData('targets', activeTargets, {
        parameters: new URLSearchParams({ state: 'active' }),
        signal,
      }),
    refetchInterval: 10_000,
  });
  const pools = useQuery({
    queryKey: ['scrape_pools'],
    queryFn: ({ signal }) => getData('scrape_pools', scrapePools, { signal }),
    refetchInterval: 60_000,
  });
  return (
    <div className={page.page}>
      <h1 className={page.title}>Targets</h1>
      {targets.error && <Failure of="Targets" error={targets.error} />}
      {targets.isLoading && <Loading />}
      {targets.data && (
        <Pools targets={targets.data.data} names={pools.data?.data ?? []} now={now} />
      )}
    </div>
  );
}

function Pools({
  targets,
  names,
  now,
}: {
  targets: readonly Target[];
  names: readonly string[];
  now: number;
}) {
  const [pool, setPool] = useParameter('pool');
  const [health, setHealth] = useParameter('health');
  const [search, setSearch] = useParameter('search');
  const sought = useDeferredValue(search);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const counts = useMemo(() => countHealth(targets), [targets]);
  const pools = useMemo(
    () => byPool(targets, names, { pool, health, search: sought }),
    [targets, names, pool, health, sought],
  );
  const poolNames = useMemo(
    () => [...new Set([...names, ...targets.map((target) => target.pool)])],
    [names, targets],
  );
  const openAtFirst = ({ counts: own }: Pool) => pools.length <= MANY_POOLS || own.down > 0;
  return (
    <>
      <div className={page.toolbar}>
        <SegmentedControl
          aria-label="Health"
          value={health}
          onChange={setHealth}
          data={[
            { value: '', label: 'All' },
            { value: 'up', label: `Up ${counts.up}` },
            { value: 'down', label: `Down ${counts.down}` },
            { value: 'unknown', label: `Unknown ${counts.unknown}` },
          ]}
        />
        <NativeSelect
          aria-label="Pool"
          value={pool}
          onChange={(event) => setPool(event.currentTarget.value)}
          data={[
            { value: '', label: 'All pools' },
            ...poolNames.map((name) => ({ value: name, label: name })),
          ]}
        />
        <SearchBox
          value={search}
          onChange={setSearch}
          placeholder="Search by label, endpoint or error"
        />
      </div>
      {pools.length === 0 && (
        <p className={page.empty}>
          {poolNames.length === 0
            ? 'No scrape pool is configured.'
            : 'No target matches the filters.'}
        </p>
      )}
      {pools.map((own) => (
        <PoolView
          key={own.name}
          pool={own}
          open={toggled.get(own.name) ?? openAtFirst(own)}
          onToggle={(open) => setToggled(new Map(toggled).set(own.name, open))}
          now={now}
          onPick={(name, value) => setSearch(`${name}="${value}"`)}
        />
      ))}
    </>
  );
}

function PoolView({
  pool,
  open,
  onToggle,
  now,
  onPick,
}: {
  pool: Pool;
  open: boolean;
  onToggle: (open: boolean) => void;
  now: number;
  onPick: (name: string, value: string) => void;
}) {
  const { limit, more } = useLimit(100);
  const { up, down, unknown } = pool.counts;
  const total = up + down + unknown;
  return (
    <section className={page.card}>
      <h2 className={classes.poolTitle}>
        <UnstyledButton
          className={page.cardHead}
          aria-expanded={open}
          onClick={() => onToggle(!open)}
        >
          {open ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          <span className={page.cardTitle}>{pool.name}</span>
          <span className={page.end}>
            {down > 0 && <Badge color="red.9">{down} down</Badge>}
            {unknown > 0 && <Badge color="gray">{unknown} unknown</Badge>}
            <Badge color={total === 0 ? 'gray' : down > 0 ? 'gray' : 'green'} variant="light">
              {total === 0 ? 'no targets' : `${up} of ${total} up`}
            </Badge>
          </span>
        </UnstyledButton>
      </h2>
      {open && (
        <div className={classes.targets}>
          {pool.targets.slice(0, limit).map((target) => (
            <TargetRow key={keyOf(target)} target={target} now={now} onPick={onPick} />
          ))}
          {total === 0 && <p className={page.dimmed}>No targets were discovered.</p>}
          {more(pool.targets.length, 'targets')}
        </div>
      )}
    </section>
  );
}

function keyOf({ scrapeUrl, labels }: Target): string {
  return scrapeUrl + JSON.stringify(labels);
}
