package io.narthex.notifier.email.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine. */
final class HostName {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");
  private static final String UNKNOWN = "localhost.localdomain";

  private HostName() {}

  /** The name, or upstream's one for a machine that has none. */
  static String get() {
    String name;
    try {
      name =
          Files.isReadable(KERNEL)
              ? Files.readString(KERNEL).strip()
              : InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return UNKNOWN;
    }
    return name.matches("[A-Za-z0-9._-]+") ? name : UNKNOWN;
  }
}
