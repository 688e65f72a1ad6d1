package io.narthex.api.storage;

/** What became of an exemplar that was handed to an {@link Appender}. */
public enum ExemplarOutcome {
  /** It will be stored with the commit. */
  ACCEPTED,
  /** It is the series' latest already: nothing to do. */
  ALREADY_THERE,
  /** The series has a newer one; refused. */
  OUT_OF_ORDER,
  /** Its labels have more than 128 characters; refused. */
  LABELS_TOO_LONG,
  /** Exemplars are not kept by this server ({@code exemplar-storage} is off). */
  NOT_KEPT
}
