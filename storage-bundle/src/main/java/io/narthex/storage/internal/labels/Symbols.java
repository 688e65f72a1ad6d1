package io.narthex.storage.internal.labels;

import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Reclaimer;
import io.narthex.storage.internal.memory.Vector;
import java.lang.invoke.VarHandle;

/**
 * The values of one label name, numbered in the order in which they came, and the series with each.
 * A value's record has 32 bytes: where its text is, and what {@link Postings} keeps.
 */
final class Symbols {
  private static final int RECORD_BITS = 5;

  /** Up to so many values are looked at one by one. */
  private static final int FEW = 8;

  private final String name;
  private final int nameId;
  private final ByteArea texts;
  private final Vector records;
  private final Table table;
  private final Postings postings;
  private volatile int size;

  private final class Table extends IdTable {
    Table(Reclaimer reclaimer) {
      super(0, reclaimer);
    }

    @Override
    long hashOf(int id) {
      return Utf8.hash(text(id), length(id));
    }

    @Override
    int touch(int[] ids, int count) {
      int sum = 0;
      for (int i = 0; i < count; i++) {
        sum += Memory.getByte(place(ids[i]));
      }
      return sum;
    }

    @Override
    boolean isEqual(int id, byte[] bytes, int length) {
      return length(id) == length && Utf8.isEqual(text(id), bytes, length);
    }
  }

  Symbols(
      String name, int nameId, PagePool pool, ByteArea texts, ByteArea runs, Reclaimer reclaimer) {
    this.name = name;
    this.nameId = nameId;
    this.texts = texts;
    this.records = new Vector(pool, RECORD_BITS);
    this.table = new Table(reclaimer);
    this.postings = new Postings(runs);
  }

  String name() {
    return name;
  }

  int nameId() {
    return nameId;
  }

  /** How many values there are. */
  int size() {
    return size;
  }

  /** The number of a value, or -1. */
  int find(byte[] text, int length) {
    int count = size;
    if (count > FEW) {
      return table.find(Utf8.hash(text, length), text, length);
    }
    for (int id = 0; id < count; id++) {
      if (table.isEqual(id, text, length)) {
        return id;
      }
    }
    return -1;
  }

  /** The number of a value, which is added if it is new. */
  int findOrAdd(byte[] text, int length) {
    int known = find(text, length);
    return known >= 0 ? known : add(text, length);
  }

  private int add(byte[] text, int length) {
    int id = size;
    int ref = texts.take(Varints.size(length) + length);
    Memory.copy(text, 0, Varints.put(texts.address(ref), length), length);
    Memory.putInt(records.ensure(id), ref);
    if (id == FEW) {
      for (int earlier = 0; earlier < FEW; earlier++) {
        table.add(table.hashOf(earlier), earlier);
      }
    }
    if (id >= FEW) {
      table.add(Utf8.hash(text, length), id);
    }
    size = id + 1;
    return id;
  }

  private long place(int id) {
    return texts.address(Memory.getInt(records.address(id)));
  }

  /** How many bytes a value has. */
  int length(int id) {
    return (int) Varints.get(place(id));
  }

  private long text(int id) {
    long place = place(id);
    return place + Varints.size(Varints.get(place));
  }

  /** A value as a new string. */
  String value(int id) {
    byte[] bytes = new byte[length(id)];
    Memory.copy(text(id), bytes, 0, bytes.length);
    return Utf8.decode(bytes);
  }

  /** Whether a value is a text. */
  boolean isEqual(int id, String text) {
    return Utf8.isEqual(text(id), length(id), text);
  }

  /** Copies a value's bytes into an array that is long enough; returns how many they are. */
  int copy(int id, byte[] into) {
    int length = length(id);
    Memory.copy(text(id), into, 0, length);
    return length;
  }

  /** Compares two values by their bytes. */
  int compare(int a, int b) {
    return a == b ? 0 : Utf8.compare(text(a), length(a), text(b), length(b));
  }

  /** Notes that a series, newer than all before, has a value. */
  void addSeries(int id, int series) {
    postings.add(records.address(id), series);
  }

  /** The series below a limit that have a value. */
  PostingsCursor series(int id, int limit) {
    VarHandle.acquireFence();
    return postings.cursor(records.address(id), limit);
  }

  /** How many series have a value, removed ones among them. */
  int count(int id) {
    return Postings.count(records.address(id));
  }

  /** The bytes of its records. */
  long recordBytes() {
    return records.bytes();
  }

  /** The bytes of the table by which values are found. */
  long tableBytes() {
    return table.bytes();
  }

  /** Frees the table; the pages are the pool's. */
  void close() {
    table.close();
  }
}
