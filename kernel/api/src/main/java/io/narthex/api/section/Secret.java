package io.narthex.api.section;

/**
 * A text that must not be shown: a password, a token, a key. It appears as {@code <secret>}
 * wherever it is printed by accident or in a configuration that is shown.
 */
public final class Secret {
  private final String text;

  /** Takes the text. */
  public Secret(String text) {
    this.text = text;
  }

  /** The text itself, for the one who sends it. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Secret other && text.equals(other.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Never the text. */
  @Override
  public String toString() {
    return "<secret>";
  }
}
