package io.narthex.launcher.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets Logback up without a file: one appender to standard error. Logback finds this class by its
 * service loader. Libraries that log by slf4j (Netty, Vert.x, Chronicle) arrive by themselves,
 * those that use java.util.logging by a bridge.
 */
public final class LoggingStart extends ContextAwareBase implements Configurator {
  /** Libraries that are too talkative at info. */
  private static final List<String> QUIET_LIBRARIES =
      List.of(
          "io.netty",
          "io.vertx",
          "net.openhft",
          "org.apache.felix",
          "com.fasterxml",
          "org.eclipse.jetty");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogSettings settings = LogSettings.current();
    Encoder<ILoggingEvent> encoder = settings.json() ? new JsonEncoder() : new LogfmtEncoder();
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();

    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(settings.level());
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
    if (settings.level().isGreaterOrEqual(Level.INFO)
        && !settings.level().isGreaterOrEqual(Level.WARN)) {
      QUIET_LIBRARIES.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
      // Every target that hangs up or answers nonsense would be an error; it is said with the
      // target.
      context.getLogger("io.vertx.core.net.impl.ConnectionBase").setLevel(Level.OFF);
    }
    bridgeJavaUtilLogging(context);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static void bridgeJavaUtilLogging(LoggerContext context) {
    // Copies levels to java.util.logging, so that what is off costs nothing there.
    LevelChangePropagator propagator = new LevelChangePropagator();
    propagator.setContext(context);
    propagator.setResetJUL(true);
    propagator.start();
    context.addListener(propagator);
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
