package io.narthex.pushgateway.internal.peer;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's prometheus-pushgateway, started on a free port of this machine. */
final class DebianPushgateway implements AutoCloseable {
  private static final String PROGRAM = "prometheus-pushgateway";

  private final Process process;
  private final int port;

  DebianPushgateway() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    process =
        new ProcessBuilder(
                PROGRAM,
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-admin-api",
                "--log.level=error")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IllegalStateException(PROGRAM + " does not start");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  static boolean isInstalled() {
    return Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
  }

  static String version() throws IOException {
    Process asked = new ProcessBuilder(PROGRAM, "--version").redirectErrorStream(true).start();
    return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .findFirst()
        .orElse("");
  }

  Gateway gateway() {
    return new Gateway(port, "");
  }

  private boolean isReady() {
    try {
      return RawHttp.send(port, "GET", "/-/ready", List.of(), new byte[0]).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
