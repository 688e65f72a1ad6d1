package io.narthex.spi.notify.support;

/** The version of upstream's Alertmanager whose behaviour ours follows, for those who parse it. */
public final class AlertmanagerVersion {
  /** Without a leading v. */
  public static final String VALUE = "0.34.0";

  private AlertmanagerVersion() {}
}
