package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;

/**
 * The labels that say what metric a series is of; a computed series is of another and loses them.
 */
final class Metadata {
  private Metadata() {}

  static Labels drop(Labels labels) {
    return labels.filter(name -> !isMetadata(name));
  }

  private static boolean isMetadata(String name) {
    return name.equals(Labels.METRIC_NAME) || name.equals("__type__") || name.equals("__unit__");
  }
}
