package io.narthex.pushgateway.internal.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.model.Label;
import io.narthex.pushgateway.internal.exposition.GoNumber;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricFamily;
import io.narthex.pushgateway.internal.exposition.MetricValue;
import io.narthex.pushgateway.internal.group.PushedGroup;
import io.narthex.pushgateway.internal.group.StoredFamily;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the bodies of {@code /api/v1}. */
public final class GroupsJson {
  private static final JsonFactory JSON = new JsonFactory();

  private GroupsJson() {}

  /** What writes the field {@code data}. */
  private interface Data {
    void write(JsonGenerator json) throws IOException;
  }

  /** All groups with their metrics. */
  public static byte[] metrics(List<PushedGroup> groups) {
    return success(
        json -> {
          json.writeStartArray();
          for (PushedGroup group : groups) {
            group(json, group);
          }
          json.writeEndArray();
        });
  }

  /** What runs here. */
  public static byte[] status(String version, Map<String, String> flags, long startMillis) {
    return success(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("build_information");
          json.writeStringField("branch", "");
          json.writeStringField("buildDate", "");
          json.writeStringField("buildUser", "");
          json.writeStringField("goVersion", "");
          json.writeStringField("revision", "");
          json.writeStringField("version", version);
          json.writeEndObject();
          json.writeObjectFieldStart("flags");
          for (Map.Entry<String, String> flag : flags.entrySet()) {
            json.writeStringField(flag.getKey(), flag.getValue());
          }
          json.writeEndObject();
          json.writeStringField("start_time", time(startMillis));
          json.writeEndObject();
        });
  }

  private static byte[] success(Data data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4 * 1024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("status", "success");
      json.writeFieldName("data");
      data.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void group(JsonGenerator json, PushedGroup group) throws IOException {
    SortedMap<String, StoredFamily> families = new TreeMap<>(group.families());
    group.times().forEach(time -> families.put(time.family().name(), time));
    json.writeStartObject();
    json.writeFieldName("labels");
    labels(json, group.labels().labels());
    json.writeBooleanField("last_push_successful", group.lastPushSucceeded());
    for (StoredFamily stored : families.values()) {
      family(json, stored);
    }
    json.writeEndObject();
  }

  private static void family(JsonGenerator json, StoredFamily stored) throws IOException {
    MetricFamily family = stored.family();
    json.writeObjectFieldStart(family.name());
    json.writeStringField("time_stamp", time(stored.pushedMillis()));
    json.writeStringField("type", family.type().name());
    String help = family.help();
    if (help != null && !help.isEmpty()) {
      json.writeStringField("help", help);
    }
    json.writeArrayFieldStart("metrics");
    for (Metric metric : family.metrics()) {
      json.writeStartObject();
      value(json, metric);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, Metric metric) throws IOException {
    switch (metric.value()) {
      case MetricValue.Counter counter -> simple(json, metric, counter.value());
      case MetricValue.Gauge gauge -> simple(json, metric, gauge.value());
      case MetricValue.Untyped untyped -> simple(json, metric, untyped.value());
      case MetricValue.None none -> simple(json, metric, 0);
      case MetricValue.Summary summary -> {
        json.writeStringField("count", Long.toUnsignedString(summary.count()));
        json.writeFieldName("labels");
        labels(json, metric.labels());
        json.writeObjectFieldStart("quantiles");
        for (MetricValue.Quantile quantile : summary.quantiles()) {
          json.writeStringField(
              GoNumber.format(quantile.quantile()), GoNumber.format(quantile.value()));
        }
        json.writeEndObject();
        json.writeStringField("sum", GoNumber.format(summary.sum()));
      }
      case MetricValue.Histogram histogram -> {
        json.writeObjectFieldStart("buckets");
        for (MetricValue.Bucket bucket : histogram.buckets()) {
          json.writeStringField(GoNumber.format(bucket.upperBound()), bucket.count().text());
        }
        json.writeEndObject();
        json.writeStringField("count", histogram.count().text());
        json.writeFieldName("labels");
        labels(json, metric.labels());
        json.writeStringField("sum", GoNumber.format(histogram.sum()));
      }
    }
  }

  private static void simple(JsonGenerator json, Metric metric, double value) throws IOException {
    json.writeFieldName("labels");
    labels(json, metric.labels());
    json.writeStringField("value", GoNumber.format(value));
  }

  private static void labels(JsonGenerator json, List<Label> labels) throws IOException {
    json.writeStartObject();
    for (Label label : labels) {
      json.writeStringField(label.name(), label.value());
    }
    json.writeEndObject();
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
