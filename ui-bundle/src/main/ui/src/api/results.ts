import { arrayOf, isObject, unexpected } from './http';

export type Labels = Record<string, string>;
/** Seconds since 1970, and the number as the server writes it. */
export type Sample = [number, string];

export interface Histogram {
  count: string;
  sum: string;
  /** Which ends belong to the bucket, its ends, its count. */
  buckets?: [number, string, string, string][];
}

export interface Series {
  metric: Labels;
  value?: Sample;
  values?: Sample[];
  histogram?: [number, Histogram];
  histograms?: [number, Histogram][];
}

export type QueryResult =
  | { resultType: 'vector'; result: Series[] }
  | { resultType: 'matrix'; result: Series[] }
  | { resultType: 'scalar'; result: Sample }
  | { resultType: 'string'; result: Sample };

/** The data of /api/v1/query and /api/v1/query_range. */
export function queryResult(data: unknown): QueryResult {
  if (!isObject(data)) {
    throw unexpected('data');
  }
  switch (data.resultType) {
    case 'vector':
    case 'matrix':
      return {
        resultType: data.resultType,
        result: arrayOf(data.result, 'result').map(asSeries),
      };
    case 'scalar':
    case 'string': {
      const sample = arrayOf(data.result, 'result');
      return {
        resultType: data.resultType,
        result: [Number(sample[0]), String(sample[1])],
      };
    }
    default:
      throw unexpected(`resultType that is known: ${String(data.resultType)}`);
  }
}

/** The series of a range query. */
export function rangeResult(data: unknown): Series[] {
  const read = queryResult(data);
  if (read.resultType !== 'matrix') {
    throw unexpected('matrix');
  }
  return read.result;
}

// Not copied field by field: there may be many.
function asSeries(item: unknown): Series {
  if (!isObject(item) || !isObject(item.metric)) {
    throw unexpected('metric in a series');
  }
  return item as unknown as Series;
}
