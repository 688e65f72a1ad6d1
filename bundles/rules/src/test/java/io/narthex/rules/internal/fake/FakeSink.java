package io.narthex.rules.internal.fake;

import io.narthex.api.alerting.Alert;
import io.narthex.api.alerting.AlertSink;
import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;
import io.narthex.api.error.NarthexException;
import java.util.ArrayList;
import java.util.List;

/** Notes the alerts that it takes, if it does. */
public final class FakeSink implements AlertSink {
  public final List<Alert> taken = new ArrayList<>();
  public boolean isAway;

  @Override
  public void accept(List<Alert> alerts) {
    if (isAway) {
      throw new NarthexException(new ErrorCode("test/away", ErrorKind.UNAVAILABLE), "not now");
    }
    taken.addAll(alerts);
  }
}
