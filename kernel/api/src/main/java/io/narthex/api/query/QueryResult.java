package io.narthex.api.query;

import java.util.List;

/** What a query gave: its value, and what the user should know about it. */
public record QueryResult(QueryValue value, List<String> warnings, List<String> infos) {
  /** Copies the lists. */
  public QueryResult {
    warnings = List.copyOf(warnings);
    infos = List.copyOf(infos);
  }
}
