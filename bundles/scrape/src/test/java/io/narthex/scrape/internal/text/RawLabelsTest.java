package io.narthex.scrape.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawLabelsTest {
  /** Sent labels, target labels, and what is stored: without and with honor_labels. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "a=1|job=j|a=1,job=j|a=1,job=j",
        "a=1,job=x|job=j|a=1,exported_job=x,job=j|a=1,job=x",
        "a=1,job=|job=j|a=1,job=j|a=1",
        "job=x,exported_job=y|job=j|exported_exported_job=x,exported_job=y,job=j|exported_job=y,job=x",
        "b=|-|-|-",
        "foo=1|foo=2,exported_foo=3|exported_exported_foo=1,exported_foo=3,foo=2|exported_foo=3,foo=1",
        "foo=1,exported_foo=0|foo=2,exported_foo=3|exported_exported_exported_foo=0,exported_exported_foo=1,exported_foo=3,foo=2|exported_foo=0,foo=1",
      })
  void mergesWithTheTargetsLabels(String sent, String target, String renamed, String honored) {
    RawLabels raw = raw(sent);

    assertThat(raw.merge(labels(target), false)).isEqualTo(labels(renamed));
    assertThat(raw.merge(labels(target), true)).isEqualTo(labels(honored));
  }

  private static RawLabels raw(String text) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (String pair : text.split(",")) {
      names.add(pair.substring(0, pair.indexOf('=')));
      values.add(pair.substring(pair.indexOf('=') + 1));
    }
    return new RawLabels(names, values);
  }

  private static Labels labels(String text) {
    Labels.Builder labels = Labels.builder();
    if (text != null) {
      RawLabels raw = raw(text);
      for (int i = 0; i < raw.names().size(); i++) {
        labels.set(raw.names().get(i), raw.values().get(i));
      }
    }
    return labels.build();
  }
}
