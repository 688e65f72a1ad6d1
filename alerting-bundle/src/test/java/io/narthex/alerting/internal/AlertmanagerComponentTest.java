package io.narthex.alerting.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.alerting.internal.alert.PostedAlert;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.api.alerting.Alert;
import io.narthex.api.config.CompanionConfiguration;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertmanagerComponentTest {
  private static final String GOOD =
      "route: {receiver: a}\nreceivers: [{name: a}, {name: unused}]\n";

  @TempDir Path folder;
  private final FakeServer server = new FakeServer();
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("alertmanager.yml");
    server.flags.put("alertmanager.config.file", file.toString());
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    System.clearProperty("narthex.exit.code");
    System.clearProperty("narthex.exit.reason");
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private static LoadAttempt reload(AlertmanagerComponent component) throws Exception {
    return component.reload().get(10, TimeUnit.SECONDS);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is over").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private Alert alert() {
    long now = server.clock.wallMillis();
    return new Alert(Labels.of("alertname", "A"), Labels.EMPTY, now, now + 60_000, "http://here");
  }

  @Test
  void withoutAFileItTakesAlertsAndTellsNobody() {
    server.flags.clear();
    AlertmanagerComponent component = server.start();

    new RuleAlerts(component).accept(List.of(alert()));

    assertThat(component.config().origin()).isEqualTo("(built-in)");
    assertThat(component.alerts()).extracting(StoredAlert::name).containsExactly("A");
    await(() -> component.groups().size() == 1);
    assertThat(component.groups().getFirst().receiver()).isEqualTo("nobody");
    assertThat(server.stopped).isFalse();
  }

  @Test
  void aBadFileAtTheStartOfTheServerEndsIt() throws Exception {
    write("route: {receiver: b}\nreceivers: [{name: a}]\n");

    server.start();

    assertThat(server.stopped).isTrue();
    assertThat(System.getProperty("narthex.exit.code")).isEqualTo("1");
    assertThat(System.getProperty("narthex.exit.reason"))
        .isEqualTo(
            "the alerting configuration has 1 error(s), the first: "
                + file
                + ":1:19: receiver in route: there is no receiver \"b\". Did you mean \"a\"?");
  }

  @Test
  void aFileThatIsNotThereEndsTheServerToo() {
    server.start();

    assertThat(server.stopped).isTrue();
    assertThat(server.shown.get("alerting/reload-failed"))
        .isEqualTo(
            "The configuration of the Alertmanager could not be loaded: cannot read the"
                + " configuration file %s (--alertmanager.config.file): there is no such file"
                    .formatted(file));
  }

  @Test
  void aBadFileLaterLeavesTheOldOneInForceAndSaysSo() throws Exception {
    write(GOOD);
    AlertmanagerComponent component = server.start();
    assertThat(server.shown).isEmpty();
    assertThat(server.metrics.value("alertmanager_config_last_reload_successful")).isEqualTo(1);

    write("route: {receiver: b}\nreceivers: [{name: b}, {nam: c}]\n");
    assertThat(reload(component).problems()).isNotEmpty();

    assertThat(component.config().route().receiver()).isEqualTo("a");
    assertThat(server.shown).containsOnlyKeys("alerting/reload-failed");
    assertThat(server.metrics.value("alertmanager_config_last_reload_successful")).isZero();
    assertThat(server.stopped).isFalse();

    write("route: {receiver: b}\nreceivers: [{name: b}]\n");
    assertThat(reload(component).isSuccessful()).isTrue();
    assertThat(component.config().route().receiver()).isEqualTo("b");
    assertThat(server.shown).isEmpty();
    assertThat(server.metrics.value("alertmanager_config_last_reload_successful")).isEqualTo(1);
  }

  @Test
  void aBadFileWhenTheBundleIsUpdatedDoesNotEndTheServer() throws Exception {
    write(GOOD);
    Instant started = server.start().startedAt();
    server.stop();
    server.clock.pass(java.time.Duration.ofMinutes(1));
    write("nonsense");

    AlertmanagerComponent component = server.start();

    assertThat(server.stopped).isFalse();
    assertThat(component.startedAt()).isEqualTo(started);
    assertThatThrownBy(component::groups)
        .isInstanceOfSatisfying(
            NarthexException.class,
            e -> assertThat(e.code()).isEqualTo(AlertingErrors.NO_CONFIGURATION));
    component.receive(List.of(alert()));
    write(GOOD);
    assertThat(reload(component).isSuccessful()).isTrue();
    await(() -> component.groups().size() == 1);
  }

  @Test
  void theServersReloadLoadsItTooAndHearsWhatIsWrong() throws Exception {
    write(GOOD);
    AlertmanagerComponent component = server.start();
    CompanionConfiguration companion = component;
    assertThat(companion.file()).contains(file.toString());
    write("route: {receiver: b}\nreceivers: [{name: b}]\n");

    assertThat(companion.reload().get(10, TimeUnit.SECONDS).isSuccessful()).isTrue();
    assertThat(component.config().route().receiver()).isEqualTo("b");

    write("route: {receiver: zz}\nreceivers: [{name: b}]\n");
    assertThat(companion.reload().get(10, TimeUnit.SECONDS).problems())
        .containsExactly(file + ":1:19: receiver in route: there is no receiver \"zz\"");
    assertThat(component.config().route().receiver()).isEqualTo("b");
  }

  @Test
  void withoutAFileThereIsNoneToSpeakOf() throws Exception {
    server.flags.clear();
    CompanionConfiguration companion = server.start();

    assertThat(companion.file()).isEmpty();
    assertThat(companion.reload().get(10, TimeUnit.SECONDS).isSuccessful()).isTrue();
  }

  @Test
  void theStoreOfStateIsHeldWhileItsLogsAreOpen() throws Exception {
    write(GOOD);
    server.start();
    int held = server.held;
    server.stop();

    assertThat(held - server.held).isEqualTo(2);
    assertThat(server.logs).containsOnlyKeys("alerting-silences", "alerting-notifications");
  }

  @Test
  void alertsFromOutsideEndAfterResolveTimeout() throws Exception {
    write("global: {resolve_timeout: 7m}\n" + GOOD);
    AlertmanagerComponent component = server.start();

    assertThat(
            component.accept(
                List.of(
                    new PostedAlert(
                        Map.of("alertname", "A"),
                        Map.of(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        ""))))
        .isEmpty();

    assertThat(component.alerts())
        .extracting(StoredAlert::endsAt)
        .containsExactly(server.clock.wallMillis() + 7 * 60_000);
  }
}
