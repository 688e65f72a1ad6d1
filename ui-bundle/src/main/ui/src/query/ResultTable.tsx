import { Button } from '@mantine/core';
import { memo, useState, type ReactNode } from 'react';
import type { Histogram, QueryResult, Series } from '../api/results';
import { plainNumber } from '../parts/number';
import { formatMoment } from '../time/moment';
import { useZone } from '../time/ZoneContext';
import classes from './ResultTable.module.css';
import { SeriesText } from './SeriesText';

/** More series than this are shown only on demand. */
const MANY = 10_000;
/** More than this are shown without colours. */
const PLAIN = 1000;

/** Says how much there is. */
export function resultCount(result: QueryResult): string {
  if (result.resultType === 'scalar' || result.resultType === 'string') {
    return `1 ${result.resultType}`;
  }
  return `${result.result.length} series`;
}

/** The series and their values. */
export const ResultTable = memo(function ResultTable({ result }: { result: QueryResult }) {
  const [all, setAll] = useState(false);
  if (result.resultType === 'scalar' || result.resultType === 'string') {
    return (
      <Rows>
        <tr>
          <td>
            <em>{result.resultType}</em>
          </td>
          <td className={result.resultType === 'string' ? classes.text : classes.value}>
            {result.resultType === 'string' ? result.result[1] : plainNumber(result.result[1])}
          </td>
        </tr>
      </Rows>
    );
  }
  if (result.result.length === 0) {
    return <p className={classes.empty}>The result is empty.</p>;
  }
  const shown = all ? result.result : result.result.slice(0, MANY);
  return (
    <>
      {shown.length < result.result.length && (
        <p className={classes.empty}>
          The first {MANY.toLocaleString('en')} series of{' '}
          {result.result.length.toLocaleString('en')} are shown.{' '}
          <Button size="compact-sm" variant="light" onClick={() => setAll(true)}>
            Show all
          </Button>
        </p>
      )}
      <Rows>
        {shown.map((series, index) => (
          <tr key={index}>
            <td>
              <SeriesText labels={series.metric} plain={shown.length > PLAIN} />
            </td>
            <td className={classes.value}>
              <Values series={series} />
            </td>
          </tr>
        ))}
      </Rows>
    </>
  );
});

function Rows({ children }: { children: ReactNode }) {
  return (
    <table className={classes.table}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Series</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function Values({ series }: { series: Series }) {
  const { zone } = useZone();
  if (series.value) {
    return <NumberText text={series.value[1]} />;
  }
  if (series.histogram) {
    return <HistogramText histogram={series.histogram[1]} />;
  }
  const at = (seconds: number) => (
    <span className={classes.at} title={String(seconds)}>
      {' '}
      @ {formatMoment(seconds * 1000, zone)}
    </span>
  );
  return (
    <>
      {series.values?.map(([time, value]) => (
        <div key={time}>
          <NumberText text={value} />
          {at(time)}
        </div>
      ))}
      {series.histograms?.map(([time, histogram]) => (
        <div key={time}>
          <HistogramText histogram={histogram} />
          {at(time)}
        </div>
      ))}
    </>
  );
}

/** A number without an exponent; its title is what the server wrote, if that is not the same. */
function NumberText({ text }: { text: string }) {
  const plain = plainNumber(text);
  return plain === text ? plain : <span title={text}>{plain}</span>;
}

// Which ends of a bucket belong to it, as upstream numbers them.
const BRACKETS: Record<number, [string, string]> = {
  0: ['(', ']'],
  1: ['[', ')'],
  2: ['(', ')'],
  3: ['[', ']'],
};

function HistogramText({ histogram }: { histogram: Histogram }) {
  return (
    <details className={classes.histogram}>
      <summary>
        count {plainNumber(histogram.count)}, sum {plainNumber(histogram.sum)}
      </summary>
      {histogram.buckets?.map(([ends, low, high, count]) => (
        <div key={low}>
          {BRACKETS[ends]?.[0]}
          {plainNumber(low)}, {plainNumber(high)}
          {BRACKETS[ends]?.[1]}: {plainNumber(count)}
        </div>
      ))}
    </details>
  );
}
