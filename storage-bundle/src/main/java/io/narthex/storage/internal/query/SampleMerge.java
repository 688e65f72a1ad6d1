package io.narthex.storage.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges sources of samples by time, one sample for each time. It goes on in one source as long as
 * that has the oldest; where two have the same time, the one it comes to wins. This is what
 * upstream does, so a sample out of order replaces one that came in order, most of the time.
 */
final class SampleMerge {
  /** Those that are at a sample, but {@link #current} perhaps. */
  private final List<SampleSource> sources = new ArrayList<>();

  private @Nullable SampleSource current;
  private boolean hasBegun;
  private long lastTime;

  void clear() {
    sources.clear();
    current = null;
    hasBegun = false;
  }

  /** Adds a source that is before its first sample. */
  void add(SampleSource source) {
    sources.add(source);
  }

  /** Goes to the next sample, which {@link #sample} has then; false at the end. */
  boolean next() {
    if (!hasBegun) {
      hasBegun = true;
      sources.removeIf(source -> !source.advance());
      SampleSource first = oldestBut(null);
      current = first == null ? null : later(first);
    } else {
      current = step();
    }
    SampleSource at = current;
    lastTime = at == null ? lastTime : at.time();
    return at != null;
  }

  private @Nullable SampleSource step() {
    SampleSource from = current;
    while (from != null) {
      if (!from.advance()) {
        sources.remove(from);
        from = oldestBut(null);
        if (from == null || from.time() != lastTime) {
          break;
        }
      } else if (from.time() != lastTime) {
        from = later(from);
        if (from.time() != lastTime) {
          break;
        }
      }
    }
    return from;
  }

  /** Another source that is not after this one's sample, or this one. */
  private SampleSource later(SampleSource than) {
    SampleSource other = oldestBut(than);
    return other == null || than.time() < other.time() ? than : other;
  }

  private @Nullable SampleSource oldestBut(@Nullable SampleSource one) {
    SampleSource oldest = null;
    for (int i = 0; i < sources.size(); i++) {
      SampleSource each = sources.get(i);
      if (each != one && (oldest == null || each.time() < oldest.time())) {
        oldest = each;
      }
    }
    return oldest;
  }

  /** The source that is at the sample. */
  SampleSource sample() {
    SampleSource at = current;
    if (at == null) {
      throw new IllegalStateException("the cursor is not at a sample; call next first");
    }
    return at;
  }
}
