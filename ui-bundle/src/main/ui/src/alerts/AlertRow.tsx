import { Badge, Button } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import type { ReceivedAlert } from '../api/alertmanager';
import type { Labels } from '../api/results';
import { Since } from '../parts/Ago';
import { LabelList } from '../parts/LabelList';
import { Link } from '../parts/Link';
import { plainNumber, roundedNumber } from '../parts/number';
import page from '../parts/Page.module.css';
import classes from './Alerts.module.css';
import { Annotations } from './Annotations';
import { StateBadge } from './StateBadge';

interface AlertProps {
  labels: Labels;
  annotations: Labels;
  state: string;
  since: string;
  value?: string;
  received: ReceivedAlert | undefined;
  /** Whether the Alertmanager should know it by now. */
  awaited: boolean;
  now: number;
  onSilence: (labels: Labels) => void;
}

/** One alert: since when, with what value, and whether anybody is told. */
export function AlertRow(props: AlertProps) {
  const { labels, annotations, state, since, value, received, awaited, now, onSilence } = props;
  return (
    <div className={classes.alert}>
      <div className={classes.alertHead}>
        <StateBadge state={state} />
        {received && <Suppression alert={received} />}
        {awaited && !received && <span className={page.dimmed}>not known to the Alertmanager</span>}
        <span className={page.dimmed}>
          active since <Since time={since} now={now} />
        </span>
        {value !== undefined && (
          <span className={page.dimmed}>
            value{' '}
            <b className={classes.value} title={plainNumber(value)}>
              {roundedNumber(value)}
            </b>
          </span>
        )}
        {received && received.receivers.length > 0 && (
          <span className={page.dimmed}>to {received.receivers.join(', ')}</span>
        )}
        <Button
          className={classes.silence}
          size="compact-sm"
          variant="light"
          leftSection={<IconBellOff size={14} />}
          onClick={() => onSilence(received?.labels ?? labels)}
        >
          Silence
        </Button>
      </div>
      <LabelList labels={labels} />
      <Annotations annotations={annotations} />
    </div>
  );
}

function Suppression({ alert }: { alert: ReceivedAlert }) {
  return (
    <>
      {alert.silencedBy.map((id) => (
        <Link
          key={id}
          className={classes.link}
          to={`alerts?tab=silences&silence=${encodeURIComponent(id)}`}
          title={`Silence ${id}`}
        >
          <Badge color="grape" variant="light" className={classes.linkBadge}>
            silenced
          </Badge>
        </Link>
      ))}
      {alert.inhibitedBy.length > 0 && (
        <Badge color="indigo" variant="light">
          inhibited
        </Badge>
      )}
      {alert.mutedBy.length > 0 && (
        <Badge color="gray" variant="light" title={alert.mutedBy.join(', ')}>
          muted
        </Badge>
      )}
    </>
  );
}
