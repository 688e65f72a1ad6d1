package io.narthex.storage.internal.column;

import com.sun.management.ThreadMXBean;
import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Sizes and times of sealing and of reading, printed; by hand, without checked memory. */
final class PanelBenchmark {
  private static final int PANELS = 40;

  private final PanelMatrix[] matrices = new PanelMatrix[PANELS];
  private final SealedPanel panel = new SealedPanel();
  private final double[] values = new double[PanelMatrix.MAX_ROWS];
  private final long[] present = new long[4];
  private final int rows;
  private double sum;

  private PanelBenchmark(int rows, Mix.Kind... kinds) {
    this.rows = rows;
    Mix mix = new Mix(5);
    for (int i = 0; i < PANELS; i++) {
      matrices[i] = new PanelMatrix();
      mix.fill(matrices[i], rows, PanelMatrix.MAX_SLOTS, kinds);
    }
  }

  public static void main(String[] arguments) {
    for (int round = 0; round < 2; round++) {
      for (int rows : new int[] {60, 120}) {
        new PanelBenchmark(rows, Mix.Kind.values()).run("mix", 40);
      }
    }
    for (Mix.Kind kind : Mix.Kind.values()) {
      for (int rows : new int[] {60, 120}) {
        new PanelBenchmark(rows, kind).run(kind.name(), 8);
      }
    }
  }

  private void run(String what, int repeats) {
    long[] lengths = new long[PANELS];
    try (PanelSealer sealer = new PanelSealer();
        Block block = new Block(32 << 20)) {
      double seal = Double.MAX_VALUE;
      double read = Double.MAX_VALUE;
      long bytes = 0;
      long allocated = 0;
      for (int repeat = 0; repeat < repeats; repeat++) {
        allocated = allocated();
        long begin = cpu();
        bytes = 0;
        for (int i = 0; i < PANELS; i++) {
          lengths[i] = sealer.seal(matrices[i]);
          Memory.copy(sealer.bytes(), 0, block.address() + bytes, (int) lengths[i]);
          bytes += lengths[i];
        }
        seal = Math.min(seal, cpu() - begin);
        begin = cpu();
        long at = block.address();
        for (int i = 0; i < PANELS; i++) {
          panel.reset(at, lengths[i]);
          readAll();
          at += lengths[i];
        }
        read = Math.min(read, cpu() - begin);
        allocated = allocated() - allocated;
      }
      double samples = (double) PANELS * rows * PanelMatrix.MAX_SLOTS;
      System.out.printf(
          Locale.ROOT,
          "%-16s %3d rows: %.3f B/sample, seal %.1f ns, read %.2f ns, fallbacks %d, "
              + "%d B of heap in all (%.0f)%n",
          what,
          rows,
          bytes / samples,
          seal / samples,
          read / samples,
          sealer.fallbacks(),
          allocated,
          sum % 10);
    }
  }

  private void readAll() {
    for (int slot = 0; slot < PanelMatrix.MAX_SLOTS; slot++) {
      panel.column(slot, values, present);
      sum += values[rows - 1];
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
