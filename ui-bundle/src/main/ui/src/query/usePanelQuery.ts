import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getData, type Answer } from '../api/http';
import { queryResult, rangeResult, type QueryResult, type Series } from '../api/results';
import { stepOf, type Panel } from './panel';

const ONCE = {
  placeholderData: keepPreviousData,
  // Asked again only when somebody runs it: it may be costly.
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  gcTime: 10_000,
};

/** The result at one moment. */
export function useInstantQuery({ expr, end }: Panel, run: number) {
  return useQuery<Answer<QueryResult>>({
    queryKey: ['query', expr, end, run],
    enabled: expr.trim() !== '',
    queryFn: ({ signal }) => {
      const time = String((end ?? Date.now()) / 1000);
      return getData('query', queryResult, {
        post: new URLSearchParams({ query: expr, time }),
        signal,
      });
    },
    ...ONCE,
  });
}

/** The series of a graph with the times they were asked for, in ms. */
export interface RangeAnswer extends Answer<Series[]> {
  start: number;
  end: number;
  step: number;
}

/** The result over a range. */
export function useRangeQuery(panel: Panel, run: number) {
  const { expr, range } = panel;
  const step = stepOf(panel.resolution, range);
  return useQuery<RangeAnswer>({
    queryKey: ['query_range', expr, panel.end, range, step, run],
    enabled: expr.trim() !== '',
    queryFn: async ({ signal }) => {
      const end = panel.end ?? Date.now();
      const start = end - range;
      const answer = await getData('query_range', rangeResult, {
        post: new URLSearchParams({
          query: expr,
          start: String(start / 1000),
          end: String(end / 1000),
          step: String(step / 1000),
        }),
        signal,
      });
      return { ...answer, start, end, step };
    },
    ...ONCE,
  });
}
