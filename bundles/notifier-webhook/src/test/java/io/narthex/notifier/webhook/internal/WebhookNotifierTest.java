package io.narthex.notifier.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.section.Section;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.tck.discovery.SectionNodes;
import io.narthex.tck.notify.Notifications;
import io.narthex.tck.notify.PathTemplates;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookNotifierTest {
  @TempDir private Path folder;
  private WebhookReceiver receiver;
  private final JdkHttpClients clients = new JdkHttpClients();
  private final WebhookNotifierFactory factory = new WebhookNotifierFactory(clients);

  @BeforeEach
  void start() throws IOException {
    receiver = new WebhookReceiver();
  }

  @AfterEach
  void stop() {
    factory.deactivate();
    receiver.close();
  }

  private Notifier notifier(Object... keysAndValues) {
    Map<String, Object> keys = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    Section section = section("w", keys);
    return factory.create(
        section, new NotifierContext(section("global", Map.of()), PathTemplates.withDefaults()));
  }

  private Section section(String name, Map<String, Object> keys) {
    return new Section(name, SectionNodes.of(keys), folder, new ArrayList<>());
  }

  private static Delivery.Failed failed(Notifier notifier, Notification notification)
      throws Exception {
    return (Delivery.Failed) notifier.deliver(notification);
  }

  @Test
  void postsJsonAsUpstreamDoes() throws Exception {
    Delivery delivery =
        notifier("url", receiver.url("/hook?x=1")).deliver(Notifications.firing("Down"));
    assertThat(delivery).isEqualTo(new Delivery.Done());
    WebhookReceiver.Received received = receiver.received.getFirst();
    assertThat(received.method()).isEqualTo("POST");
    assertThat(received.target()).isEqualTo("/hook?x=1");
    assertThat(received.userAgent()).isEqualTo("Alertmanager/0.34.0");
    assertThat(received.contentType()).isEqualTo("application/json");
    assertThat(received.body())
        .startsWith("{\"receiver\":\"team\",\"status\":\"firing\",\"alerts\":[{")
        .endsWith("\"groupKey\":\"{}:{alertname=\\\"Down\\\"}\",\"truncatedAlerts\":0}\n");
  }

  @Test
  void sendsNoMoreAlertsThanAsked() throws Exception {
    notifier("url", receiver.url("/"), "max_alerts", 3).deliver(Notifications.many("g", 10));
    notifier("url", receiver.url("/"), "max_alerts", 10).deliver(Notifications.many("g", 10));
    assertThat(receiver.received.get(0).body())
        .contains("\"truncatedAlerts\":7}")
        .contains("host-2")
        .doesNotContain("host-3");
    assertThat(receiver.received.get(1).body()).contains("\"truncatedAlerts\":0}");
  }

  @Test
  void theUrlMayBeATemplate() throws Exception {
    notifier("url", receiver.url("/{{ .GroupLabels.alertname }}/{{ .Status }}"))
        .deliver(Notifications.firing("Two Words"));
    assertThat(receiver.received.getFirst().target()).isEqualTo("/Two%20Words/firing");
  }

  @Test
  void aTemplateThatFailsOrGivesNothingIsNotTriedAgain() throws Exception {
    assertThat(failed(notifier("url", "{{ .Nothing }}"), Notifications.firing("g")))
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.OTHER,
                false,
                "failed to template webhook URL: template: : executing \"\": can't evaluate field Nothing"));
    assertThat(failed(notifier("url", "{{ .GroupLabels.none }}"), Notifications.firing("g")))
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.OTHER, false, "webhook URL is empty after templating"));
    assertThat(failed(notifier("url", "s3cret{{ .Status }}"), Notifications.firing("g")))
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.OTHER,
                true,
                "Post \"<redacted>\": the URL begins with neither http:// nor https://"));
  }

  @Test
  void theUrlMayStandInAFileThatIsReadEachTime() throws Exception {
    Path file = folder.resolve("url");
    Notifier notifier = notifier("url_file", "url");
    assertThat(failed(notifier, Notifications.firing("g")))
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.OTHER,
                false,
                "read url_file: open %s: no such file or directory".formatted(file)));
    Files.writeString(file, "  " + receiver.url("/{{ .Status }}") + "\n\n");
    assertThat(notifier.deliver(Notifications.firing("g"))).isEqualTo(new Delivery.Done());
    Files.writeString(file, receiver.url("/b"));
    assertThat(notifier.deliver(Notifications.firing("g"))).isEqualTo(new Delivery.Done());
    assertThat(receiver.received.stream().map(WebhookReceiver.Received::target))
        .containsExactly("/firing", "/b");
    Files.writeString(file, "{{ broken");
    assertThat(failed(notifier, Notifications.firing("g")).message())
        .startsWith("failed to template webhook URL: ");
  }

  @Test
  void anAnswerThatIsNoSuccessIsToldWithItsBody() throws Exception {
    receiver.status = 503;
    receiver.answer = "come back\n";
    assertThat(failed(notifier("url", receiver.url("/s3cret")), Notifications.firing("g")))
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.SERVER_ERROR, true, "unexpected status code 503: come back\n"));
  }

  @Test
  void noConnectionIsTriedAgainAndDoesNotShowTheUrl() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }
    Delivery.Failed failed =
        failed(notifier("url", "http://127.0.0.1:" + port + "/s3cret"), Notifications.firing("g"));
    assertThat(failed.retry()).isTrue();
    assertThat(failed.reason()).isEqualTo(FailureReason.OTHER);
    assertThat(failed.message()).startsWith("Post \"<redacted>\": ").doesNotContain("s3cret");
  }

  @Test
  void theConfiguredTimeoutEndsADelivery() throws Exception {
    receiver.hanging = true;
    assertThat(
            failed(
                notifier("url", receiver.url("/"), "timeout", "200ms"), Notifications.firing("g")))
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.CONTEXT_DEADLINE_EXCEEDED,
                true,
                "Post \"<redacted>\": configured webhook timeout reached (200ms)"));
  }

  @Test
  void nothingIsOpenedBeforeTheFirstDelivery() throws Exception {
    Notifier notifier = notifier("url", receiver.url("/"));
    assertThat(clients.opened).isEmpty();
    notifier.deliver(Notifications.firing("g"));
    notifier.deliver(Notifications.firing("g"));
    assertThat(clients.opened).hasSize(1);
    notifier.close();
    assertThat(clients.open).isEmpty();
  }

  private void begin(Notifier notifier, CompletableFuture<Delivery> delivery) {
    Thread thread =
        new Thread(
            () -> {
              try {
                delivery.complete(notifier.deliver(Notifications.firing("g")));
              } catch (Throwable e) {
                delivery.completeExceptionally(e);
              }
            });
    thread.start();
    await(() -> !clients.open.isEmpty());
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void whenTheBundleStopsADeliveryUnderWayMayEnd() throws Exception {
    WebhookNotifierFactory patient = new WebhookNotifierFactory(clients, Duration.ofSeconds(20));
    receiver.slow = new CountDownLatch(1);
    Section section = section("w", Map.of("url", receiver.url("/")));
    Notifier notifier =
        patient.create(
            section,
            new NotifierContext(section("global", Map.of()), PathTemplates.withDefaults()));
    CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    begin(notifier, delivery);
    await(() -> receiver.waiting > 0);
    Thread stop = new Thread(patient::deactivate);
    stop.start();
    await(() -> stop.getState() == Thread.State.TIMED_WAITING);
    assertThat(notifier.deliver(Notifications.firing("g")))
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.CONTEXT_CANCELED, true, "Post \"<redacted>\": context canceled"));
    receiver.slow.countDown();
    assertThat(delivery.get(20, TimeUnit.SECONDS)).isEqualTo(new Delivery.Done());
    stop.join(Duration.ofSeconds(10));
    assertThat(stop.isAlive()).isFalse();
    assertThat(receiver.received).hasSize(1);
    assertThat(clients.open).isEmpty();
  }

  @Test
  void aUrlFileThatIsAPipeIsNotReadForEver() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(failed(notifier("url_file", "pipe"), Notifications.firing("g")))
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.OTHER,
                false,
                "read url_file: %s is not a regular file; it must hold a URL".formatted(pipe)));
  }

  @Test
  void whenTheBundleStopsDeliveriesEndAndNoneBegins() throws Exception {
    receiver.hanging = true;
    Notifier notifier = notifier("url", receiver.url("/s3cret"));
    CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    begin(notifier, delivery);
    factory.deactivate();
    Delivery.Failed canceled =
        new Delivery.Failed(
            FailureReason.CONTEXT_CANCELED, true, "Post \"<redacted>\": context canceled");
    assertThat(delivery.get(20, TimeUnit.SECONDS)).isEqualTo(canceled);
    assertThat(notifier.deliver(Notifications.firing("g"))).isEqualTo(canceled);
    assertThat(clients.open).isEmpty();
  }
}
