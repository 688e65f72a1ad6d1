package io.narthex.api.storage;

/** What became of a sample that was handed to an {@link Appender}. */
public enum AppendOutcome {
  /** It will be stored with the commit. */
  ACCEPTED,
  /** Its series has an equal sample at this time: nothing to do. */
  ALREADY_THERE,
  /** Its series has another value at this time; refused. */
  DUPLICATE_TIMESTAMP,
  /** Its series has a newer sample; refused. */
  OUT_OF_ORDER,
  /**
   * Its series has a newer sample, and it is older than samples that come out of order may be;
   * refused.
   */
  TOO_OLD,
  /** It is too far in the future or older than what the storage keeps; refused. */
  OUT_OF_BOUNDS
}
