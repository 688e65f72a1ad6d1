package io.narthex.rules.internal.send;

import io.narthex.api.alerting.Alert;
import java.util.List;

/** Hands alerts on. */
@FunctionalInterface
public interface Delivery {
  /** Hands alerts on; false if that is not possible now, and none was taken. */
  boolean deliver(List<Alert> alerts);

  /** Whether there is somebody to hand them to. */
  default boolean isPossible() {
    return true;
  }
}
