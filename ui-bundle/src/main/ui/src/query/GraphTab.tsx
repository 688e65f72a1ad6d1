import { Button, Checkbox, Loader, SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Remarks } from '../parts/Notice';
import { formatDuration, roughDuration } from '../time/duration';
import { Chart } from './Chart';
import { RangeInput, ResolutionInput, TimeInput } from './inputs';
import { Legend } from './Legend';
import type { DisplayMode, Panel } from './panel';
import { QueryFailure } from './QueryFailure';
import classes from './QueryPage.module.css';
import { seriesName } from './seriesName';
import { useRangeQuery, type RangeAnswer } from './usePanelQuery';

/** More series than this are drawn only on demand. */
const MANY = 1000;

interface TabProps {
  panel: Panel;
  run: number;
  onChange: (values: Partial<Panel>) => void;
}

/** The result of a query over a range. */
export function GraphTab({ panel, run, onChange }: TabProps) {
  const { data, error, isFetching } = useRangeQuery(panel, run);
  const empty = panel.expr.trim() === '';
  return (
    <>
      <div className={classes.controls}>
        <RangeInput value={panel.range} onChange={(range) => onChange({ range })} />
        <TimeInput
          label="End"
          value={panel.end}
          shift={panel.range / 2}
          onChange={(end) => onChange({ end })}
        />
        <ResolutionInput
          value={panel.resolution}
          range={panel.range}
          onChange={(resolution) => onChange({ resolution })}
        />
        <SegmentedControl
          size="xs"
          aria-label="Display"
          value={panel.displayMode}
          onChange={(mode) => onChange({ displayMode: mode as DisplayMode })}
          data={[
            { value: 'lines', label: 'Lines' },
            { value: 'stacked', label: 'Stacked' },
          ]}
        />
        <Checkbox
          size="xs"
          label="Y from 0"
          checked={panel.yAxisMin !== null}
          onChange={(event) => onChange({ yAxisMin: event.currentTarget.checked ? 0 : null })}
        />
        <span className={classes.facts} role="status">
          {isFetching && <Loader size={14} />}
          {!isFetching && !error && !empty && data && factsOf(data)}
        </span>
      </div>
      {empty && <p className={classes.hint}>No query was run yet.</p>}
      {error && <QueryFailure error={error} expr={panel.expr} />}
      {!empty && !error && data && (
        <div className={classes.result} aria-busy={isFetching}>
          <Remarks kind="warning" texts={data.warnings} />
          <Remarks kind="info" texts={data.infos} />
          {data.data.length === 0 ? (
            <p className={classes.hint}>The result is empty.</p>
          ) : (
            <Graph panel={panel} answer={data} onChange={onChange} />
          )}
        </div>
      )}
    </>
  );
}

function factsOf({ data, step, millis }: RangeAnswer): string {
  return `${data.length} series, step ${formatDuration(step)}, in ${roughDuration(millis)}`;
}

function Graph({
  panel,
  answer,
  onChange,
}: {
  panel: Panel;
  answer: RangeAnswer;
  onChange: (values: Partial<Panel>) => void;
}) {
  const dark = useComputedColorScheme('light') === 'dark';
  const [all, setAll] = useState(false);
  // By name, so that it holds when the same query is run over another range.
  const [hiddenNames, setHiddenNames] = useState<ReadonlySet<string>>(new Set());
  const series = useMemo(
    () => (all ? answer.data : answer.data.slice(0, MANY)),
    [all, answer.data],
  );
  const names = useMemo(() => series.map(({ metric }) => seriesName(metric)), [series]);
  const hidden = useMemo(
    () => new Set(names.flatMap((name, index) => (hiddenNames.has(name) ? [index] : []))),
    [names, hiddenNames],
  );
  return (
    <>
      {series.length < answer.data.length && (
        <p className={classes.hint}>
          The first {MANY.toLocaleString('en')} series of {answer.data.length.toLocaleString('en')}{' '}
          are drawn.{' '}
          <Button size="compact-sm" variant="light" onClick={() => setAll(true)}>
            Draw all
          </Button>
        </p>
      )}
      <Chart
        series={series}
        start={answer.start}
        end={answer.end}
        step={answer.step}
        stacked={panel.displayMode === 'stacked'}
        yAxisMin={panel.yAxisMin}
        hidden={hidden}
        onZoom={(from, to) => {
          // Whole seconds, as they stand in the address.
          const end = Math.round(to / 1000) * 1000;
          onChange({ end, range: Math.max(1000, end - Math.round(from / 1000) * 1000) });
        }}
      />
      <Legend
        series={series}
        hidden={hidden}
        dark={dark}
        onChange={(indices) =>
          setHiddenNames(new Set([...indices].map((index) => names[index] ?? '')))
        }
      />
    </>
  );
}
