package io.narthex.storage.internal.labels;

import io.narthex.api.model.Labels;
import io.narthex.storage.internal.memory.Reclaimer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures the index with a fleet of copies of real targets. Arguments: a folder of expositions
 * without comments, the number of copies. Run it without checked memory.
 */
final class LabelIndexMeasure {
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_0-9]+)=\"([^\"]*)\"");

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private LabelIndexMeasure() {}

  /** CPU time of this thread, since the machine may be shared. */
  private static long now() {
    return THREADS.getCurrentThreadCpuTime();
  }

  public static void main(String[] args) throws IOException {
    List<Labels> targets = targets(Path.of(args[0]));
    int copies = Integer.parseInt(args[1]);
    for (int round = 0; round < 3; round++) {
      System.out.printf("round %d: %d copies of %d series%n", round, copies, targets.size());
      round(targets, copies);
    }
  }

  static List<Labels> targets(Path folder) throws IOException {
    List<Labels> targets = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.sorted().forEach(file -> targets.addAll(series(file)));
    }
    return targets;
  }

  private static List<Labels> series(Path file) {
    try {
      List<Labels> all = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        Labels.Builder labels = Labels.builder();
        labels.set("__name__", line.split("[{ ]", 2)[0]);
        Matcher matcher = LABEL.matcher(line);
        while (matcher.find()) {
          labels.set(matcher.group(1), matcher.group(2));
        }
        labels.set("job", file.getFileName().toString());
        all.add(labels.build());
      }
      return all.stream().distinct().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Labels> copy(List<Labels> targets, int copy) {
    return targets.stream()
        .map(
            labels ->
                labels.toBuilder()
                    .set("instance", "host-%04d.example.net:9100".formatted(copy))
                    .build())
        .toList();
  }

  private static void round(List<Labels> targets, int copies) {
    LabelIndex index = new LabelIndex(new Reclaimer(() -> 0, () -> Long.MAX_VALUE));
    long adding = 0;
    for (int copy = 0; copy < copies; copy++) {
      List<Labels> series = copy(targets, copy);
      long begin = now();
      for (Labels labels : series) {
        index.add(labels);
      }
      adding += now() - begin;
    }
    int n = index.size();
    LabelBytes bytes = index.bytes();
    System.out.printf("%d series, add %d ns%n", n, adding / n);
    System.out.printf(
        "bytes a series: texts %.2f values %.2f valueTables %.2f labelSets %.2f offsets %.2f"
            + " table %.2f postings %.2f; sum %.2f, allocated %.2f; heap in all %d%n",
        (double) bytes.texts() / n,
        (double) bytes.values() / n,
        (double) bytes.valueTables() / n,
        (double) bytes.labelSets() / n,
        (double) bytes.offsets() / n,
        (double) bytes.labelSetTable() / n,
        (double) bytes.postings() / n,
        (double) bytes.outside() / n,
        (double) index.allocatedBytes() / n,
        bytes.heap());
    find(index, targets, copies);
    read(index, n);
    select(index, n);
    long begin = now();
    index.startCleanup();
    long longest = 0;
    boolean done = false;
    while (!done) {
      long step = now();
      done = index.cleanUp(1000);
      longest = Math.max(longest, now() - step);
    }
    System.out.printf(
        "clean-up %d ns a series, longest step of 1000 %d us%n",
        (now() - begin) / n, longest / 1000);
    index.close();
  }

  private static void find(LabelIndex index, List<Labels> targets, int copies) {
    long finding = 0;
    long missing = 0;
    int found = 0;
    for (int copy = 0; copy < copies; copy += 10) {
      List<Labels> series = copy(targets, copy);
      long begin = now();
      for (Labels labels : series) {
        found += index.find(labels) >= 0 ? 1 : 0;
      }
      finding += now() - begin;
      List<Labels> others = copy(targets, copy + copies);
      begin = now();
      for (Labels labels : others) {
        found += index.find(labels) >= 0 ? 1 : 0;
      }
      missing += now() - begin;
    }
    System.out.printf("find %d ns, in vain %d ns%n", finding / found, missing / found);
  }

  private static void read(LabelIndex index, int n) {
    LabelView view = index.view();
    int step = 7919;
    long begin = now();
    int sum = 0;
    int id = 0;
    for (int i = 0; i < 200_000; i++) {
      sum += view.labels(id).size();
      id = (id + step) % n;
    }
    long random = now() - begin;
    begin = now();
    for (int i = 0; i < 200_000; i++) {
      sum += view.labels(i % n).size();
    }
    long inOrder = now() - begin;
    Integer[] ids = new Integer[100_000];
    Arrays.setAll(ids, i -> (int) ((long) i * step % n));
    begin = now();
    Arrays.sort(ids, view::compare);
    long sorting = now() - begin;
    System.out.printf(
        "labels %d ns at random, %d in order; sort of 100,000 %d ns each (%d)%n",
        random / 200_000, inOrder / 200_000, sorting / 100_000, sum);
  }

  private static void select(LabelIndex index, int n) {
    LabelView view = index.view();
    String metric = view.value(0, "__name__");
    String job = view.value(0, "job");
    String host = view.value(n / 2, "instance");
    measure("all", view::all);
    measure("job", () -> view.with("job", job));
    measure(
        "metric and job",
        () ->
            PostingsSets.intersection(
                List.of(view.with("__name__", "node_cpu_seconds_total"), view.with("job", job))));
    measure(
        "mode and job",
        () -> PostingsSets.intersection(List.of(view.with("mode", "idle"), view.with("job", job))));
    measure(
        "metric and host",
        () ->
            PostingsSets.intersection(
                List.of(view.with("__name__", metric), view.with("instance", host))));
    measure("metrics of a pattern", () -> view.with("__name__", name -> name.contains("_bytes")));
  }

  private interface Query {
    PostingsCursor open();
  }

  private static void measure(String what, Query query) {
    long best = Long.MAX_VALUE;
    int count = 0;
    for (int i = 0; i < 50; i++) {
      long begin = now();
      PostingsCursor cursor = query.open();
      count = 0;
      while (cursor.next() != PostingsCursor.END) {
        count++;
      }
      best = Math.min(best, now() - begin);
    }
    System.out.printf(
        "%s: %d series, %d us, %.2f ns each%n",
        what, count, best / 1000, (double) best / Math.max(1, count));
  }
}
