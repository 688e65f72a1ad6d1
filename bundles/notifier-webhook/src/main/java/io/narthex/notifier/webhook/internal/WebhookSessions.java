package io.narthex.notifier.webhook.internal;

import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClients;
import io.narthex.api.http.HttpSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections of all webhooks, which end with the bundle. May be used from any thread. */
final class WebhookSessions {
  private final HttpClients clients;
  private final Set<HttpSession> open = new HashSet<>();
  private boolean closed;

  WebhookSessions(HttpClients clients) {
    this.clients = clients;
  }

  /** A session, or null if the bundle ends. */
  synchronized @Nullable HttpSession open(HttpClientConfig config) {
    if (closed) {
      return null;
    }
    HttpSession session = clients.open("webhook", config);
    open.add(session);
    return session;
  }

  /** A session is no longer needed. */
  void close(HttpSession session) {
    synchronized (this) {
      open.remove(session);
    }
    session.close();
  }

  /** The bundle ends; what is under way is given up. */
  void close() {
    List<HttpSession> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(open);
      open.clear();
    }
    all.forEach(HttpSession::close);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized int size() {
    return open.size();
  }
}
