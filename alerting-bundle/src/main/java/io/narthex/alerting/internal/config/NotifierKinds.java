package io.narthex.alerting.internal.config;

import io.narthex.api.section.Problem;
import java.util.List;

/** The kinds of receivers that bundles provide. */
public interface NotifierKinds {
  /** Whether an installed bundle provides the kind, for example {@code webhook}. */
  boolean isInstalled(String kind);

  /**
   * Whether a kind that nobody provides may still come: drop-ins are installed after the first
   * configuration is loaded.
   */
  boolean mayCome();

  /**
   * Compiles the templates, and has each entry checked by its notifier if that is there to do so.
   *
   * @param problems gets what is wrong
   */
  void check(NotifierSettings settings, List<Problem> problems);
}
