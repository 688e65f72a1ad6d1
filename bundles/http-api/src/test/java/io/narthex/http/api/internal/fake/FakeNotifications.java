package io.narthex.http.api.internal.fake;

import io.narthex.api.notification.Notification;
import io.narthex.api.notification.Notifications;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds notifications, all since one time. */
public final class FakeNotifications implements Notifications {
  public static final Instant SINCE = Instant.parse("2026-11-24T23:44:09.494956912Z");

  private final Map<String, Notification> shown = new LinkedHashMap<>();

  @Override
  public synchronized void show(String id, String text) {
    shown.put(id, new Notification(id, text, SINCE));
  }

  @Override
  public synchronized void withdraw(String id) {
    shown.remove(id);
  }

  @Override
  public synchronized List<Notification> active() {
    return List.copyOf(shown.values());
  }
}
