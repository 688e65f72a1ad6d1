package io.narthex.notifier.webhook.internal.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "http://h|http://h",
        "HTTPS://Host:8443/a/b|https://Host:8443/a/b",
        "http://user:pa%20ss@h/x|http://user:pa%20ss@h/x",
        "http://[::1]:9/x|http://[::1]:9/x",
        "http://my_host:80/|http://my_host:80/",
        "http://h/a b/größe|http://h/a%20b/gr%C3%B6%C3%9Fe",
        "http://h/a%2Fb%zz|http://h/a%2Fb%25zz",
        "http://h/{x}|http://h/%7Bx%7D",
        "http://h/?q=a b&c=[1]|http://h/?q=a%20b&c=[1]",
        "http://h?q=1#part|http://h?q=1",
        "http://h/😀|http://h/%F0%9F%98%80"
      })
  void readsWhatGoReads(String text, String url) {
    assertThat(WebhookUrl.parse(text)).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "/only/a/path|begins with neither http:// nor https://",
        "ftp://h/x|begins with neither http:// nor https://",
        "http:h/x|begins with neither http:// nor https://",
        "host:80/x|begins with neither http:// nor https://",
        "http:///x|has no host",
        "http://user@/x|has no host",
        "http://:80/x|has no host",
        "http://h:80:90/x|has a host or port that cannot be read",
        "http://h:port/x|has a host or port that cannot be read",
        "http://[::1/x|has a host or port that cannot be read",
        "http://a b/x|cannot be read as a URL",
        "http://h/a\u0001b|has a control character in it"
      })
  void saysWhatIsWrongWithoutQuotingIt(String text, String message) {
    assertThatThrownBy(() -> WebhookUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
