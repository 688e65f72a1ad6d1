import { Loader } from '@mantine/core';
import { Remarks } from '../parts/Notice';
import { roughDuration } from '../time/duration';
import { TimeInput } from './inputs';
import type { Panel } from './panel';
import { QueryFailure } from './QueryFailure';
import classes from './QueryPage.module.css';
import { ResultTable, resultCount } from './ResultTable';
import { useInstantQuery } from './usePanelQuery';

/** The result of a query at one moment. */
export function TableTab({
  panel,
  run,
  onChange,
}: {
  panel: Panel;
  run: number;
  onChange: (values: Partial<Panel>) => void;
}) {
  const { data, error, isFetching } = useInstantQuery(panel, run);
  const empty = panel.expr.trim() === '';
  return (
    <>
      <div className={classes.controls}>
        <TimeInput
          label="Evaluation time"
          value={panel.end}
          shift={panel.range / 2}
          onChange={(end) => onChange({ end })}
        />
        <span className={classes.facts} role="status">
          {isFetching && <Loader size={14} />}
          {!isFetching &&
            !error &&
            !empty &&
            data &&
            `${resultCount(data.data)} in ${roughDuration(data.millis)}`}
        </span>
      </div>
      {empty && <p className={classes.hint}>No query was run yet.</p>}
      {error && <QueryFailure error={error} expr={panel.expr} />}
      {!empty && !error && data && (
        <div className={classes.result} aria-busy={isFetching}>
          <Remarks kind="warning" texts={data.warnings} />
          <Remarks kind="info" texts={data.infos} />
          <ResultTable result={data.data} />
        </div>
      )}
    </>
  );
}
