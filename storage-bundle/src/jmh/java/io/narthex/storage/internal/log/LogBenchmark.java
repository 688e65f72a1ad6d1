package io.narthex.storage.internal.log;

import io.narthex.spi.log.DurableLog;
import io.narthex.tck.log.InMemoryLogStore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Appending a document to the log, unsynced; the figures are per document. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LogBenchmark {
  /** A scrape's rows are some hundred bytes; the first scrape of a target is larger. */
  @Param({"300", "1000", "100000"})
  public int bytes = 300;

  private MemorySegment document = MemorySegment.NULL;
  private Path folder = Path.of("");
  private DurableLog log = new InMemoryLogStore().open("none");

  /** Opens a log in a folder of its own. */
  @Setup(Level.Iteration)
  public void open() throws IOException {
    byte[] content = new byte[bytes];
    new Random(5).nextBytes(content);
    document = MemorySegment.ofArray(content);
    folder = Files.createTempDirectory("narthex-jmh");
    log = ChronicleLogStore.in(folder, 1, System::currentTimeMillis).open("samples");
  }

  /** Closes and deletes it, so that the disk does not fill. */
  @TearDown(Level.Iteration)
  public void close() throws IOException {
    log.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Appends. */
  @Benchmark
  public Object append() {
    return log.append(0, document);
  }
}
