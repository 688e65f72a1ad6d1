package io.narthex.alerting.internal.notify;

import io.narthex.alerting.internal.config.NotifierSettings;
import io.narthex.api.template.TemplateDialect;
import io.narthex.api.template.TemplateEngine;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The definitions that receivers' templates may refer to: the default ones and the file's. */
public final class Templates {
  private static final List<String> DEFAULTS = List.of("default.tmpl", "email.tmpl");

  private final TemplateEngine engine;
  private final List<TemplateSource> defaults;

  /** Compiles with this engine. */
  public Templates(TemplateEngine engine) {
    this.engine = engine;
    this.defaults = DEFAULTS.stream().map(Templates::resource).toList();
  }

  /** The default definitions, under upstream's names. */
  static TemplateSource resource(String name) {
    try (InputStream in = Templates.class.getResourceAsStream("/templates/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the bundle lacks templates/" + name);
      }
      return new TemplateSource(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Compiles the definitions of a configuration; later ones replace those before.
   *
   * @throws io.narthex.api.error.NarthexException with {@link
   *     io.narthex.api.template.TemplateErrors#PARSE}
   */
  public TemplateSet compile(NotifierSettings settings) {
    List<TemplateSource> sources = new ArrayList<>(defaults);
    sources.addAll(settings.templates());
    return engine.set(TemplateDialect.NOTIFICATION, sources);
  }
}
