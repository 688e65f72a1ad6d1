package io.narthex.http.api.internal;

import io.narthex.http.api.internal.answer.Answers;
import io.narthex.http.api.internal.answer.ErrorType;
import io.vertx.ext.web.Router;
import java.util.List;

/**
 * Endpoints of Prometheus 3.14 that this version does not have: they say so, where any other path
 * is simply not found.
 */
final class NotYet {
  static final List<String> PATHS =
      List.of(
          "/format_query",
          "/parse_query",
          "/scrape_pools/config",
          "/alertmanagers",
          "/status/tsdb",
          "/status/tsdb/blocks",
          "/status/walreplay",
          "/status/self_metrics",
          "/features",
          "/search/metric_names",
          "/search/label_names",
          "/search/label_values",
          "/openapi.yaml",
          "/admin/tsdb/delete_series",
          "/admin/tsdb/clean_tombstones",
          "/admin/tsdb/snapshot",
          "/read",
          "/otlp/v1/metrics");

  private NotYet() {}

  static void mount(Router router, Answers answers) {
    for (String path : PATHS) {
      router
          .route(path)
          .handler(
              request ->
                  answers.error(
                      request,
                      ErrorType.NOT_FOUND,
                      "/api/v1%s is an endpoint of Prometheus that this version of Narthex does not have yet"
                          .formatted(path)));
    }
  }
}
