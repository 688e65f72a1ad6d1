package io.narthex.storage.internal.panel;

import java.util.List;

/**
 * All of a panel that a checkpoint keeps; the arrays and what is in them are not to be changed.
 *
 * @param slots how many are given out
 * @param rowsSinceBase how many rows there are since the last base row, that included; 0 if the
 *     next must be one
 * @param lastSealed time of the last row that was ever sealed, or {@link Long#MIN_VALUE}
 * @param lastTime time of the newest row, or {@link Long#MIN_VALUE}
 * @param timeBefore time of the row before it, or {@link Long#MIN_VALUE}
 * @param lastLoose time of the newest sample of its series that is in no row, or {@link
 *     Long#MIN_VALUE}
 * @param begins first times of slots that came after the first row, by slot, {@link Long#MIN_VALUE}
 *     for the others; there may be fewer than slots
 * @param ends last times of slots that have ended, in the same way
 * @param inFiles where its sealed rows are in the files, part by part; a part that is in no file
 *     comes after those that are
 * @param unfiled sealed rows that are in no file
 * @param rows the open rows; the first is a base row
 */
public record PanelImage(
    int id,
    int slots,
    int rowsSinceBase,
    long lastSealed,
    long lastTime,
    long timeBefore,
    long lastLoose,
    long[] begins,
    long[] ends,
    long[] inFiles,
    List<Part> unfiled,
    List<Row> rows) {

  /** Sealed rows. */
  public record Part(long before, long from, long to, byte[] bytes) {}

  /** A row, as the log has it. */
  public record Row(long time, byte[] bytes) {}
}
