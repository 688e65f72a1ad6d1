package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A target dies and a person is paged, by webhook and by mail. The steps build on each other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertStoryIT {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /** Scrape, evaluation that sees it, "for" and the evaluation after it, group_wait; one more. */
  private static final double FIRING_SECONDS = 1 + 1 + 1 + 1 + 1 + 1;

  /** Scrape, evaluation, group_interval; one more. */
  private static final double RESOLVED_SECONDS = 1 + 1 + 2 + 1;

  private static AlertHouse house;
  private static NarthexProcess narthex;

  @BeforeAll
  static void start() throws Exception {
    house = new AlertHouse("story");
    narthex = house.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (narthex != null) {
      narthex.close();
    }
    house.close();
  }

  @Test
  @Order(1)
  void recordingRuleIsThere() {
    Await.until(
        "the recorded series",
        LIMIT,
        () -> narthex.http().query("job:up:count{job=\"app\"}"),
        result -> result.size() == 1 && result.get(0).path("value").path(1).asText().equals("2"));
  }

  @Test
  @Order(2)
  void deadTargetPagesByWebhookAndMail() {
    long killed = System.nanoTime();
    house.app.off();

    WebhookSink.Page page =
        Await.until("a page", LIMIT, () -> house.pages(house.app, "firing"), p -> !p.isEmpty())
            .getFirst();
    assertThat(WebhookSink.seconds(killed, page.nanos())).isLessThan(FIRING_SECONDS);
    JsonNode body = page.body();
    assertThat(body.path("version").asText()).isEqualTo("4");
    assertThat(body.path("receiver").asText()).isEqualTo("page");
    assertThat(body.path("alerts").size()).isEqualTo(1);
    assertThat(page.label("site")).isEqualTo("test");
    assertThat(page.label("severity")).isEqualTo("page");
    assertThat(body.path("commonAnnotations").path("summary").asText())
        .isEqualTo(house.app.address() + " of app is down");
    assertThat(body.path("alerts").get(0).path("generatorURL").asText())
        .contains("/graph?g0.expr=up%7Bjob%3D%22app%22%7D+%3D%3D+0&g0.tab=1");

    String mail =
        Await.until("a mail", LIMIT, () -> house.mails.mails(), m -> !m.isEmpty()).getFirst();
    assertThat(mail).contains("To: sre@example.org").contains("From: narthex@example.org");
    assertThat(mail).containsPattern("Subject: .*FIRING:1.*" + AlertHouse.ALERT);
  }

  @Test
  @Order(3)
  void alertsOfTheRulesAreSeries() {
    Await.until(
        "ALERTS",
        LIMIT,
        () -> narthex.http().query("ALERTS{alertstate=\"firing\"}"),
        result ->
            result.size() == 1
                && result
                    .get(0)
                    .path("metric")
                    .path("instance")
                    .asText()
                    .equals(house.app.address()));
  }

  @Test
  @Order(4)
  void targetThatComesBackResolvesThePage() throws Exception {
    long back = System.nanoTime();
    house.app.on();

    WebhookSink.Page page =
        Await.until("the end", LIMIT, () -> house.pages(house.app, "resolved"), p -> !p.isEmpty())
            .getFirst();
    assertThat(WebhookSink.seconds(back, page.nanos())).isLessThan(RESOLVED_SECONDS);
    assertThat(page.body().path("alerts").get(0).path("endsAt").asText()).doesNotStartWith("0001");
    Await.until(
        "the mail of the end",
        LIMIT,
        () -> house.mails.mails().stream().anyMatch(m -> m.contains("RESOLVED")));
  }

  @Test
  @Order(5)
  void silencedAlertPagesNobody() throws Exception {
    String silence = AlertHouse.silence(narthex, house.app);
    int before = house.pages(house.app, "firing").size();
    house.app.off();
    house.other.off();

    Await.until(
        "the page of the other", LIMIT, () -> !house.pages(house.other, "firing").isEmpty());
    Await.until(
        "suppressed", LIMIT, () -> AlertHouse.state(narthex, house.app).equals("suppressed"));
    assertThat(AlertHouse.state(narthex, house.other)).isEqualTo("active");
    assertThat(house.pages(house.app, "firing")).hasSize(before);

    assertThat(
            narthex.http().send("DELETE", "/alertmanager/api/v2/silence/" + silence).statusCode())
        .isEqualTo(200);
    Await.until(
        "the page after the silence",
        LIMIT,
        () -> house.pages(house.app, "firing").size() == before + 1);
  }
}
