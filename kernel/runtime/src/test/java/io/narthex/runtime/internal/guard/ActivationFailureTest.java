package io.narthex.runtime.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ActivationFailureTest {
  @Test
  void saysTheInnermostCause() {
    Exception failure =
        new RuntimeException(
            "outer", new RuntimeException("middle", new IllegalStateException("no config")));
    assertThat(ActivationFailure.innermost(print(failure)))
        .isEqualTo("java.lang.IllegalStateException: no config");
  }

  @Test
  void saysTheFailureItselfWhenNothingCausedIt() {
    assertThat(ActivationFailure.innermost(print(new IllegalStateException("no config"))))
        .isEqualTo("java.lang.IllegalStateException: no config");
  }

  private static String print(Exception e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
