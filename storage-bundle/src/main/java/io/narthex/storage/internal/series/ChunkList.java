package io.narthex.storage.internal.series;

import io.narthex.api.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chunks of samples of any kinds that come in order of time. */
final class ChunkList {
  private final List<Chunk> chunks = new ArrayList<>(1);
  private final OpenChunk open = new OpenChunk();

  /** Adds a sample, a float unless the histogram is there. */
  void add(long time, long bits, @Nullable NativeHistogram histogram) {
    add(histogram == null ? open.append(time, bits) : open.append(time, histogram));
  }

  private void add(@Nullable Chunk chunk) {
    if (chunk != null) {
      chunks.add(chunk);
    }
  }

  /** All of them; nothing may be added any more. */
  List<Chunk> done() {
    add(open.toChunk());
    open.clear();
    return chunks;
  }
}
