package io.narthex.spi.log;

import java.util.List;

/**
 * How a named reader is.
 *
 * @param name its name
 * @param open whether somebody has it open
 * @param committed where it stands in each partition
 * @param budgetBytes how much may be kept for it alone
 * @param heldBytes how much is kept that the log's owner needs no more and it has not passed
 * @param cutLoose how often documents went that it had not read, since the log was opened
 * @param message what an operator should know, for people; empty if nothing is wrong
 */
public record ReaderState(
    String name,
    boolean open,
    List<Position> committed,
    long budgetBytes,
    long heldBytes,
    long cutLoose,
    String message) {
  /** Takes over a list of positions. */
  public ReaderState {
    committed = List.copyOf(committed);
  }
}
