package io.narthex.promql.internal.ast;

/** The types of PromQL. */
public enum ValueType {
  SCALAR("scalar"),
  VECTOR("instant vector"),
  MATRIX("range vector"),
  STRING("string");

  private final String documented;

  ValueType(String documented) {
    this.documented = documented;
  }

  /** What the documentation and errors call it. */
  public String documented() {
    return documented;
  }
}
