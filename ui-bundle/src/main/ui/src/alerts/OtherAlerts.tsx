import type { ReceivedAlert } from '../api/alertmanager';
import type { Labels } from '../api/results';
import page from '../parts/Page.module.css';
import { useLimit } from '../parts/useLimit';
import { AlertRow } from './AlertRow';
import classes from './Alerts.module.css';

/** Alerts that the Alertmanager has and no rule of ours: other servers sent them. */
export function OtherAlerts({
  alerts,
  rulesKnown,
  now,
  onSilence,
}: {
  alerts: readonly ReceivedAlert[];
  rulesKnown: boolean;
  now: number;
  onSilence: (labels: Labels) => void;
}) {
  const { limit, more } = useLimit(50);
  return (
    <section className={page.card}>
      <header className={page.cardHead}>
        <h2 className={page.cardTitle}>
          {rulesKnown ? 'Received from elsewhere' : 'Known to the Alertmanager'}
        </h2>
        <span className={page.dimmed}>
          {rulesKnown ? 'no rule of this server has them' : 'while the rules are away'}
        </span>
      </header>
      <div className={classes.ruleBody}>
        {alerts.slice(0, limit).map((alert) => (
          <AlertRow
            key={alert.fingerprint}
            labels={alert.labels}
            annotations={alert.annotations}
            state="firing"
            since={alert.startsAt}
            received={alert}
            awaited={false}
            now={now}
            onSilence={onSilence}
          />
        ))}
        {more(alerts.length, 'alerts')}
      </div>
    </section>
  );
}
