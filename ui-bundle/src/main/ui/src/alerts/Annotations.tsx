import type { Labels } from '../api/results';
import classes from './Alerts.module.css';

/** What the rule says about its alerts. */
export function Annotations({ annotations }: { annotations: Labels }) {
  const entries = Object.entries(annotations);
  if (entries.length === 0) {
    return null;
  }
  return (
    <dl className={classes.annotations}>
      {entries.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {/^https?:\/\/\S+$/.test(text) ? (
              <a href={text} rel="noreferrer">
                {text}
              </a>
            ) : (
              text
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
