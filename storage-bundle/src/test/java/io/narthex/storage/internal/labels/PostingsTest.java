package io.narthex.storage.internal.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PostingsTest {
  private static final int RECORD_BITS = 5;

  /** Ids by runs and gaps of a shape that the seed draws. */
  private static TreeSet<Integer> ids(Random random, int most, int limit) {
    TreeSet<Integer> ids = new TreeSet<>();
    int maxGap = 1 << random.nextInt(random.nextInt(10) == 0 ? 24 : 12);
    int maxRun = 1 << random.nextInt(10);
    int count = random.nextInt(1 << random.nextInt(most));
    int id = random.nextInt(maxGap);
    while (ids.size() < count && id < limit) {
      for (int run = 1 + random.nextInt(maxRun); run > 0; run--) {
        ids.add(id++);
      }
      id += random.nextInt(maxGap) + random.nextInt(2);
    }
    return ids;
  }

  private static List<Integer> drain(PostingsCursor cursor) {
    List<Integer> all = new ArrayList<>();
    for (int id = cursor.next(); id != PostingsCursor.END; id = cursor.next()) {
      all.add(id);
    }
    assertThat(cursor.next()).isEqualTo(PostingsCursor.END);
    assertThat(cursor.seek(5)).isEqualTo(PostingsCursor.END);
    return all;
  }

  /** Walks by random steps and compares with the model. */
  private static void walk(PostingsCursor cursor, TreeSet<Integer> model, Random random) {
    int last = -1;
    int reach = 1 << random.nextInt(16);
    while (last != PostingsCursor.END) {
      int atLeast = random.nextInt(3) == 0 ? 0 : Math.max(0, last - 3) + random.nextInt(reach);
      Integer expected = model.ceiling(Math.max(last + 1, atLeast));
      int got = atLeast == 0 ? cursor.next() : cursor.seek(atLeast);
      assertThat(got).isEqualTo(expected == null ? PostingsCursor.END : expected);
      last = got;
    }
  }

  @Test
  void givesEveryIdInOrderAndSeeksAsAModelDoes() {
    for (int seed = 0; seed < 1500; seed++) {
      Random random = new Random(seed);
      PagePool pool = new PagePool(MemoryKind.SCRATCH);
      ByteArea chunks = new ByteArea(pool);
      Vector records = new Vector(pool, RECORD_BITS);
      int others = random.nextInt(3);
      Postings postings = new Postings(chunks);
      long record = records.ensure(3);
      TreeSet<Integer> ids = ids(random, 14, 1 << 30);
      for (int id : ids) {
        postings.add(record, id);
        for (int other = 0; other < others; other++) {
          postings.add(records.ensure(4 + other), id);
        }
      }
      assertThat(drain(postings.cursor(record, Integer.MAX_VALUE)))
          .as("seed %d", seed)
          .isEqualTo(List.copyOf(ids));
      walk(postings.cursor(record, Integer.MAX_VALUE), ids, random);
      int limit = ids.isEmpty() ? 7 : random.nextInt(ids.last() + 2);
      TreeSet<Integer> below = new TreeSet<>(ids.headSet(limit));
      walk(postings.cursor(record, limit), below, random);
      assertThat(drain(postings.cursor(record, limit))).isEqualTo(List.copyOf(below));
      assertThat(Postings.count(record)).isEqualTo(ids.size());
      pool.close();
    }
  }

  @Test
  void aCursorDoesNotSeeWhatComesLater() {
    PagePool pool = new PagePool(MemoryKind.SCRATCH);
    Postings postings = new Postings(new ByteArea(pool));
    long record = new Vector(pool, RECORD_BITS).ensure(0);
    List<Integer> ids = new ArrayList<>();
    List<PostingsCursor> cursors = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      cursors.add(postings.cursor(record, Integer.MAX_VALUE));
      ids.add(i * 3 - i % 4);
      postings.add(record, ids.getLast());
    }
    for (int i = 0; i < 600; i++) {
      assertThat(drain(cursors.get(i))).isEqualTo(ids.subList(0, i));
    }
    pool.close();
  }

  @Test
  void oneRunTakesNoChunk() {
    PagePool pool = new PagePool(MemoryKind.SCRATCH);
    ByteArea chunks = new ByteArea(pool);
    Postings postings = new Postings(chunks);
    long record = new Vector(pool, RECORD_BITS).ensure(0);
    for (int i = 1000; i < 50_000; i++) {
      postings.add(record, i);
    }
    assertThat(chunks.bytes()).isZero();
    assertThat(Memory.getInt(record + 28)).isEqualTo(49_000);
    pool.close();
  }

  @Test
  void setsOfPostingsAreThoseOfAModel() {
    for (int seed = 0; seed < 1200; seed++) {
      Random random = new Random(seed);
      PagePool pool = new PagePool(MemoryKind.SCRATCH);
      Postings postings = new Postings(new ByteArea(pool));
      Vector records = new Vector(pool, RECORD_BITS);
      int count = 1 + random.nextInt(8);
      List<TreeSet<Integer>> models = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        TreeSet<Integer> ids = ids(random, 10, 1 << 23);
        records.ensure(i);
        ids.forEach(new Adder(postings, records.address(i))::add);
        models.add(ids);
      }
      TreeSet<Integer> union = new TreeSet<>();
      TreeSet<Integer> intersection = new TreeSet<>(models.getFirst());
      models.forEach(union::addAll);
      models.forEach(intersection::retainAll);
      TreeSet<Integer> difference = new TreeSet<>(union);
      difference.removeAll(models.getFirst());

      walk(PostingsSets.union(cursors(postings, records, count)), union, random);
      assertThat(drain(PostingsSets.union(cursors(postings, records, count))))
          .as("union of seed %d", seed)
          .isEqualTo(List.copyOf(union));
      walk(PostingsSets.intersection(cursors(postings, records, count)), intersection, random);
      assertThat(drain(PostingsSets.intersection(cursors(postings, records, count))))
          .as("intersection of seed %d", seed)
          .isEqualTo(List.copyOf(intersection));
      PostingsCursor left =
          PostingsSets.difference(
              PostingsSets.union(cursors(postings, records, count)),
              postings.cursor(records.address(0), Integer.MAX_VALUE));
      if (random.nextBoolean()) {
        walk(left, difference, random);
      } else {
        assertThat(drain(left)).as("difference of %d", seed).isEqualTo(List.copyOf(difference));
      }
      pool.close();
    }
  }

  private record Adder(Postings postings, long record) {
    void add(int id) {
      postings.add(record, id);
    }
  }

  private static List<PostingsCursor> cursors(Postings postings, Vector records, int count) {
    List<PostingsCursor> cursors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cursors.add(postings.cursor(records.address(i), Integer.MAX_VALUE));
    }
    return cursors;
  }
}
