package io.narthex.promql.internal.exec;

import io.narthex.promql.internal.source.GoText;
import io.narthex.promql.internal.source.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the user should know about a result; each text once. */
final class Notes {
  private static final int MAX_NOTES = 1000;

  private final Source source;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> infos = new LinkedHashSet<>();

  Notes(Source source) {
    this.source = source;
  }

  void warn(String text) {
    if (warnings.size() < MAX_NOTES) {
      warnings.add(text);
    }
  }

  /** The argument at this place was taken for a counter. */
  void maybeNoCounter(String metric, int offset) {
    if (infos.size() < MAX_NOTES) {
      infos.add(
          "PromQL info: metric might not be a counter, name does not end in"
              + " _total/_sum/_count/_bucket: "
              + GoText.quote(metric)
              + " ("
              + source.position(offset)
              + ")");
    }
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  List<String> infos() {
    return List.copyOf(infos);
  }
}
