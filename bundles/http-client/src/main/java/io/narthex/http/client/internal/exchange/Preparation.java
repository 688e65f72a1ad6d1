package io.narthex.http.client.internal.exchange;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gets what a request needs besides itself. May be used from any thread. */
public interface Preparation {
  /**
   * What a request needs, if that takes no waiting.
   *
   * @param tls whether TLS is spoken
   * @param credentials whether it is authorized
   * @return null: use {@link #later}
   */
  @Nullable Prepared now(boolean tls, boolean credentials);

  /**
   * What a request needs.
   *
   * @param userAgent what the request says; a request for a token says the same
   * @return fails with a {@link io.narthex.http.client.internal.secret.CredentialsException} or a
   *     {@link io.narthex.api.error.NarthexException}
   */
  CompletableFuture<Prepared> later(boolean tls, boolean credentials, String userAgent);

  /**
   * What a request needs.
   *
   * @param authorization the header's value, or null
   * @param overrides whether it replaces one that the caller gave
   * @param headers what the configuration adds
   */
  record Prepared(
      Connections connections,
      @Nullable String authorization,
      boolean overrides,
      List<Map.Entry<String, String>> headers) {
    /** Copies the list. */
    public Prepared {
      headers = List.copyOf(headers);
    }

    /** Never what authorizes. */
    @Override
    public String toString() {
      return "Prepared";
    }
  }
}
