package io.narthex.storage.internal.keyed;

import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.Position;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a keyed log holds: its documents, read in order. A value counts once its last part is there:
 * of one that was being written when the process died the old value stays.
 */
final class KeyedContents {
  private final Map<String, byte[]> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private @Nullable String unfinishedKey;
  private byte[] unfinished = {};
  private int filled;

  private KeyedContents() {}

  /** Reads a log up to its end. */
  static KeyedContents read(DurableLog log) {
    KeyedContents contents = new KeyedContents();
    contents.problems.addAll(log.read(0, Position.start(0), contents::take));
    return contents;
  }

  Map<String, byte[]> values() {
    return values;
  }

  /** What could not be read, for people. */
  List<String> problems() {
    return problems;
  }

  private void take(Position position, MemorySegment bytes) {
    try {
      take(KeyedDocument.decode(bytes));
    } catch (IllegalArgumentException e) {
      problems.add("a document at %s is left out: %s".formatted(position, e.getMessage()));
    }
  }

  private void take(KeyedDocument document) {
    if (document.isRemoval()) {
      values.remove(document.key());
      return;
    }
    if (document.offset() == 0) {
      unfinishedKey = document.key();
      unfinished = new byte[document.total()];
      filled = 0;
    } else if (!document.key().equals(unfinishedKey)
        || document.total() != unfinished.length
        || document.offset() != filled) {
      throw new IllegalArgumentException("the part before it is not there");
    }
    System.arraycopy(document.part(), 0, unfinished, filled, document.part().length);
    filled += document.part().length;
    if (filled == unfinished.length) {
      values.put(document.key(), unfinished);
      unfinishedKey = null;
      unfinished = new byte[0];
    }
  }
}
