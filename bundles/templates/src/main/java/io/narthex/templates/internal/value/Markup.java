package io.narthex.templates.internal.value;

/** A text that is trusted to be what its kind says, so that it is not escaped in HTML. */
public record Markup(String text, Kind kind) {
  /** What a text is trusted to be. */
  public enum Kind {
    /** A piece of HTML. */
    HTML("template.HTML"),
    /** A URL or a part of one. */
    URL("template.URL");

    private final String typeName;

    Kind(String typeName) {
      this.typeName = typeName;
    }
  }

  /** The name of Go's type. */
  public String typeName() {
    return kind.typeName;
  }
}
