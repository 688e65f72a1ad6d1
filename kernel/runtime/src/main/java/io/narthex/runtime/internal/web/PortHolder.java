package io.narthex.runtime.internal.web;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The process that listens on a TCP port, as Linux' /proc tells those who may look. */
record PortHolder(String pid, String command) {
  /** The state LISTEN in /proc/net/tcp. */
  private static final String LISTEN = "0A";

  static Optional<PortHolder> of(int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      sockets.addAll(listening(Path.of(table), ":%04X".formatted(port)));
    }
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (holdsOne(process, sockets)) {
          return Optional.of(
              new PortHolder(
                  process.getFileName().toString(),
                  Files.readString(process.resolve("comm")).trim()));
        }
      }
    } catch (IOException unknown) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** The sockets, as links in /proc/PID/fd name them. */
  private static Set<String> listening(Path table, String port) {
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.trim().split("\\s+"))
          .filter(
              fields -> fields.length > 9 && fields[1].endsWith(port) && fields[3].equals(LISTEN))
          .map(fields -> "socket:[" + fields[9] + "]")
          .collect(Collectors.toSet());
    } catch (IOException notLinux) {
      return Set.of();
    }
  }

  private static boolean holdsOne(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
          return true;
        }
      }
    } catch (IOException notOurs) {
      return false;
    }
    return false;
  }

  @Override
  public String toString() {
    return "pid %s (%s)".formatted(pid, command);
  }
}
