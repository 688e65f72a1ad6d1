package io.narthex.scrape.internal.transport;

import io.narthex.api.exporter.InProcessExporters;
import io.narthex.scrape.internal.fetch.Body;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.Decompression;
import io.narthex.scrape.internal.fetch.FetchException;
import io.narthex.scrape.internal.fetch.TargetFetcher;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects from an exporter inside the process. */
final class ExporterFetcher implements TargetFetcher {
  private static final String TEXT = "text/plain; version=0.0.4";

  /** The exporter's own limit is the timeout; it is given this much more before it is given up. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final String name;
  private final Duration timeout;
  private final Supplier<@Nullable InProcessExporters> exporters;
  private final ByteSinks sinks;

  ExporterFetcher(
      String name,
      Duration timeout,
      Supplier<@Nullable InProcessExporters> exporters,
      ByteSinks sinks) {
    this.name = name;
    this.timeout = timeout;
    this.exporters = exporters;
    this.sinks = sinks;
  }

  @Override
  public CompletableFuture<Body> fetch() {
    InProcessExporters host = exporters.get();
    if (host == null) {
      return CompletableFuture.failedFuture(new FetchException("the exporter host is not there"));
    }
    return host.collect(name, timeout)
        .orTimeout(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
        .handle(this::body);
  }

  private Body body(byte @Nullable [] bytes, @Nullable Throwable failure) {
    if (bytes == null) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      String message =
          cause instanceof TimeoutException
              ? "context deadline exceeded"
              : String.valueOf(cause == null ? null : cause.getMessage());
      throw new CompletionException(new FetchException(message));
    }
    ByteSink sink = sinks.take();
    if (!sink.reserve(bytes.length)) {
      sinks.giveBack(sink);
      throw new CompletionException(new FetchException(Decompression.TOO_LARGE));
    }
    System.arraycopy(bytes, 0, sink.array(), 0, bytes.length);
    sink.advance(bytes.length);
    return new Body(sink, TEXT, false);
  }

  @Override
  public void close() {
    // A collection under way ends by its own limit.
  }
}
