package io.narthex.http.api.internal;

import io.narthex.api.model.Labels;
import io.narthex.api.model.Matcher;
import io.narthex.api.model.Utf8Order;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SeriesSet;
import io.narthex.http.api.internal.json.Annotations;
import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.json.ListBody;
import io.narthex.http.api.internal.request.SeriesRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What can be looked up of series without their samples. */
interface Lookup {
  /** Reads the answer from a querier over the request's range. */
  ChunkedBody read(Querier querier, SeriesRequest request, List<List<Matcher>> sets);

  /** The label sets of the series that satisfy one of the selectors. */
  static ChunkedBody series(Querier querier, SeriesRequest request, List<List<Matcher>> sets) {
    List<SeriesSet> selected = new ArrayList<>(sets.size());
    for (List<Matcher> matchers : sets) {
      selected.add(querier.select(request.start(), request.end(), matchers));
    }
    MergedSeries merged = new MergedSeries(selected, request.isRanged());
    List<Labels> found = merged.read(oneMoreThan(request.limit()));
    List<String> warnings = new ArrayList<>(merged.warnings());
    return ListBody.ofLabels(cut(found, request.limit(), warnings), warnings);
  }

  /** The names of their labels. */
  static ChunkedBody names(Querier querier, SeriesRequest request, List<List<Matcher>> sets) {
    return strings(request, sets, querier::labelNames);
  }

  /** The values that they have of one label. */
  static Lookup values(String name) {
    return (querier, request, sets) ->
        strings(request, sets, matchers -> querier.labelValues(name, matchers));
  }

  /** Reads a sorted list for one selector. */
  interface Strings {
    List<String> of(List<Matcher> matchers);
  }

  private static ChunkedBody strings(
      SeriesRequest request, List<List<Matcher>> sets, Strings strings) {
    List<String> found;
    if (sets.size() <= 1) {
      found = strings.of(sets.isEmpty() ? List.of() : sets.getFirst());
    } else {
      TreeSet<String> merged = new TreeSet<>(Utf8Order.COMPARATOR);
      sets.forEach(matchers -> merged.addAll(strings.of(matchers)));
      found = List.copyOf(merged);
    }
    List<String> warnings = new ArrayList<>();
    return ListBody.ofStrings(cut(found, request.limit(), warnings), warnings);
  }

  private static long oneMoreThan(long limit) {
    return limit == 0 || limit == Long.MAX_VALUE ? Long.MAX_VALUE : limit + 1;
  }

  private static <T> List<T> cut(List<T> found, long limit, List<String> warnings) {
    if (limit == 0 || found.size() <= limit) {
      return found;
    }
    warnings.add(Annotations.TRUNCATED);
    return found.subList(0, (int) limit);
  }
}
