package io.narthex.http.client.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NoProxyRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x.test | localhost | 80 | true
          x.test | 127.0.0.9 | 80 | true
          x.test | ::1 | 80 | true
          x.test | X.Test | 80 | true
          x.test | a.x.test | 80 | true
          x.test | ax.test | 80 | false
          .x.test | x.test | 80 | false
          .x.test | a.x.test | 80 | true
          *.x.test | a.x.test | 80 | true
          *.x.test | x.test | 80 | false
          x.test:81 | x.test | 80 | false
          x.test:81 | x.test | 81 | true
          * | anything | 80 | true
          a, b ,c.test | c.test | 80 | true
          10.0.0.0/8 | 10.255.1.2 | 80 | true
          10.0.0.0/8 | 11.0.0.1 | 80 | false
          10.0.0.0/8 | ten.test | 80 | false
          10.1.2.3/31 | 10.1.2.2 | 80 | true
          10.1.2.3/31 | 10.1.2.4 | 80 | false
          10.1.2.3 | 10.1.2.3 | 80 | true
          10.1.2.3:81 | 10.1.2.3 | 80 | false
          fd00::/8 | fd12::1 | 80 | true
          fd00::/8 | fe12::1 | 80 | false
          [fd00::1]:81 | fd00::1 | 81 | true
          fd00::1 | fd00::1 | 80 | true
          :80 | x.test | 80 | false
          , | x.test | 80 | false
          10.0.0.0/99 | 10.0.0.1 | 80 | false
          """)
  void exemptHostsAsGoDoes(String list, String host, int port, boolean expected) {
    assertThat(new NoProxyRules(list).bypasses(host, port)).isEqualTo(expected);
  }
}
