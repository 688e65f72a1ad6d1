package io.narthex.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  @Test
  void namesWhatHasNoEffectOnce() {
    assertThat(Features.withoutEffect(List.of("exemplar-storage,foo", " bar ,foo", "")))
        .containsExactly("foo", "bar");
    assertThat(Features.withoutEffect(List.of())).isEmpty();
  }
}
