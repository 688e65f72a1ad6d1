package io.narthex.http.api.internal.answer;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Tells browsers which other sites may read the API, by {@code --web.cors.origin}. */
public final class Cors {
  private final Pattern origins;

  /** Origins that match the whole expression are let in. */
  public Cors(String expression) {
    try {
      this.origins = Pattern.compile("^(?s:" + expression + ")$");
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "--web.cors.origin: \"%s\" is no regular expression: %s"
              .formatted(expression, e.getDescription()),
          e);
    }
  }

  /** Sets upstream's headers. */
  public void apply(HttpServerRequest request, HttpServerResponse response) {
    MultiMap headers = response.headers();
    headers.add("Vary", "Origin");
    String origin = request.getHeader("Origin");
    if (origin == null || origin.isEmpty()) {
      return;
    }
    headers.set("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, Origin");
    headers.set("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    headers.set("Access-Control-Expose-Headers", "Date");
    // Not "*" for ".*": upstream means to, but its comparison is with another spelling.
    if (origins.matcher(origin).find()) {
      headers.set("Access-Control-Allow-Origin", origin);
    }
  }
}
