import { lazy, Suspense, useEffect, type ComponentType } from 'react';
import { goTo, usePage } from '../parts/useLocation';
import { Loading } from '../parts/Loading';
import classes from './App.module.css';
import { ErrorBoundary } from './ErrorBoundary';
import { Header } from './Header';
import { MissingParts } from './Readiness';

const PAGES: Record<string, { title: string; Page: ComponentType }> = {
  query: { title: 'Query', Page: lazy(() => import('../query/QueryPage')) },
  alerts: { title: 'Alerts', Page: lazy(() => import('../alerts/AlertsPage')) },
  rules: { title: 'Rules', Page: lazy(() => import('../rules/RulesPage')) },
  targets: { title: 'Targets', Page: lazy(() => import('../targets/TargetsPage')) },
  plugins: { title: 'Plug-ins', Page: lazy(() => import('../plugins/PluginsPage')) },
};

/** The header and one of the pages, each loaded when it is first shown. */
export function App() {
  const page = usePage();
  const known = PAGES[page];
  useEffect(() => {
    if (!known) {
      goTo('query', true);
    }
  }, [known]);
  useEffect(() => {
    document.title = known ? `${known.title} · Narthex` : 'Narthex';
  }, [known]);
  return (
    <>
      <Header page={page} />
      <MissingParts />
      <main className={classes.main}>
        {known && (
          <ErrorBoundary key={page}>
            <Suspense fallback={<Loading />}>
              <known.Page />
            </Suspense>
          </ErrorBoundary>
        )}
      </main>
    </>
  );
}
