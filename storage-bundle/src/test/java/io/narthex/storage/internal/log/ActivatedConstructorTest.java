package io.narthex.storage.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** DS looks for a constructor by the number of its parameters, and logs an error for each other. */
class ActivatedConstructorTest {
  @Test
  void noOtherConstructorHasAsManyParameters() {
    var all = ChronicleLogStore.class.getDeclaredConstructors();
    var activated = ChronicleLogStore.class.getConstructors();
    assertThat(activated).hasSize(1);
    assertThat(Arrays.stream(all).map(each -> each.getParameterCount()))
        .containsOnlyOnce(activated[0].getParameterCount());
  }
}
