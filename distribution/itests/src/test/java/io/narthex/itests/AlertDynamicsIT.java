package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles on an alert's way stop while it comes: it arrives once they are back, and once only. */
class AlertDynamicsIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @ParameterizedTest
  @ValueSource(strings = {"io.narthex.notifier.webhook", "io.narthex.alerting", "io.narthex.rules"})
  void pageWaitsForTheBundle(String bundle) throws Exception {
    try (AlertHouse house = new AlertHouse("alert-dynamics");
        NarthexProcess narthex = house.start()) {
      AlertHouse.bundle(narthex, bundle, "stop");
      house.app.off();
      Await.until(
          "the target to be down",
          LIMIT,
          () -> narthex.http().query("up{job=\"app\"} == 0").size() == 1);
      if (!bundle.equals("io.narthex.rules")) {
        Await.until(
            "the alert to fire",
            LIMIT,
            () -> narthex.http().query("ALERTS{alertstate=\"firing\"}").size() == 1);
      }
      assertThat(house.webhook.pages()).isEmpty();

      AlertHouse.bundle(narthex, bundle, "start");
      Await.until("the page", LIMIT, () -> house.pages(house.app, "firing").size() == 1);

      house.app.on();
      Await.until("its end", LIMIT, () -> house.pages(house.app, "resolved").size() == 1);
      List<WebhookSink.Page> firing = house.pages(house.app, "firing");
      assertThat(firing).as("told once").hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.narthex.notifier.webhook", "io.narthex.alerting", "io.narthex.rules"})
  void restartOfABundleTellsNobodyTwice(String bundle) throws Exception {
    try (AlertHouse house = new AlertHouse("alert-again");
        NarthexProcess narthex = house.start()) {
      house.app.off();
      Await.until("the page", LIMIT, () -> house.pages(house.app, "firing").size() == 1);
      AlertHouse.bundle(narthex, bundle, "stop");
      AlertHouse.bundle(narthex, bundle, "start");
      Await.until("active", LIMIT, () -> AlertHouse.state(narthex, house.app).equals("active"));
      Await.until("seen by the rules", LIMIT, () -> AlertHouse.ruleAlerts(narthex).size() == 1);

      house.app.on();
      Await.until("its end", LIMIT, () -> house.pages(house.app, "resolved").size() == 1);
      assertThat(house.pages(house.app, "firing")).as("told once").hasSize(1);
    }
  }
}
