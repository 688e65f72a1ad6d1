package io.narthex.scrape.internal.record;

import io.narthex.scrape.internal.text.FamilyType;
import io.narthex.scrape.internal.text.LineHash;
import java.util.Arrays;

/**
 * What a target exposed before: for each text of a series the slot of the appender, and what became
 * of it. Targets expose their series in the same order each time, so the table says which text
 * comes next; when it errs, the text is looked up. Neither allocates.
 *
 * <p>An <i>entry</i> is the number of a text; entries hold until {@link #endScrape}. A text is
 * known by a 64-bit hash with a secret key alone. Not safe for use by several threads.
 */
final class SeriesTable {
  /** Says that there is no such entry, or that an entry has no slot. */
  static final int NONE = -1;

  /** The slot of a series that metric relabelling drops. */
  static final int DROPPED = -2;

  private static final int SEEN = 1;

  /** One of these two says that a series came in this scrape, the other that in the one before. */
  private static final int TRACKED = 2;

  private static final int TRACKED_OTHER = 4;

  /**
   * The series is part of what the target exposes: it had an accepted sample since it last came.
   */
  private static final int LIVE = 8;

  private static final int TYPE_SHIFT = 4;

  /**
   * How much a table may grow by failing scrapes before it is cleaned: twice what the last good one
   * had, and this.
   */
  private static final int GROWTH = 1000;

  private static final int INITIAL = 16;

  private SeriesTexts texts = new SeriesTexts();
  private long[] hashes = new long[INITIAL];
  private int[] lengths = new int[INITIAL];
  private int[] slots = new int[INITIAL];

  /** By entry: which entry came next when it last came. */
  private int[] successors = new int[INITIAL];

  private short[] states = new short[INITIAL];
  private int size;
  private int[] buckets = emptyBuckets(2 * INITIAL);
  private int sizeOfLastGood;

  private int first = NONE;
  private int latest;
  private int expected;
  private int trackedNow = TRACKED;
  private int trackedBefore = TRACKED_OTHER;
  private int seenCount;
  private int addedCount;
  private int countNow;
  private int countBefore;
  private int countStayed;

  /** Begins a scrape: what came in the one before is what this is compared with. */
  void beginScrape() {
    swap();
    countBefore = countNow;
    int kept = ~(SEEN | trackedNow);
    for (int i = 0; i < size; i++) {
      states[i] &= (short) kept;
    }
    seenCount = 0;
    addedCount = 0;
    countNow = 0;
    countStayed = 0;
    latest = NONE;
    expected = first;
  }

  /** Takes back that a scrape has begun: it was not stored, nor is that anything has gone. */
  void abortScrape() {
    swap();
    countNow = countBefore;
  }

  private void swap() {
    int spare = trackedBefore;
    trackedBefore = trackedNow;
    trackedNow = spare;
  }

  int size() {
    return size;
  }

  /** The length of the text that probably comes next, or {@link #NONE} if that is not known. */
  int expectedLength() {
    return expected == NONE || slots[expected] == NONE ? NONE : lengths[expected];
  }

  /** The hash of the text that probably comes next. */
  long expectedHash() {
    return expected == NONE ? 0 : hashes[expected];
  }

  /** The entry of the expected text, which has come. */
  int takeExpected() {
    latest = expected;
    expected = successors[latest];
    return latest;
  }

  /** The entry of a text that has come, or {@link #NONE}. */
  int find(byte[] buffer, int from, int to) {
    long hash = LineHash.of(buffer, from, to);
    for (int bucket = bucket(hash);
        buckets[bucket] != NONE;
        bucket = bucket + 1 & buckets.length - 1) {
      int entry = buckets[bucket];
      if (hashes[entry] == hash) {
        if ((states[entry] & SEEN) == 0) {
          follows(entry);
          expected = successors[entry];
        }
        return entry;
      }
    }
    return NONE;
  }

  /** Adds a text, which has come; it has no slot yet. */
  int add(byte[] buffer, int from, int to, FamilyType type) {
    if (size == slots.length) {
      resize(size + size / 2);
    }
    int entry = size++;
    addedCount++;
    texts.add(buffer, from, to);
    hashes[entry] = LineHash.of(buffer, from, to);
    lengths[entry] = to - from;
    slots[entry] = NONE;
    states[entry] = (short) (type.ordinal() << TYPE_SHIFT);
    successors[entry] = expected;
    follows(entry);
    if (size * 3 > buckets.length * 2) {
      rebuildBuckets(buckets.length * 2);
    } else {
      insert(entry);
    }
    return entry;
  }

  private void follows(int entry) {
    if (latest == NONE) {
      first = entry;
    } else {
      successors[latest] = entry;
    }
    latest = entry;
  }

  /** The texts, by entry. */
  SeriesTexts.Cursor texts() {
    return texts.cursor();
  }

  FamilyType type(int entry) {
    return FamilyType.of(states[entry] >> TYPE_SHIFT);
  }

  /** The slot of a series, {@link #NONE} or {@link #DROPPED}. */
  int slot(int entry) {
    return slots[entry];
  }

  void slot(int entry, int slot) {
    slots[entry] = slot;
  }

  /** Forgets all slots: the appender is another. */
  void forgetSlots() {
    for (int i = 0; i < size; i++) {
      slots[i] = slots[i] == DROPPED ? DROPPED : NONE;
    }
  }

  /**
   * Notes that the text has come in this scrape.
   *
   * @return whether its series is live and the text had come before in this scrape
   */
  boolean see(int entry) {
    int state = states[entry];
    if ((state & SEEN) == 0) {
      states[entry] = (short) (state | SEEN);
      seenCount++;
      return false;
    }
    return (state & LIVE) != 0;
  }

  /**
   * Notes that a sample of the series was accepted.
   *
   * @param tracked whether the series ends when it does not come any more
   * @return whether the series is new to the target
   */
  boolean accept(int entry, boolean tracked) {
    int state = states[entry];
    int then = state | LIVE;
    if (tracked && (state & trackedNow) == 0) {
      then |= trackedNow;
      countNow++;
      countStayed += (state & trackedBefore) == 0 ? 0 : 1;
    }
    states[entry] = (short) then;
    return (state & LIVE) == 0;
  }

  /** Whether a text whose series came in the scrape before has not come in this one. */
  boolean hasGone() {
    return countStayed < countBefore;
  }

  /** Whether the text's series came in the scrape before, and not by this text in this one. */
  boolean hasGone(int entry) {
    return (states[entry] & (trackedBefore | trackedNow)) == trackedBefore;
  }

  /** Whether the text's series came in this scrape, and ends when it does not come any more. */
  boolean isTracked(int entry) {
    return (states[entry] & trackedNow) != 0;
  }

  /**
   * Ends a scrape.
   *
   * @param good whether the whole exposition was read and stored
   * @return whether the table had to be cleaned because it grew by failing scrapes
   */
  boolean endScrape(boolean good) {
    boolean flush = !good && size > sizeOfLastGood * 2 + GROWTH;
    if (good) {
      sizeOfLastGood = seenCount;
      endUnseen();
    }
    if (flush || good && size - seenCount > size / 4 + INITIAL) {
      removeUnseen();
    } else if (good && addedCount == 0 && slots.length - size > size / 8 + INITIAL) {
      resize(Math.max(INITIAL, size));
      texts.trim();
    }
    return flush;
  }

  /** A series that comes again after it has not is a new one, though its slot is known. */
  private void endUnseen() {
    if (seenCount < size) {
      for (int i = 0; i < size; i++) {
        if ((states[i] & SEEN) == 0) {
          states[i] &= ~LIVE;
        }
      }
    }
  }

  private void removeUnseen() {
    int[] moved = new int[size];
    SeriesTexts kept = new SeriesTexts();
    SeriesTexts.Cursor cursor = texts.cursor();
    int count = 0;
    for (int entry = 0; entry < size; entry++) {
      moved[entry] = NONE;
      if ((states[entry] & SEEN) != 0) {
        byte[] text = cursor.text(entry);
        kept.add(text, 0, text.length);
        move(entry, count);
        moved[entry] = count++;
      }
    }
    size = count;
    for (int entry = 0; entry < size; entry++) {
      int next = successors[entry];
      successors[entry] = next == NONE ? NONE : moved[next];
    }
    first = first == NONE ? NONE : moved[first];
    texts = kept;
    kept.trim();
    resize(Math.max(INITIAL, size));
    rebuildBuckets(bucketsFor(size));
  }

  private void move(int from, int to) {
    hashes[to] = hashes[from];
    lengths[to] = lengths[from];
    slots[to] = slots[from];
    successors[to] = successors[from];
    states[to] = states[from];
  }

  private void resize(int capacity) {
    hashes = Arrays.copyOf(hashes, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    slots = Arrays.copyOf(slots, capacity);
    successors = Arrays.copyOf(successors, capacity);
    states = Arrays.copyOf(states, capacity);
  }

  private static int bucketsFor(int entries) {
    return Math.max(2 * INITIAL, Integer.highestOneBit(entries * 3 / 2) * 2);
  }

  private void rebuildBuckets(int count) {
    buckets = emptyBuckets(count);
    for (int entry = 0; entry < size; entry++) {
      insert(entry);
    }
  }

  private void insert(int entry) {
    int bucket = bucket(hashes[entry]);
    while (buckets[bucket] != NONE) {
      bucket = bucket + 1 & buckets.length - 1;
    }
    buckets[bucket] = entry;
  }

  private int bucket(long hash) {
    return (int) (hash >>> 32) & buckets.length - 1;
  }

  private static int[] emptyBuckets(int count) {
    int[] buckets = new int[count];
    Arrays.fill(buckets, NONE);
    return buckets;
  }

  /** How many bytes it takes. */
  int bytes() {
    return hashes.length * (8 + 4 + 4 + 4 + 2) + buckets.length * 4 + texts.bytes();
  }
}
