package io.narthex.launcher.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.function.BiConsumer;
import org.slf4j.LoggerFactory;

/**
 * Sets levels while the process runs: takes the prefix of logger names and a level's name, {@code
 * ""} for the level of what is above it. Given to the bundles as a service of JDK type, since they
 * do not see this class path.
 */
public final class LogLevels implements BiConsumer<String, String> {
  /** Service property that marks it. */
  public static final String ROLE = "narthex.log-levels";

  @Override
  public void accept(String loggerPrefix, String level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(loggerPrefix).setLevel(level.isEmpty() ? null : Level.valueOf(level));
  }
}
