package io.narthex.api.model;

/** How a {@link Matcher} compares. */
public enum MatchType {
  EQUAL("="),
  NOT_EQUAL("!="),
  REGEX("=~"),
  NOT_REGEX("!~");

  private final String operator;

  MatchType(String operator) {
    this.operator = operator;
  }

  /** The operator as PromQL spells it. */
  public String operator() {
    return operator;
  }
}
