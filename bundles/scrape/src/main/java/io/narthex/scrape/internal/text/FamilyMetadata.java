package io.narthex.scrape.internal.text;

import io.narthex.api.target.MetricMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one target says about its metric families. What was said before costs a hash; families that
 * are gone stay for ten scrapes, as upstream keeps them. One thread writes at a time; {@link #list}
 * and {@link #size} may be called from any thread.
 *
 * <p>Names and texts are shared with all other targets, of which many say the same ({@link
 * String#intern}).
 */
public final class FamilyMetadata implements MetadataSink {
  private static final int KEPT_SCRAPES = 10;

  /** How much failing scrapes may add before what is old goes (upstream: iterDone). */
  private static final int GROWTH = 1000;

  /** More are not kept. */
  private static final int MOST_FAMILIES = 100_000;

  private static final int NONE = -1;

  private final LineOrder lines = new LineOrder();
  private long[] hashes = new long[16];
  private Family[] families = new Family[16];
  private int size;
  private int[] buckets = emptyBuckets(32);
  private int scrape;
  private int sizeOfLastGood;
  private boolean changed;

  /** What is known about a family. */
  private static final class Family {
    final String name;
    FamilyType type = FamilyType.UNKNOWN;
    String help = "";
    String unit = "";
    long helpHash = LineHash.of(new byte[0], 0, 0);
    int lastScrape;

    Family(String name) {
      this.name = name;
    }
  }

  @Override
  public int repeated(byte[] source, int at, int end) {
    int length = lines.matches(source, at, end);
    if (length > 0) {
      families[lines.family()].lastScrape = scrape;
      lines.advance();
    }
    return length;
  }

  @Override
  public @Nullable FamilyType repeatedType() {
    return lines.repeatedType();
  }

  @Override
  public void type(byte[] source, MetadataLine line, FamilyType type) {
    int family = family(source, line);
    if (family != NONE) {
      if (families[family].type != type) {
        set(family, type);
      }
      lines.learn(source, line, family, type);
    }
  }

  @Override
  public void help(byte[] source, MetadataLine line, boolean quotes) {
    int family = family(source, line);
    if (family != NONE) {
      long hash = LineHash.of(source, line.textFrom(), line.textTo());
      if (families[family].helpHash != hash) {
        setHelp(family, hash, SeriesMarks.text(source, line.textFrom(), line.textTo(), quotes));
      }
      lines.learn(source, line, family, null);
    }
  }

  @Override
  public void unit(byte[] source, MetadataLine line) {
    int family = family(source, line);
    if (family != NONE) {
      setUnit(family, SeriesMarks.plain(source, line.textFrom(), line.textTo()));
      lines.learn(source, line, family, null);
    }
  }

  /**
   * Ends a scrape.
   *
   * @param good whether the whole exposition was read; only then families can be gone
   */
  public void endScrape(boolean good) {
    lines.endScrape(good);
    if (good || size > sizeOfLastGood * 2 + GROWTH) {
      removeGone();
    }
    if (good) {
      sizeOfLastGood = size;
    }
    scrape++;
  }

  /** Whether anything has changed since this was last asked. */
  public synchronized boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** How many families there are. */
  public synchronized int size() {
    return size;
  }

  /** All families, sorted by name. */
  public synchronized List<MetricMetadata> list() {
    List<MetricMetadata> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Family family = families[i];
      list.add(new MetricMetadata(family.name, family.type.text(), family.unit, family.help));
    }
    list.sort(Comparator.comparing(MetricMetadata::family));
    return list;
  }

  private synchronized void set(int family, FamilyType type) {
    families[family].type = type;
    changed = true;
  }

  private synchronized void setHelp(int family, long hash, String help) {
    families[family].help = help.intern();
    families[family].helpHash = hash;
    changed = true;
  }

  private synchronized void setUnit(int family, String unit) {
    if (!families[family].unit.equals(unit)) {
      families[family].unit = unit.intern();
      changed = true;
    }
  }

  /**
   * The number of a family, which is new if it is not known; {@link #NONE} if there are too many.
   */
  private int family(byte[] source, MetadataLine line) {
    long hash = LineHash.of(source, line.nameFrom(), line.nameTo());
    int bucket = (int) hash & buckets.length - 1;
    while (buckets[bucket] != NONE) {
      if (hashes[buckets[bucket]] == hash) {
        families[buckets[bucket]].lastScrape = scrape;
        return buckets[bucket];
      }
      bucket = bucket + 1 & buckets.length - 1;
    }
    return add(hash, SeriesMarks.plain(source, line.nameFrom(), line.nameTo()));
  }

  private synchronized int add(long hash, String name) {
    if (size == MOST_FAMILIES) {
      return NONE;
    }
    if (size == families.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
      families = Arrays.copyOf(families, size * 2);
      buckets = emptyBuckets(size * 4);
      index();
    }
    hashes[size] = hash;
    families[size] = new Family(name.intern());
    families[size].lastScrape = scrape;
    insert(size);
    changed = true;
    return size++;
  }

  private synchronized void removeGone() {
    int kept = 0;
    int[] moved = new int[size];
    for (int i = 0; i < size; i++) {
      boolean gone = scrape - families[i].lastScrape > KEPT_SCRAPES;
      moved[i] = gone ? NONE : kept;
      if (!gone) {
        hashes[kept] = hashes[i];
        families[kept++] = families[i];
      }
    }
    if (kept == size) {
      return;
    }
    Arrays.fill(families, kept, size, null);
    size = kept;
    changed = true;
    buckets = emptyBuckets(buckets.length);
    index();
    lines.renumber(moved);
  }

  private void index() {
    for (int i = 0; i < size; i++) {
      insert(i);
    }
  }

  private void insert(int family) {
    int bucket = (int) hashes[family] & buckets.length - 1;
    while (buckets[bucket] != NONE) {
      bucket = bucket + 1 & buckets.length - 1;
    }
    buckets[bucket] = family;
  }

  private static int[] emptyBuckets(int count) {
    int[] buckets = new int[count];
    Arrays.fill(buckets, NONE);
    return buckets;
  }
}
