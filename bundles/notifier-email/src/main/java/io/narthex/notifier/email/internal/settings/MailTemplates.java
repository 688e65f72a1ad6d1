package io.narthex.notifier.email.internal.settings;

import io.narthex.api.template.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a mail is made of.
 *
 * @param headers by name, in order; with Subject, From and To
 * @param text the plain part, if there is one
 * @param html the part in HTML, if there is one
 */
public record MailTemplates(
    Template from,
    Template to,
    Map<String, Template> headers,
    Optional<Template> text,
    Optional<Template> html) {
  /** Copies the map. */
  public MailTemplates {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }
}
