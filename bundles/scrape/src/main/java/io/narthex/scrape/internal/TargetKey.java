package io.narthex.scrape.internal;

import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import java.nio.charset.StandardCharsets;

/**
 * Tells targets apart by what they are, not by how they are scraped: the same after a restart and
 * in every process.
 */
record TargetKey(String text, long hash) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  static TargetKey of(Target target) {
    String endpoint =
        switch (target.endpoint()) {
          case TargetEndpoint.Http http -> http.url().toString();
          case TargetEndpoint.InProcess inside -> "exporter:" + inside.exporter();
        };
    long hash = FNV_OFFSET ^ target.labels().stableHash();
    for (byte b : endpoint.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b & 0xff) * FNV_PRIME;
    }
    return new TargetKey("%s %s %s".formatted(target.pool(), endpoint, target.labels()), hash);
  }
}
