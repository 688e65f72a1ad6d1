package io.narthex.config.internal.prometheus;

import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Setting;
import io.narthex.config.internal.schema.Settings;
import io.narthex.config.internal.schema.StructReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/** Decodes the section {@code storage}, and fills in what is not given. */
final class StorageDecoder {
  private final Settings storage;
  private final Duration retention;
  private final StructReader reader;

  StorageDecoder(Settings root, Duration retention, StructReader reader) {
    this.storage = root.child("storage").orElseThrow();
    this.retention = retention;
    this.reader = reader;
  }

  /** Checks the section; it is shown with the retention that holds. */
  void decode() {
    Settings tsdb = storage.child("tsdb").orElseGet(() -> empty("tsdb"));
    storage.set("tsdb", new Setting.Group(tsdb, true));
    tsdb.set(
        "outofordertimewindow",
        new Setting.Whole(tsdb.duration("out_of_order_time_window").toMillis()));
    Optional<Settings> given = tsdb.child("retention");
    given.ifPresent(StorageDecoder::checkPercentage);
    if (given.isEmpty()) {
      Settings fallback = empty("retention");
      fallback.set("time", new Setting.Time(retention));
      tsdb.set("retention", new Setting.Group(fallback, true));
    }
  }

  private Settings empty(String kind) {
    Section section =
        new Section(kind, ConfigNode.nothing(), storage.section().directory(), new ArrayList<>());
    return reader.read(kind, section);
  }

  private static void checkPercentage(Settings retention) {
    double percentage = retention.decimal("percentage");
    if (percentage < 0 || percentage > 100) {
      Section section = retention.section();
      section.report(
          section.valuePosition("percentage"),
          "percentage in %s must be from 0 to 100".formatted(section.name()));
    }
  }

  long maxExemplars() {
    return storage
        .child("exemplars")
        .map(exemplars -> Math.max(0, exemplars.number("max_exemplars")))
        .orElse(PrometheusConfig.DEFAULT_MAX_EXEMPLARS);
  }

  long outOfOrderWindowMillis() {
    return storage
        .child("tsdb")
        .map(tsdb -> tsdb.duration("out_of_order_time_window").toMillis())
        .orElse(0L);
  }
}
