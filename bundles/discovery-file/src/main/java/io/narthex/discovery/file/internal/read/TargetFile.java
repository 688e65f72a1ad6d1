package io.narthex.discovery.file.internal.read;

import io.narthex.spi.discovery.TargetGroup;
import java.util.List;

/**
 * What a file says.
 *
 * @param groups its groups, those without targets too
 * @param blank whether there is nothing in it at all, not even an empty list
 */
public record TargetFile(List<TargetGroup> groups, boolean blank) {
  static final TargetFile BLANK = new TargetFile(List.of(), true);

  /** Copies the list. */
  public TargetFile {
    groups = List.copyOf(groups);
  }

  /** How many targets there are. */
  public int targets() {
    return groups.stream().mapToInt(group -> group.targets().size()).sum();
  }
}
