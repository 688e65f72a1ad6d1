package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** kill -9 with one alert firing and one silenced. */
class AlertCrashIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void silencesClocksAndWhoWasToldSurviveKillNine() throws Exception {
    try (AlertHouse house = new AlertHouse("alert-crash")) {
      int port = Product.freePort();
      String silence;
      String activeAt;
      try (NarthexProcess narthex = house.start(port)) {
        silence = AlertHouse.silence(narthex, house.other);
        house.app.off();
        house.other.off();
        Await.until("a page", LIMIT, () -> house.pages(house.app, "firing").size() == 1);
        Await.until(
            "suppressed", LIMIT, () -> AlertHouse.state(narthex, house.other).equals("suppressed"));
        activeAt = activeAt(narthex, house.app);
        narthex.kill();
      }
      try (NarthexProcess narthex = restart(house, port)) {
        JsonNode kept = narthex.http().json("/alertmanager/api/v2/silence/" + silence);
        assertThat(kept.path("status").path("state").asText()).isEqualTo("active");
        Await.until(
            "suppressed again",
            LIMIT,
            () -> AlertHouse.state(narthex, house.other).equals("suppressed"));
        Await.until(
            "active again", LIMIT, () -> AlertHouse.state(narthex, house.app).equals("active"));
        assertThat(activeAt(narthex, house.app)).as("the clock goes on").isEqualTo(activeAt);

        // Its end is the next thing that is told; the group is due several times before it.
        house.app.on();
        Await.until("the end", LIMIT, () -> house.pages(house.app, "resolved").size() == 1);
        assertThat(house.pages(house.app, "firing")).as("told once").hasSize(1);
        assertThat(house.pages(house.other, "firing")).as("silenced").isEmpty();
      }
    }
  }

  private static NarthexProcess restart(AlertHouse house, int port) throws Exception {
    return NarthexProcess.startOn(
            port,
            house.folder.resolve("data"),
            "--config.file=" + house.prometheusYml(),
            "--alertmanager.config.file=" + house.alertmanagerYml(),
            "--rules.alert.for-grace-period=0s")
        .ready();
  }

  private static String activeAt(NarthexProcess narthex, SwitchedTarget target) throws Exception {
    return Await.until(
        "the alert of " + target.address(),
        LIMIT,
        () -> {
          for (JsonNode alert : AlertHouse.ruleAlerts(narthex)) {
            if (alert.path("labels").path("instance").asText().equals(target.address())) {
              return Instant.parse(alert.path("activeAt").asText()).getEpochSecond() + " s";
            }
          }
          return "";
        },
        found -> !found.isEmpty());
  }
}
