package io.narthex.scrape.internal.text;

/** Where the parts of a line about a metric family stand in a buffer. */
public final class MetadataLine {
  int start;
  int end;
  int nameFrom;
  int nameTo;
  int textFrom;
  int textTo;

  MetadataLine() {}

  /** Where the line begins. */
  public int start() {
    return start;
  }

  /** Where the next line begins. */
  public int end() {
    return end;
  }

  /** Where the family's name begins. */
  public int nameFrom() {
    return nameFrom;
  }

  /** Where the family's name ends. */
  public int nameTo() {
    return nameTo;
  }

  /** Where the type, help text or unit begins. */
  public int textFrom() {
    return textFrom;
  }

  /** Where the type, help text or unit ends. */
  public int textTo() {
    return textTo;
  }
}
