package io.narthex.http.client.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShownUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://h:1/a@b:c@d,http://h:1/a@b:c@d,http://h:1/a@b:c@d",
    "http://me:pw@h/x,http://me:***@h/x,http://h/x",
    "http://me:p@w:x@h/x@y,http://me:***@h/x@y,http://h/x@y",
    "http://:pw@h,http://:***@h,http://h",
    "http://me@h/,http://me@h/,http://h/",
    "//me:pw@h,//me:***@h,//h",
    "http://me:p w%zz@h,http://me:***@h,http://h",
    "/path?u=//me:pw@h,/path?u=//me:pw@h,/path?u=//me:pw@h"
  })
  void nobodySeesPasswords(String url, String inMessages, String forServers) {
    assertThat(ShownUrl.of(url)).isEqualTo(inMessages);
    assertThat(ShownUrl.withoutUser(url)).isEqualTo(forServers);
  }
}
