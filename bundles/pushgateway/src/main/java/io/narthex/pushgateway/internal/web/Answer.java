package io.narthex.pushgateway.internal.web;

import io.narthex.pushgateway.internal.group.PushOutcome;

/**
 * A status and a line of text for people.
 *
 * @param text "" for an answer without a body
 */
public record Answer(int status, String text) {
  /** A request that may be sent again. */
  public static Answer unavailable(String text) {
    return new Answer(503, text);
  }

  /**
   * What became of a change.
   *
   * @param done the status if it is done
   */
  public static Answer of(PushOutcome outcome, int done) {
    return switch (outcome) {
      case PushOutcome.Done ignored -> new Answer(done, "");
      case PushOutcome.Refused refused ->
          new Answer(
              400,
              "pushed metrics are invalid or inconsistent with existing metrics: "
                  + refused.reason());
      case PushOutcome.Full full -> new Answer(507, full.reason());
      case PushOutcome.Unavailable away -> unavailable(away.reason() + ", send it again later");
      case PushOutcome.Failed failed -> new Answer(500, failed.reason());
    };
  }
}
