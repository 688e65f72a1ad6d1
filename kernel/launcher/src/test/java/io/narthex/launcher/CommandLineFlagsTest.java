package io.narthex.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineFlagsTest {
  private static final Versions VERSIONS = new Versions("1.2.3", "3.14.0", "abc");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--web.listen-adress=:1 | unknown flag \"--web.listen-adress\". Did you mean \"--web.listen-address\"?",
        "--storage.path=x | unknown flag \"--storage.path\"",
        "-config.fil=x | unknown flag \"--config.fil\". Did you mean \"--config.file\"?",
        "--agent | flag \"--agent\" is a flag of Prometheus that this version of Narthex does not support yet",
        "--no-web.enable-otlp-receiver | flag \"--web.enable-otlp-receiver\" is a flag of Prometheus that this version of Narthex does not support yet",
        "prometheus.yml | unexpected argument \"prometheus.yml\"; flags begin with --",
        "--web.listen-address=9090 | flag \"--web.listen-address\" is \"9090\"; it takes an address such as :9090, 127.0.0.1:9090 or [::1]:9090",
        "--storage.tsdb.retention.time=999y | flag \"--storage.tsdb.retention.time\" is \"999y\"; it takes a duration such as 30s, 5m or 1h30m",
        "--query.timeout=0s | flag \"--query.timeout\" is \"0s\"; it takes a duration above 0 such as 30s, 5m or 1h30m",
        "--query.timeout=fast | flag \"--query.timeout\" is \"fast\"; it takes a duration above 0 such as 30s, 5m or 1h30m",
        "--query.timeout= | flag \"--query.timeout\" is \"\"; it takes a duration above 0 such as 30s, 5m or 1h30m",
        "--web.listen-address=:99999 | flag \"--web.listen-address\" is \":99999\"; it takes an address such as :9090, 127.0.0.1:9090 or [::1]:9090",
        "--web.cors.origin=( | flag \"--web.cors.origin\" is \"(\"; it takes a regular expression",
        "--storage.tsdb.path= | flag \"--storage.tsdb.path\" is \"\"; it takes a path",
        "--config.file | flag \"--config.file\" needs a value",
        "--query.max-samples=0 | flag \"--query.max-samples\" is \"0\"; it takes a whole number above 0, at most 9 digits",
        "--storage.head.max-bytes=lots | flag \"--storage.head.max-bytes\" is \"lots\"; it takes a size such as 512MB or 2GB",
        "--log.level=trace | flag \"--log.level\" is \"trace\"; it takes debug, info, warn or error",
        "--web.enable-admin-api=maybe | flag \"--web.enable-admin-api\" is \"maybe\"; it takes true or false"
      })
  void refusesInOneLineThatSaysWhatWouldBeRight(String argument, String message) {
    assertThatThrownBy(() -> CommandLineFlags.parse(List.of(argument), VERSIONS))
        .isInstanceOfSatisfying(
            StartFailure.class,
            failure -> assertThat(failure.exitStatus()).isEqualTo(StartFailure.USAGE))
        .hasMessage("%s%s All flags: narthex --help", message, message.endsWith("?") ? "" : ".");
  }

  @Test
  void refusesAFlagGivenTwiceUnlessItMayBe() throws StartFailure {
    assertThatThrownBy(() -> flags("--log.level=info", "--log.level=warn"))
        .hasMessageStartingWith("flag \"--log.level\" is given 2 times; give it once");
    assertThat(
            flags("--web.listen-address=:1", "--web.listen-address=:2")
                .values()
                .get("web.listen-address"))
        .containsExactly(":1", ":2");
  }

  @Test
  void takesUpstreamsSpellings() throws StartFailure {
    assertThat(flags("--query.timeout", "30s").get("query.timeout")).isEqualTo("30s");
    assertThat(flags("server", "--query.timeout=30s").get("query.timeout")).isEqualTo("30s");
    assertThat(flags("--web.enable-admin-api").get("web.enable-admin-api")).isEqualTo("true");
    assertThat(flags("--web.enable-admin-api=false").get("web.enable-admin-api"))
        .isEqualTo("false");
    assertThat(flags("--no-web.enable-admin-api").get("web.enable-admin-api")).isEqualTo("false");
  }

  @Test
  void hasUpstreamsDefaults() throws StartFailure {
    CommandLineFlags flags = flags();
    assertThat(flags.get("web.listen-address")).isEqualTo(":9090");
    assertThat(flags.get("storage.tsdb.path")).isEqualTo("data/");
    assertThat(flags.get("storage.tsdb.retention.time")).isEqualTo("15d");
    assertThat(flags.get("query.lookback-delta")).isEqualTo("5m");
    assertThat(flags.values()).doesNotContainKey("config.file");
  }

  @Test
  void everyDefaultIsAValueTheFlagAccepts() {
    for (Flag flag : Flag.ALL) {
      String value = flag.defaultValue();
      if (value != null && !value.isEmpty()) {
        assertThat(flag.type().accepts(value)).as(flag.name()).isTrue();
      }
    }
  }

  @Test
  void noFlagIsBothSupportedAndNotYet() {
    assertThat(Flag.ALL).extracting(Flag::name).doesNotContainAnyElementsOf(UpstreamFlags.NOT_YET);
  }

  @Test
  void theFirstLineOfTheVersionIsUpstreams() throws StartFailure {
    assertThat(CommandLineFlags.parse(List.of("--version"), VERSIONS))
        .isInstanceOfSatisfying(
            CommandLineFlags.Request.Print.class,
            print ->
                assertThat(print.text())
                    .startsWith("prometheus, version 3.14.0 (branch: HEAD, revision: abc)\n")
                    .contains("narthex version:  1.2.3"));
  }

  @Test
  void helpNamesEveryFlag() throws StartFailure {
    CommandLineFlags.Request.Print help =
        (CommandLineFlags.Request.Print) CommandLineFlags.parse(List.of("--help"), VERSIONS);
    for (Flag flag : Flag.ALL) {
      assertThat(help.text()).contains("--" + flag.name());
    }
  }

  private static CommandLineFlags flags(String... args) throws StartFailure {
    return ((CommandLineFlags.Request.Run) CommandLineFlags.parse(List.of(args), VERSIONS)).flags();
  }
}
