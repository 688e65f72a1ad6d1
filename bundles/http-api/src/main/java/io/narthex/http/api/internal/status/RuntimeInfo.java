package io.narthex.http.api.internal.status;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.time.Clock;
import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.json.RuntimeInfoBody;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;

/**
 * {@code /status/runtimeinfo}. It is collected while the answer is encoded: the JDK's management
 * classes take long to load, too long for an event loop.
 */
record RuntimeInfo(Clock clock, String hostName, String retention, LastLoad lastLoad)
    implements ChunkedBody {
  @Override
  public boolean writeSome(JsonGenerator json) throws IOException {
    return new RuntimeInfoBody(
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
            Path.of("").toAbsolutePath().toString(),
            hostName,
            Instant.ofEpochMilli(clock.wallMillis()),
            lastLoad.isSuccessful(),
            lastLoad.time(),
            ManagementFactory.getThreadMXBean().getThreadCount(),
            Runtime.getRuntime().availableProcessors(),
            retention)
        .writeSome(json);
  }
}
