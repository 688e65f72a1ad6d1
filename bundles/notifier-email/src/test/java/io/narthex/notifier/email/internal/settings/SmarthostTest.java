package io.narthex.notifier.email.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmarthostTest {
  @ParameterizedTest
  @CsvSource({
    "mail.example.org:587,mail.example.org,587,mail.example.org:587",
    "127.0.0.1:25,127.0.0.1,25,127.0.0.1:25",
    "[::1]:465,::1,465,[::1]:465",
    ":25,'',25,:25",
    "host:smtp,host,25,host:25",
    "host:submission,host,587,host:587",
    "my_host:65535,my_host,65535,my_host:65535"
  })
  void isRead(String text, String host, int port, String printed) {
    Smarthost smarthost = Smarthost.parse(text);
    assertThat(smarthost).isEqualTo(new Smarthost(host, port));
    assertThat(smarthost).hasToString(printed);
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example.org,has no port",
    "[::1],has no port",
    "::1:25,has too many colons",
    "a:b:25,has too many colons",
    "host:,has an empty port",
    "host:0,has no port from 1 to 65535",
    "host:65536,has no port from 1 to 65535",
    "host:imap,has no port from 1 to 65535",
    "smtp://host:25,has too many colons",
    "us er:25,has a host with characters that no host has"
  })
  void isRefused(String text, String message) {
    assertThatThrownBy(() -> Smarthost.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
