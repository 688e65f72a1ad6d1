package io.narthex.config.internal.prometheus;

import io.narthex.api.section.Section;

/** The mechanisms of service discovery that installed bundles provide. */
public interface Mechanisms {
  /** Whether an installed bundle provides the mechanism. */
  boolean isInstalled(String mechanism);

  /**
   * Whether a mechanism that nobody provides may still come: drop-ins are installed after the first
   * configuration is loaded.
   */
  boolean mayCome();

  /**
   * Has the mechanism check one of its sections, if it is there to do so.
   *
   * @param keysAreChecked whether unknown keys were already reported
   */
  void check(String mechanism, Section section, boolean keysAreChecked);
}
