import { Fragment, memo } from 'react';
import type { Labels } from '../api/results';
import { labelName, otherLabels, quoted, seriesName } from './seriesName';
import classes from './SeriesText.module.css';

/** A series as PromQL writes it, in the editor's colours. */
export const SeriesText = memo(function SeriesText({
  labels,
  plain = false,
}: {
  labels: Labels;
  /** Without colours, for very many of them. */
  plain?: boolean;
}) {
  const pairs = otherLabels(labels);
  const name = labels.__name__;
  if (plain || (name !== undefined && !/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name))) {
    return <code className={classes.series}>{seriesName(labels)}</code>;
  }
  return (
    <code className={classes.series}>
      <strong>{name}</strong>
      {'{'}
      {pairs.map(([label, value], index) => (
        <Fragment key={label}>
          {index > 0 && ', '}
          <span className={classes.label}>{labelName(label)}</span>=
          <span className={classes.value}>{quoted(value)}</span>
        </Fragment>
      ))}
      {'}'}
    </code>
  );
});
