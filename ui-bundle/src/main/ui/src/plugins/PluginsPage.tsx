import { Alert, SegmentedControl } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { bundleList, changeBundle, type InstalledBundle } from '../api/bundles';
import { asApiError, getData, isObject } from '../api/http';
import { Loading } from '../parts/Loading';
import { Failure } from '../parts/Notice';
import page from '../parts/Page.module.css';
import { SearchBox } from '../parts/SearchBox';
import { useParameter } from '../parts/useLocation';
import { BundleRow } from './BundleRow';
import { filterBundles, KINDS, type Kind } from './model';

/** What the server is made of, and what each part adds. */
export default function PluginsPage() {
  const bundles = useQuery({
    queryKey: ['bundles'],
    queryFn: ({ signal }) => getData('bundles', bundleList, { signal }),
    refetchInterval: 5000,
  });
  return (
    <div className={page.page}>
      <h1 className={page.title}>Plug-ins</h1>
      {bundles.error && <Failure of="Plug-ins" error={bundles.error} />}
      {bundles.isLoading && <Loading />}
      {bundles.data && <Bundles bundles={bundles.data.data} />}
    </div>
  );
}

const DONE = { start: 'started', stop: 'stopped' };

function Bundles({ bundles }: { bundles: readonly InstalledBundle[] }) {
  const client = useQueryClient();
  const [shown, setShown] = useParameter('show');
  const [search, setSearch] = useParameter('search');
  const kind: Kind = KINDS.find((name) => name === shown) ?? 'product';
  const filtered = useMemo(() => filterBundles(bundles, kind, search), [bundles, kind, search]);
  const change = useMutation({
    mutationFn: ({ name, to }: { name: string; to: 'start' | 'stop' }) => changeBundle(name, to),
    onSettled: () => client.invalidateQueries({ queryKey: ['bundles'] }),
  });
  const flags = useQuery({
    queryKey: ['flags'],
    queryFn: ({ signal }) =>
      getData('status/flags', (data) => (isObject(data) ? data : {}), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  // Where the flags cannot be read, the first answer tells.
  const refused = change.error !== null && asApiError(change.error).status === 403;
  const admin = flags.data?.data['web.enable-admin-api'];
  const mayChange = admin === undefined ? flags.isError && !refused : String(admin) === 'true';
  return (
    <>
      <div className={page.toolbar}>
        <SegmentedControl
          aria-label="Which bundles"
          value={kind}
          onChange={(next) => setShown(next === 'product' ? '' : next)}
          data={[
            { value: 'product', label: 'Product' },
            { value: 'drop-in', label: 'Drop-ins' },
            { value: 'foundation', label: 'Foundation' },
            { value: 'all', label: `All ${bundles.length}` },
          ]}
        />
        <SearchBox
          value={search}
          onChange={setSearch}
          placeholder="Search by name, state or contribution"
        />
      </div>
      {flags.isSuccess && !mayChange && (
        <Alert color="gray" variant="light" role="note">
          Starting and stopping is off; the flag --web.enable-admin-api turns it on.
        </Alert>
      )}
      {change.error && (
        <Failure
          of={`${change.variables.name} was not ${DONE[change.variables.to]}`}
          error={change.error}
        />
      )}
      {filtered.length === 0 && <p className={page.empty}>There is no such bundle.</p>}
      <div className={page.card}>
        {filtered.map((bundle) => (
          <BundleRow
            key={bundle.name + bundle.version + bundle.file}
            bundle={bundle}
            mayChange={mayChange && bundle.updateClass !== 'foundation' && bundle.name !== ''}
            busy={change.isPending && change.variables.name === bundle.name}
            onChange={(to) => change.mutate({ name: bundle.name, to })}
          />
        ))}
      </div>
    </>
  );
}
