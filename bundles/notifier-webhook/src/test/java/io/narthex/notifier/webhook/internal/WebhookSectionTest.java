package io.narthex.notifier.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.api.yaml.YamlReader;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.tck.notify.PathTemplates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookSectionTest {
  private final List<Problem> problems = new ArrayList<>();

  private WebhookSettings read(String yaml, String global) {
    Section section = new Section("receiver[0]", node(yaml), Path.of("/etc/n"), problems);
    Section globals = new Section("global", node(global), Path.of("/etc/n"), problems);
    WebhookSettings settings =
        WebhookSection.read(section, new NotifierContext(globals, PathTemplates.withDefaults()));
    section.refuseOthers();
    return settings;
  }

  private ConfigNode node(String yaml) {
    return YamlReader.read(yaml, problems).orElse(ConfigNode.nothing());
  }

  private List<String> described() {
    return problems.stream().map(p -> p.describe("f")).toList();
  }

  private static Arguments bad(String yaml, String... problems) {
    return Arguments.of(yaml, List.of(problems));
  }

  static Stream<Arguments> bads() {
    return Stream.of(
        bad(
            "max_alerts: 1",
            "f:1:1: receiver[0] has neither url nor url_file; one of them must say where to post to"),
        bad(
            "url: ''",
            "f:1:1: receiver[0] has neither url nor url_file; one of them must say where to post to"),
        bad(
            "url: http://h/s3cret\nurl_file: f",
            "f:2:1: url and url_file exclude each other in receiver[0]; keep one of them"),
        bad(
            "url: s3cret",
            "f:1:6: url in receiver[0] begins with neither http:// nor https://; it must be like https://host/path"),
        bad(
            "url: http:///s3cret",
            "f:1:6: url in receiver[0] has no host; it must be like https://host/path"),
        bad(
            "url: http://h:x/s3cret",
            "f:1:6: url in receiver[0] has a host or port that cannot be read; it must be like https://host/path"),
        bad("url: [http://h/s3cret]", "f:1:6: url must be a string, got a list"),
        bad(
            "url: 'http://h/s3cret/{{ .x'",
            "f:1:6: url in receiver[0] is no template: template: :1: unclosed action"),
        bad(
            "url: http://h\nmax_alerts: -1",
            "f:2:13: max_alerts must be a whole number, at least 0, got \"-1\""),
        bad(
            "url: http://h\nmax_alerts: many",
            "f:2:13: max_alerts must be a whole number, at least 0, got \"many\""),
        bad(
            "url: http://h\ntimeout: soon",
            "f:2:10: timeout must be a duration such as 15s, 1m or 1h30m (units y, w, d, h, m, s, ms in this order), got \"soon\""),
        bad(
            "url: http://h\npayload: {a: b}",
            "f:2:1: payload in receiver[0] is not there yet; without it the standard payload is sent"),
        bad(
            "url: http://h\nhttp_config: x",
            "f:2:14: receiver[0].http_config must be a mapping, got \"x\""),
        bad(
            "url: http://h\nhttp_config: {follow: true}",
            "f:2:15: unknown key \"follow\" in receiver[0].http_config"),
        bad(
            "url: http://h\nhttp_config: {basic_auth: {password: [s3cret]}}",
            "f:2:38: password must be a string, got a list"),
        bad(
            "url: http://h\nmaxalerts: 1",
            "f:2:1: unknown key \"maxalerts\" in receiver[0]. Did you mean \"max_alerts\"?"),
        bad(
            "[]",
            "f:1:1: receiver[0] must be a mapping, got a list",
            "f:1:1: receiver[0] has neither url nor url_file; one of them must say where to post to"));
  }

  @ParameterizedTest
  @MethodSource("bads")
  void isRefused(String yaml, List<String> expected) {
    read(yaml, "");
    assertThat(described()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(described().toString()).doesNotContain("s3cret");
  }

  @Test
  void whatIsNotSaidIsUpstreamsDefault() {
    WebhookSettings settings = read("url: http://h/x", "");
    assertThat(problems).isEmpty();
    assertThat(settings.http()).isEqualTo(HttpClientConfig.DEFAULT);
    assertThat(settings.maxAlerts()).isZero();
    assertThat(settings.timeout()).isEqualTo(Duration.ZERO);
  }

  @Test
  void readsEveryKey() {
    WebhookSettings settings =
        read(
            "url_file: x.txt\nmax_alerts: 5\ntimeout: 10s\nhttp_config: {follow_redirects: false}",
            "");
    assertThat(problems).isEmpty();
    assertThat(settings.address().toString()).contains("/etc/n/x.txt");
    assertThat(settings.maxAlerts()).isEqualTo(5);
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.http().followRedirects()).isFalse();
  }

  @Test
  void theGlobalHttpConfigIsForThoseWithoutOne() {
    String global = "http_config: {follow_redirects: false, enable_http2: false}";
    assertThat(read("url: http://h", global).http().followRedirects()).isFalse();
    HttpClientConfig own = read("url: http://h\nhttp_config: {enable_http2: false}", global).http();
    assertThat(own.followRedirects()).isTrue();
    assertThat(problems).isEmpty();
  }

  @Test
  void settingsDoNotShowTheUrl() {
    assertThat(read("url: http://h/s3cret", "").toString()).doesNotContain("s3cret");
  }
}
