package io.narthex.templates.internal.value;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A list that may hold anything, Go's {@code []interface {}}. Immutable. */
public final class AnyList extends AbstractList<@Nullable Object> implements RandomAccess {
  private final @Nullable Object[] items;

  /** Takes the array over. */
  public AnyList(@Nullable Object... items) {
    this.items = items;
  }

  /** A list with more at its end. */
  public AnyList with(@Nullable Object[] more, int from) {
    @Nullable Object[] all = Arrays.copyOf(items, items.length + more.length - from);
    System.arraycopy(more, from, all, items.length, more.length - from);
    return new AnyList(all);
  }

  @Override
  public @Nullable Object get(int index) {
    return items[index];
  }

  @Override
  public int size() {
    return items.length;
  }
}
