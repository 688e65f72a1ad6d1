package io.narthex.alerting.internal.alert;

import io.narthex.api.model.Labels;

/**
 * An alert as it is known here. Times are in ms since 1970.
 *
 * @param labels what it is; equal labels are the same alert. Not empty
 * @param endsAt when it is resolved unless it is received again
 * @param updatedAt when it was received last
 * @param timeout whether {@code endsAt} was not given but set by {@code resolve_timeout}
 * @param generatorUrl leads to where it comes from, or {@code ""}
 * @param fingerprint {@link Fingerprint} of the labels
 */
public record StoredAlert(
    Labels labels,
    Labels annotations,
    long startsAt,
    long endsAt,
    long updatedAt,
    boolean timeout,
    String generatorUrl,
    long fingerprint) {

  /** The label whose value is an alert's name. */
  public static final String NAME = "alertname";

  /** An alert; the fingerprint is made of its labels. */
  public static StoredAlert of(
      Labels labels,
      Labels annotations,
      long startsAt,
      long endsAt,
      long updatedAt,
      boolean timeout,
      String generatorUrl) {
    return new StoredAlert(
        labels,
        annotations,
        startsAt,
        endsAt,
        updatedAt,
        timeout,
        generatorUrl,
        Fingerprint.of(labels));
  }

  /** Its name, or {@code ""}. */
  public String name() {
    return labels.get(NAME);
  }

  /** The fingerprint as it is shown. */
  public String fingerprintText() {
    return Fingerprint.text(fingerprint);
  }

  /** Whether it is over at that time. */
  public boolean isResolvedAt(long millis) {
    return endsAt <= millis;
  }

  /**
   * What is known after this alert was received again as {@code other}, whichever of them is newer.
   * The earliest start counts; of the ends the newer one, except that an end that was only a
   * timeout never shortens a later one that was given.
   */
  StoredAlert merge(StoredAlert other, long now) {
    boolean otherIsNewer = other.updatedAt >= updatedAt;
    StoredAlert newer = otherIsNewer ? other : this;
    StoredAlert older = otherIsNewer ? this : other;
    long end = newer.endsAt;
    if (older.endsAt > end) {
      boolean olderCounts = newer.isResolvedAt(now) ? older.isResolvedAt(now) : !older.timeout;
      end = olderCounts ? older.endsAt : end;
    }
    return new StoredAlert(
        newer.labels,
        newer.annotations,
        Math.min(newer.startsAt, older.startsAt),
        end,
        newer.updatedAt,
        newer.timeout,
        newer.generatorUrl,
        newer.fingerprint);
  }

  /** Whether being received again as {@code next} goes on with this one, and is no new one. */
  boolean overlaps(StoredAlert next) {
    return next.endsAt > startsAt && next.endsAt < endsAt
        || next.startsAt > startsAt && next.startsAt < endsAt;
  }
}
