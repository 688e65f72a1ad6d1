package io.narthex.relabel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelAction;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.relabel.Relabelling;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RelabellingTest {
  private final Relabelling relabelling = new RuleRelabelling();

  static List<RelabelCase> behaviours() {
    return RelabelCase.read("behaviours.tsv");
  }

  @ParameterizedTest
  @MethodSource("behaviours")
  void labelsBecome(RelabelCase each) {
    assertThat(relabelling.compile(each.rules()).apply(each.labels())).isEqualTo(each.expected());
  }

  /**
   * What Prometheus 3.14's own code made of random rules and labels: recorded by a small program
   * outside the project, seed 20261124, that calls {@code relabel.ProcessBuilder}.
   */
  @Test
  void allIsAsUpstreamRecorded() {
    List<RelabelCase> cases = RelabelCase.read("recorded.tsv");

    assertThat(cases).hasSizeGreaterThan(5_000);
    assertThat(cases)
        .filteredOn(
            each ->
                !Objects.equals(
                    relabelling.compile(each.rules()).apply(each.labels()), each.expected()))
        .as("cases that differ from upstream")
        .isEmpty();
    long changed = cases.stream().filter(c -> !c.labels().equals(c.expected())).count();
    System.out.printf(
        "relabelling as recorded: %d cases, %d%% of them changed or dropped%n",
        cases.size(), 100 * changed / cases.size());
  }

  @Test
  void labelsThatNoRuleTouchesAreTheSameObject() {
    Labels labels = Labels.of("a", "1");

    assertThat(relabelling.compile(List.of()).apply(labels)).isSameAs(labels);
    assertThat(relabelling.compile(List.of(drop("x"))).apply(labels)).isSameAs(labels);
  }

  @Test
  void anExpressionThatDoesNotCompileIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> relabelling.compile(List.of(drop("(a"))))
        .withMessageStartingWith("the expression \"(a\" does not compile: ");
  }

  @Test
  void hashmodNeedsAModulus() {
    RelabelRule rule =
        new RelabelRule(
            List.of("a"), ";", "(.*)", 0, "b", "$1", RelabelAction.HASHMOD, NameValidation.UTF8);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> relabelling.compile(List.of(rule)))
        .withMessage("the modulus of hashmod is at least 1, got 0");
  }

  private static RelabelRule drop(String regex) {
    return new RelabelRule(
        List.of("a"), ";", regex, 0, "", "$1", RelabelAction.DROP, NameValidation.UTF8);
  }
}
