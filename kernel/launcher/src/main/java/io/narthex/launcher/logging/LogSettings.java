package io.narthex.launcher.logging;

import ch.qos.logback.classic.Level;

/** How the process logs; set before the first logger is asked for. */
public record LogSettings(Level level, boolean json) {
  private static volatile LogSettings current = new LogSettings(Level.INFO, false);

  /** The settings of the flags {@code log.level} and {@code log.format}. */
  public static LogSettings of(String level, String format) {
    return new LogSettings(Level.toLevel(level), format.equals("json"));
  }

  static LogSettings current() {
    return current;
  }

  /** Makes these the settings that logging starts with. */
  public void use() {
    current = this;
  }
}
