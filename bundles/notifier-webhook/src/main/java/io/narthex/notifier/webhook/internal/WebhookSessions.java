package io.narthex.notifier.webhook.internal;

import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClients;
import io.narthex.api.http.HttpSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections of all webhooks, which end with the bundle. May be used from any thread. */
final class WebhookSessions {
  private final HttpClients clients;
  private final Set<HttpSession> open = new HashSet<>();
  private boolean stopping;
  private boolean closed;
  private int deliveries;

  WebhookSessions(HttpClients clients) {
    this.clients = clients;
  }

  /** A delivery begins, and must {@link #end}; false if none may begin, since the bundle stops. */
  synchronized boolean begin() {
    if (stopping) {
      return false;
    }
    deliveries++;
    return true;
  }

  /** A delivery is over. */
  synchronized void end() {
    deliveries--;
    notifyAll();
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

  /**
   * The bundle ends: no delivery begins, and what is under way is given up after some time.
   *
   * @param limit how long it may go on
   */
  void close(Duration limit) {
    awaitDeliveries(limit);
    List<HttpSession> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(open);
      open.clear();
    }
    all.forEach(HttpSession::close);
  }

  private synchronized void awaitDeliveries(Duration limit) {
    stopping = true;
    long end = System.nanoTime() + limit.toNanos();
    try {
      for (long left = limit.toNanos();
          deliveries > 0 && left > 0;
          left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized int size() {
    return open.size();
  }
}
