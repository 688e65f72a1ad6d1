package io.narthex.scrape.internal.format;

import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.config.ScrapeProtocol;
import io.narthex.scrape.internal.text.ExpositionException;
import io.narthex.scrape.internal.text.ExpositionReader;
import io.narthex.scrape.internal.text.MetadataSink;
import io.narthex.scrape.internal.text.OpenMetricsReader;
import io.narthex.scrape.internal.text.TextReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The formats that one target is asked for, and the reader for what it answers; with upstream's
 * words where upstream refuses it as well. Not safe for use by several threads.
 */
public final class Exposition {
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String PROTOBUF = "application/vnd.google.protobuf";
  private static final String TEXT = "text/plain";

  private final Optional<ScrapeProtocol> fallback;
  private final MetadataSink sink;
  private @Nullable ExpositionReader textReader;
  private @Nullable ExpositionReader openMetricsReader;
  private String lastType = "";
  private @Nullable ExpositionReader lastReader;

  /** The formats of a target whose metadata goes to the sink. */
  public Exposition(ScrapeOptions options, MetadataSink sink) {
    this.fallback = options.fallbackProtocol();
    this.sink = sink;
  }

  /**
   * The value of the Accept header. The protobuf format is left out, since it cannot be read yet.
   */
  public static String accept(ScrapeOptions options) {
    List<String> accepted = new ArrayList<>();
    int weight = ScrapeProtocol.values().length + 1;
    for (ScrapeProtocol protocol : options.protocols()) {
      if (protocol != ScrapeProtocol.PROMETHEUS_PROTO) {
        accepted.add(
            "%s%s;q=0.%d".formatted(protocol.mediaType(), escaping(protocol, options), weight));
      }
      weight--;
    }
    accepted.add("*/*;q=0.%d".formatted(weight));
    return String.join(",", accepted);
  }

  private static String escaping(ScrapeProtocol protocol, ScrapeOptions options) {
    return switch (protocol) {
      case OPEN_METRICS_TEXT_1_0_0, PROMETHEUS_TEXT_1_0_0 -> ";escaping=" + options.escaping();
      default -> "";
    };
  }

  /** The value of the Accept-Encoding header. */
  public static String acceptEncoding(ScrapeOptions options) {
    return options.enableCompression() ? "gzip" : "identity";
  }

  /**
   * The reader for an answer. It is the same one for the same type, and is to be started anew.
   *
   * @param contentType the Content-Type of the answer, or {@code ""}
   * @throws ExpositionException if there is none
   */
  public ExpositionReader reader(String contentType) throws ExpositionException {
    ExpositionReader known = lastReader;
    if (known != null && contentType.equals(lastType)) {
      return known;
    }
    ExpositionReader reader = readerOf(mediaType(contentType), contentType);
    lastReader = reader;
    lastType = contentType;
    return reader;
  }

  private ExpositionReader readerOf(String mediaType, String contentType)
      throws ExpositionException {
    return switch (mediaType) {
      case TEXT -> text();
      case OPEN_METRICS -> openMetrics();
      default ->
          throw new ExpositionException(
              ("the answer is in the protobuf format (Content-Type \"%s\"), which this version of"
                      + " Narthex does not read yet; it reads text/plain and"
                      + " application/openmetrics-text")
                  .formatted(contentType));
    };
  }

  private ExpositionReader text() {
    ExpositionReader reader = textReader;
    if (reader == null) {
      reader = new TextReader(sink);
      textReader = reader;
    }
    return reader;
  }

  private ExpositionReader openMetrics() {
    ExpositionReader reader = openMetricsReader;
    if (reader == null) {
      reader = new OpenMetricsReader(sink);
      openMetricsReader = reader;
    }
    return reader;
  }

  private String mediaType(String contentType) throws ExpositionException {
    if (contentType.isEmpty()) {
      return fallback(
          "non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol"
              + " specified for target");
    }
    MediaType type = MediaType.parse(contentType);
    if (!type.problem().isEmpty()) {
      return fallback(
          "cannot parse Content-Type %s and no fallback_scrape_protocol for target%nmime: %s"
              .formatted(quote(contentType), type.problem()));
    }
    return switch (type.name()) {
      case TEXT, OPEN_METRICS, PROTOBUF -> type.name();
      default ->
          fallback(
              ("received unsupported Content-Type %s and no fallback_scrape_protocol specified for"
                      + " target")
                  .formatted(quote(contentType)));
    };
  }

  private String fallback(String error) throws ExpositionException {
    return switch (fallback.orElseThrow(() -> new ExpositionException(error))) {
      case PROMETHEUS_TEXT_0_0_4, PROMETHEUS_TEXT_1_0_0 -> TEXT;
      case OPEN_METRICS_TEXT_0_0_1, OPEN_METRICS_TEXT_1_0_0 -> OPEN_METRICS;
      case PROMETHEUS_PROTO -> PROTOBUF;
    };
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
