package io.narthex.alerting.internal.notify;

/**
 * What an integration was told last about a group. Times are in ms since 1970.
 *
 * @param groupKey upstream's key of the group
 * @param time when it was told
 * @param firing the alerts that fired, by the stable hash of their labels
 * @param resolved those that were resolved
 * @param expiresAt when the entry is of no use any more
 */
public record LogEntry(
    String groupKey,
    IntegrationKey integration,
    long time,
    Told firing,
    Told resolved,
    long expiresAt) {
  /** The key of a group and integration. */
  public static String key(String groupKey, IntegrationKey integration) {
    return groupKey + ":" + integration;
  }

  /** The key of this entry. */
  public String key() {
    return key(groupKey, integration);
  }
}
