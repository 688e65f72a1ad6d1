package io.narthex.promql.internal.ast;

import io.narthex.api.model.Matcher;
import io.narthex.promql.internal.source.Span;
import java.util.List;

/**
 * Selects series.
 *
 * @param name the metric name as written before the braces, or empty
 * @param matchers all conditions; the last is that of {@code name}, if there is one
 */
public record VectorSelector(
    String name, List<Matcher> matchers, Timing timing, Extension extension, Span span)
    implements Expr {
  /** How a window takes in samples at its ends. */
  public enum Extension {
    NONE(""),
    ANCHORED(" anchored"),
    SMOOTHED(" smoothed");

    private final String suffix;

    Extension(String suffix) {
      this.suffix = suffix;
    }

    /** How it is printed after the selector. */
    public String suffix() {
      return suffix;
    }
  }

  /** Copies the matchers. */
  public VectorSelector {
    matchers = List.copyOf(matchers);
  }

  @Override
  public ValueType type() {
    return ValueType.VECTOR;
  }

  /** With other modifiers, ending elsewhere. */
  public VectorSelector with(Timing newTiming, int end) {
    return new VectorSelector(name, matchers, newTiming, extension, new Span(span.start(), end));
  }

  /** With an extension. */
  public VectorSelector with(Extension newExtension) {
    return new VectorSelector(name, matchers, timing, newExtension, span);
  }
}
