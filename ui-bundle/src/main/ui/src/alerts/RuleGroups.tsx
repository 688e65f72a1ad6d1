import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo, useId, useState } from 'react';
import type { AlertRule } from '../api/alertRules';
import type { Labels } from '../api/results';
import { HealthBadge } from '../parts/HealthBadge';
import { Link } from '../parts/Link';
import { LabelList } from '../parts/LabelList';
import page from '../parts/Page.module.css';
import { useLimit } from '../parts/useLimit';
import { newPanel } from '../query/panel';
import { writePanels } from '../query/urlState';
import { formatDuration } from '../time/duration';
import { AlertRow } from './AlertRow';
import classes from './Alerts.module.css';
import { Annotations } from './Annotations';
import { isMeant, type JoinedGroup, type JoinedRule } from './model';
import { StateBadge } from './StateBadge';

/** A rule with more alerts than this is closed at first. */
const MANY_ALERTS = 20;

interface GroupsProps {
  groups: readonly JoinedGroup[];
  now: number;
  /** Whether the Alertmanager's alerts are known. */
  joinable: boolean;
  onSilence: (labels: Labels) => void;
}

/** The rules by file and group. */
export const RuleGroups = memo(function RuleGroups(props: GroupsProps) {
  const { limit, more } = useLimit(100);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  let left = limit;
  const total = props.groups.reduce((sum, group) => sum + group.rules.length, 0);
  return (
    <>
      {props.groups.map((group) => {
        const rules = group.rules.slice(0, left);
        left -= rules.length;
        return rules.length === 0 ? null : (
          <section key={`${group.file}\n${group.name}`} className={page.card}>
            <header className={page.cardHead}>
              <h2 className={page.cardTitle}>{group.name}</h2>
              <span className={page.dimmed}>{group.file}</span>
            </header>
            {rules.map((rule) => (
              <RuleView
                key={rule.key}
                joined={rule}
                open={toggled.get(rule.key) ?? openAtFirst(rule)}
                onToggle={(open) => setToggled(new Map(toggled).set(rule.key, open))}
                now={props.now}
                joinable={props.joinable}
                onSilence={props.onSilence}
              />
            ))}
          </section>
        );
      })}
      {more(total, 'rules')}
    </>
  );
});

function openAtFirst({ rule, alerts }: JoinedRule): boolean {
  return rule.state === 'firing' && alerts.length <= MANY_ALERTS;
}

function RuleView({
  joined,
  open,
  onToggle,
  now,
  joinable,
  onSilence,
}: {
  joined: JoinedRule;
  open: boolean;
  onToggle: (open: boolean) => void;
} & Pick<GroupsProps, 'now' | 'joinable' | 'onSilence'>) {
  const { rule, alerts } = joined;
  const body = useId();
  const { limit, more } = useLimit(50);
  return (
    <article className={classes.rule} data-state={isMeant(rule) ? rule.state : rule.health}>
      <h3 className={classes.ruleHead}>
        <UnstyledButton
          className={classes.ruleButton}
          aria-expanded={open}
          aria-controls={body}
          onClick={() => onToggle(!open)}
        >
          {open ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          <span className={classes.ruleName}>{rule.name}</span>
          {rule.health !== 'ok' && <HealthBadge health={rule.health} />}
          {isMeant(rule) && <StateBadge state={rule.state} count={alerts.length} />}
        </UnstyledButton>
      </h3>
      {rule.lastError !== '' && <p className={classes.error}>{rule.lastError}</p>}
      {open && (
        <div id={body} className={classes.ruleBody}>
          <RuleFacts rule={rule} />
          {alerts.slice(0, limit).map(({ alert, received }) => (
            <AlertRow
              key={JSON.stringify(alert.labels)}
              labels={alert.labels}
              annotations={alert.annotations}
              state={alert.state}
              since={alert.activeAt}
              value={alert.value}
              received={received}
              awaited={joinable && alert.state === 'firing'}
              now={now}
              onSilence={onSilence}
            />
          ))}
          {more(alerts.length, 'alerts')}
        </div>
      )}
    </article>
  );
}

function RuleFacts({ rule }: { rule: AlertRule }) {
  const query = writePanels([newPanel({ expr: rule.query, tab: 'graph' })]);
  return (
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
      <LabelList labels={rule.labels} />
      {rule.alerts.length === 0 && <Annotations annotations={rule.annotations} />}
    </div>
  );
}
