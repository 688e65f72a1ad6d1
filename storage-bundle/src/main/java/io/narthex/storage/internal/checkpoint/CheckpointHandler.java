package io.narthex.storage.internal.checkpoint;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;
import io.narthex.storage.internal.head.HeadImage;
import io.narthex.storage.internal.panel.PanelImage;
import java.util.List;

/** Takes what is in a checkpoint, in the order in which it stands. */
interface CheckpointHandler {
  /** The first. */
  default void begin(Origin origin) {}

  /** A panel. */
  default void panel(PanelImage panel) {}

  /** Series. */
  default void series(List<HeadImage.SeriesImage> series) {}

  /** An exemplar. */
  default void exemplar(Labels series, Exemplar exemplar) {}
}
