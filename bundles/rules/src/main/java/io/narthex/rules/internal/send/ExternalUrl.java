package io.narthex.rules.internal.send;

import io.narthex.api.flags.ServerFlags;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The URL under which the server is known outside, without a slash at its end. */
public final class ExternalUrl {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private ExternalUrl() {}

  /** The machine's name and the first port on which the server listens. */
  public static String of(ServerFlags flags) {
    String address = flags.all("web.listen-address").getFirst();
    return of(hostName(), address);
  }

  static String of(String host, String listenAddress) {
    return "http://" + host + listenAddress.substring(listenAddress.lastIndexOf(':'));
  }

  /** Asked of the kernel: the JDK would ask the resolver, which may take long. */
  private static String hostName() {
    try {
      return Files.isReadable(KERNEL)
          ? Files.readString(KERNEL).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException ignored) {
      return "localhost";
    }
  }
}
