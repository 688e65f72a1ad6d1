package io.narthex.api.http;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** A client that was opened by {@link HttpClients}. May be used from any thread. */
@ProviderType
public interface HttpSession extends AutoCloseable {
  /**
   * Sends a request, with its redirects and what authorizes it, and hands the body of the last
   * answer to the sink. Never blocks.
   *
   * @return completes when the body was taken whole, within the request's timeout, on a thread that
   *     must not be blocked. Any status is an answer; one other than 2xx may complete although its
   *     body did not come whole. Fails with a {@link io.narthex.api.error.NarthexException} of
   *     {@link HttpErrors} whose message is worded as upstream words it. Cancelling it gives the
   *     request up.
   */
  CompletableFuture<HttpAnswer> send(HttpRequest request, BodySink sink);

  /** Gives up what is under way and closes the connections. */
  @Override
  void close();
}
