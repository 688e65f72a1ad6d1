package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.model.Labels;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The answer of {@code /targets}: upstream's fields in upstream's order. */
public final class TargetsBody implements ChunkedBody {
  private static final int TARGETS_A_STEP = 16;

  /** What Go prints for a time that was never set. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final List<Entry> active;
  private final @Nullable Dropped dropped;
  private final List<DroppedTarget> droppedTargets;
  private final NumberText number = new NumberText();
  private Part part = Part.HEAD;
  private int next;

  private enum Part {
    HEAD,
    ACTIVE,
    DROPPED
  }

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

  /** A target that relabelling dropped, by its labels before. */
  public record DroppedTarget(Labels discoveredLabels, String scrapePool) {}

  /**
   * What relabelling dropped.
   *
   * @param targets those that are shown
   * @param counts how many there are in each pool, shown or not
   */
  public record Dropped(List<DroppedTarget> targets, SortedMap<String, Integer> counts) {
    /** Copies the list. */
    public Dropped {
      targets = List.copyOf(targets);
    }
  }

  /**
   * A body with these targets, in this order.
   *
   * @param dropped null if they were not asked for: the counts are null then, as upstream has it
   */
  public TargetsBody(List<Entry> active, @Nullable Dropped dropped) {
    this.active = List.copyOf(active);
    this.dropped = dropped;
    this.droppedTargets = dropped == null ? List.of() : dropped.targets();
  }

  @Override
  public boolean writeSome(JsonGenerator json) throws IOException {
    return switch (part) {
      case HEAD -> {
        json.writeStartObject();
        json.writeStringField("status", "success");
        json.writeObjectFieldStart("data");
        json.writeArrayFieldStart("activeTargets");
        part = Part.ACTIVE;
        yield true;
      }
      case ACTIVE -> {
        int end = Math.min(active.size(), next + TARGETS_A_STEP);
        for (; next < end; next++) {
          writeTarget(json, active.get(next));
        }
        if (next == active.size()) {
          json.writeEndArray();
          json.writeArrayFieldStart("droppedTargets");
          part = Part.DROPPED;
          next = 0;
        }
        yield true;
      }
      case DROPPED -> {
        int end = Math.min(droppedTargets.size(), next + TARGETS_A_STEP);
        for (; next < end; next++) {
          writeDropped(json, droppedTargets.get(next));
        }
        boolean more = next < droppedTargets.size();
        if (!more) {
          json.writeEndArray();
          writeCounts(json);
          json.writeEndObject();
          json.writeEndObject();
        }
        yield more;
      }
    };
  }

  private void writeTarget(JsonGenerator json, Entry target) throws IOException {
    json.writeStartObject();
    JsonLabels.writeField(json, "discoveredLabels", target.discoveredLabels());
    JsonLabels.writeField(json, "labels", target.labels());
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

  private static void writeDropped(JsonGenerator json, DroppedTarget target) throws IOException {
    json.writeStartObject();
    JsonLabels.writeField(json, "discoveredLabels", target.discoveredLabels());
    json.writeStringField("scrapePool", target.scrapePool());
    json.writeEndObject();
  }

  private void writeCounts(JsonGenerator json) throws IOException {
    if (dropped == null) {
      json.writeNullField("droppedTargetCounts");
      return;
    }
    json.writeObjectFieldStart("droppedTargetCounts");
    for (Map.Entry<String, Integer> count : dropped.counts().entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  private static String time(long millis) {
    return millis == 0 ? NEVER : GoTime.format(Instant.ofEpochMilli(millis));
  }
}
