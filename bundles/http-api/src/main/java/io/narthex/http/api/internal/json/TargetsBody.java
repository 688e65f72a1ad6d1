package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.model.Labels;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** The answer of {@code /targets}: upstream's fields in upstream's order. */
public final class TargetsBody implements ChunkedBody {
  private static final int TARGETS_A_STEP = 16;

  /** What Go prints for a time that was never set. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final List<Entry> active;
  private final DroppedCounts dropped;
  private final NumberText number = new NumberText();
  private boolean begun;
  private int next;

  /**
   * An active target as it is shown.
   *
   * @param lastScrapeMillis in ms since 1970; 0 before the first scrape
   */
  public record Entry(
      Labels discoveredLabels,
      Labels labels,
      String scrapePool,
      String scrapeUrl,
      String globalUrl,
      String lastError,
      long lastScrapeMillis,
      double lastScrapeSeconds,
      String health,
      String scrapeInterval,
      String scrapeTimeout) {}

  /**
   * The pools whose dropped targets are counted; there is no relabelling yet, so each count is 0.
   *
   * @param wanted whether the request asks for dropped targets; if not the counts are null, as
   *     upstream has it
   */
  public record DroppedCounts(boolean wanted, List<String> pools) {}

  /** A body with these targets, in this order. */
  public TargetsBody(List<Entry> active, DroppedCounts dropped) {
    this.active = List.copyOf(active);
    this.dropped = dropped;
  }

  @Override
  public boolean writeSome(JsonGenerator json) throws IOException {
    if (!begun) {
      begun = true;
      json.writeStartObject();
      json.writeStringField("status", "success");
      json.writeObjectFieldStart("data");
      json.writeArrayFieldStart("activeTargets");
    }
    int end = Math.min(active.size(), next + TARGETS_A_STEP);
    for (; next < end; next++) {
      writeTarget(json, active.get(next));
    }
    if (next < active.size()) {
      return true;
    }
    json.writeEndArray();
    writeDropped(json);
    json.writeEndObject();
    json.writeEndObject();
    return false;
  }

  private void writeTarget(JsonGenerator json, Entry target) throws IOException {
    json.writeStartObject();
    writeLabels(json, "discoveredLabels", target.discoveredLabels());
    writeLabels(json, "labels", target.labels());
    json.writeStringField("scrapePool", target.scrapePool());
    json.writeStringField("scrapeUrl", target.scrapeUrl());
    json.writeStringField("globalUrl", target.globalUrl());
    json.writeStringField("lastError", target.lastError());
    json.writeStringField("lastScrape", time(target.lastScrapeMillis()));
    // As a double of Jackson's it would be 0.0 where Go writes 0.
    number.general(target.lastScrapeSeconds());
    json.writeFieldName("lastScrapeDuration");
    json.writeNumber(number.toString());
    json.writeStringField("health", target.health());
    json.writeStringField("scrapeInterval", target.scrapeInterval());
    json.writeStringField("scrapeTimeout", target.scrapeTimeout());
    json.writeEndObject();
  }

  private static void writeLabels(JsonGenerator json, String field, Labels labels)
      throws IOException {
    json.writeObjectFieldStart(field);
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringField(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }

  private void writeDropped(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("droppedTargets");
    json.writeEndArray();
    if (!dropped.wanted()) {
      json.writeNullField("droppedTargetCounts");
      return;
    }
    json.writeObjectFieldStart("droppedTargetCounts");
    for (String pool : dropped.pools()) {
      json.writeNumberField(pool, 0);
    }
    json.writeEndObject();
  }

  private static String time(long millis) {
    return millis == 0 ? NEVER : GoTime.format(Instant.ofEpochMilli(millis));
  }
}
