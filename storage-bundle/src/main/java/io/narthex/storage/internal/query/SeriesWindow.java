package io.narthex.storage.internal.query;

import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.series.LooseView;
import io.narthex.storage.internal.series.Series;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some of the series of a query, one after the other, with what they have in common by panel. As
 * many as keeps the decoded open rows within some MB.
 */
final class SeriesWindow {
  private static final int SERIES = 8192;

  private final Head head;
  private final List<Series> series;
  private final long mark;
  private final long minTime;
  private final long maxTime;
  private int first;
  private int end;
  private @Nullable PanelRows[] rows = {};
  private @Nullable Panel[] panels = {};
  private int[] slots = {};

  SeriesWindow(Head head, List<Series> series, long mark, long minTime, long maxTime) {
    this.head = head;
    this.series = series;
    this.mark = mark;
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
    for (int i = first; i < end; i++) {
      Panel panel = series.get(i).panel();
      if (panel != null) {
        PanelRows of = byPanel.computeIfAbsent(panel, unused -> new PanelRows(mark));
        int slot = series.get(i).slot();
        of.want(slot);
        rows[i - first] = of;
        panels[i - first] = panel;
        slots[i - first] = slot;
      }
    }
  }

  /** What a series has in rows; null if nothing. */
  @Nullable PanelRows rows(int index) {
    PanelRows of = rows[index - first];
    Panel panel = panels[index - first];
    if (of != null && panel != null && !of.hasView()) {
      of.view(head.view(panel, minTime, maxTime));
    }
    return of;
  }

  int slot(int index) {
    return slots[index - first];
  }

  LooseView loose(int index) {
    return head.loose(series.get(index), mark, minTime, maxTime);
  }
}
