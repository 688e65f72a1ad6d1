package io.narthex.launcher.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * The keys of a log line, in order: upstream's {@code time level source msg} (its slog style),
 * {@code component} for the bundle, then those of the event, {@code err} for an exception.
 */
final class LogLine {
  private static final String OUR_PREFIX = "io.narthex.";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private LogLine() {}

  static Map<String, String> keys(ILoggingEvent event) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    keys.put("level", event.getLevel().toString());
    keys.put("source", source(event));
    keys.put("msg", String.valueOf(event.getFormattedMessage()));
    keys.put("component", component(event.getLoggerName()));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        // An event cannot take the place of a standard key.
        keys.putIfAbsent(pair.key, String.valueOf(pair.value));
      }
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      keys.putIfAbsent("err", describe(thrown));
      if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
        keys.put("stack", ThrowableProxyUtil.asString(thrown));
      }
    }
    return keys;
  }

  /** File and line as upstream prints them, without the folders. */
  private static String source(ILoggingEvent event) {
    StackTraceElement[] caller = event.getCallerData();
    if (caller.length > 0 && caller[0].getFileName() != null) {
      return caller[0].getFileName() + ":" + caller[0].getLineNumber();
    }
    return event.getLoggerName();
  }

  /**
   * {@code io.narthex.scrape.internal.Loop} is {@code scrape}; a library's logger stays as it is.
   */
  private static String component(String logger) {
    if (!logger.startsWith(OUR_PREFIX)) {
      return logger;
    }
    String rest = logger.substring(OUR_PREFIX.length());
    int internal = rest.indexOf(".internal");
    int end = internal >= 0 ? internal : rest.indexOf('.');
    return end < 0 ? rest : rest.substring(0, end);
  }

  private static String describe(IThrowableProxy thrown) {
    String message = thrown.getMessage();
    String name = thrown.getClassName();
    String shortName = name.substring(name.lastIndexOf('.') + 1);
    return message == null ? shortName : shortName + ": " + message;
  }
}
