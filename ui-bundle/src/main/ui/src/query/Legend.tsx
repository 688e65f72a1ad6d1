import { Button } from '@mantine/core';
import { memo, useState } from 'react';
import type { Series } from '../api/results';
import { seriesColor } from './colors';
import classes from './Legend.module.css';
import { SeriesText } from './SeriesText';
import { seriesName } from './seriesName';

/** More entries than this are shown only on demand. */
const MANY = 100;

interface LegendProps {
  series: readonly Series[];
  hidden: ReadonlySet<number>;
  dark: boolean;
  onChange: (hidden: ReadonlySet<number>) => void;
}

/** The series of a chart: the name shows one alone or all again, the square hides one. */
export const Legend = memo(function Legend({ series, hidden, dark, onChange }: LegendProps) {
  const [all, setAll] = useState(false);
  const shown = all ? series : series.slice(0, MANY);
  const toggle = (index: number) => {
    const next = new Set(hidden);
    if (!next.delete(index)) {
      next.add(index);
    }
    onChange(next);
  };
  const isolate = (index: number) => {
    const alone = !hidden.has(index) && hidden.size === series.length - 1;
    const others = series.map((_, other) => other).filter((other) => other !== index);
    onChange(new Set(alone ? [] : others));
  };
  return (
    <div className={classes.legend}>
      <ul aria-label="Series">
        {shown.map(({ metric }, index) => (
          <li key={index} className={hidden.has(index) ? classes.hidden : undefined}>
            <button
              type="button"
              className={classes.square}
              aria-pressed={!hidden.has(index)}
              aria-label={`Show ${seriesName(metric)}`}
              title="Hide or show"
              onClick={() => toggle(index)}
            >
              <span style={{ backgroundColor: seriesColor(index, dark) }} />
            </button>
            <button
              type="button"
              className={classes.name}
              title="Show this one alone, or all again. With Ctrl: hide or show it."
              onClick={(event) => (event.ctrlKey || event.metaKey ? toggle : isolate)(index)}
            >
              <SeriesText labels={metric} />
            </button>
          </li>
        ))}
      </ul>
      {shown.length < series.length && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          Show all {series.length} series
        </Button>
      )}
    </div>
  );
});
