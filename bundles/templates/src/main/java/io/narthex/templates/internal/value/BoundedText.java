package io.narthex.templates.internal.value;

import io.narthex.api.template.Template;

/** Text that grows up to {@link Template#MAX_OUTPUT}. */
public final class BoundedText {
  private final StringBuilder text = new StringBuilder();

  /** Appends, or fails if that is too much. */
  public BoundedText append(CharSequence part) {
    return append(part, 0, part.length());
  }

  /** Appends a part of a text. */
  public BoundedText append(CharSequence part, int from, int to) {
    reserve(to - from);
    text.append(part, from, to);
    return this;
  }

  /** Appends a character. */
  public BoundedText append(char c) {
    reserve(1);
    text.append(c);
    return this;
  }

  /** Appends a character of Unicode. */
  public BoundedText appendCodePoint(int codePoint) {
    reserve(2);
    text.appendCodePoint(codePoint);
    return this;
  }

  /** Appends a character again and again. */
  public BoundedText repeat(char c, int count) {
    if (count > 0) {
      reserve(count);
      text.repeat(c, count);
    }
    return this;
  }

  private void reserve(int more) {
    if (text.length() + (long) more > Template.MAX_OUTPUT) {
      throw new LimitFault(
          "exceeded maximum length of text (%d characters)".formatted(Template.MAX_OUTPUT));
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
