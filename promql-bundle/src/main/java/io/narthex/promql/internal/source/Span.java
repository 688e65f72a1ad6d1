package io.narthex.promql.internal.source;

/** A part of an expression's text: from {@code start} up to and without {@code end}, in chars. */
public record Span(int start, int end) {
  /** From where the one starts to where the other ends. */
  public static Span over(Span first, Span last) {
    return new Span(first.start, last.end);
  }
}
