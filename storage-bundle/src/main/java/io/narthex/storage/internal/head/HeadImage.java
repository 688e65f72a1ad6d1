package io.narthex.storage.internal.head;

import io.narthex.api.model.Labels;
import io.narthex.storage.internal.panel.PanelImage;
import io.narthex.storage.internal.panel.SealedFiles;
import io.narthex.storage.internal.series.Deletions;
import io.narthex.storage.internal.series.LooseSamples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies what a head has for a checkpoint, piece by piece, while commits go on between the pieces:
 * each piece is as it is when it is copied. The head's lock is held for a piece only, and for
 * reading. For use by one thread.
 */
public final class HeadImage {
  private static final int SERIES_AT_ONCE = 256;

  private final Head head;
  private final int nextPanel;
  private final int[] panels;
  private int at;

  /** The image of a head: of the panels and series that it has now. */
  public HeadImage(Head head) {
    this.head = head;
    nextPanel = head.reading(() -> head.panels().nextId());
    panels = head.reading(() -> head.panels().ids());
  }

  /**
   * A series.
   *
   * @param panel the panel that has a slot for it, -1 if none has
   * @param deleted ranges of time of which it shows no samples
   * @param loose its samples in no row
   */
  public record SeriesImage(
      Labels labels, int panel, int slot, Deletions deleted, LooseSamples.@Nullable Saved loose) {}

  /** The id of the panel that would be made next; none in the image has a higher one. */
  public int nextPanel() {
    return nextPanel;
  }

  /** The ids of all panels. */
  public int[] panels() {
    return panels.clone();
  }

  /** A panel, or null if it has gone meanwhile. */
  public @Nullable PanelImage panel(int id) {
    return head.reading(() -> head.panels().image(id));
  }

  /** The next series, some at a time; null when there are no more. */
  public @Nullable List<SeriesImage> nextSeries() {
    if (at < 0) {
      return null;
    }
    List<SeriesImage> copy = new ArrayList<>(SERIES_AT_ONCE);
    at =
        head.forEachSeries(
            at,
            SERIES_AT_ONCE,
            (series, labels, panel, slot, loose) ->
                copy.add(
                    new SeriesImage(
                        labels,
                        panel,
                        slot,
                        head.contents().deleted().of(series),
                        loose == null ? null : loose.save())));
    return copy;
  }

  /** Sealed rows that could not be kept in files are tried again from now on. */
  public void retryFiles() {
    head.writing(() -> head.panels().retryFiles());
  }

  /** Brings the files of sealed rows to the disk. */
  public void syncFiles() throws IOException {
    SealedFiles files = head.files();
    if (files != null) {
      files.sync();
    }
  }
}
