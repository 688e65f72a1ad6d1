package io.narthex.api.notification;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the operator should know now, as upstream's {@code /api/v1/notifications} has it. Few: one
 * for each lasting trouble, not one for each event. May be used from any thread.
 */
@ProviderType
public interface Notifications {
  /**
   * Shows a notification until it is withdrawn; one with the same id is replaced, the date of its
   * first showing stays.
   *
   * @param id names the trouble, for example {@code config/reload-failed}
   */
  void show(String id, String text);

  /** Withdraws a notification, if it is shown. */
  void withdraw(String id);

  /** Those shown now, the oldest first. */
  List<Notification> active();
}
