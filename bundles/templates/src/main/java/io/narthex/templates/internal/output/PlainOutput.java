package io.narthex.templates.internal.output;

import io.narthex.templates.internal.value.BoundedText;
import io.narthex.templates.internal.value.Markup;

/** Plain text. */
public final class PlainOutput implements Output {
  private final BoundedText out = new BoundedText();

  @Override
  public void text(String text) {
    out.append(text);
  }

  @Override
  public void value(String value) {
    out.append(value);
  }

  @Override
  public void value(Markup value) {
    out.append(value.text());
  }

  @Override
  public String finish() {
    return out.toString();
  }
}
