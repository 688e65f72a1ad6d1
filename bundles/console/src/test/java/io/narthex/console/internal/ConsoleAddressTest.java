package io.narthex.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9099, http://127.0.0.1:9099/system/console",
    "localhost:1, http://localhost:1/system/console",
    "[::1]:9099, http://[::1]:9099/system/console"
  })
  void loopbackIsTaken(String flag, String url) {
    assertThat(ConsoleAddress.parse(flag).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {":9099", "0.0.0.0:9099", "[::]:9099", "192.0.2.7:9099"})
  void anythingElseIsRefused(String flag) {
    assertThatThrownBy(() -> ConsoleAddress.parse(flag)).hasMessageContaining("not on loopback");
  }

  @Test
  void refusalSaysWhatWouldBeRight() {
    assertThatThrownBy(() -> ConsoleAddress.parse("0.0.0.0:77"))
        .hasMessage(
            "--console.listen-address=0.0.0.0:77 is not on loopback: whoever reaches the console can"
                + " run code in this process. Use 127.0.0.1:77 and a tunnel, such as ssh -L");
  }
}
