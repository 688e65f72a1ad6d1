package io.narthex.http.api.internal.status;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.time.Clock;
import io.narthex.http.api.internal.answer.Answers;
import io.narthex.http.api.internal.answer.ErrorType;
import io.narthex.http.api.internal.json.BuildInfoBody;
import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.json.DataBody;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** {@code /status/config}, {@code flags}, {@code buildinfo} and {@code runtimeinfo}. */
public final class StatusRoutes implements AutoCloseable {
  static final String NO_CONFIGURATION =
      "there is no configuration yet: bundle io.narthex.config has not read one";

  private final CurrentConfiguration configuration;
  private final Answers answers;
  private final LastLoad lastLoad;
  private final ChunkedBody flags;
  private final ChunkedBody buildInfo;
  private final ChunkedBody runtimeInfo;

  /** The routes; close them so that the configuration forgets them. */
  public StatusRoutes(
      CurrentConfiguration configuration,
      ServerFlags flags,
      Clock clock,
      String hostName,
      Answers answers) {
    this.configuration = configuration;
    this.answers = answers;
    this.lastLoad = new LastLoad(configuration, clock);
    SortedMap<String, String> listing = flags.listing();
    this.flags = new DataBody(json -> write(json, listing));
    this.buildInfo = new BuildInfoBody(flags.upstreamVersion(), flags.narthexVersion());
    this.runtimeInfo =
        new RuntimeInfo(clock, hostName, flags.get("storage.tsdb.retention.time"), lastLoad);
  }

  /** Answers {@code /status/config}. */
  public void config(RoutingContext context) {
    Optional<PrometheusConfig> current = configuration.get();
    if (current.isEmpty()) {
      answers.error(context, ErrorType.UNAVAILABLE, NO_CONFIGURATION);
      return;
    }
    String text = current.get().text();
    answers.success(
        context,
        new DataBody(
            json -> {
              json.writeStartObject();
              json.writeStringField("yaml", text);
              json.writeEndObject();
            }));
  }

  /** Answers {@code /status/flags}. */
  public void flags(RoutingContext context) {
    answers.success(context, flags);
  }

  /** Answers {@code /status/buildinfo}. */
  public void buildInfo(RoutingContext context) {
    answers.success(context, buildInfo);
  }

  /** Answers {@code /status/runtimeinfo}. */
  public void runtimeInfo(RoutingContext context) {
    answers.success(context, runtimeInfo);
  }

  private static void write(JsonGenerator json, SortedMap<String, String> listing)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, String> flag : listing.entrySet()) {
      json.writeStringField(flag.getKey(), flag.getValue());
    }
    json.writeEndObject();
  }

  @Override
  public void close() {
    lastLoad.close();
  }
}
