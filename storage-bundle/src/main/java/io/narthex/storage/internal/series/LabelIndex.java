package io.narthex.storage.internal.series;

import io.narthex.api.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds series by their labels: all of them, or those with a label. Each name and each value of a
 * name is kept as one string only. Changed under the head's write lock, read under its read lock.
 *
 * <p>A series that is removed is not found by all its labels any more, but stays among the series
 * with a label until {@link #withoutRemoved}; whoever reads those leaves removed ones out.
 */
public final class LabelIndex {
  private static final int LABEL_BYTES = 16;
  private static final int NAME_BYTES = 200;
  private static final int VALUE_BYTES = 150;

  private final SeriesTable byLabels = new SeriesTable();
  private final Map<String, LabelValues> byName = new HashMap<>();
  private final Postings all = new Postings("");
  private long bytes;

  /** The values of one label. */
  private record LabelValues(String name, Map<String, Postings> values) {
    String shared(String value) {
      Postings known = values.get(value);
      return known == null ? value : known.value;
    }
  }

  /** The series with exactly these labels. */
  public @Nullable Series find(Labels labels) {
    return byLabels.find(labels);
  }

  /** How many series there are. */
  public int size() {
    return byLabels.size();
  }

  /** About how much memory it and the series take, chunks left out. */
  public long bytes() {
    return bytes;
  }

  /**
   * About how much memory a series with these labels would add, chunks left out: names and values
   * that are here already cost nothing more.
   *
   * @param newNames names that are counted already; those that are not here are added
   */
  public long bytesOf(Labels labels, Set<String> newNames) {
    long sum = Series.BYTES;
    for (int i = 0; i < labels.size(); i++) {
      sum += LABEL_BYTES + bytesOfNew(labels.name(i), labels.value(i), newNames);
    }
    return sum;
  }

  private long bytesOfNew(String name, String value, Set<String> newNames) {
    LabelValues known = byName.get(name);
    long sum = known == null && newNames.add(name) ? NAME_BYTES + bytesOf(name) : 0;
    if (known == null || !known.values().containsKey(value)) {
      sum += VALUE_BYTES + bytesOf(value);
    }
    return sum;
  }

  /** One byte for each character of a Latin-1 string, two of any other: so the JVM keeps them. */
  private static long bytesOf(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        return 2L * text.length();
      }
    }
    return text.length();
  }

  /** These labels, with the strings that are kept already. */
  public Labels shared(Labels labels) {
    Labels.Builder builder = Labels.builder();
    for (int i = 0; i < labels.size(); i++) {
      LabelValues known = byName.get(labels.name(i));
      if (known == null) {
        builder.set(labels.name(i), labels.value(i));
      } else {
        builder.set(known.name(), known.shared(labels.value(i)));
      }
    }
    return builder.build();
  }

  /** Adds a series whose labels are not there yet. */
  public void add(Series series) {
    Labels labels = series.labels();
    bytes += bytesOf(labels, new HashSet<>());
    byLabels.add(series);
    all.add(series);
    for (int i = 0; i < labels.size(); i++) {
      postings(labels.name(i), labels.value(i)).add(series);
    }
  }

  private Postings postings(String name, String value) {
    LabelValues values =
        byName.computeIfAbsent(name, unknown -> new LabelValues(unknown, new HashMap<>()));
    return values.values().computeIfAbsent(value, Postings::new);
  }

  /** Forgets a removed series, but for what {@link #withoutRemoved} does. */
  public void remove(Series series) {
    byLabels.remove(series);
  }

  /** All series, removed ones among them. */
  public Postings.Slice all() {
    return all.slice();
  }

  /** The series with this label, removed ones among them. */
  public Postings.Slice with(String name, String value) {
    LabelValues values = byName.get(name);
    Postings postings = values == null ? null : values.values().get(value);
    return postings == null ? Postings.Slice.EMPTY : postings.slice();
  }

  /** The names of all labels, in no order. */
  public List<String> names() {
    return new ArrayList<>(byName.keySet());
  }

  /** The values of a label, in no order. */
  public List<String> values(String name) {
    LabelValues values = byName.get(name);
    return values == null ? List.of() : new ArrayList<>(values.values().keySet());
  }

  /** A new index of those that are not removed. */
  public LabelIndex withoutRemoved() {
    LabelIndex kept = new LabelIndex();
    Postings.Slice slice = all.slice();
    for (int i = 0; i < slice.size(); i++) {
      if (!slice.items()[i].removed()) {
        kept.add(slice.items()[i]);
      }
    }
    return kept;
  }
}
