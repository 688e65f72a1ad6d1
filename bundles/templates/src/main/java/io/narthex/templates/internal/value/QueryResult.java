package io.narthex.templates.internal.value;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** What a query gave, Go's {@code template.queryResult}. Immutable. */
public final class QueryResult extends AbstractList<QuerySample> implements RandomAccess {
  private final List<QuerySample> samples;

  /** Copies the list. */
  public QueryResult(List<QuerySample> samples) {
    this.samples = List.copyOf(samples);
  }

  @Override
  public QuerySample get(int index) {
    return samples.get(index);
  }

  @Override
  public int size() {
    return samples.size();
  }
}
