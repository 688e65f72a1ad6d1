import type { Labels } from '../api/results';
import classes from './LabelList.module.css';

/** Labels as small tags. */
export function LabelList({
  labels,
  without = [],
  onPick,
}: {
  labels: Labels;
  without?: readonly string[];
  /** Makes the tags buttons. */
  onPick?: (name: string, value: string) => void;
}) {
  const shown = Object.entries(labels).filter(([name]) => !without.includes(name));
  return (
    <ul className={classes.labels} aria-label="Labels">
      {shown.map(([name, value]) => (
        <li key={name}>
          {onPick ? (
            <button
              type="button"
              className={classes.label}
              title={`Show only ${name}="${value}"`}
              onClick={() => onPick(name, value)}
            >
              <LabelText name={name} value={value} />
            </button>
          ) : (
            <span className={classes.label}>
              <LabelText name={name} value={value} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function LabelText({ name, value }: { name: string; value: string }) {
  return (
    <>
      <span className={classes.name}>{name}</span>=&quot;{value}&quot;
    </>
  );
}
