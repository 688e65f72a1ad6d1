package io.narthex.storage.internal.labels;

import io.narthex.api.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The index as it was when the view was taken, while the writer goes on. Valid as long as the
 * reader that took it is open. Removed series stay among the postings until the index is cleaned
 * up: {@link #isRemoved} tells them.
 */
public final class LabelView {
  private final Generation generation;
  private final LabelSets sets;
  private final RemovedSeries removed;
  private final int limit;

  LabelView(Generation generation, RemovedSeries removed, int limit) {
    this.generation = generation;
    this.sets = generation.sets();
    this.removed = removed;
    this.limit = limit;
  }

  /** All ids are below this. */
  public int limit() {
    return limit;
  }

  /** Whether a series has been removed by now. */
  public boolean isRemoved(int series) {
    return removed.has(series) || !sets.has(series);
  }

  /** All series. */
  public PostingsCursor all() {
    return generation.all(limit);
  }

  /** The series with this label. */
  public PostingsCursor with(String name, String value) {
    Symbols symbols = sets.known(name);
    int id = symbols == null ? -1 : find(symbols, value);
    return symbols == null || id < 0 ? PostingsCursor.EMPTY : symbols.series(id, limit);
  }

  private static int find(Symbols symbols, String value) {
    byte[] text = new byte[value.length() * Utf8.BYTES_PER_CHAR];
    return symbols.find(text, Utf8.encode(value, text));
  }

  /** The series that have a label of this name with a value that passes. */
  public PostingsCursor with(String name, Predicate<String> values) {
    Symbols symbols = sets.known(name);
    List<PostingsCursor> found = new ArrayList<>();
    if (symbols != null) {
      int count = symbols.size();
      for (int id = 0; id < count; id++) {
        if (values.test(symbols.value(id))) {
          found.add(symbols.series(id, limit));
        }
      }
    }
    return PostingsSets.union(found);
  }

  /** The names of all labels, in no order. */
  public List<String> names() {
    return sets.all().stream().map(Symbols::name).toList();
  }

  /** The values of a name, in no order; some may belong to removed or newer series only. */
  public List<String> values(String name) {
    Symbols symbols = sets.known(name);
    List<String> values = new ArrayList<>();
    if (symbols != null) {
      int count = symbols.size();
      for (int id = 0; id < count; id++) {
        values.add(symbols.value(id));
      }
    }
    return values;
  }

  /**
   * The labels of a series. Makes a new object; its names are shared strings, and its values too if
   * they were asked for lately.
   *
   * @throws IllegalArgumentException if there is no such series
   */
  public Labels labels(int series) {
    check(series);
    return sets.labels(series);
  }

  /** The value of a series' label, or {@code ""}. Makes at most one string. */
  public String value(int series, String name) {
    check(series);
    Symbols symbols = sets.known(name);
    int value = symbols == null ? -1 : sets.value(series, symbols);
    return symbols == null || value < 0 ? "" : sets.string(symbols, value);
  }

  /** A label's name, by which values are asked of many series. */
  public Column column(String name) {
    return new Column(sets, sets.known(name));
  }

  /**
   * The values of one name. Equal numbers mean equal values, so that answers about values may be
   * kept by number.
   */
  public static final class Column {
    private final LabelSets sets;
    private final @Nullable Symbols symbols;

    Column(LabelSets sets, @Nullable Symbols symbols) {
      this.sets = sets;
      this.symbols = symbols;
    }

    /** All numbers are below this. */
    public int size() {
      return symbols == null ? 0 : symbols.size();
    }

    /** The number of a series' value, or -1 if the series has no such label. */
    public int of(int series) {
      return symbols == null ? -1 : sets.value(series, symbols);
    }

    /** The value of a number that {@link #of} gave, {@code ""} for -1. */
    public String value(int number) {
      return symbols == null || number < 0 ? "" : sets.string(symbols, number);
    }
  }

  /** The number of the names of a series' labels: equal numbers mean equal names. */
  public int nameSet(int series) {
    check(series);
    return sets.nameSet(series);
  }

  /** The names of a series' labels, in order. */
  public List<String> names(int series) {
    check(series);
    List<String> names = new ArrayList<>();
    for (Symbols symbols : sets.names(series)) {
      names.add(symbols.name());
    }
    return names;
  }

  /** Compares the labels of two series as {@link Labels#compareTo} would; makes no objects. */
  public int compare(int a, int b) {
    return sets.compare(a, b);
  }

  /** What a label would add: nothing if its value is there. */
  long bytesOfNew(String name, String value, Set<String> newNames) {
    Symbols symbols = sets.known(name);
    if (symbols != null && find(symbols, value) >= 0) {
      return 0;
    }
    boolean isNewName = symbols == null && newNames.add(name);
    return (isNewName ? (long) LabelSets.BYTES_OF_NAME + name.length() : 0L)
        + LabelSets.BYTES_OF_VALUE
        + Utf8.length(value);
  }

  private void check(int series) {
    if (!sets.has(series)) {
      throw new IllegalArgumentException("there is no series %d in the index".formatted(series));
    }
  }
}
