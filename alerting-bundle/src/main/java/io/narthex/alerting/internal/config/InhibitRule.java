package io.narthex.alerting.internal.config;

import io.narthex.alerting.internal.matcher.Matchers;
import java.util.List;

/**
 * A rule by which alerts mute others.
 *
 * @param name may be {@code ""}
 * @param source what mutes; the deprecated forms included
 * @param target what is muted; the deprecated forms included
 * @param equal names of labels that must be the same on both sides; sorted, each once
 */
public record InhibitRule(String name, Matchers source, Matchers target, List<String> equal) {
  /** Copies the list. */
  public InhibitRule {
    equal = List.copyOf(equal);
  }
}
