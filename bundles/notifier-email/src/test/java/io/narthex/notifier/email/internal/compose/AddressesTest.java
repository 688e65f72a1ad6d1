package io.narthex.notifier.email.internal.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a@example.org|a@example.org",
        "a@example.org, b@example.org,c@example.org|a@example.org b@example.org c@example.org",
        "On Call <a@example.org>|a@example.org",
        "\"Call, On\" <a@example.org>, b@example.org|a@example.org b@example.org",
        "Größe <a@example.org>|a@example.org",
        "team: a@example.org, b@example.org;|a@example.org b@example.org",
        "a+tag.x@sub.example.org|a+tag.x@sub.example.org"
      })
  void areRead(String text, String addresses) throws BadMailException {
    assertThat(Addresses.parse("to", text)).isEqualTo(List.of(addresses.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {"nobody", "a@", "@b", "a b@example.org", "<a@example.org", "a@b@c", ","})
  void areRefused(String text) {
    assertThatThrownBy(() -> Addresses.parse("from", text))
        .isInstanceOf(BadMailException.class)
        .hasMessageStartingWith("parse 'from' addresses: mail: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@example.org\r\nRCPT TO:<b@example.org>",
        "\"a\r\nRCPT TO:<b>\"@example.org",
        "a\u0000@example.org",
        ""
      })
  void noAddressIsACommand(String text) {
    assertThatThrownBy(() -> Addresses.parse("to", text)).isInstanceOf(BadMailException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "On Call <a@example.org>|On Call <a@example.org>",
        "Größe <a@example.org>|=?utf-8?q?Gr=C3=B6=C3=9Fe?= <a@example.org>",
        "Größe <a@example.org>, Call On <b@example.org>, c@example.org"
            + "|=?utf-8?q?Gr=C3=B6=C3=9Fe?= <a@example.org>,\\r\\n \"Call On\" <b@example.org>,\\r\\n <c@example.org>",
        "no Größe|=?utf-8?q?no_Gr=C3=B6=C3=9Fe?="
      })
  void onlyNamesAreEncodedInHeaders(String text, String header) {
    assertThat(Addresses.header(text)).isEqualTo(header.replace("\\r\\n", "\r\n"));
  }
}
