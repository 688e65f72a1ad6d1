package io.narthex.notifier.email.internal.settings;

import io.narthex.api.error.NarthexException;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Section;
import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the keys of {@code email_configs} that say what a mail is made of. */
final class MailSection {
  private static final String SUBJECT = "{{ template \"email.default.subject\" . }}";
  private static final String HTML = "{{ template \"email.default.html\" . }}";
  private static final Template NOTHING = (data, context) -> "";

  private final Section section;
  private final TemplateSet templates;
  private final Threading threading;

  MailSection(Section section, TemplateSet templates, Threading threading) {
    this.section = section;
    this.templates = templates;
    this.threading = threading;
  }

  MailTemplates read(String from) {
    String to = section.string("to").orElse("");
    if (to.isEmpty()) {
      section.report(
          section.position("to"),
          "%s has no to; it must be the address to notify, or several with commas"
              .formatted(section.name()));
    }
    Map<String, Template> headers = headers();
    Template sender = text("from", section.valuePosition("from"), from);
    Template recipients = text("to", section.valuePosition("to"), to);
    headers.putIfAbsent("From", sender);
    headers.putIfAbsent("To", recipients);
    headers.computeIfAbsent("Subject", name -> text(name, section.position(), SUBJECT));
    String html = section.isNull("html") ? "" : section.string("html").orElse(HTML);
    return new MailTemplates(
        sender,
        recipients,
        headers,
        section
            .string("text")
            .filter(t -> !t.isEmpty())
            .map(t -> text("text", section.valuePosition("text"), t)),
        Optional.of(html).filter(t -> !t.isEmpty()).map(this::html));
  }

  private Map<String, Template> headers() {
    Map<String, Template> headers = new LinkedHashMap<>();
    for (ConfigNode.Entry entry : section.mapping("headers")) {
      String name = HeaderNames.canonical(entry.key());
      String problem =
          !HeaderNames.isName(entry.key())
              ? "header \"%s\" in %s has a name that no header of a mail may have"
              : headers.containsKey(name)
                  ? "header \"%s\" in %s is given twice; names of headers are the same in any case"
                  : threading != Threading.OFF
                          && (name.equals("References") || name.equals("In-Reply-To"))
                      ? "header \"%s\" in %s and threading exclude each other; keep one of them"
                      : "";
      if (!problem.isEmpty()) {
        section.report(entry.position(), problem.formatted(name, section.name()));
      }
      headers.put(name, header(name, entry.value()));
    }
    return headers;
  }

  private Template header(String name, ConfigNode value) {
    if (value.isNull()) {
      return NOTHING;
    }
    // The section of the key is discreet, so that it does not quote what is no string.
    return section
        .section("headers")
        .flatMap(headers -> headers.scalar(value, name + " in headers", "a string"))
        .map(scalar -> text(name, value.position(), scalar.text()))
        .orElse(NOTHING);
  }

  private Template text(String what, Position at, String text) {
    try {
      return templates.text(new TemplateSource("", text));
    } catch (NarthexException e) {
      return broken(what, at, e);
    }
  }

  private Template html(String html) {
    try {
      return templates.html(new TemplateSource("", html));
    } catch (NarthexException e) {
      return broken("html", section.valuePosition("html"), e);
    }
  }

  private Template broken(String what, Position at, NarthexException e) {
    section.report(
        at, "%s in %s is no template: %s".formatted(what, section.name(), e.getMessage()));
    return NOTHING;
  }
}
