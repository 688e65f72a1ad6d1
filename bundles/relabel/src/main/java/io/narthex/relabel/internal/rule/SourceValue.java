package io.narthex.relabel.internal.rule;

import java.util.List;

/** Joins the values of the source labels. */
record SourceValue(List<String> labels, String separator) {
  SourceValue {
    labels = List.copyOf(labels);
  }

  String of(LabelSet set) {
    if (labels.size() == 1) {
      return set.get(labels.getFirst());
    }
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0) {
        joined.append(separator);
      }
      joined.append(set.get(labels.get(i)));
    }
    return joined.toString();
  }
}
