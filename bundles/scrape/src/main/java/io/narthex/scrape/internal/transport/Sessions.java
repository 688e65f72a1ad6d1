package io.narthex.scrape.internal.transport;

import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClients;
import io.narthex.api.http.HttpSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of the platform's HTTP client: one for each configuration, shared by the targets
 * that have it and closed with the last of them. The client may come and go; then the sessions are
 * opened anew when they are next asked for. May be used from any thread.
 */
public final class Sessions {
  private final Map<HttpClientConfig, Shared> open = new HashMap<>();
  private @Nullable HttpClients clients;

  private static final class Shared {
    private int users;
    private @Nullable HttpSession session;
  }

  /** The client has come, or gone. */
  public void use(@Nullable HttpClients now) {
    List<HttpSession> old;
    synchronized (this) {
      old = replace(now);
    }
    old.forEach(HttpSession::close);
  }

  /** A client is going; another may have taken its place already. */
  public void drop(HttpClients going) {
    List<HttpSession> old;
    synchronized (this) {
      old = clients == going ? replace(null) : List.of();
    }
    old.forEach(HttpSession::close);
  }

  private List<HttpSession> replace(@Nullable HttpClients now) {
    clients = now;
    List<HttpSession> old =
        open.values().stream()
            .flatMap(shared -> Optional.ofNullable(shared.session).stream())
            .toList();
    open.values().forEach(shared -> shared.session = null);
    return old;
  }

  /** A target begins to use a configuration. */
  synchronized void join(HttpClientConfig config) {
    open.computeIfAbsent(config, c -> new Shared()).users++;
  }

  /** A target no longer uses it. */
  void leave(HttpClientConfig config) {
    HttpSession last = null;
    synchronized (this) {
      Shared shared = open.get(config);
      if (shared != null && --shared.users == 0) {
        open.remove(config);
        last = shared.session;
      }
    }
    if (last != null) {
      last.close();
    }
  }

  /** The session of a configuration that was joined, or null while there is no client. */
  synchronized @Nullable HttpSession session(HttpClientConfig config, String purpose) {
    Shared shared = open.get(config);
    HttpClients now = clients;
    if (shared == null || now == null) {
      return null;
    }
    HttpSession session = shared.session;
    if (session == null) {
      session = now.open(purpose, config);
      shared.session = session;
    }
    return session;
  }
}
