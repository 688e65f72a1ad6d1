package io.narthex.http.client.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that nobody has closed yet; they are closed with the bundle. The scope cannot hold
 * them itself: it forgets nothing before its end, and each reload opens new ones.
 */
final class OpenSessions implements AutoCloseable {
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

  void add(Session session) {
    sessions.add(session);
  }

  void remove(Session session) {
    sessions.remove(session);
  }

  int count() {
    return sessions.size();
  }

  @Override
  public void close() {
    sessions.forEach(Session::close);
  }
}
