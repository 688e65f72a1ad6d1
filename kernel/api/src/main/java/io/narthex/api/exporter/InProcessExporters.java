package io.narthex.api.exporter;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** Collects from the exporters inside the process. May be used from any thread. */
@ProviderType
public interface InProcessExporters {
  /**
   * Collects the metrics of an exporter, in the text format 0.0.4.
   *
   * @param name as the exporter registered
   * @return the bytes, which belong to the caller; fails with a {@link
   *     io.narthex.api.error.NarthexException}, {@link ExporterErrors#UNKNOWN} if there is no such
   *     exporter
   */
  CompletableFuture<byte[]> collect(String name, Duration limit);
}
