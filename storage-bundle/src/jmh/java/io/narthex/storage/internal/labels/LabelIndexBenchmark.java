package io.narthex.storage.internal.labels;

import io.narthex.api.model.Labels;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An index of 200,000 series: adding them, finding them, reading their labels. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LabelIndexBenchmark {
  private static final int SERIES = 200_000;
  private static final int FOUND = 1000;

  private final Labels[] labels = new Labels[SERIES];
  private final int[] some = new int[FOUND];
  private LabelIndex index = new LabelIndex(new Readers().reclaimer);

  /** Makes the series of 200 targets and adds them. */
  @Setup(Level.Trial)
  public void make() {
    Random random = new Random(7);
    for (int i = 0; i < SERIES; i++) {
      labels[i] =
          Labels.of(
              "__name__", "metric_" + i % 1000 / 10 + "_total",
              "instance", "host-" + i / 1000 + ":9100",
              "job", "node",
              "mode", "mode" + i % 10);
    }
    for (int i = 0; i < FOUND; i++) {
      some[i] = random.nextInt(SERIES);
    }
    add();
  }

  /** Frees it. */
  @TearDown(Level.Trial)
  public void close() {
    index.close();
  }

  /** Adds all series to a new index; the figure is per series. */
  @Benchmark
  @OperationsPerInvocation(SERIES)
  public int add() {
    index.close();
    index = new LabelIndex(new Readers().reclaimer);
    for (Labels each : labels) {
      index.add(each);
    }
    return index.size();
  }

  /** Finds series by all their labels. */
  @Benchmark
  @OperationsPerInvocation(FOUND)
  public int find() {
    int sum = 0;
    for (int i : some) {
      sum += index.find(labels[i]);
    }
    return sum;
  }

  /** Reads the labels of series. */
  @Benchmark
  @OperationsPerInvocation(FOUND)
  public int read() {
    LabelView view = index.view();
    int sum = 0;
    for (int i : some) {
      sum += view.labels(i).size();
    }
    return sum;
  }
}
