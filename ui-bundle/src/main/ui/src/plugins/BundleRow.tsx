import { Badge, Button } from '@mantine/core';
import { useState } from 'react';
import type { Contribution, InstalledBundle } from '../api/bundles';
import page from '../parts/Page.module.css';
import { costOfStopping } from './model';
import classes from './Plugins.module.css';

const COLORS: Record<string, string> = {
  active: 'green',
  attached: 'green',
  starting: 'blue',
  stopping: 'orange',
  stopped: 'gray',
  unresolved: 'red',
  'not installed': 'red',
};

/** One bundle: its state, what it adds, and why it does not run. */
export function BundleRow({
  bundle,
  mayChange,
  busy,
  onChange,
}: {
  bundle: InstalledBundle;
  mayChange: boolean;
  busy: boolean;
  onChange: (to: 'start' | 'stop') => void;
}) {
  const [asked, setAsked] = useState(false);
  const title = bundle.name || bundle.file;
  const running = bundle.state === 'active' || bundle.state === 'starting';
  return (
    <article className={classes.bundle} aria-label={title}>
      <div className={classes.head}>
        <Badge color={COLORS[bundle.state] ?? 'gray'} variant="light" className={classes.state}>
          {bundle.state}
        </Badge>
        <h2 className={classes.name}>{title}</h2>
        <span className={page.dimmed}>{bundle.version}</span>
        <span className={page.dimmed}>{bundle.updateClass}</span>
        {bundle.file !== '' && bundle.name !== '' && (
          <span className={page.dimmed}>{bundle.file}</span>
        )}
        {mayChange && (
          <span className={page.end}>
            {running ? (
              <Button
                size="compact-sm"
                variant="default"
                loading={busy}
                disabled={asked}
                onClick={() => setAsked(true)}
              >
                Stop
              </Button>
            ) : (
              <Button
                size="compact-sm"
                variant="light"
                loading={busy}
                onClick={() => onChange('start')}
              >
                Start
              </Button>
            )}
          </span>
        )}
      </div>
      {asked && running && (
        <div className={classes.question} role="alert">
          <span>{costOfStopping(bundle)}</span>
          <Button
            size="compact-sm"
            color="red"
            onClick={() => {
              setAsked(false);
              onChange('stop');
            }}
          >
            Stop it
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>
            Keep it
          </Button>
        </div>
      )}
      {bundle.problem !== '' && <p className={classes.problem}>{bundle.problem}</p>}
      {bundle.contributions.length > 0 && <Contributions contributions={bundle.contributions} />}
    </article>
  );
}

function Contributions({ contributions }: { contributions: readonly Contribution[] }) {
  return (
    <ul className={classes.contributions} aria-label="Contributions">
      {contributions.map(({ kind, name, more }) => (
        <li key={`${kind} ${name}`}>
          <span className={page.dimmed}>{kind}</span> {name}
          {more.length > 0 && <span className={page.dimmed}> ({more.join('; ')})</span>}
        </li>
      ))}
    </ul>
  );
}
