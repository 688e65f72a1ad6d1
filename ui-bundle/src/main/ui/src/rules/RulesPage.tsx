import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { getData } from '../api/http';
import { ruleGroups, type RuleGroup } from '../api/ruleGroups';
import { Ago, useNow } from '../parts/Ago';
import { BrokenRules } from '../parts/BrokenRules';
import { Loading } from '../parts/Loading';
import { Failure } from '../parts/Notice';
import page from '../parts/Page.module.css';
import { SearchBox } from '../parts/SearchBox';
import { useLimit } from '../parts/useLimit';
import { useParameter } from '../parts/useLocation';
import { formatDuration, roughDuration } from '../time/duration';
import { apiTime } from '../time/moment';
import { countHealth, filterRules } from './model';
import { RuleRow } from './RuleRow';

/** The rules of both kinds, by file and group, and how their evaluation goes. */
export default function RulesPage() {
  const rules = useQuery({
    queryKey: ['rules', 'all'],
    queryFn: ({ signal }) =>
      getData('rules', ruleGroups, {
        parameters: new URLSearchParams({ exclude_alerts: 'true' }),
        signal,
      }),
    refetchInterval: 10_000,
  });
  return (
    <div className={page.page}>
      <h1 className={page.title}>Rules</h1>
      {rules.error && <Failure of="Rules" error={rules.error} />}
      {rules.isLoading && <Loading />}
      {rules.data && <Groups groups={rules.data.data} />}
    </div>
  );
}

function Groups({ groups }: { groups: readonly RuleGroup[] }) {
  const [health, setHealth] = useParameter('health');
  const [kind, setKind] = useParameter('type');
  const [search, setSearch] = useParameter('search');
  // Typing does not wait for the lists.
  const sought = useDeferredValue(search);
  const now = useNow();
  const counts = useMemo(() => countHealth(groups), [groups]);
  const filtered = useMemo(
    () => filterRules(groups, { health, kind, search: sought }),
    [groups, health, kind, sought],
  );
  const { limit, more } = useLimit(100);
  let left = limit;
  return (
    <>
      {health !== 'err' && <BrokenRules count={counts.err} />}
      <div className={page.toolbar}>
        <SegmentedControl
          aria-label="Health"
          value={health}
          onChange={setHealth}
          data={[
            { value: '', label: 'All' },
            { value: 'ok', label: `OK ${counts.ok}` },
            { value: 'err', label: `Broken ${counts.err}` },
            { value: 'unknown', label: `Not evaluated ${counts.unknown}` },
          ]}
        />
        <NativeSelect
          aria-label="Kind"
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
          data={[
            { value: '', label: 'Both kinds' },
            { value: 'alerting', label: 'Alerting rules' },
            { value: 'recording', label: 'Recording rules' },
          ]}
        />
        <SearchBox
          value={search}
          onChange={setSearch}
          placeholder="Search by rule, expression, group, file or error"
        />
      </div>
      {filtered.length === 0 && (
        <p className={page.empty}>
          {groups.length === 0 ? 'There are no rules.' : 'No rule matches the filters.'}
        </p>
      )}
      {filtered.map((group) => {
        const rules = group.rules.slice(0, Math.max(0, left));
        left -= rules.length;
        return rules.length === 0 ? null : (
          <section key={`${group.file}\n${group.name}`} className={page.card}>
            <GroupHead group={group} now={now} />
            {rules.map((rule, index) => (
              <RuleRow key={index} rule={rule} now={now} />
            ))}
          </section>
        );
      })}
      {more(
        filtered.reduce((sum, group) => sum + group.rules.length, 0),
        'rules',
      )}
    </>
  );
}

function GroupHead({ group, now }: { group: RuleGroup; now: number }) {
  return (
    <header className={page.cardHead}>
      <h2 className={page.cardTitle}>{group.name}</h2>
      <span className={page.dimmed}>{group.file}</span>
      <span className={page.dimmed}>every {formatDuration(group.interval * 1000)}</span>
      <span className={page.dimmed}>
        {apiTime(group.lastEvaluation) === undefined ? (
          'not evaluated yet'
        ) : (
          <>
            last evaluated <Ago time={group.lastEvaluation} now={now} />, took{' '}
            {roughDuration(group.evaluationTime * 1000)}
          </>
        )}
      </span>
    </header>
  );
}
