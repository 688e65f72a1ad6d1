package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Sealing panels of mixed series into columns and reading these; the figures are per sample. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ColumnBenchmark {
  private static final int PANELS = 16;
  private static final int ROWS = 60;
  private static final int SAMPLES = PANELS * ROWS * PanelMatrix.MAX_SLOTS;

  /** MIX, or one kind of series alone. */
  @Param({"MIX", "CONSTANT_WHOLE", "COUNTER", "WHOLE_GAUGE", "DECIMAL_GAUGE", "LONG_DECIMAL"})
  public String kind = "MIX";

  private final PanelMatrix[] matrices = new PanelMatrix[PANELS];
  private final SealedPanel panel = new SealedPanel();
  private final double[] values = new double[PanelMatrix.MAX_ROWS];
  private final long[] present = new long[4];
  private final int[] lengths = new int[PANELS];
  private final PanelSealer sealer = new PanelSealer();
  private final Block block = new Block(8 << 20, MemoryKind.SCRATCH);

  /** Makes the panels, and their columns for the reading. */
  @Setup(Level.Trial)
  public void make() {
    Mix mix = new Mix(5);
    Mix.Kind[] kinds =
        kind.equals("MIX") ? Mix.Kind.values() : new Mix.Kind[] {Mix.Kind.valueOf(kind)};
    for (int i = 0; i < PANELS; i++) {
      matrices[i] = new PanelMatrix();
      mix.fill(matrices[i], ROWS, PanelMatrix.MAX_SLOTS, kinds);
    }
    double bytes = seal();
    System.out.printf("%s: %.3f bytes a sample%n", kind, bytes / SAMPLES);
  }

  /** Frees what is outside of the heap. */
  @TearDown(Level.Trial)
  public void free() {
    sealer.close();
    block.close();
  }

  /** Seals; each column is decoded and compared, as in the server. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public long seal() {
    long at = 0;
    for (int i = 0; i < PANELS; i++) {
      lengths[i] = sealer.seal(matrices[i]);
      Memory.copy(sealer.bytes(), 0, block.address() + at, lengths[i]);
      at += lengths[i];
    }
    return at;
  }

  /** Reads every column. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public void read(Blackhole sink) {
    long at = block.address();
    for (int i = 0; i < PANELS; i++) {
      panel.reset(at, lengths[i]);
      for (int slot = 0; slot < PanelMatrix.MAX_SLOTS; slot++) {
        panel.column(slot, values, present);
        sink.consume(values[ROWS - 1]);
      }
      at += lengths[i];
    }
  }
}
