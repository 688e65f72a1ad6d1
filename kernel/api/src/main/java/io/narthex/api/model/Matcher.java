package io.narthex.api.model;

/**
 * A condition on one label of a series. A missing label counts as an empty value. Regular
 * expressions have RE2 syntax and are anchored at both ends; who makes a matcher has checked that
 * its expression compiles.
 */
public record Matcher(MatchType type, String name, String value) {

  /** As PromQL spells it, e.g. {@code job=~"node|api"}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    Quoting.appendName(out, name);
    out.append(type.operator());
    Quoting.appendQuoted(out, value);
    return out.toString();
  }
}
