package io.narthex.alerting.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.yaml.YamlReader;
import io.narthex.api.yaml.YamlValue;
import io.narthex.api.yaml.YamlWriter;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretKeysTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http_config: {proxy_connect_header: {X-Gate: [hunter2, hunter3]}}",
        "http_config: {http_headers: {X-Gate: {secrets: [hunter2]}}}",
        "http_config: {basic_auth: {username: me, password: hunter2}}",
        "http_config: {authorization: {credentials: hunter2}}",
        "url: https://example.org/hunter2",
        "api_key: hunter2",
        "x_gate_token: hunter2"
      })
  void whatMayBeASecretIsHidden(String yaml) {
    assertThat(shown(yaml)).contains("<secret>").doesNotContain("hunter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "channel: ops",
        "http_config: {http_headers: {X-Gate: {values: [ops]}}}",
        "password_file: /etc/ops"
      })
  void theRestIsShown(String yaml) {
    assertThat(shown(yaml)).contains("ops").doesNotContain("<secret>");
  }

  private static String shown(String yaml) {
    YamlValue value = SecretKeys.shown("", YamlReader.read(yaml, new ArrayList<>()).orElseThrow());
    return YamlWriter.write((YamlValue.Mapping) value);
  }
}
