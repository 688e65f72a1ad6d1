package io.narthex.storage.internal.engine;

import io.narthex.api.notification.Notifications;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the operator is to be told as long as it lasts: shown by whoever shows notifications, who
 * may come later and go. May be used from any thread.
 */
final class Notices {
  private final TreeMap<String, String> texts = new TreeMap<>();
  private @Nullable Notifications notifications;

  /** The notifications came. */
  synchronized void bind(Notifications come) {
    notifications = come;
    texts.forEach(come::show);
  }

  /** They went; another may have come before. */
  synchronized void unbind(Notifications gone) {
    if (gone.equals(notifications)) {
      notifications = null;
    }
  }

  /** Shows something; what was shown under the name before is replaced. */
  synchronized void show(String id, String text) {
    texts.put(id, text);
    if (notifications != null) {
      notifications.show(id, text);
    }
  }

  /** It is over, if it was shown. */
  synchronized void withdraw(String id) {
    if (texts.remove(id) != null && notifications != null) {
      notifications.withdraw(id);
    }
  }

  /** Withdraws everything. */
  synchronized void close() {
    for (String id : texts.keySet().toArray(String[]::new)) {
      withdraw(id);
    }
  }
}
