package io.narthex.runtime.internal.process;

import java.util.Collections;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Brings what is logged by the OSGi log service, declarative services above all, into our log. */
@Component(service = OsgiLogBridge.class, immediate = true)
public final class OsgiLogBridge implements LogListener {
  /** The log service reports every registration under this name, which would drown the rest. */
  private static final String FRAMEWORK_EVENTS = "Events.";

  private final LogReaderService reader;

  /** Begins with what was logged before this bundle started. */
  @Activate
  public OsgiLogBridge(@Reference LogReaderService reader) {
    this.reader = reader;
    reader.addLogListener(this);
    List<LogEntry> before = Collections.list(reader.getLog());
    before.reversed().forEach(this::logged);
  }

  @Override
  public void logged(LogEntry entry) {
    if (entry.getLoggerName().startsWith(FRAMEWORK_EVENTS)) {
      return;
    }
    LoggerFactory.getLogger(entry.getLoggerName())
        .atLevel(level(entry))
        .addKeyValue("bundle", entry.getBundle().getSymbolicName())
        .setCause(entry.getException())
        .log(entry.getMessage());
  }

  /** One lower than there, except for what is wrong: its info is our debug. */
  private static Level level(LogEntry entry) {
    return switch (entry.getLogLevel()) {
      case AUDIT, ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case INFO -> Level.DEBUG;
      default -> Level.TRACE;
    };
  }

  /** Stops to listen. */
  @Deactivate
  public void close() {
    reader.removeLogListener(this);
  }
}
