package io.narthex.spi.log;

/**
 * Where a document stands in a log: within a partition, positions grow in the order of acceptance.
 *
 * @param partition counted from 0
 * @param epoch which start of the process wrote it, counted from 1
 * @param index grows within an epoch; its steps mean nothing
 */
public record Position(int partition, long epoch, long index) implements Comparable<Position> {
  /** Before everything in the partition. */
  public static Position start(int partition) {
    return new Position(partition, 0, 0);
  }

  /** Orders positions of one partition. */
  @Override
  public int compareTo(Position other) {
    if (partition != other.partition) {
      throw new IllegalArgumentException(
          "positions of partitions %d and %d have no order".formatted(partition, other.partition));
    }
    int order = Long.compare(epoch, other.epoch);
    return order != 0 ? order : Long.compare(index, other.index);
  }
}
