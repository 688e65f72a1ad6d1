package io.narthex.config.internal.schema;

import java.util.List;

/**
 * A key of a mapping.
 *
 * @param kind what its value is
 * @param detail the kind of mapping a value or its items are, or {@code ""}
 * @param choices the only texts allowed; empty: any
 * @param omittable whether it is not shown if it is zero
 * @param fallback the default as it is written; {@code ""} for zero
 */
record Field(
    String key,
    Kind kind,
    String detail,
    List<String> choices,
    boolean omittable,
    String fallback) {

  /** What a value is; {@code prometheus.schema} describes them. */
  enum Kind {
    TEXT,
    TEXTS,
    FLOW,
    BOOL,
    OPTIONAL_BOOL,
    INT,
    COUNT,
    DECIMAL,
    DURATION,
    SIZE,
    URL,
    REGEX,
    PATH,
    PATHS,
    SECRET,
    SECRETS,
    MAP,
    LABELS,
    LISTS,
    SECRETLISTS,
    HEADERS,
    ANY,
    STRUCT,
    POINTER,
    LIST
  }
}
