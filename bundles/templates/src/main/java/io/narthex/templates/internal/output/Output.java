package io.narthex.templates.internal.output;

import io.narthex.templates.internal.value.Markup;

/** What a template writes. */
public sealed interface Output permits PlainOutput, HtmlOutput {
  /** Writes what stands in the template. */
  void text(String text);

  /** Writes a value. */
  void value(String value);

  /** Writes a value that is trusted to be something. */
  void value(Markup value);

  /** All that was written. */
  String finish();
}
