package io.narthex.pushgateway.internal.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.pushgateway.internal.group.GroupPath.BadPathException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupPathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | false | '' | {job=\"a\"}",
        "a | false | / | {job=\"a\"}",
        "a | false | /x/1/b/2 | {b=\"2\",job=\"a\",x=\"1\"}",
        "Zm9vL2Jhcg | true | '' | {job=\"foo/bar\"}",
        "Zm9vL2Jhcg== | true | '' | {job=\"foo/bar\"}",
        "a | false | /x@base64/4piD | {job=\"a\",x=\"☃\"}",
        "a | false | /x@base64/=/y/z | {job=\"a\",x=\"\",y=\"z\"}",
      })
  void readsLabels(String job, boolean base64, String rest, String labels) throws Exception {
    assertThat(GroupPath.parse(job, base64, rest)).hasToString(labels);
  }

  @Test
  void refusesValuesThatAreNoText() {
    assertThatThrownBy(() -> GroupPath.parse("a", false, "/x@base64/_-8"))
        .isInstanceOf(BadPathException.class)
        .hasMessage("the value of the label \"x\" is no UTF-8: \"\\xff\\xef\"");
  }

  /** Debian's pushgateway never answers these, so that they are not among its pushes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Z | invalid base64 encoding in job name \"\": illegal base64 data at input byte 0",
        "Zm9=v | invalid base64 encoding in job name \"\": illegal base64 data at input byte 3",
        "Zm9vZm9vZ | invalid base64 encoding in job name \"foofoo\": illegal base64 data at input"
            + " byte 8",
      })
  void refusesOtherJobs(String job, String message) {
    assertThatThrownBy(() -> GroupPath.parse(job, true, ""))
        .isInstanceOf(BadPathException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "a, '', b, '', false",
    "a, '', a, '', true",
    "a, '', a, /instance/x, true",
    "a, /instance/x, a, /instance/y, false",
    "a, /instance/x, a, /zone/y, true",
    "a, /instance/x/zone/z, a, /a/b/zone/z, true",
    "a, /instance/x/zone/z, a, /a/b/zone/w, false",
  })
  void groupsThatMayShareMetrics(
      String job, String rest, String otherJob, String otherRest, boolean may) throws Exception {
    GroupLabels one = GroupPath.parse(job, false, rest);
    GroupLabels other = GroupPath.parse(otherJob, false, otherRest);
    assertThat(one.mayShareMetrics(other)).isEqualTo(may);
    assertThat(other.mayShareMetrics(one)).isEqualTo(may);
  }
}
