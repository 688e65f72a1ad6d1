import type { ListedRule } from '../api/ruleGroups';
import { Annotations } from '../alerts/Annotations';
import { isMeant } from '../alerts/model';
import { Ago } from '../parts/Ago';
import { HealthBadge } from '../parts/HealthBadge';
import { LabelList } from '../parts/LabelList';
import { Link } from '../parts/Link';
import page from '../parts/Page.module.css';
import { newPanel } from '../query/panel';
import { writePanels } from '../query/urlState';
import { formatDuration, roughDuration } from '../time/duration';
import classes from './Rules.module.css';

/** One rule: what it computes, and how its last evaluation went. */
export function RuleRow({ rule, now }: { rule: ListedRule; now: number }) {
  const query = writePanels([newPanel({ expr: rule.query, tab: 'graph' })]);
  return (
    <article className={classes.rule} data-health={rule.health} aria-label={rule.name}>
      <div className={classes.head}>
        <h3 className={classes.name}>{rule.name}</h3>
        <HealthBadge health={rule.health} />
        <span className={page.dimmed}>{rule.kind} rule</span>
        {rule.kind === 'alerting' && (
          <Link
            className={page.dimmed}
            to={`alerts?search=${encodeURIComponent(rule.name)}`}
            title="Show its alerts"
          >
            {isMeant(rule) ? rule.state : 'alerts'}
          </Link>
        )}
        {rule.health !== 'unknown' && (
          <span className={`${page.dimmed} ${page.end}`}>
            <span>
              evaluated <Ago time={rule.lastEvaluation} now={now} />
            </span>
            <span>in {roughDuration(rule.evaluationTime * 1000)}</span>
          </span>
        )}
      </div>
      <div className={classes.facts}>
        <Link to={`query${query}`} title="Show the graph of the expression">
          <code className={page.code}>{rule.query}</code>
        </Link>
        {rule.duration > 0 && (
          <span className={page.dimmed}>for {formatDuration(rule.duration * 1000)}</span>
        )}
        {rule.keepFiringFor > 0 && (
          <span className={page.dimmed}>
            keeps firing for {formatDuration(rule.keepFiringFor * 1000)}
          </span>
        )}
      </div>
      {Object.keys(rule.labels).length > 0 && <LabelList labels={rule.labels} />}
      <Annotations annotations={rule.annotations} />
      {rule.lastError !== '' && <p className={classes.error}>{rule.lastError}</p>}
    </article>
  );
}
