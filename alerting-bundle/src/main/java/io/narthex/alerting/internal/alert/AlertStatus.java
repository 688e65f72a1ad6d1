package io.narthex.alerting.internal.alert;

import java.util.List;

/**
 * What stands against notifying about an alert now.
 *
 * @param silencedBy ids of the silences that are active and match
 * @param inhibitedBy fingerprints, as they are shown, of the alerts that inhibit it
 */
public record AlertStatus(List<String> silencedBy, List<String> inhibitedBy) {
  /** The states, named as the API names them. */
  public enum State {
    /** Not looked at yet. */
    UNPROCESSED("unprocessed"),
    /** It is notified about. */
    ACTIVE("active"),
    /** It is silenced or inhibited. */
    SUPPRESSED("suppressed");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** The name over HTTP. */
    public String text() {
      return text;
    }
  }

  /** Copies the lists. */
  public AlertStatus {
    silencedBy = List.copyOf(silencedBy);
    inhibitedBy = List.copyOf(inhibitedBy);
  }

  /** The state that follows. */
  public State state() {
    return silencedBy.isEmpty() && inhibitedBy.isEmpty() ? State.ACTIVE : State.SUPPRESSED;
  }
}
