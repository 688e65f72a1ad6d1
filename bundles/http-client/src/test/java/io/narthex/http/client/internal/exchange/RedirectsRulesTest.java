package io.narthex.http.client.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedirectsRulesTest {
  @ParameterizedTest
  @CsvSource({
    "a.test,a.test,true",
    "a.test,b.a.test,true",
    "a.test,ba.test,false",
    "b.a.test,a.test,false",
    "::1,::1,true",
    "a.test,::1%.a.test,false",
    "10.0.0.1,10.0.0.2,false"
  })
  void credentialsGoDownOnly(String first, String next, boolean expected) {
    assertThat(Redirects.mayTrust(first, next)).isEqualTo(expected);
  }
}
