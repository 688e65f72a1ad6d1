package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notifiers that strangers drop in: a bad one delays nobody else. */
class NotifierDropInIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Scrape, evaluations, "for", group_wait; one more. */
  private static final double FIRING_SECONDS = 6;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hanging | while (true) { Thread.onSpinWait(); }",
        "sleeping | while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) { } }",
        "throwing | throw new IllegalStateException(\"no\");"
      })
  void badNotifierDelaysNobodyElse(String kind, String body) throws Exception {
    try (AlertHouse house = new AlertHouse("notifier-" + kind)) {
      Path deploy = Files.createDirectories(house.folder.resolve("deploy"));
      Files.writeString(
          house.alertmanagerYml(),
          """
          route:
            receiver: both
            group_by: [alertname, instance]
            group_wait: 1s
            group_interval: 2s
            repeat_interval: 1h
          receivers:
          - name: both
            acme_configs: [{channel: x}]
            webhook_configs: [{url: '%s'}]
          """
              .formatted(house.webhook.url()));
      notifier(body).writeTo(deploy.resolve("acme.jar"));
      try (NarthexProcess narthex = house.start(Product.freePort(), "--deploy.dir=" + deploy)) {
        Await.until(
            "the notifier",
            LIMIT,
            () -> narthex.http().get("/api/v1/bundles").body().contains("\"acme.notifier\""));
        for (SwitchedTarget target : new SwitchedTarget[] {house.app, house.other}) {
          long killed = System.nanoTime();
          target.off();
          WebhookSink.Page page =
              Await.until("a page", LIMIT, () -> house.pages(target, "firing"), p -> !p.isEmpty())
                  .getFirst();
          assertThat(WebhookSink.seconds(killed, page.nanos())).isLessThan(FIRING_SECONDS);
        }
        Await.until(
            "the failure to be counted, or the thread to be named",
            LIMIT,
            () ->
                narthex
                    .http()
                    .get("/metrics")
                    .body()
                    .lines()
                    .anyMatch(
                        line ->
                            line.matches("narthex_plugin_stuck_threads [1-9].*")
                                || line.matches(
                                    "alertmanager_notifications_failed_total\\{.*integration=\"acme\".*\\} [1-9].*")));
      }
    }
  }

  private static DropInJar notifier(String body) throws Exception {
    return DropInJar.named("acme.notifier")
        .header("Import-Package", "io.narthex.spi.notify,io.narthex.api.section")
        .header("Provide-Capability", "io.narthex.contribution;kind=notifier;name=acme")
        .component(
            "acme.Factory",
            """
            package acme;
            import io.narthex.api.section.Section;
            import io.narthex.spi.notify.*;
            public class Factory implements NotifierFactory {
              public Notifier create(Section section, NotifierContext context) {
                section.string("channel");
                return new Slow();
              }
              static class Slow implements Notifier {
                public Delivery deliver(Notification notification) { %s }
              }
            }
            """
                .formatted(body),
            "io.narthex.spi.notify.NotifierFactory",
            Map.of("narthex.notifier.receiver", "acme"));
  }
}
