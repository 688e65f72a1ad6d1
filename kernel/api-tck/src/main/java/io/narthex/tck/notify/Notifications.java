package io.narthex.tck.notify;

import io.narthex.api.model.Labels;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.NotifiedAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notifications to test notifiers with. */
public final class Notifications {
  private static final Instant START = Instant.parse("2026-11-25T03:00:00.120Z");
  private static final Instant END = Instant.parse("2026-11-25T03:05:00Z");

  private Notifications() {}

  /** One alert that fires, in a group of this name. */
  public static Notification firing(String group) {
    return of(group, List.of(alert(group, 0, "it is down", false)));
  }

  /** One alert that ended. */
  public static Notification resolved(String group) {
    return of(group, List.of(alert(group, 0, "it was down", true)));
  }

  /** Many alerts; the second half of them ended. */
  public static Notification many(String group, int alerts) {
    List<NotifiedAlert> list = new ArrayList<>();
    for (int i = 0; i < alerts; i++) {
      list.add(alert(group, i, "number " + i, 2 * i >= alerts));
    }
    return of(group, list);
  }

  /** Texts that are hard to carry: quotes, markup, line ends, controls, all planes of Unicode. */
  public static List<Notification> hard() {
    List<Notification> hard = new ArrayList<>();
    for (String text :
        List.of(
            "\"quoted\" \\ 'single' `back`",
            "<b>bold</b> & <script>alert(1)</script>",
            "two\nlines\r\nand\ttab",
            ".\r\n.\r\nQUIT\r\n",
            "\u0000\u0001\u001b[31m\u007f",
            "größer 日本語 \ud83d\ude00 \u2028\u2029",
            "{{ .Nothing }} %s ${x}",
            "x".repeat(5000))) {
      hard.add(
          of(
              "hard",
              List.of(
                  new NotifiedAlert(
                      Labels.of("alertname", "hard", "text", text),
                      Labels.of("summary", text),
                      START,
                      Optional.empty(),
                      "http://prometheus.example/graph?g0.expr=up&g0.tab=1",
                      "0123456789abcdef"))));
    }
    return hard;
  }

  /** A notification of these alerts. */
  public static Notification of(String group, List<NotifiedAlert> alerts) {
    return new Notification(
        "team",
        "{}:{alertname=\"%s\"}".formatted(group),
        Labels.of("alertname", group),
        alerts,
        "http://narthex.example:9090/alertmanager",
        "first notification",
        END);
  }

  /** An alert. */
  public static NotifiedAlert alert(String name, int number, String summary, boolean ended) {
    return new NotifiedAlert(
        Labels.of("alertname", name, "instance", "host-" + number),
        Labels.of("summary", summary),
        START,
        ended ? Optional.of(END) : Optional.empty(),
        "http://prometheus.example/graph?g0.expr=up",
        "%016x".formatted(number));
  }
}
