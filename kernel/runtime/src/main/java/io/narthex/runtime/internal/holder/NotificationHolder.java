package io.narthex.runtime.internal.holder;

import io.narthex.api.notification.Notification;
import io.narthex.api.notification.Notifications;
import io.narthex.api.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Holds the notifications, few enough that a limit only guards against a defect. */
@Component
public final class NotificationHolder implements Notifications {
  private static final int MOST = 100;

  private final Clock clock;
  private final Map<String, Notification> shown = new LinkedHashMap<>();

  /** Starts without notifications. */
  @Activate
  public NotificationHolder(@Reference Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void show(String id, String text) {
    Notification before = shown.get(id);
    if (before != null || shown.size() < MOST) {
      Instant since = before == null ? Instant.ofEpochMilli(clock.wallMillis()) : before.since();
      shown.put(id, new Notification(id, text, since));
    }
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
