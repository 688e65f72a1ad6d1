package io.narthex.lib.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleStartTest {
  @TempDir Path folder;

  @Test
  void queueWritesAndLeavesNothingElseBehind() throws Exception {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Set<String> threadsBefore = threads();
    Thread.currentThread().setContextClassLoader(null);
    ChronicleStart.ensure();
    ChronicleStart.ensure();
    assertThat(Thread.currentThread().getContextClassLoader()).isNull();

    byte[] text = "a document".getBytes(StandardCharsets.UTF_8);
    try (SingleChronicleQueue queue =
            SingleChronicleQueueBuilder.binary(folder.resolve("queue"))
                .rollCycle(RollCycles.TWO_HOURLY)
                .build();
        ExcerptAppender appender = queue.createAppender();
        DocumentContext context = appender.writingDocument()) {
      context.wire().bytes().write(text);
    }
    try (Stream<Path> files = Files.list(folder.resolve("queue"))) {
      Path file = files.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .contains("a document");
    }
    assertThat(temporary.resolve("target")).doesNotExist();
    assertThat(threads()).isSubsetOf(threadsBefore);
  }

  @Test
  void telemetryAndNativeLibrariesAreNotThere() {
    for (String name :
        Set.of(
            "net.openhft.chronicle.analytics.Analytics",
            "net.openhft.compiler.CompilerUtils",
            "jnr.ffi.LibraryLoader",
            "com.sun.jna.Native")) {
      assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }
}
