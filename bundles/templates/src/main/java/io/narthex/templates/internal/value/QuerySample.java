package io.narthex.templates.internal.value;

import java.util.SortedMap;

/** A sample that a query gave, Go's {@code *template.sample}. */
public record QuerySample(SortedMap<String, String> labels, Object value) {}
