package io.narthex.notifier.webhook.internal.payload;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as Go writes them into JSON: RFC 3339 in UTC, with as many decimals as they need. */
final class GoTime {
  private GoTime() {}

  static String rfc3339Nano(Instant time) {
    OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(30);
    out.append(
        "%04d-%02d-%02dT%02d:%02d:%02d"
            .formatted(
                utc.getYear(),
                utc.getMonthValue(),
                utc.getDayOfMonth(),
                utc.getHour(),
                utc.getMinute(),
                utc.getSecond()));
    if (utc.getNano() != 0) {
      String decimals = "%09d".formatted(utc.getNano());
      int end = decimals.length();
      while (decimals.charAt(end - 1) == '0') {
        end--;
      }
      out.append('.').append(decimals, 0, end);
    }
    return out.append('Z').toString();
  }
}
