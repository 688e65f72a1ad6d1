package io.narthex.api.storage;

/** What a sample is. */
public enum SampleKind {
  /** A double. */
  FLOAT,
  /** A native histogram whose counts are whole numbers. */
  HISTOGRAM,
  /** A native histogram whose counts need not be whole. */
  FLOAT_HISTOGRAM
}
