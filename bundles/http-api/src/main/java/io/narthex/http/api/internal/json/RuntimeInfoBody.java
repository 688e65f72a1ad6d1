package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The answer of {@code /status/runtimeinfo}: upstream's fields in upstream's order, as far as they
 * mean something here. What is Go's alone is sent as Go sends what is not set.
 *
 * @param reloadConfigSuccess whether the last attempt to load a configuration went well
 * @param lastConfigTime when the configuration in force was loaded; shown by the second
 * @param threads stands where upstream counts goroutines
 * @param processors how many the process may use
 * @param retention how long samples are kept, as the flag spells it
 */
public record RuntimeInfoBody(
    Instant startTime,
    String workingDirectory,
    String hostName,
    Instant serverTime,
    boolean reloadConfigSuccess,
    Instant lastConfigTime,
    int threads,
    int processors,
    String retention)
    implements ChunkedBody {
  @Override
  public boolean writeSome(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("status", "success");
    json.writeObjectFieldStart("data");
    json.writeStringField("startTime", GoTime.format(startTime));
    json.writeStringField("CWD", workingDirectory);
    json.writeStringField("hostname", hostName);
    json.writeStringField("serverTime", GoTime.format(serverTime));
    json.writeBooleanField("reloadConfigSuccess", reloadConfigSuccess);
    json.writeStringField(
        "lastConfigTime", GoTime.format(lastConfigTime.truncatedTo(ChronoUnit.SECONDS)));
    json.writeNumberField("corruptionCount", 0);
    json.writeNumberField("goroutineCount", threads);
    json.writeNumberField("GOMAXPROCS", processors);
    json.writeNumberField("GOMEMLIMIT", 0);
    json.writeStringField("GOGC", "");
    json.writeStringField("GODEBUG", "");
    json.writeStringField("storageRetention", retention);
    json.writeEndObject();
    json.writeEndObject();
    return false;
  }
}
