package io.narthex.runtime.internal.process;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Brings what is logged by the OSGi log service, declarative services above all, into our log. */
@Component(service = OsgiLogBridge.class, immediate = true)
public final class OsgiLogBridge implements LogListener {
  /** The log service reports every registration under this name, which would drown the rest. */
  private static final String FRAMEWORK_EVENTS = "Events.";

  private static final long REPEAT_AFTER_MILLIS = 600_000;
  private static final int MAX_REMEMBERED = 256;

  private final BundleContext context;
  private final LogReaderService reader;
  private final Map<String, Long> said =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /** Begins with what was logged before this bundle started. */
  @Activate
  public OsgiLogBridge(BundleContext context, @Reference LogReaderService reader) {
    this.context = context;
    this.reader = reader;
    reader.addLogListener(this);
    List<LogEntry> before = Collections.list(reader.getLog());
    before.reversed().forEach(this::logged);
  }

  @Override
  public void logged(LogEntry entry) {
    if (entry.getLoggerName().startsWith(FRAMEWORK_EVENTS) || wasJustSaid(entry)) {
      return;
    }
    LoggerFactory.getLogger(entry.getLoggerName())
        .atLevel(level(entry.getLogLevel(), ProcessEnd.isUnderWay(context)))
        .addKeyValue("bundle", entry.getBundle().getSymbolicName())
        .setCause(entry.getException())
        .log(entry.getMessage());
  }

  /**
   * A component that does not activate is tried again whenever somebody asks for its service, with
   * each scrape for example, and declarative services complain each time.
   */
  private synchronized boolean wasJustSaid(LogEntry entry) {
    if (entry.getException() == null) {
      return false;
    }
    String key = entry.getBundle().getBundleId() + " " + entry.getMessage();
    Long before = said.get(key);
    if (before != null && entry.getTime() - before < REPEAT_AFTER_MILLIS) {
      return true;
    }
    said.put(key, entry.getTime());
    return false;
  }

  /**
   * One lower than there, except for what is wrong: its info is our debug. While the process ends,
   * components do not come up because others are gone, so that is debug as well.
   */
  static Level level(LogLevel given, boolean ending) {
    return switch (given) {
      case AUDIT, ERROR -> ending ? Level.DEBUG : Level.ERROR;
      case WARN -> ending ? Level.DEBUG : Level.WARN;
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
