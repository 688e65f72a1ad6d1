package io.narthex.launcher;

import java.util.List;

/** Packages of the class path and the JDK that bundles may import besides the JDK's public ones. */
final class SystemPackages {
  /** In two versions: some bundles of the field ask for 1.7, others for 2. */
  private static final List<String> LOGGING =
      List.of(
          "org.slf4j;version=\"1.7.36\"",
          "org.slf4j;version=\"2.0.17\"",
          "org.slf4j.event;version=\"2.0.17\"",
          "org.slf4j.helpers;version=\"2.0.17\"",
          "org.slf4j.spi;version=\"2.0.17\"");

  /**
   * Internals of the JDK that the log's memory mapping needs. The mandatory attribute keeps every
   * bundle out that does not name it, and only lib-chronicle does.
   */
  private static final List<String> INTERNALS =
      List.of("sun.misc", "sun.nio.ch", "jdk.internal.misc").stream()
          .map(name -> name + ";narthex.internals=\"true\";mandatory:=\"narthex.internals\"")
          .toList();

  static final String EXTRA = String.join(",", LOGGING) + "," + String.join(",", INTERNALS);

  private SystemPackages() {}
}
