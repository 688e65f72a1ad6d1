package io.narthex.api.query;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs PromQL on threads of its own, as many queries at a time as the server allows; others wait.
 * Any thread may submit.
 */
@ProviderType
public interface QueryEngine {
  /** Submits a query; never blocks, and every failure, a parse error too, is in the result. */
  RunningQuery submit(Query query);
}
