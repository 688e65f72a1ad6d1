package io.narthex.notifier.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.error.NarthexException;
import io.narthex.api.http.HttpErrors;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureWordsTest {
  @ParameterizedTest
  @CsvSource({
    "400,CLIENT_ERROR,false",
    "401,AUTH_ERROR,false",
    "403,AUTH_ERROR,false",
    "404,CLIENT_ERROR,false",
    "429,RATE_LIMITED,false",
    "500,SERVER_ERROR,true",
    "503,SERVER_ERROR,true",
    "599,SERVER_ERROR,true",
    "301,OTHER,false",
    "100,OTHER,false",
    "600,OTHER,false"
  })
  void statusesHaveUpstreamsReasonAndRetry(int status, FailureReason reason, boolean retry) {
    assertThat(FailureWords.status(status, "no"))
        .isEqualTo(new Delivery.Failed(reason, retry, "unexpected status code " + status + ": no"));
  }

  @Test
  void anEmptyBodyIsNotMentioned() {
    assertThat(FailureWords.status(404, "").message()).isEqualTo("unexpected status code 404");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "Post \"http://h/token\": dial tcp 127.0.0.1:9: connect: connection refused"
            + "|Post \"<redacted>\": dial tcp 127.0.0.1:9: connect: connection refused",
        "Get \"http://other/token\": EOF|Post \"<redacted>\": EOF",
        "unexpected EOF|Post \"<redacted>\": unexpected EOF",
        "Post \"http://h/token\": Get \"x\": y|Post \"<redacted>\": Get \"x\": y"
      })
  void urlsAreRedacted(String message, String shown) {
    assertThat(
            FailureWords.noAnswer(
                new NarthexException(HttpErrors.CONNECTION, message), Duration.ZERO))
        .isEqualTo(new Delivery.Failed(FailureReason.OTHER, true, shown));
  }

  @Test
  void aTimeoutIsUpstreams() {
    NarthexException late = new NarthexException(HttpErrors.TIMEOUT, "Post \"http://h\": x");
    assertThat(FailureWords.noAnswer(late, Duration.ZERO))
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.CONTEXT_DEADLINE_EXCEEDED,
                true,
                "Post \"<redacted>\": context deadline exceeded"));
    assertThat(FailureWords.noAnswer(late, Duration.ofSeconds(90)).message())
        .isEqualTo("Post \"<redacted>\": configured webhook timeout reached (1m30s)");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.5S,500ms",
    "PT1S,1s",
    "PT1.5S,1.5s",
    "PT1.05S,1.05s",
    "PT60S,1m0s",
    "PT3600S,1h0m0s",
    "PT3661.001S,1h1m1.001s"
  })
  void durationsAreGos(Duration duration, String text) {
    assertThat(FailureWords.goDuration(duration)).isEqualTo(text);
  }
}
