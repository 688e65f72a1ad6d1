package io.narthex.storage.internal.checkpoint;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;
import io.narthex.storage.internal.exemplar.ExemplarRing;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.head.HeadImage;
import io.narthex.storage.internal.head.HeadRestoring;
import io.narthex.storage.internal.panel.BadRowException;
import io.narthex.storage.internal.panel.PanelImage;
import io.narthex.storage.internal.series.Chunk;
import io.narthex.storage.internal.series.LooseSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the newest whole checkpoint and brings it into a head. */
final class Restoring {
  private final CheckpointFolder folder;
  private final HeadRestoring head;
  private final ExemplarRing exemplars;
  private final Runnable keepRoom;
  private final List<String> problems = new ArrayList<>();
  private long samples;

  Restoring(CheckpointFolder folder, Head head, ExemplarRing exemplars, Runnable keepRoom) {
    this.folder = folder;
    this.head = new HeadRestoring(head);
    this.exemplars = exemplars;
    this.keepRoom = keepRoom;
  }

  Restored run() {
    try {
      folder.deleteLeftOver();
      for (long number : folder.newestFirst()) {
        Path file = folder.file(number);
        if (isWhole(number)) {
          Origin origin = CheckpointReader.read(file, new Into());
          head.done();
          return new Restored(origin, samples, Files.size(file), problems);
        }
      }
    } catch (IOException e) {
      problems.add("the checkpoints in %s cannot be read: %s".formatted(folder.path(), e));
    }
    return new Restored(null, 0, 0, problems);
  }

  /** All of it is decoded before anything of it is used. */
  private boolean isWhole(long number) throws IOException {
    try {
      CheckpointReader.read(folder.file(number), new CheckpointHandler() {});
      return true;
    } catch (BadCheckpointException e) {
      problems.add(
          "%s is broken: %s; it is %s now, and the one before it is taken, or all that is left of the log"
              .formatted(folder.file(number), e.getMessage(), folder.quarantine(number)));
      return false;
    }
  }

  private final class Into implements CheckpointHandler {
    @Override
    public void begin(Origin origin) {
      head.panelsFrom(origin.nextPanel());
    }

    @Override
    public void panel(PanelImage panel) {
      try {
        samples += head.panel(panel);
      } catch (BadRowException e) {
        problems.add(
            "the open rows of panel %d are lost: %s".formatted(panel.id(), e.getMessage()));
      }
    }

    @Override
    public void series(List<HeadImage.SeriesImage> series) {
      head.series(series);
      for (HeadImage.SeriesImage each : series) {
        LooseSamples.Saved loose = each.loose();
        if (loose != null) {
          count(loose.inOrder());
          count(loose.late());
          count(loose.lateOpen());
        }
      }
      keepRoom.run();
    }

    @Override
    public void exemplar(Labels series, Exemplar exemplar) {
      exemplars.add(series, exemplar);
    }

    private void count(List<Chunk> chunks) {
      for (Chunk chunk : chunks) {
        samples += chunk.count();
      }
    }
  }
}
