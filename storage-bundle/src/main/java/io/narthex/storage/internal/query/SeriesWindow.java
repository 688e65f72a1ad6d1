package io.narthex.storage.internal.query;

import io.narthex.storage.internal.head.HeadReader;
import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.series.LooseView;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some of the series of a query, one after the other, with what they have in common by panel. As
 * many as keeps the decoded open rows within some MB.
 */
final class SeriesWindow {
  private static final int SERIES = 8192;

  private final HeadReader reader;
  private final SeriesIds series;
  private final long minTime;
  private final long maxTime;
  private int first;
  private int end;
  private @Nullable PanelRows[] rows = {};
  private @Nullable Panel[] panels = {};
  private int[] slots = {};

  SeriesWindow(HeadReader reader, SeriesIds series, long minTime, long maxTime) {
    this.reader = reader;
    this.series = series;
    this.minTime = minTime;
    this.maxTime = maxTime;
  }

  /** Goes to a series; they come in order. */
  void moveTo(int index) {
    if (index < first || index >= end) {
      first = index;
      end = Math.min(series.size(), index + SERIES);
      group();
    }
  }

  private void group() {
    Map<Panel, PanelRows> byPanel = new IdentityHashMap<>();
    rows = new PanelRows[end - first];
    panels = new Panel[end - first];
    slots = new int[end - first];
    reader.locate(series.array(), first, panels, slots);
    for (int i = 0; i < panels.length; i++) {
      Panel panel = panels[i];
      if (panel != null) {
        PanelRows of = byPanel.computeIfAbsent(panel, unused -> new PanelRows(reader.mark()));
        of.want(slots[i]);
        rows[i] = of;
      }
    }
  }

  /** What a series has in rows; null if nothing. */
  @Nullable PanelRows rows(int index) {
    PanelRows of = rows[index - first];
    Panel panel = panels[index - first];
    if (of != null && panel != null && !of.hasView()) {
      of.view(reader.rows(panel, minTime, maxTime));
    }
    return of;
  }

  int slot(int index) {
    return slots[index - first];
  }

  LooseView loose(int index) {
    return reader.loose(series.get(index), minTime, maxTime);
  }
}
