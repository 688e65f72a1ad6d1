package io.narthex.promql.internal.ast;

import org.jspecify.annotations.Nullable;

/**
 * When a selector or subquery looks: {@code @} and {@code offset}.
 *
 * @param offset in ms; 0 if there is none or it is computed
 * @param offsetExpr how the offset is computed, if it is
 */
public record Timing(At at, long offset, @Nullable DurationExpr offsetExpr) {
  /** No modifiers. */
  public static final Timing PLAIN = new Timing(At.NONE, 0, null);

  /** Whether an offset is set. As upstream: an offset of 0 counts as none. */
  public boolean hasOffset() {
    return offset != 0 || offsetExpr != null;
  }

  /** Whether an {@code @} is set. */
  public boolean isPinned() {
    return !(at instanceof At.Step);
  }

  /** With another {@code @}. */
  public Timing withAt(At other) {
    return new Timing(other, offset, offsetExpr);
  }

  /** With another offset. */
  public Timing withOffset(long millis, @Nullable DurationExpr expr) {
    return new Timing(at, millis, expr);
  }
}
