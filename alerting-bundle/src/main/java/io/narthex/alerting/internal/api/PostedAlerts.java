package io.narthex.alerting.internal.api;

import io.narthex.alerting.internal.alert.PostedAlert;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code POST /alerts}. */
final class PostedAlerts {
  /** As upstream's language reads what a request may ask for: few rules, none for the query. */
  private static final Pattern URI =
      Pattern.compile(
          "(?:[A-Za-z][A-Za-z0-9+.-]*:(?://[^/?# ]*(?=[/?#]|$)|(?!//))|/)"
              + "(?:[^%?#\\x00-\\x1f\\x7f]|%[0-9A-Fa-f]{2})*+(?:[?#][^\\x00-\\x1f\\x7f]*)?");

  private final JsonBody body;
  private final List<PostedAlert> alerts = new ArrayList<>();

  private PostedAlerts(JsonBody body) {
    this.body = body;
  }

  /** The alerts, in order. */
  static List<PostedAlert> read(byte[] bytes) {
    try (JsonBody body = new JsonBody("alerts", bytes)) {
      PostedAlerts posted = new PostedAlerts(body);
      body.whole(() -> body.list("the body", posted::readAlert));
      return posted.alerts;
    }
  }

  /** The fields of an alert as they come. */
  private static final class Fields {
    private @Nullable Map<String, String> labels;
    private @Nullable Map<String, String> annotations;
    private @Nullable OptionalLong startsAt;
    private @Nullable OptionalLong endsAt;
    private @Nullable String generatorUrl;
  }

  private void readAlert() throws IOException {
    int index = alerts.size();
    Fields fields = new Fields();
    body.object("an alert", name -> readField(name, fields));
    Map<String, String> labels = fields.labels;
    if (labels == null) {
      throw new RequestException(
          Answer.error(602, "%d.labels in body is required".formatted(index)));
    }
    String url = Objects.requireNonNullElse(fields.generatorUrl, "");
    if (!url.isEmpty() && !URI.matcher(url).matches()) {
      throw new RequestException(
          Answer.error(
              601, "%d.generatorURL in body must be of type uri: \"%s\"".formatted(index, url)));
    }
    alerts.add(
        new PostedAlert(
            labels,
            Objects.requireNonNullElse(fields.annotations, Map.of()),
            Objects.requireNonNullElse(fields.startsAt, OptionalLong.empty()),
            Objects.requireNonNullElse(fields.endsAt, OptionalLong.empty()),
            url));
  }

  private void readField(String name, Fields fields) throws IOException {
    switch (name) {
      case "labels" -> fields.labels = body.texts("labels");
      case "annotations" -> fields.annotations = body.texts("annotations");
      case "startsat" -> fields.startsAt = body.time("startsAt");
      case "endsat" -> fields.endsAt = body.time("endsAt");
      case "generatorurl" -> fields.generatorUrl = body.text("generatorURL");
      default -> body.skip();
    }
  }
}
