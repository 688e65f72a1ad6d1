package io.narthex.templates.internal.value;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A map that may hold anything, Go's {@code map[string]interface {}}. */
public final class AnyMap extends TreeMap<String, @Nullable Object> {
  private static final long serialVersionUID = 1L;
}
