package io.narthex.storage.internal.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabelIndexTest {
  private static final String[] PIECES = {
    "a",
    "b",
    "é",
    "ÿ",
    "Ā",
    "\u07ff",
    "\u0800",
    "\uffff",
    "\ue000",
    "😀",
    "\ud800\udc00",
    "日本",
    "\u0000",
    " ",
    "0",
    "node_cpu",
    "x".repeat(31)
  };

  private final Readers readers = new Readers();

  private static String text(Random random) {
    if (random.nextInt(200) == 0) {
      return "long".repeat(random.nextInt(1, 6000));
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** A generator of label sets of which many have much in common. */
  private static final class Shapes {
    final Random random;
    final List<String> names = new ArrayList<>();
    final List<String> values = new ArrayList<>();

    Shapes(Random random) {
      this.random = random;
      for (int i = random.nextInt(1, 2 << random.nextInt(1, 6)); i > 0; i--) {
        names.add(text(random));
      }
      for (int i = random.nextInt(1, 2 << random.nextInt(1, 8)); i > 0; i--) {
        values.add(text(random));
      }
    }

    Labels next() {
      Labels.Builder labels = Labels.builder();
      for (int i = random.nextInt(0, 7); i > 0; i--) {
        labels.set(
            names.get(random.nextInt(names.size())), values.get(random.nextInt(values.size())));
      }
      return labels.build();
    }
  }

  /** What the index should hold. */
  private static final class Model {
    final Map<Labels, Integer> live = new HashMap<>();
    final Map<Integer, Labels> byId = new HashMap<>();
    int next;

    Set<Integer> with(String name, String value) {
      Set<Integer> found = new TreeSet<>();
      byId.forEach(
          (id, labels) -> {
            if (labels.get(name).equals(value)) {
              found.add(id);
            }
          });
      return found;
    }
  }

  private static Set<Integer> liveIds(LabelView view, PostingsCursor cursor) {
    Set<Integer> ids = new TreeSet<>();
    for (int id = cursor.next(); id != PostingsCursor.END; id = cursor.next()) {
      if (!view.isRemoved(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static void check(LabelIndex index, Model model, Shapes shapes) {
    LabelView view = index.view();
    assertThat(index.size()).isEqualTo(model.live.size());
    assertThat(liveIds(view, view.all())).isEqualTo(new TreeSet<>(model.byId.keySet()));
    Integer before = null;
    for (Map.Entry<Integer, Labels> each : model.byId.entrySet()) {
      int id = each.getKey();
      Labels labels = each.getValue();
      assertThat(view.labels(id)).isEqualTo(labels);
      assertThat(index.find(labels)).isEqualTo(id);
      if (before != null) {
        assertThat(Integer.signum(view.compare(before, id)))
            .as("%s and %s", model.byId.get(before), labels)
            .isEqualTo(Integer.signum(model.byId.get(before).compareTo(labels)));
      }
      before = id;
    }
    for (int i = 0; i < 10; i++) {
      String name = shapes.names.get(shapes.random.nextInt(shapes.names.size()));
      String value = shapes.values.get(shapes.random.nextInt(shapes.values.size()));
      assertThat(liveIds(view, view.with(name, value))).isEqualTo(model.with(name, value));
      Set<Integer> matched = new TreeSet<>();
      Set<String> values = new HashSet<>();
      model.byId.forEach(
          (id, labels) -> {
            if (labels.get(name).contains("a")) {
              matched.add(id);
            }
            if (labels.has(name)) {
              values.add(labels.get(name));
              assertThat(view.names(id)).contains(name);
            }
            assertThat(view.value(id, name)).isEqualTo(labels.get(name));
            LabelView.Column column = view.column(name);
            assertThat(column.value(column.of(id))).isEqualTo(labels.get(name));
          });
      assertThat(liveIds(view, view.with(name, text -> text.contains("a")))).isEqualTo(matched);
      assertThat(view.values(name)).doesNotHaveDuplicates().containsAll(values);
    }
  }

  private static void addOrRemove(LabelIndex index, Model model, Labels labels, int oneOf) {
    Integer known = model.live.get(labels);
    assertThat(index.find(labels)).isEqualTo(known == null ? -1 : known);
    if (known == null) {
      int id = index.add(labels);
      assertThat(id).isEqualTo(model.next++);
      model.live.put(labels, id);
      model.byId.put(id, labels);
    } else if (Math.floorMod(labels.hashCode() + model.next, oneOf) == 0) {
      index.remove(known);
      index.remove(known);
      model.live.remove(labels);
      model.byId.remove(known);
    }
  }

  @Test
  void findsWhatAModelFindsWhileSeriesComeAndGo() {
    for (int seed = 0; seed < 1200; seed++) {
      Random random = new Random(seed);
      Shapes shapes = new Shapes(random);
      Model model = new Model();
      try (LabelIndex index = new LabelIndex(readers.reclaimer)) {
        int steps = 1 << random.nextInt(9);
        int oneOf = random.nextInt(1, 6);
        for (int i = 0; i < steps; i++) {
          addOrRemove(index, model, shapes.next(), oneOf);
          if (random.nextInt(steps) == 0) {
            index.startCleanup();
          }
          if (random.nextInt(4) == 0) {
            index.cleanUp(random.nextInt(20));
          }
        }
        check(index, model, shapes);
        index.startCleanup();
        while (!index.cleanUp(7)) {
          addOrRemove(index, model, shapes.next(), oneOf);
        }
        check(index, model, shapes);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void findsEachOfManySeriesByItsLabels() {
    try (LabelIndex index = new LabelIndex(readers.reclaimer)) {
      for (int i = 0; i < 40_000; i++) {
        assertThat(index.find(series(i))).isEqualTo(-1);
        assertThat(index.add(series(i))).isEqualTo(i);
      }
      for (int i = 0; i < 40_000; i += 2) {
        index.remove(i);
      }
      for (int i = 0; i < 40_000; i++) {
        assertThat(index.find(series(i))).isEqualTo(i % 2 == 0 ? -1 : i);
      }
    }
  }

  private static Labels series(int i) {
    return Labels.of("__name__", "m" + i % 100, "pod", "pod-" + i / 100, "id", "" + i / 7);
  }

  @Test
  void manyNamesAndManyLabelsInOneSeries() {
    try (LabelIndex index = new LabelIndex(readers.reclaimer)) {
      List<Labels> all = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        Labels.Builder labels = Labels.builder();
        for (int j = 0; j < i; j++) {
          labels.set("name" + i % 5 + "_" + j, "value" + i + j);
        }
        all.add(labels.build());
        if (index.find(all.getLast()) < 0) {
          index.add(all.getLast());
        }
      }
      LabelView view = index.view();
      all.forEach(labels -> assertThat(view.labels(index.find(labels))).isEqualTo(labels));
      assertThat(view.names()).hasSize(5 * 299 - 10).doesNotHaveDuplicates();
    }
  }

  @Test
  void textsThatAreNoneComeBackAsTheyWere() {
    try (LabelIndex index = new LabelIndex(readers.reclaimer)) {
      for (String value : List.of("\ud800", "\udfff\ud800", "a\udc00b", "?", "\ufffd")) {
        int id = index.add(Labels.of("n", value));
        assertThat(index.view().labels(id).get("n")).isEqualTo(value);
        assertThat(index.find(Labels.of("n", value))).isEqualTo(id);
      }
    }
  }

  @Test
  void aViewStaysAsItWasOverACleanUp() {
    try (LabelIndex index = new LabelIndex(readers.reclaimer)) {
      for (int i = 0; i < 3000; i++) {
        index.add(series(i));
      }
      readers.open();
      LabelView view = index.view();
      for (int i = 0; i < 2000; i++) {
        index.remove(i);
      }
      index.startCleanup();
      while (!index.cleanUp(100)) {
        index.add(series(index.view().limit() + 10_000));
      }
      assertThat(index.removedSize()).isZero();
      for (int i = 0; i < 3000; i++) {
        assertThat(view.labels(i)).isEqualTo(series(i));
        assertThat(view.isRemoved(i)).isEqualTo(i < 2000);
      }
      assertThat(liveIds(view, view.all())).hasSize(1000);
      assertThat(readers.reclaimer.waiting()).isPositive();
      readers.close();
      assertThat(readers.reclaimer.waiting()).isZero();
      LabelView after = index.view();
      assertThatThrownBy(() -> after.labels(7))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there is no series 7 in the index");
      assertThat(after.isRemoved(7)).isTrue();
      assertThat(after.labels(2500)).isEqualTo(series(2500));
      assertThat(after.values("id")).doesNotContain("3");
    }
  }

  @Test
  void aCleanUpKeepsTheLabelsOfRemovedSeriesThatAreNeeded() {
    try (LabelIndex index = new LabelIndex(readers.reclaimer)) {
      for (int i = 0; i < 3000; i++) {
        index.add(series(i));
      }
      for (int i = 0; i < 3000; i += 2) {
        index.remove(i);
      }
      int again = index.add(series(4));
      index.startCleanup();
      while (!index.cleanUp(100, id -> id % 4 == 0)) {
        index.remove(11);
      }
      assertThat(index.size()).isEqualTo(1500);
      assertThat(index.removedSize()).as("one went meanwhile").isEqualTo(1);
      for (int i = 0; i < 3000; i++) {
        boolean isRemoved = i % 2 == 0 || i == 11;
        assertThat(index.isRemoved(i)).isEqualTo(isRemoved);
        if (i % 2 != 0 || i % 4 == 0) {
          assertThat(index.labels(i)).isEqualTo(series(i));
        }
        assertThat(index.find(series(i))).isEqualTo(i == 4 ? again : isRemoved ? -1 : i);
      }
      index.remove(again);
      assertThat(index.find(series(4))).isEqualTo(-1);
      index.noteReleased();
      assertThat(index.removedSize()).isEqualTo(3);
      index.startCleanup();
      assertThat(index.cleanUp(10_000)).isTrue();
      assertThatThrownBy(() -> index.labels(4)).isInstanceOf(IllegalArgumentException.class);
      assertThat(index.removedSize()).isZero();
    }
  }

  @Test
  void countsWhatASeriesAddsAsItEstimates() {
    try (LabelIndex index = new LabelIndex(readers.reclaimer)) {
      index.add(Labels.of("a", "1", "b", "2"));
      for (String value : List.of("3", "\u00fc\u00ff", "\u65e5", "\ud83d\ude00", "\ud800x", "1")) {
        Labels labels = Labels.of("a", value, "b", "x" + value);
        long before = index.countedBytes();
        long estimate = index.bytesOf(labels, new HashSet<>());
        index.add(labels);
        assertThat(index.countedBytes() - before).isEqualTo(estimate);
      }
      Set<String> newNames = new HashSet<>();
      long first = index.bytesOf(Labels.of("new", "1"), newNames);
      assertThat(index.bytesOf(Labels.of("new", "2"), newNames)).isEqualTo(first - 1203);
      assertThat(newNames).containsExactly("new");
    }
  }

  @Test
  void aCleanUpGivesMemoryBack() {
    try (LabelIndex index = new LabelIndex(readers.reclaimer)) {
      for (int i = 0; i < 60_000; i++) {
        index.add(series(i));
      }
      LabelBytes before = index.bytes();
      for (int i = 0; i < 59_000; i++) {
        index.remove(i);
      }
      index.startCleanup();
      while (!index.cleanUp(10_000)) {
        assertThat(index.size()).isEqualTo(1000);
      }
      assertThat(index.bytes().outside()).isLessThan(before.outside() / 2);
      assertThat(index.add(Labels.of("a", "b"))).isEqualTo(60_000);
    }
  }

  @Test
  void estimatesWhatASeriesAdds() {
    try (LabelIndex index = new LabelIndex(readers.reclaimer)) {
      long first = index.bytesOf(series(0), new HashSet<>());
      index.add(series(0));
      assertThat(index.bytesOf(series(0), new HashSet<>())).isEqualTo(26);
      assertThat(first).isGreaterThan(3 * 1200);
    }
  }

  @Test
  void readersSeeWhatWasPublishedWhileTheWriterGoesOn() throws InterruptedException {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    // Nothing is freed before the end: all threads are readers from before.
    readers.open();
    try (LabelIndex index = new LabelIndex(readers.reclaimer)) {
      int count = 20_000;
      List<Thread> threads = new ArrayList<>();
      for (int seed = 0; seed < 2; seed++) {
        Random random = new Random(seed);
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        while (index.view().limit() < count && failure.get() == null) {
                          readOnce(index, random);
                        }
                      } catch (Throwable e) {
                        failure.set(e);
                      }
                    }));
      }
      for (int i = 0; i < count && failure.get() == null; i++) {
        index.add(series(i));
        if (i % 5000 == 4999) {
          index.startCleanup();
        }
        index.cleanUp(500);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failure.get()).isNull();
    } finally {
      readers.close();
    }
  }

  private static void readOnce(LabelIndex index, Random random) {
    LabelView view = index.view();
    if (view.limit() == 0) {
      return;
    }
    int id = random.nextInt(view.limit());
    assertThat(view.labels(id)).isEqualTo(series(id));
    assertThat(index.find(series(id))).isEqualTo(id);
    int m = random.nextInt(100);
    PostingsCursor cursor = view.with("__name__", "m" + m);
    for (int expected = m; expected < view.limit(); expected += 100) {
      assertThat(cursor.next()).isEqualTo(expected);
    }
    assertThat(cursor.next()).isEqualTo(PostingsCursor.END);
    PostingsCursor pod =
        PostingsSets.intersection(
            List.of(view.with("pod", "pod-" + id / 100), view.with("__name__", "m" + id % 100)));
    assertThat(pod.next()).isEqualTo(id);
    assertThat(pod.next()).isEqualTo(PostingsCursor.END);
  }
}
