package io.narthex.alerting.internal;

import io.narthex.api.flags.ServerFlags;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the Alertmanager is known outside. */
final class ExternalUrl {
  private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

  private ExternalUrl() {}

  /** The machine's name, the first port listened on, and our place there. */
  static String of(ServerFlags flags) {
    String address = flags.all("web.listen-address").getFirst();
    String port = address.substring(address.lastIndexOf(':') + 1);
    return "http://%s:%s/alertmanager".formatted(hostName(), port);
  }

  /** Asked of the kernel: the JDK would ask the resolver, which may take long. */
  private static String hostName() {
    try {
      return Files.isReadable(KERNEL_NAME)
          ? Files.readString(KERNEL_NAME).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException ignored) {
      return "localhost";
    }
  }
}
