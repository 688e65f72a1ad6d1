package io.narthex.alerting.internal.api;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Lets pages of all sites use the API as far as upstream does: not to delete. */
final class Cors {
  private static final Set<String> METHODS = Set.of("GET", "POST", "HEAD");
  private static final Set<String> HEADERS = Set.of("accept", "content-type", "x-requested-with");

  private Cors() {}

  /**
   * Sets the headers of an answer, or answers the question that a browser asks before.
   *
   * @return whether the request is yet to be answered
   */
  static boolean goesOn(RoutingContext context) {
    HttpServerRequest request = context.request();
    MultiMap headers = context.response().headers();
    String method = request.getHeader("Access-Control-Request-Method");
    if (request.method().equals(HttpMethod.OPTIONS) && method != null) {
      answer(request, headers, method.toUpperCase(Locale.ROOT));
      context.response().setStatusCode(204).end();
      return false;
    }
    headers.add("Vary", "Origin");
    if (hasOrigin(request)) {
      headers.set("Access-Control-Allow-Origin", "*");
    }
    return true;
  }

  private static void answer(HttpServerRequest request, MultiMap headers, String method) {
    headers.set("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    String wanted = request.getHeader("Access-Control-Request-Headers");
    String asked = wanted == null ? "" : wanted;
    if (hasOrigin(request) && METHODS.contains(method) && areAllowed(asked)) {
      headers.set("Access-Control-Allow-Origin", "*");
      headers.set("Access-Control-Allow-Methods", method);
      if (!asked.isEmpty()) {
        headers.set("Access-Control-Allow-Headers", asked);
      }
    }
  }

  private static boolean hasOrigin(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    return origin != null && !origin.isEmpty();
  }

  private static boolean areAllowed(String headers) {
    return headers.isEmpty()
        || Arrays.stream(headers.split(",", -1))
            .allMatch(header -> HEADERS.contains(header.strip().toLowerCase(Locale.ROOT)));
  }
}
