package io.narthex.storage.internal.labels;

import io.narthex.api.model.Labels;
import io.narthex.api.model.Utf8Order;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Reclaimer;
import io.narthex.storage.internal.memory.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The label sets of series by the series' ids. A label set is the number of its name set, then the
 * number of each value among the values of its name, all as varints; four bytes a series say where.
 * On the heap is something for each name and for each name set, nothing for each value or series.
 *
 * <p>Changed by one writer; readers need no lock for series that were published to them.
 */
final class LabelSets implements AutoCloseable {
  private static final int TABLE_PART_BITS = 8;
  private static final int REF_BITS = 2;
  private static final int CACHED_STRINGS = 1024;
  private static final int HEAP_BYTES_OF_NAME = 600;
  private static final int HEAP_BYTES_OF_NAME_SET = 200;

  /** About what a series takes beside its numbers: where they are, in the table, in postings. */
  static final int BYTES_OF_SERIES = 20;

  /** About what a label of a series takes. */
  static final int BYTES_OF_LABEL = 2;

  /** About what a value takes beside its text: its record, its place in the table. */
  static final int BYTES_OF_VALUE = 48;

  /** About what a name takes beside its text. */
  static final int BYTES_OF_NAME = 1200;

  private final PagePool pool;
  private final Reclaimer reclaimer;
  private final ByteArea texts;
  private final ByteArea runs;
  private final ByteArea sets;
  private final Vector refs;
  private final Table table;

  private final Map<String, Symbols> byName = new ConcurrentHashMap<>();
  private final Map<NameSet.Key, NameSet> byNames = new ConcurrentHashMap<>();
  private volatile Symbols[] names = {};
  private volatile NameSet[] nameSets = {};
  private int nameSetCount;

  /** About how many bytes there are, by count of what there is. */
  private long counted;

  private byte[] text = new byte[256];
  private byte[] set = new byte[64];
  private int[] values = new int[16];

  /** Values that were made strings lately; each entry is replaced as a whole. */
  private final @Nullable Cached[] cache = new Cached[CACHED_STRINGS];

  private record Cached(int nameId, int valueId, String value) {}

  private final class Table extends IdTable {
    Table() {
      super(TABLE_PART_BITS, reclaimer);
    }

    @Override
    long hashOf(int id) {
      long address = address(id);
      return Utf8.hash(address, length(address));
    }

    @Override
    int touch(int[] ids, int count) {
      long[] addresses = new long[count];
      for (int i = 0; i < count; i++) {
        addresses[i] = address(ids[i]);
      }
      int sum = 0;
      for (long address : addresses) {
        sum += Memory.getByte(address);
      }
      return sum;
    }

    @Override
    boolean isEqual(int id, byte[] bytes, int length) {
      // No label set is the beginning of another, so a shorter one differs before its end.
      long address = address(id);
      for (int i = 0; i < length; i++) {
        if (Memory.getByte(address + i) != bytes[i]) {
          return false;
        }
      }
      return true;
    }
  }

  LabelSets(PagePool pool, Reclaimer reclaimer) {
    this.pool = pool;
    this.reclaimer = reclaimer;
    this.texts = new ByteArea(pool);
    this.runs = new ByteArea(pool);
    this.sets = new ByteArea(pool);
    this.refs = new Vector(pool, REF_BITS);
    this.table = new Table();
  }

  private long address(int series) {
    return sets.address(Memory.getInt(refs.address(series)));
  }

  private int length(long address) {
    long set = Varints.get(address);
    int left = nameSets[(int) set].names().length;
    long at = address + Varints.size(set);
    while (left > 0) {
      if (Memory.getByte(at++) >= 0) {
        left--;
      }
    }
    return (int) (at - address);
  }

  /** Whether there is a label set for this id. */
  boolean has(int series) {
    long ref = series < 0 ? 0 : refs.find(series);
    return ref != 0 && Memory.getInt(ref) != 0;
  }

  /** The series with exactly these labels, or -1. */
  int find(Labels labels) {
    int size = labels.size();
    int[] nameIds = new int[size];
    int longest = 0;
    for (int i = 0; i < size; i++) {
      Symbols symbols = byName.get(labels.name(i));
      if (symbols == null) {
        return -1;
      }
      nameIds[i] = symbols.nameId();
      longest = Math.max(longest, labels.value(i).length());
    }
    NameSet found = byNames.get(new NameSet.Key(nameIds));
    if (found == null) {
      return -1;
    }
    byte[] key = new byte[(size + 1) * Varints.MOST];
    byte[] bytes = new byte[longest * Utf8.BYTES_PER_CHAR];
    int length = Varints.put(key, 0, found.id());
    for (int i = 0; i < size; i++) {
      int value = found.names()[i].find(bytes, Utf8.encode(labels.value(i), bytes));
      if (value < 0) {
        return -1;
      }
      length = Varints.put(key, length, value);
    }
    return table.find(Utf8.hash(key, length), key, length);
  }

  /** Adds a label set that is not there yet. */
  void add(int series, Labels labels) {
    int size = labels.size();
    Symbols[] symbols = new Symbols[size];
    for (int i = 0; i < size; i++) {
      symbols[i] = symbols(labels.name(i));
    }
    NameSet names = nameSet(symbols);
    values = values.length < size ? new int[size] : values;
    for (int i = 0; i < size; i++) {
      String value = labels.value(i);
      ensureText(value.length() * Utf8.BYTES_PER_CHAR);
      values[i] = findOrAdd(symbols[i], Utf8.encode(value, text));
    }
    add(series, names, true);
  }

  /**
   * Adds a label set of another generation.
   *
   * @param isFindable whether it is found by all its labels
   * @param known the name sets of this that belong to those of the other, as far as they are known
   */
  void add(int series, boolean isFindable, LabelSets from, Map<NameSet, NameSet> known) {
    long at = from.address(series);
    long setId = Varints.get(at);
    at += Varints.size(setId);
    NameSet theirs = from.nameSets[(int) setId];
    NameSet names =
        known.computeIfAbsent(
            theirs,
            unknown ->
                nameSet(
                    Arrays.stream(unknown.names())
                        .map(symbols -> symbols(symbols.name()))
                        .toArray(Symbols[]::new)));
    int size = names.names().length;
    values = values.length < size ? new int[size] : values;
    for (int i = 0; i < size; i++) {
      long value = Varints.get(at);
      at += Varints.size(value);
      Symbols source = theirs.names()[i];
      ensureText(source.length((int) value));
      values[i] = findOrAdd(names.names()[i], source.copy((int) value, text));
    }
    add(series, names, isFindable);
  }

  /** The number of the value that is in {@link #text}. */
  private int findOrAdd(Symbols symbols, int length) {
    int known = symbols.size();
    int id = symbols.findOrAdd(text, length);
    counted += id == known ? BYTES_OF_VALUE + length : 0;
    return id;
  }

  private void ensureText(int length) {
    if (text.length < length) {
      text = new byte[length];
    }
  }

  private void add(int series, NameSet names, boolean isFindable) {
    int size = names.names().length;
    if (set.length < (size + 1) * Varints.MOST) {
      set = new byte[(size + 1) * Varints.MOST];
    }
    int length = Varints.put(set, 0, names.id());
    for (int i = 0; i < size; i++) {
      length = Varints.put(set, length, values[i]);
    }
    int ref = sets.take(length);
    Memory.copy(set, 0, sets.address(ref), length);
    Memory.putInt(refs.ensure(series), ref);
    if (isFindable) {
      table.add(Utf8.hash(set, length), series);
    }
    counted += BYTES_OF_SERIES + (long) size * BYTES_OF_LABEL;
    for (int i = 0; i < size; i++) {
      names.names()[i].addSeries(values[i], series);
    }
  }

  /** Makes a series be found by all its labels no more. */
  void remove(int series) {
    table.remove(table.hashOf(series), series);
  }

  private Symbols symbols(String name) {
    Symbols known = byName.get(name);
    if (known != null) {
      return known;
    }
    Symbols[] now = names;
    Symbols[] more = Arrays.copyOf(now, now.length + 1);
    Symbols symbols = new Symbols(name, now.length, pool, texts, runs, reclaimer);
    more[now.length] = symbols;
    names = more;
    byName.put(name, symbols);
    counted += BYTES_OF_NAME + name.length();
    return symbols;
  }

  private NameSet nameSet(Symbols[] symbols) {
    NameSet.Key key = new NameSet.Key(Arrays.stream(symbols).mapToInt(Symbols::nameId).toArray());
    NameSet known = byNames.get(key);
    if (known != null) {
      return known;
    }
    NameSet[] now = nameSets;
    if (nameSetCount == now.length) {
      now = Arrays.copyOf(now, Math.max(16, nameSetCount * 2));
    }
    NameSet created = new NameSet(nameSetCount, symbols);
    now[nameSetCount++] = created;
    nameSets = now;
    byNames.put(key, created);
    counted += HEAP_BYTES_OF_NAME_SET + 8L * symbols.length;
    return created;
  }

  /** The labels of a series. */
  Labels labels(int series) {
    long at = address(series);
    long setId = Varints.get(at);
    at += Varints.size(setId);
    Labels.Builder builder = Labels.builder();
    for (Symbols symbols : nameSets[(int) setId].names()) {
      long value = Varints.get(at);
      at += Varints.size(value);
      builder.set(symbols.name(), string(symbols, (int) value));
    }
    return builder.build();
  }

  /** Whether a series has exactly these labels; makes no objects. */
  boolean isEqual(int series, Labels labels) {
    long at = address(series);
    long setId = Varints.get(at);
    at += Varints.size(setId);
    Symbols[] of = nameSets[(int) setId].names();
    if (of.length != labels.size()) {
      return false;
    }
    for (int i = 0; i < of.length; i++) {
      long value = Varints.get(at);
      if (!of[i].name().equals(labels.name(i)) || !of[i].isEqual((int) value, labels.value(i))) {
        return false;
      }
      at += Varints.size(value);
    }
    return true;
  }

  /** A value as a string, the same one as a moment ago if it was asked for then. */
  String string(Symbols symbols, int value) {
    int nameId = symbols.nameId();
    int at = (nameId * 0x9E3779B9 + value * 0x85EBCA6B) >>> 32 - 10;
    Cached cached = cache[at];
    if (cached == null || cached.nameId() != nameId || cached.valueId() != value) {
      cached = new Cached(nameId, value, symbols.value(value));
      if (cached.value().length() < 256) {
        cache[at] = cached;
      }
    }
    return cached.value();
  }

  /** The number of a series' value of a name, or -1 if it has none. */
  int value(int series, Symbols of) {
    long at = address(series);
    long setId = Varints.get(at);
    at += Varints.size(setId);
    for (Symbols symbols : nameSets[(int) setId].names()) {
      long value = Varints.get(at);
      if (symbols == of) {
        return (int) value;
      }
      at += Varints.size(value);
    }
    return -1;
  }

  /** The number of a series' name set: equal numbers mean equal names. */
  int nameSet(int series) {
    return (int) Varints.get(address(series));
  }

  /** The names of a series' labels, in order. */
  Symbols[] names(int series) {
    return nameSets[nameSet(series)].names();
  }

  /** Compares the labels of two series as {@link Labels#compareTo} would. */
  int compare(int a, int b) {
    long atA = address(a);
    long atB = address(b);
    long setA = Varints.get(atA);
    long setB = Varints.get(atB);
    atA += Varints.size(setA);
    atB += Varints.size(setB);
    Symbols[] namesOfA = nameSets[(int) setA].names();
    Symbols[] namesOfB = nameSets[(int) setB].names();
    int shared = Math.min(namesOfA.length, namesOfB.length);
    for (int i = 0; i < shared; i++) {
      if (namesOfA[i] != namesOfB[i]) {
        return Utf8Order.compare(namesOfA[i].name(), namesOfB[i].name());
      }
      long valueA = Varints.get(atA);
      long valueB = Varints.get(atB);
      if (valueA != valueB) {
        return namesOfA[i].compare((int) valueA, (int) valueB);
      }
      atA += Varints.size(valueA);
      atB += Varints.size(valueB);
    }
    return Integer.compare(namesOfA.length, namesOfB.length);
  }

  /** The values of a name, if there is any. */
  @Nullable Symbols known(String name) {
    return byName.get(name);
  }

  /** All names, in no order. */
  List<Symbols> all() {
    return List.of(names);
  }

  /** About how many bytes there are, by count of what there is. */
  long countedBytes() {
    return counted;
  }

  /** What it takes by kind; all series' own postings are not in it. */
  LabelBytes bytes() {
    long records = 0;
    long tables = 0;
    long heap = 80L * CACHED_STRINGS + (long) nameSetCount * HEAP_BYTES_OF_NAME_SET;
    for (Symbols symbols : names) {
      records += symbols.recordBytes();
      tables += symbols.tableBytes();
      heap += HEAP_BYTES_OF_NAME;
    }
    return new LabelBytes(
        texts.bytes(),
        records,
        tables,
        sets.bytes(),
        refs.bytes(),
        table.bytes(),
        runs.bytes(),
        heap);
  }

  /** Where chunks of postings are. */
  ByteArea runs() {
    return runs;
  }

  /** Where texts are. */
  ByteArea texts() {
    return texts;
  }

  @Override
  public void close() {
    for (Symbols symbols : names) {
      symbols.close();
    }
    table.close();
    texts.close();
    runs.close();
    sets.close();
  }
}
