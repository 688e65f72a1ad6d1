package io.narthex.alerting.internal.interval;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.api.yaml.YamlReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeIntervalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                     | 2026-11-25T03:00:00Z | true",
        "{times: [{start_time: '09:00', end_time: '17:00'}]}    | 2026-11-25T08:59:59Z | false",
        "{times: [{start_time: '09:00', end_time: '17:00'}]}    | 2026-11-25T09:00:00Z | true",
        "{times: [{start_time: '09:00', end_time: '17:00'}]}    | 2026-11-25T16:59:59.9Z | true",
        "{times: [{start_time: '09:00', end_time: '17:00'}]}    | 2026-11-25T17:00:00Z | false",
        "{times: [{start_time: '00:00', end_time: '24:00'}]}    | 2026-11-25T23:59:59Z | true",
        "{times: []}                                            | 2026-11-25T12:00:00Z | false",
        "{weekdays: []}                                         | 2026-11-25T12:00:00Z | false",
        "{weekdays: [sunday]}                                   | 2026-11-22T12:00:00Z | true",
        "{weekdays: ['Monday:FRIDAY']}                          | 2026-11-22T12:00:00Z | false",
        "{weekdays: ['monday:friday']}                          | 2026-11-23T00:00:00Z | true",
        "{weekdays: ['monday:friday', saturday]}                | 2026-11-28T00:00:00Z | true",
        "{weekdays: ['sunday:saturday']}                        | 2026-11-28T00:00:00Z | true",
        "{days_of_month: [1]}                                   | 2026-02-01T00:00:00Z | true",
        "{days_of_month: ['-1']}                                | 2026-02-28T23:59:59Z | true",
        "{days_of_month: ['-1']}                                | 2028-02-28T23:59:59Z | false",
        "{days_of_month: ['-1']}                                | 2028-02-29T23:59:59Z | true",
        "{days_of_month: ['-3:-1']}                             | 2026-04-28T00:00:00Z | true",
        "{days_of_month: ['-3:-1']}                             | 2026-04-27T23:59:59Z | false",
        "{days_of_month: ['29:31']}                             | 2026-02-28T00:00:00Z | false",
        "{days_of_month: ['25:31']}                             | 2026-02-28T00:00:00Z | true",
        "{days_of_month: ['10:-1']}                             | 2026-02-28T00:00:00Z | true",
        "{days_of_month: ['10:-1']}                             | 2026-02-09T23:59:59Z | false",
        "{months: [november]}                                   | 2026-11-30T23:59:59Z | true",
        "{months: ['january:march', 11]}                        | 2026-11-30T23:59:59Z | true",
        "{months: ['1:december']}                               | 2026-07-01T00:00:00Z | true",
        "{months: [december]}                                   | 2026-11-30T23:59:59Z | false",
        "{years: [2026]}                                        | 2026-11-25T00:00:00Z | true",
        "{years: ['2027:2028']}                                 | 2026-12-31T23:59:59Z | false",
        "{years: ['2027:2028']}                                 | 2027-01-01T00:00:00Z | true",
        // Winter and summer in Berlin.
        "{times: [{start_time: '09:00', end_time: '10:00'}], location: Europe/Berlin}"
            + " | 2026-11-25T08:00:00Z | true",
        "{times: [{start_time: '09:00', end_time: '10:00'}], location: Europe/Berlin}"
            + " | 2026-07-25T08:00:00Z | false",
        "{times: [{start_time: '09:00', end_time: '10:00'}], location: Europe/Berlin}"
            + " | 2026-07-25T07:00:00Z | true",
        // In Auckland it is the first already.
        "{days_of_month: [1], location: Pacific/Auckland}       | 2026-10-31T12:00:00Z | true",
        "{days_of_month: [1], location: UTC}                    | 2026-10-31T12:00:00Z | false",
        "{weekdays: [monday], months: [november], years: [2026]} | 2026-11-23T12:00:00Z | true",
        "{weekdays: [monday], months: [november], years: [2025]} | 2026-11-23T12:00:00Z | false",
        "{times: [{start_time: '10:00', end_time: '11:00'}], location: EST}"
            + " | 2026-07-25T15:30:00Z | true",
      })
  void containsWhatUpstreamSays(String yaml, Instant instant, boolean contains) {
    assertThat(read(yaml).contains(instant)).isEqualTo(contains);
  }

  @Test
  void equalDescriptionsAreEqual() {
    String yaml = "{times: [{start_time: '09:00', end_time: '17:00'}], location: Europe/Berlin}";
    assertThat(read(yaml)).isEqualTo(read("\n" + yaml));
    assertThat(read(yaml)).isNotEqualTo(read("{location: Europe/Berlin}"));
  }

  private static TimeInterval read(String yaml) {
    List<Problem> problems = new ArrayList<>();
    ConfigNode node = YamlReader.read(yaml, problems).orElseThrow();
    TimeInterval interval =
        TimeIntervalReader.read(new Section("interval", node, Path.of(""), problems));
    assertThat(problems).isEmpty();
    return interval;
  }
}
