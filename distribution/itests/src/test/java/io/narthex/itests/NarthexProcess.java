package io.narthex.itests;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The product as a process, started by its own script; what it prints is kept. */
final class NarthexProcess implements AutoCloseable {
  private final Process process;
  private final int port;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private NarthexProcess(Process process, int port) {
    this.process = process;
    this.port = port;
    this.reader = Thread.ofPlatform().daemon().start(this::read);
  }

  /** Starts it on a free port of the loopback interface. */
  static NarthexProcess start(Path data, String... flags) throws IOException {
    return startOn(Product.freePort(), data, List.of(), flags);
  }

  /** Starts it on this port. */
  static NarthexProcess startOn(int port, Path data, String... flags) throws IOException {
    return startOn(port, data, List.of(), flags);
  }

  /** Starts it through another command, such as one that takes rights away. */
  static NarthexProcess startOn(int port, Path data, List<String> wrapper, String... flags)
      throws IOException {
    return startOn(port, data, wrapper, "", flags);
  }

  /** Starts it with options of the Java virtual machine. */
  static NarthexProcess startWith(String options, Path data, String... flags) throws IOException {
    return startOn(Product.freePort(), data, List.of(), options, flags);
  }

  private static NarthexProcess startOn(
      int port, Path data, List<String> wrapper, String options, String... flags)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Product.HOME.resolve("bin/narthex").toString());
    command.add("--storage.tsdb.path=" + data);
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.addAll(List.of(flags));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(data.getParent().toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("NARTHEX_JAVA_OPTS", options);
    return new NarthexProcess(builder.start(), port);
  }

  /** Waits until it says that it is ready. */
  NarthexProcess ready() {
    Await.until(
        "ready (it printed: %s)".formatted(lines),
        Duration.ofSeconds(60),
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(
                "it ended with %d: %s".formatted(process.exitValue(), lines));
          }
          return http().status("/-/ready") == 200;
        });
    return this;
  }

  HttpAnswers http() {
    return new HttpAnswers(port);
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** What it printed so far, both streams. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Kills it as a crash would. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    // The script has become the Java process, so this is the whole of it.
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new AssertionError("it survived SIGKILL");
    }
  }

  /** Asks it to stop; its exit status, once all it printed was read. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitStatus(Duration.ofSeconds(20));
  }

  /** Its exit status, once it ended by itself and all it printed was read. */
  int exitStatus(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("it did not end within %s: %s".formatted(limit, lines));
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    // A wrapper such as strace leaves what it started behind.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      output.lines().forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException closed) {
      // The process is gone.
    }
  }
}
