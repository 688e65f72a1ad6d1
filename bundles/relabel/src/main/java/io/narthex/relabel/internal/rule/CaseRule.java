package io.narthex.relabel.internal.rule;

import java.util.function.IntUnaryOperator;

/**
 * {@code lowercase} and {@code uppercase}. Each code point becomes one, as in Go: {@link
 * String#toUpperCase} would make two of {@code ß}, and look at the place of a sigma.
 */
record CaseRule(SourceValue source, String target, IntUnaryOperator mapping) implements Rule {
  @Override
  public boolean apply(LabelSet labels) {
    String value = source.of(labels);
    StringBuilder mapped = new StringBuilder(value.length());
    value.codePoints().map(mapping).forEach(mapped::appendCodePoint);
    labels.set(target, mapped.toString());
    return true;
  }
}
