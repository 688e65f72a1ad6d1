package io.narthex.config.internal.schema;

import java.util.List;

/**
 * A kind of mapping.
 *
 * @param nameKey the key whose value names such a mapping in messages, or {@code ""}
 * @param fields its own keys and those of other mappings that stand here as well, in order
 * @param hasHttp whether the keys of an HTTP client are among them
 * @param hasDiscoveries whether {@code static_configs} and {@code <mechanism>_sd_configs} are
 */
record Struct(
    String name, String nameKey, List<Field> fields, boolean hasHttp, boolean hasDiscoveries) {
  /** Copies the list. */
  Struct {
    fields = List.copyOf(fields);
  }
}
