package io.narthex.storage.internal.panel;

import io.narthex.storage.internal.column.MixedSeries;
import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import java.util.Arrays;
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

/** Coding rows of mixed series against the states before, and decoding; figures per sample. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowBenchmark {
  private static final int ROWS = 200;
  private static final int SAMPLES = ROWS * Panel.MAX_SLOTS;

  private final RowInput[] inputs = new RowInput[ROWS];
  private final int[] lengths = new int[ROWS];
  private final RowEncoder encoder = new RowEncoder();
  private final RowCursor cursor = new RowCursor();
  private final SlotStates states = new SlotStates(Panel.MAX_SLOTS);
  private final long[] numbers = new long[Panel.MAX_SLOTS];
  private final int[] forms = new int[Panel.MAX_SLOTS];
  private final Block block = new Block(8 << 20, MemoryKind.SCRATCH);

  /** Makes the rows. */
  @Setup(Level.Trial)
  public void make() {
    long[][] rows = MixedSeries.rows(3, ROWS, Panel.MAX_SLOTS);
    int[] last = new int[Panel.MAX_SLOTS];
    for (int i = 0; i < ROWS; i++) {
      RowInput input = new RowInput();
      input.begin();
      input.size(Panel.MAX_SLOTS);
      for (int slot = 0; slot < Panel.MAX_SLOTS; slot++) {
        long bits = rows[i][slot];
        last[slot] = SlotValue.formOf(bits, last[slot]);
        input.put(slot, SlotValue.numberOf(bits, last[slot]), last[slot]);
      }
      inputs[i] = input;
    }
    System.out.printf("%.3f bytes a sample%n", (double) encode() / SAMPLES);
  }

  /** Frees what is outside of the heap. */
  @TearDown(Level.Trial)
  public void free() {
    block.close();
  }

  /** Codes the rows one after the other, the first as a base row. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public long encode() {
    long at = 0;
    states.reset();
    for (int i = 0; i < ROWS; i++) {
      if (i == 0) {
        encoder.encodeBase(inputs[i]);
      } else {
        encoder.encode(inputs[i], states);
      }
      RowEncoder.advance(inputs[i], states, i == 0);
      lengths[i] = encoder.length();
      Memory.copy(encoder.bytes(), 0, block.address() + at, lengths[i]);
      at += lengths[i];
    }
    return at;
  }

  /** Decodes them. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public long decode() {
    long at = block.address();
    Arrays.fill(numbers, 0);
    Arrays.fill(forms, 0);
    for (int i = 0; i < ROWS; i++) {
      cursor.reset(at, lengths[i]);
      while (cursor.next()) {
        int slot = cursor.slot();
        numbers[slot] = cursor.number(numbers[slot], forms[slot]);
        forms[slot] = cursor.form(forms[slot]);
      }
      at += lengths[i];
    }
    return numbers[0];
  }
}
