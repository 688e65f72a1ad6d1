package io.narthex.scrape.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading again what is known allocates nothing: neither for samples nor for metadata. */
class ReaderAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final FamilyMetadata metadata = new FamilyMetadata();

  @ParameterizedTest
  @ValueSource(strings = {"node.good.txt", "app.openmetrics.txt"})
  void knownLinesAllocateNothing(String file) throws Exception {
    byte[] text = Files.readAllBytes(Corpus.FOLDER.resolve(file));
    ExpositionReader reader =
        file.startsWith("app") ? new OpenMetricsReader(metadata) : new TextReader(metadata);
    long[][] known = known(reader, text);
    byte[] buffer = new byte[text.length + 1];
    System.arraycopy(text, 0, buffer, 0, text.length);
    for (int i = 0; i < 20; i++) {
      scrape(reader, buffer, known);
    }

    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      scrape(reader, buffer, known);
    }
    long perScrape = (THREADS.getCurrentThreadAllocatedBytes() - before) / 100;

    assertThat(perScrape).as("bytes per scrape").isLessThan(64);
  }

  private static long[][] known(ExpositionReader reader, byte[] text) throws ExpositionException {
    List<long[]> known = new ArrayList<>();
    byte[] buffer = Corpus.start(reader, text);
    while (reader.next()) {
      int length = reader.seriesEnd() - reader.seriesStart();
      known.add(new long[] {LineHash.of(buffer, reader.seriesStart(), reader.seriesEnd()), length});
    }
    return known.toArray(long[][]::new);
  }

  private void scrape(ExpositionReader reader, byte[] buffer, long[][] known)
      throws ExpositionException {
    reader.start(buffer, buffer.length - 1);
    int n = 0;
    while (n < known.length ? reader.next(known[n][0], (int) known[n][1]) : reader.next()) {
      assert reader.expectedStood();
      n++;
    }
    metadata.endScrape(true);
    if (n != known.length) {
      throw new AssertionError(new String(buffer, StandardCharsets.UTF_8));
    }
  }
}
