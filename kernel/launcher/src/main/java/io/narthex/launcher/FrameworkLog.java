package io.narthex.launcher;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What the framework itself has to say, in our log. */
final class FrameworkLog extends Logger {
  private final org.slf4j.Logger logger = LoggerFactory.getLogger("org.apache.felix.framework");

  FrameworkLog() {
    setLogLevel(LOG_DEBUG);
  }

  @Override
  protected void doLog(
      @Nullable Bundle bundle,
      @SuppressWarnings("rawtypes") @Nullable ServiceReference reference,
      int level,
      String message,
      @Nullable Throwable thrown) {
    LoggingEventBuilder line =
        switch (level) {
          case LOG_ERROR -> logger.atError();
          case LOG_WARNING -> logger.atWarn();
          case LOG_INFO -> logger.atDebug();
          default -> logger.atTrace();
        };
    if (bundle != null) {
      line = line.addKeyValue("bundle", bundle.getSymbolicName());
    }
    line.setCause(thrown).log(message);
  }

  @Override
  protected void doLog(int level, String message, @Nullable Throwable thrown) {
    doLog(null, null, level, message, thrown);
  }
}
