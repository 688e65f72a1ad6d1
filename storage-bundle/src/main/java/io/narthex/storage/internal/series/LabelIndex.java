package io.narthex.storage.internal.series;

import io.narthex.api.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds series by their labels: all of them, or those with a label. Each name and value is kept as
 * one string only. Changed under the head's write lock, read under its read lock.
 */
public final class LabelIndex {
  /**
   * What a series costs beside its chunks: object, hash map entry, slots of the postings; by count
   * of fields.
   */
  private static final int SERIES_BYTES = 340;

  private static final int LABEL_BYTES = 16;
  private static final int SYMBOL_BYTES = 150;

  private final Map<Labels, Series> byLabels = new HashMap<>();
  private final Map<String, Map<String, Postings>> byName = new HashMap<>();
  private final Map<String, String> symbols = new HashMap<>();
  private final Postings all = new Postings();
  private long bytes;

  /** The series with exactly these labels. */
  public @Nullable Series find(Labels labels) {
    return byLabels.get(labels);
  }

  /** How many series there are. */
  public int size() {
    return byLabels.size();
  }

  /** About how much memory it and the series take, chunks left out. */
  public long bytes() {
    return bytes;
  }

  /** These labels, with the strings that are kept already. */
  public Labels shared(Labels labels) {
    Labels.Builder builder = Labels.builder();
    for (int i = 0; i < labels.size(); i++) {
      builder.set(symbol(labels.name(i)), symbol(labels.value(i)));
    }
    return builder.build();
  }

  private String symbol(String text) {
    String kept = symbols.putIfAbsent(text, text);
    if (kept == null) {
      bytes += SYMBOL_BYTES + text.length();
      return text;
    }
    return kept;
  }

  /** Adds a series whose labels are not there yet. */
  public void add(Series series) {
    Labels labels = series.labels();
    byLabels.put(labels, series);
    all.add(series);
    for (int i = 0; i < labels.size(); i++) {
      byName
          .computeIfAbsent(labels.name(i), name -> new HashMap<>())
          .computeIfAbsent(labels.value(i), value -> new Postings())
          .add(series);
    }
    bytes += SERIES_BYTES + (long) LABEL_BYTES * labels.size();
  }

  /** All series. */
  public Postings.Slice all() {
    return all.slice();
  }

  /** The series with this label. */
  public Postings.Slice with(String name, String value) {
    Postings postings = byName.getOrDefault(name, Map.of()).get(value);
    return postings == null ? Postings.Slice.EMPTY : postings.slice();
  }

  /** The names of all labels, in no order. */
  public List<String> names() {
    return new ArrayList<>(byName.keySet());
  }

  /** The values of a label, in no order. */
  public List<String> values(String name) {
    return new ArrayList<>(byName.getOrDefault(name, Map.of()).keySet());
  }

  /** A new index of those that are not removed. */
  public LabelIndex withoutRemoved() {
    LabelIndex kept = new LabelIndex();
    Postings.Slice slice = all.slice();
    for (int i = 0; i < slice.size(); i++) {
      Series series = slice.items()[i];
      if (!series.removed()) {
        Labels labels = series.labels();
        for (int j = 0; j < labels.size(); j++) {
          kept.symbol(labels.name(j));
          kept.symbol(labels.value(j));
        }
        kept.add(series);
      }
    }
    return kept;
  }
}
