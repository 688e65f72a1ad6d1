package io.narthex.storage.internal.head;

import io.narthex.storage.internal.panel.PanelImage;
import io.narthex.storage.internal.series.LooseSamples;
import java.util.List;

/**
 * Brings what a {@link HeadImage} had into an empty head, panels first. Sealed rows that are in
 * files come after it, with {@link Head#resume}. For use by one thread.
 */
public final class HeadRestoring {
  private final Head head;

  /** To a head. */
  public HeadRestoring(Head head) {
    this.head = head;
  }

  /** No panel that is made from now on has a lower id. */
  public void panelsFrom(int id) {
    head.writing(() -> head.panels().idsFrom(id));
  }

  /**
   * Makes a panel.
   *
   * @return how many samples its open rows have
   * @throws io.narthex.storage.internal.panel.BadRowException if they are no rows: then it is there
   *     without them
   */
  public long panel(PanelImage image) {
    head.writeLock().lock();
    try {
      long samples = head.panels().restore(image);
      image.rows().forEach(row -> head.contents().saw(row.time()));
      return samples;
    } finally {
      head.writeLock().unlock();
    }
  }

  /** Makes series. */
  public void series(List<HeadImage.SeriesImage> images) {
    head.writing(
        () -> {
          for (HeadImage.SeriesImage image : images) {
            int series = head.obtain(image.labels());
            for (int i = 0; i < image.deleted().size(); i++) {
              head.delete(series, image.deleted().from(i), image.deleted().to(i));
            }
            LooseSamples.Saved loose = image.loose();
            if (loose != null && head.contents().states().loose(series) == null) {
              head.contents().restore(series, loose);
            }
            if (image.panel() >= 0) {
              head.place(series, image.panel(), image.slot(), Integer.MIN_VALUE);
            }
          }
        });
  }

  /** All is there: readers see it. */
  public void done() {
    head.writing(head::complete);
  }
}
