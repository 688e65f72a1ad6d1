package io.narthex.rules.internal.send;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The link from an alert to the expression that it comes from. */
public final class GeneratorUrl {
  private GeneratorUrl() {}

  /** The link, as upstream makes it. */
  public static String of(String externalUrl, String expression) {
    return "%s/graph?g0.expr=%s&g0.tab=1".formatted(externalUrl, escape(expression));
  }

  /** Go's {@code url.QueryEscape}. */
  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }
}
