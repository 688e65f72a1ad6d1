package io.narthex.storage.internal.head;

import io.narthex.storage.internal.document.BadDocumentException;
import io.narthex.storage.internal.memory.MemoryKind;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Reclaimer;
import io.narthex.storage.internal.panel.BadRowException;
import io.narthex.storage.internal.panel.ColumnSealing;
import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.panel.PanelImage;
import io.narthex.storage.internal.panel.RowEncoder;
import io.narthex.storage.internal.panel.SealedFiles;
import io.narthex.storage.internal.panel.SealedPlaces;
import io.narthex.storage.internal.series.SeriesStates;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The panels of a head, and the memory in which their rows are. Guarded by the head's lock. */
public final class Panels {
  private final PagePool pages = new PagePool(MemoryKind.ROWS);
  private final Reclaimer reclaimer;
  private final SealedPlaces sealed;
  private final ColumnSealing sealing = new ColumnSealing();
  private final Panel.Places places;
  private final Map<Integer, Panel> byId = new ConcurrentHashMap<>();
  private final @Nullable SealedFiles files;
  private int nextId;
  private long placed;

  Panels(Reclaimer reclaimer, @Nullable SealedFiles files) {
    this.reclaimer = reclaimer;
    sealed = new SealedPlaces(reclaimer);
    places = new Panel.Places(pages, reclaimer, sealed, sealing, new RowEncoder(), files);
    this.files = files;
  }

  /** The id of the next panel. */
  public int nextId() {
    return nextId;
  }

  /** How many there are. */
  public int size() {
    return byId.size();
  }

  /** The panel of an id, if it is there; may be asked without a lock. */
  public @Nullable Panel find(int id) {
    return byId.get(id);
  }

  void place(SeriesStates states, int series, int id, int slot, int segment) {
    Panel panel = obtain(id);
    panel.bindIn(segment, slot);
    if (states.panelId(series) != id || states.slot(series) != slot) {
      // Before it leaves another: a panel goes with its last series.
      panel.occupy(slot);
      placed++;
      leave(states, series);
      states.place(series, panel, slot);
    }
  }

  private Panel obtain(int id) {
    Panel panel = byId.get(id);
    if (panel == null) {
      panel = new Panel(id, places);
      byId.put(id, panel);
      nextId = Math.max(nextId, id + 1);
    }
    return panel;
  }

  /** The ids of those that are there, in no order. */
  int[] ids() {
    return byId.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /** What a checkpoint keeps of a panel; null if it is not there any more. */
  @Nullable PanelImage image(int id) {
    Panel panel = byId.get(id);
    return panel == null ? null : panel.image();
  }

  /** No panel that is made from now on has a lower id: it may be the one of a panel that went. */
  void idsFrom(int id) {
    nextId = Math.max(nextId, id);
  }

  /**
   * Makes a panel of what a checkpoint has; gives how many samples its open rows have.
   *
   * @throws BadRowException if its rows are none: then it is there without
   */
  long restore(PanelImage image) {
    return obtain(image.id()).restore(image);
  }

  /** Takes back what was sealed before the process started; false if it is not taken. */
  boolean resume(int id, long at, long before, long from, long to, byte[] bytes, int length) {
    idsFrom(id + 1);
    if (before != Long.MIN_VALUE && !byId.containsKey(id)) {
      // Of a panel that was dropped.
      return false;
    }
    return obtain(id).resume(at, before, from, to, bytes, length);
  }

  /** Files of sealed rows that failed are tried again. */
  void retryFiles() {
    if (files != null) {
      files.tryAgain();
    }
  }

  /** All that was sealed before is there; gives the newest commit that is in it. */
  long resumed() {
    return byId.values().stream().mapToLong(Panel::resumed).max().orElse(0);
  }

  /** Drops the panels to which no series belongs: the log that named theirs is gone. */
  void dropEmpty() {
    byId.values()
        .removeIf(
            panel -> {
              boolean empty = panel.occupied() == 0;
              if (empty) {
                panel.close();
              }
              return empty;
            });
  }

  /** Seals what is open, so that the next start need not. */
  void sealAll() {
    byId.values().forEach(Panel::seal);
  }

  /** Time of the oldest row, or {@link Long#MAX_VALUE}. */
  long firstTime() {
    long first = Long.MAX_VALUE;
    for (Panel panel : byId.values()) {
      first = Math.min(first, panel.firstTime());
    }
    return first;
  }

  /** Whether a slot of a panel that is there has a sample in the last row. */
  boolean isPresent(int id, int slot) {
    Panel panel = byId.get(id);
    return panel != null && panel.states().isPresent(slot);
  }

  boolean has(int id) {
    return byId.containsKey(id);
  }

  /** Whether series have left their slots of a panel. */
  boolean hasOrphans(int id) {
    Panel panel = byId.get(id);
    return panel != null && panel.occupied() < panel.slots();
  }

  /** The series has its slot no more; a panel without series goes. */
  void leave(SeriesStates states, int series) {
    Panel panel = states.panel(series);
    if (panel == null) {
      return;
    }
    placed--;
    if (panel.vacate() == 0) {
      panel.close();
      byId.remove(panel.id());
    }
  }

  int link(DocumentApplier.Row row, long commit) {
    Panel panel = byId.get(row.panel());
    if (panel == null) {
      // A replay dropped its series to make room.
      return 0;
    }
    if (row.time() <= panel.lastTime()) {
      return 0;
    }
    if (row.number() > 0 && panel.nextRow() == 0) {
      // Its base row was dropped to make room before the process started.
      return 0;
    }
    if (row.number() > 0 && row.number() != panel.nextRow()) {
      throw new BadDocumentException(
          "row %d of panel %d stands where %d should"
              .formatted(row.number(), row.panel(), panel.nextRow()));
    }
    try {
      return panel.link(
          row.time(), commit, row.number() == 0, row.bytes(), row.offset(), row.length());
    } catch (BadRowException e) {
      throw new BadDocumentException(
          "row %d of panel %d: %s".formatted(row.number(), row.panel(), e.getMessage()));
    }
  }

  void dropBefore(long time) {
    if (sealed.dropBefore(time) > 0) {
      byId.values().forEach(Panel::forgetSealed);
    }
    if (files != null) {
      files.dropBefore(time);
    }
  }

  /** Drops all rows but each panel's newest. */
  void keepNewest() {
    sealed.dropAll();
    byId.values().forEach(Panel::keepNewest);
    byId.values().forEach(Panel::forgetSealed);
  }

  /** Adds what goes when sealed rows are dropped. */
  void addTo(AgeProfile profile) {
    sealed.forEachOfAge(profile::add);
  }

  /** How many columns there are: of each slot one in each sealed part, and one that is open. */
  long columns() {
    return sealed.columns() + placed;
  }

  /** Columns that had to be written as raw bits: a defect if there is any. */
  public long columnFallbacks() {
    return sealing.fallbacks();
  }

  /** About how much memory they take. */
  long bytes() {
    return pages.usedBytes() + sealed.allocatedBytes() + byId.size() * Panel.BYTES;
  }

  void reclaim() {
    reclaimer.reclaim();
  }

  void close() {
    reclaimer.reclaim();
    byId.clear();
    pages.close();
    sealed.close();
    sealing.close();
    if (files != null) {
      files.close();
    }
  }
}
