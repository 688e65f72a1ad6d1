package io.narthex.api.target;

import java.net.URI;

/** Where a target's metrics come from. */
public sealed interface TargetEndpoint {
  /** Fetched by HTTP. */
  record Http(URI url) implements TargetEndpoint {
    @Override
    public String toString() {
      return url.toString();
    }
  }

  /** Collected from an exporter inside this process, by the name it registered under. */
  record InProcess(String exporter) implements TargetEndpoint {
    @Override
    public String toString() {
      return "exporter " + exporter;
    }
  }
}
