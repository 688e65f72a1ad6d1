package io.narthex.promql.internal.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which series of two vectors belong together.
 *
 * @param on whether only {@code labels} are compared, instead of all but these
 * @param include labels that the result takes from the "one" side
 * @param fillLeft the value for a series that the left side lacks
 * @param fillRight the value for a series that the right side lacks
 */
public record Matching(
    boolean on,
    List<String> labels,
    Group group,
    List<String> include,
    @Nullable Double fillLeft,
    @Nullable Double fillRight) {
  /** On which side several series may have the same match. */
  public enum Group {
    NONE,
    LEFT,
    RIGHT
  }

  /** All labels, one to one. */
  public static final Matching ALL =
      new Matching(false, List.of(), Group.NONE, List.of(), null, null);

  /** Copies the lists. */
  public Matching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }

  /** Whether values are filled in. */
  public boolean fills() {
    return fillLeft != null || fillRight != null;
  }
}
