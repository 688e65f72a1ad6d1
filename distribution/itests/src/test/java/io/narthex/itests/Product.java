package io.narthex.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The assembled product as the build left it, and what tests need around it. */
final class Product {
  /** The unpacked product. */
  static final Path HOME = folder("narthex.product");

  /** The source tree. */
  static final Path TREE = folder("narthex.tree");

  private Product() {}

  /** All jars of {@code system/}, by start level. */
  static List<Path> systemJars() {
    try (Stream<Path> files = Files.walk(HOME.resolve("system"))) {
      return files.filter(path -> path.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the product is not assembled; run mvn verify", e);
    }
  }

  /** The example drop-in, as its module built it. */
  static Path exampleExporter() {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("example.exporter")))) {
      return files
          .filter(
              path ->
                  path.getFileName()
                      .toString()
                      .matches("narthex-example-exporter-[^-]+(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("the example exporter is not built"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port of the loopback interface that nobody listens on now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty folder under target/, kept after the test for a look at what went wrong. */
  static Path emptyFolder(String name) {
    try {
      Path folder = Files.createTempDirectory(name + "-");
      // Tests that run as somebody else must be able to go through it.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(String property) {
    return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
  }
}
