package io.narthex.remote.internal.write;

/** Why something that was sent is not stored; the texts are upstream's where it has one. */
enum Refusal {
  INVALID_LABELS("invalid-labels", "invalid metric name or labels, got "),
  TOO_MANY_LABELS("too-many-labels", "too many labels, the limit is 512: series "),
  DUPLICATE_LABEL("duplicate-label", "invalid labels for series, labels "),
  OUT_OF_ORDER("out-of-order", "out of order sample for series "),
  TOO_OLD("too-old", "too old sample for series "),
  DUPLICATE_TIMESTAMP("duplicate-timestamp", "duplicate sample for timestamp for series "),
  OUT_OF_BOUNDS("out-of-bounds", "out of bounds for series "),
  TOO_FAR_AHEAD("too-far-ahead", "out of bounds: timestamp is too far in the future for series "),
  SERIES_LIMIT("series-limit", "the storage has no room for a new series, refused series "),
  HISTOGRAM(
      "histogram",
      "native histograms cannot be stored yet, send classic ones (buckets): refused those of"
          + " series ");

  final String label;
  final String text;

  Refusal(String label, String text) {
    this.label = label;
    this.text = text;
  }
}
