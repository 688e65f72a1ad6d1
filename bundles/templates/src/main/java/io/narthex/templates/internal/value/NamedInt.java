package io.narthex.templates.internal.value;

/** A number with a name that is printed instead, such as a month. */
public record NamedInt(long value, String text, String typeName) {}
