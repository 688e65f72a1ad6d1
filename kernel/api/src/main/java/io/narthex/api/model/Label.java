package io.narthex.api.model;

/** A label: a name and a value. An empty value means the same as no label. */
public record Label(String name, String value) {}
