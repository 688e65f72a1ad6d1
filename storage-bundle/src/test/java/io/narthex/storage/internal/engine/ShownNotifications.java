package io.narthex.storage.internal.engine;

import io.narthex.api.notification.Notification;
import io.narthex.api.notification.Notifications;
import java.util.List;
import java.util.Map;

/** Notifications as a map from id to text. */
final class ShownNotifications implements Notifications {
  private final Map<String, String> shown;

  ShownNotifications(Map<String, String> shown) {
    this.shown = shown;
  }

  @Override
  public void show(String id, String text) {
    shown.put(id, text);
  }

  @Override
  public void withdraw(String id) {
    shown.remove(id);
  }

  @Override
  public List<Notification> active() {
    throw new UnsupportedOperationException();
  }
}
