package io.narthex.remote.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadersTest {
  @ParameterizedTest
  @CsvSource({
    ",",
    "snappy,",
    "'',''",
    "snappy,application/x-protobuf",
    "snappy,' application/x-protobuf '",
    "snappy,application/x-protobuf;proto=prometheus.WriteRequest",
    "snappy,application/x-protobuf; proto=prometheus.WriteRequest",
    "snappy,application/x-protobuf;charset=utf-8",
  })
  void takesVersion1(String encoding, String type) {
    assertThatCode(() -> RequestHeaders.check(encoding, type)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zstd | application/x-protobuf | zstd encoding (compression) is not accepted by this"
            + " server; only snappy is acceptable",
        "snappy | text/plain | expected application/x-protobuf as the first (media) part, got"
            + " text/plain content-type",
        "snappy | application/x-protobuf;proto | as per"
            + " https://www.rfc-editor.org/rfc/rfc9110#parameter expected parameters to be"
            + " key-values, got proto in application/x-protobuf;proto content-type",
        "snappy | application/x-protobuf;proto=x | got application/x-protobuf;proto=x content"
            + " type; unknown type for remote write protobuf message x, supported:"
            + " prometheus.WriteRequest",
        "snappy | application/x-protobuf;proto=io.prometheus.write.v2.Request |"
            + " io.prometheus.write.v2.Request protobuf message is not accepted by this server;"
            + " only accepts prometheus.WriteRequest",
      })
  void saysWhatItTakes(String encoding, String type, String text) {
    RefusedRequestException refused =
        catchThrowableOfType(
            RefusedRequestException.class, () -> RequestHeaders.check(encoding, type));
    assertThat(refused.text()).isEqualTo(text);
    assertThat(refused.status()).isEqualTo(415);
  }
}
