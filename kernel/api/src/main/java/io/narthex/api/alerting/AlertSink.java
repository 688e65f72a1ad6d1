package io.narthex.api.alerting;

import io.narthex.api.error.NarthexException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the alerts of this process' rules. Present as a service while the alerting bundle works;
 * who sends keeps its alerts and sends them again, so none is lost while it is away. May be used
 * from any thread.
 */
@ProviderType
public interface AlertSink {
  /**
   * Takes alerts; returns soon.
   *
   * @throws NarthexException with a kind of unavailable if they cannot be taken now; send them
   *     again
   */
  void accept(List<Alert> alerts);
}
