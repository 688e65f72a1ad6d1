package io.narthex.http.api.internal.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobalUrlsTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:9090/metrics, http://vm:9090/metrics",
    "http://127.0.0.1/m, http://vm/m",
    "http://[::1]:1/m, http://vm:1/m",
    "http://other:1/m, http://other:1/m",
    "http://localhost:1/a%20b?x%5B%5D=a+b&y=%C3%A9%26, http://vm:1/a%20b?x%5B%5D=a+b&y=%C3%A9%26",
    "not a url, not a url"
  })
  void onlyTheHostOfLocalTargetsIsReplaced(String url, String global) {
    assertThat(new GlobalUrls("vm").of(url)).isEqualTo(global);
  }
}
