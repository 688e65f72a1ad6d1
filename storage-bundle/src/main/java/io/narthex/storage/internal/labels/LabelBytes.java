package io.narthex.storage.internal.labels;

/**
 * How many bytes the index of labels takes.
 *
 * @param texts the values as texts
 * @param values a record for each value
 * @param valueTables the tables by which values are found
 * @param labelSets name sets and values of the series
 * @param offsets where the label sets are
 * @param labelSetTable the table by which label sets are found
 * @param postings the runs of series with each value
 * @param heap about what is on the Java heap
 */
public record LabelBytes(
    long texts,
    long values,
    long valueTables,
    long labelSets,
    long offsets,
    long labelSetTable,
    long postings,
    long heap) {
  /** All but the heap. */
  public long outside() {
    return texts + values + valueTables + labelSets + offsets + labelSetTable + postings;
  }
}
