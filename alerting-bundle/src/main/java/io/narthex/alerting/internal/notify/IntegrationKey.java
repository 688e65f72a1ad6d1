package io.narthex.alerting.internal.notify;

/**
 * One entry of a receiver, for the notification log.
 *
 * @param kind for example {@code webhook}
 * @param index its place among the entries of its kind
 */
public record IntegrationKey(String receiver, String kind, int index) {
  /** As upstream's notification log has it. */
  @Override
  public String toString() {
    return receiver + "/" + kind + "/" + index;
  }
}
