import { Checkbox, SegmentedControl, Tabs } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { alertGroups } from '../api/alertRules';
import {
  fetchAlerts,
  fetchSilences,
  type NewSilence,
  type ReceivedAlert,
} from '../api/alertmanager';
import { getData } from '../api/http';
import type { Labels } from '../api/results';
import { useNow } from '../parts/Ago';
import { Failure } from '../parts/Notice';
import { BrokenRules } from '../parts/BrokenRules';
import { Loading } from '../parts/Loading';
import page from '../parts/Page.module.css';
import { found, labelTexts } from '../parts/search';
import { SearchBox } from '../parts/SearchBox';
import { useParameter } from '../parts/useLocation';
import { countBroken, countStates, exactMatchers, filterGroups, joinAlerts } from './model';
import { OtherAlerts } from './OtherAlerts';
import { RuleGroups } from './RuleGroups';
import { SilenceForm } from './SilenceForm';
import { SilenceList } from './SilenceList';

const EVERY = 10_000;

/** What alerts, who is told, and what is silenced. */
export default function AlertsPage() {
  const now = useNow();
  const client = useQueryClient();
  const [tab, setTab] = useParameter('tab');
  const [draft, setDraft] = useState<Partial<NewSilence> | null>(null);
  const rules = useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) =>
      getData('rules', alertGroups, {
        parameters: new URLSearchParams({ type: 'alert' }),
        signal,
      }),
    refetchInterval: EVERY,
  });
  const received = useQuery({
    queryKey: ['alertmanager', 'alerts'],
    queryFn: ({ signal }) => fetchAlerts(signal),
    refetchInterval: EVERY,
  });
  const silences = useQuery({
    queryKey: ['alertmanager', 'silences'],
    queryFn: ({ signal }) => fetchSilences(signal),
    refetchInterval: EVERY,
  });
  const silence = (labels: Labels) => setDraft({ matchers: exactMatchers(labels) });
  const activeCount = silences.data?.filter(({ state }) => state === 'active').length;

  return (
    <div className={page.page}>
      <h1 className={page.title}>Alerts</h1>
      <Tabs
        value={tab || 'alerts'}
        onChange={(next) => setTab(next === 'alerts' ? '' : (next ?? ''))}
      >
        <Tabs.List>
          <Tabs.Tab value="alerts">Alerts</Tabs.Tab>
          <Tabs.Tab value="silences">
            Silences{activeCount === undefined ? '' : ` (${activeCount} active)`}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="alerts" className={page.panel}>
          {rules.error && <Failure of="Rules" error={rules.error} />}
          {received.error && <Failure of="Silenced and inhibited states" error={received.error} />}
          {rules.isLoading && <Loading />}
          <AlertLists
            groups={rules.data?.data ?? NONE}
            known={rules.isSuccess}
            received={received.error ? NONE : (received.data ?? NONE)}
            joinable={!received.error && received.data !== undefined}
            now={now}
            onSilence={silence}
          />
        </Tabs.Panel>
        <Tabs.Panel value="silences" className={page.panel}>
          {silences.error ? (
            <Failure of="Silences" error={silences.error} />
          ) : silences.data ? (
            <SilenceList
              silences={silences.data}
              alerts={received.data ?? NONE}
              now={now}
              onNew={() => setDraft({})}
              onEdit={setDraft}
            />
          ) : (
            <Loading />
          )}
        </Tabs.Panel>
      </Tabs>
      {draft && (
        <SilenceForm
          initial={draft}
          onClose={() => setDraft(null)}
          onDone={() => {
            setDraft(null);
            void client.invalidateQueries({ queryKey: ['alertmanager'] });
          }}
        />
      )}
    </div>
  );
}

const NONE: never[] = [];

function AlertLists({
  groups,
  known,
  received,
  joinable,
  now,
  onSilence,
}: {
  groups: ReturnType<typeof alertGroups>;
  /** Whether the rules are known, so that none means none. */
  known: boolean;
  received: readonly ReceivedAlert[];
  joinable: boolean;
  now: number;
  onSilence: (labels: Labels) => void;
}) {
  const [state, setState] = useParameter('state');
  const [search, setSearch] = useParameter('search');
  const [hide, setHide] = useParameter('hide');
  // Typing does not wait for the lists.
  const sought = useDeferredValue(search);
  const counts = useMemo(() => countStates(groups), [groups]);
  const joined = useMemo(() => joinAlerts(groups, received), [groups, received]);
  const filtered = useMemo(
    () => filterGroups(joined.groups, { state, search: sought, hideSuppressed: hide !== '' }),
    [joined, state, sought, hide],
  );
  const others = useMemo(
    () => joined.others.filter((alert) => found(sought, labelTexts(alert.labels))),
    [joined, sought],
  );
  const broken = useMemo(() => countBroken(groups), [groups]);
  return (
    <>
      <BrokenRules count={broken} kind="alerting" />
      <div className={page.toolbar}>
        <SegmentedControl
          aria-label="State"
          size="sm"
          value={state}
          onChange={setState}
          data={[
            { value: '', label: 'All' },
            { value: 'firing', label: `Firing ${counts.firing}` },
            { value: 'pending', label: `Pending ${counts.pending}` },
            { value: 'inactive', label: `Inactive ${counts.inactive}` },
          ]}
        />
        <SearchBox
          value={search}
          onChange={setSearch}
          placeholder="Search by rule, group, file or label"
        />
        <Checkbox
          label="Hide silenced and inhibited"
          checked={hide !== ''}
          onChange={(event) => setHide(event.currentTarget.checked ? 'suppressed' : '')}
        />
      </div>
      {known && filtered.length === 0 && (
        <p className={page.empty}>
          {groups.length === 0 ? 'There are no alerting rules.' : 'No rule matches the filters.'}
        </p>
      )}
      <RuleGroups groups={filtered} now={now} joinable={joinable} onSilence={onSilence} />
      {(state === '' || state === 'firing') && others.length > 0 && (
        <OtherAlerts alerts={others} rulesKnown={known} now={now} onSilence={onSilence} />
      )}
    </>
  );
}
