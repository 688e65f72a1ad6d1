package io.narthex.api.storage;

import io.narthex.spi.log.Position;

/**
 * What a commit made.
 *
 * @param position where it stands in the log; an empty transaction has the position before it
 * @param samples how many samples were stored
 * @param newSeries how many series were not in the storage before
 */
public record CommitReceipt(Position position, int samples, int newSeries) {}
