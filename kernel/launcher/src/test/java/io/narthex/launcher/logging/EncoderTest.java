package io.narthex.launcher.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

class EncoderTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void logfmtHasUpstreamsKeysInOrder() {
    LoggingEvent event = event("io.narthex.scrape.internal.Loop", "two words");
    event.addKeyValuePair(new KeyValuePair("job", "node"));
    event.addKeyValuePair(new KeyValuePair("level", "not the level"));
    assertThat(logfmt(event))
        .isEqualTo(
            "time=1970-01-01T00:00:01.234Z level=INFO source=Loop.java:12 msg=\"two words\" component=scrape job=node\n");
  }

  @Test
  void jsonHasTheSameKeys() {
    LoggingEvent event = event("io.narthex.http.api.internal.Api", "a \"b\"\n");
    assertThat(new String(new JsonEncoder().encode(event), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"time\":\"1970-01-01T00:00:01.234Z\",\"level\":\"INFO\",\"source\":\"Loop.java:12\","
                + "\"msg\":\"a \\\"b\\\"\\n\",\"component\":\"http.api\"}\n");
  }

  @Test
  void anExceptionIsOneKeyAndNeedsNoSecondLine() {
    LoggingEvent event =
        new LoggingEvent(
            "x",
            context.getLogger("io.netty.Foo"),
            Level.ERROR,
            "broken",
            new IllegalStateException("no\nway"),
            null);
    event.setCallerData(new StackTraceElement[] {new StackTraceElement("C", "m", "C.java", 3)});
    assertThat(logfmt(event))
        .contains(
            " component=io.netty.Foo err=\"IllegalStateException: no\\nway\" stack=\"java.lang.Ill")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain|plain",
        "a=b|\"a=b\"",
        "say \"x\"|\"say \\\"x\\\"\"",
        "''|\"\"",
        "back\\slash|back\\slash",
        "ünï|ünï"
      })
  void quotesOnlyWhatNeedsIt(String value, String expected) {
    StringBuilder line = new StringBuilder();
    LogfmtEncoder.append(line, value);
    assertThat(line).hasToString(expected);
  }

  private static String logfmt(LoggingEvent event) {
    return new String(new LogfmtEncoder().encode(event), StandardCharsets.UTF_8);
  }

  private LoggingEvent event(String logger, String message) {
    LoggingEvent event =
        new LoggingEvent("x", context.getLogger(logger), Level.INFO, message, null, null);
    event.setTimeStamp(1234);
    event.setCallerData(new StackTraceElement[] {new StackTraceElement("C", "m", "Loop.java", 12)});
    return event;
  }
}
