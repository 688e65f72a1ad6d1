package io.narthex.api.storage;

import io.narthex.api.model.Labels;
import java.util.List;

/** The exemplars of a series, in order of time. */
public record ExemplarSeries(Labels labels, List<Exemplar> exemplars) {
  /** Copies the list. */
  public ExemplarSeries {
    exemplars = List.copyOf(exemplars);
  }
}
