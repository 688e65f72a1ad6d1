package io.narthex.templates.internal.output;

import io.narthex.templates.internal.value.BoundedText;
import io.narthex.templates.internal.value.Markup;
import io.narthex.templates.internal.value.TemplateFault;

/**
 * HTML. Follows what stands in the template to know where a value is, and escapes it for that place
 * as Go's {@code html/template} does. Comments of the template are left out, as there.
 *
 * <p>Values are refused where {@code html/template} would make JavaScript of them: in scripts and
 * handlers of events; and in the names of elements and attributes.
 */
public final class HtmlOutput implements Output {
  private final BoundedText out = new BoundedText();
  private final HtmlPlace place = new HtmlPlace(out);

  @Override
  public void text(String text) {
    place.follow(text);
  }

  @Override
  public void value(String value) {
    write(value, null);
  }

  @Override
  public void value(Markup value) {
    write(value.text(), value.kind());
  }

  private void write(String value, Markup.@org.jspecify.annotations.Nullable Kind kind) {
    boolean html = kind == Markup.Kind.HTML;
    switch (place.kind()) {
      case TEXT -> out.append(html ? value : HtmlEscapes.text(value));
      case ELEMENT_TEXT -> out.append(html ? HtmlEscapes.again(value) : HtmlEscapes.text(value));
      case COMMENT -> {}
      case ATTRIBUTE -> attribute(html ? HtmlEscapes.withoutTags(value) : value, html);
      case URL -> attribute(url(value, kind), false);
      case CSS -> attribute(HtmlEscapes.css(value), false);
      case ELSEWHERE ->
          throw new TemplateFault(
              "a value cannot stand here in HTML (%s), only in text and in values of attributes"
                  .formatted(place.name()));
    }
    place.valueWritten();
  }

  private String url(String value, Markup.@org.jspecify.annotations.Nullable Kind kind) {
    boolean trusted = kind == Markup.Kind.URL;
    if (place.inQuery()) {
      return HtmlEscapes.url(value, trusted);
    }
    return HtmlEscapes.url(
        place.urlBegins() && !trusted ? HtmlEscapes.safeScheme(value) : value, true);
  }

  private void attribute(String value, boolean escapedBefore) {
    if (place.bare()) {
      out.append(HtmlEscapes.bare(value, escapedBefore));
    } else {
      out.append(escapedBefore ? HtmlEscapes.again(value) : HtmlEscapes.text(value));
    }
  }

  @Override
  public String finish() {
    return out.toString();
  }
}
