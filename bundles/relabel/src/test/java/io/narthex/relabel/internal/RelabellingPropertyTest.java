package io.narthex.relabel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.model.Utf8Order;
import io.narthex.api.relabel.RelabelAction;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.relabel.Relabeller;
import io.narthex.api.relabel.Relabelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for whatever rules and labels; the seed is fixed. */
class RelabellingPropertyTest {
  private static final long SEED = 4_314;
  private static final int CHAINS = 20_000;

  private final Random random = new Random(SEED);
  private final Relabelling relabelling = new RuleRelabelling();

  @Test
  void whateverTheRulesTheResultIsALabelSetAndRepeatable() {
    int effective = 0;
    for (int i = 0; i < CHAINS; i++) {
      List<RelabelRule> rules =
          IntStream.range(0, 1 + random.nextInt(4)).mapToObj(n -> rule(action())).toList();
      Labels labels = labels();
      Relabeller relabeller = relabelling.compile(rules);
      Labels result = relabeller.apply(labels);

      assertThat(relabelling.compile(rules).apply(labels))
          .as("%s on %s", rules, labels)
          .isEqualTo(result);
      assertThat(relabeller.apply(labels)).isEqualTo(result);
      if (result != null) {
        assertSortedAndFull(result);
      }
      effective += labels.equals(result) ? 0 : 1;
    }
    report("any chain", CHAINS, effective);
  }

  @Test
  void aChainDoesWhatItsRulesDoInTurn() {
    int effective = 0;
    for (int i = 0; i < CHAINS; i++) {
      // Without labelmap, whose result depends on the order in which labels were set.
      List<RelabelRule> rules =
          IntStream.range(0, 3)
              .mapToObj(n -> rule(action()))
              .filter(rule -> rule.action() != RelabelAction.LABELMAP)
              .toList();
      Labels labels = labels();
      Labels step = labels;
      for (RelabelRule rule : rules) {
        step = step == null ? null : relabelling.compile(List.of(rule)).apply(step);
      }

      assertThat(relabelling.compile(rules).apply(labels))
          .as("%s on %s", rules, labels)
          .isEqualTo(step);
      effective += labels.equals(step) ? 0 : 1;
    }
    report("rules in turn", CHAINS, effective);
  }

  @Test
  void droppingAndKeepingTwiceChangesNothingMore() {
    int effective = 0;
    List<RelabelAction> actions =
        List.of(
            RelabelAction.LABELDROP,
            RelabelAction.LABELKEEP,
            RelabelAction.KEEP,
            RelabelAction.DROP);
    for (int i = 0; i < CHAINS; i++) {
      RelabelRule rule = rule(actions.get(random.nextInt(actions.size())));
      Labels labels = labels();
      Relabeller relabeller = relabelling.compile(List.of(rule));
      Labels once = relabeller.apply(labels);

      if (once != null) {
        assertThat(relabeller.apply(once)).as("%s on %s", rule, labels).isEqualTo(once);
      }
      effective += labels.equals(once) ? 0 : 1;
    }
    report("twice", CHAINS, effective);
  }

  @Test
  void labeldropAndLabelkeepPartTheLabels() {
    int effective = 0;
    for (int i = 0; i < CHAINS; i++) {
      RelabelRule drop = rule(RelabelAction.LABELDROP);
      RelabelRule keep = with(drop, RelabelAction.LABELKEEP);
      Labels labels = labels();
      Labels left = relabelling.compile(List.of(drop)).apply(labels);
      Labels right = relabelling.compile(List.of(keep)).apply(labels);

      assertThat(left.size() + right.size()).as("%s on %s", drop, labels).isEqualTo(labels.size());
      Labels.Builder both = left.toBuilder();
      right.toList().forEach(label -> both.set(label.name(), label.value()));
      assertThat(both.build()).isEqualTo(labels);
      effective += left.isEmpty() || right.isEmpty() ? 0 : 1;
    }
    report("parting", CHAINS, effective);
  }

  @Test
  void keepAndDropAreOpposites() {
    int kept = 0;
    for (int i = 0; i < CHAINS; i++) {
      RelabelRule keep = rule(RelabelAction.KEEP);
      Labels labels = labels();
      Labels whenKept = relabelling.compile(List.of(keep)).apply(labels);
      Labels whenDropped =
          relabelling.compile(List.of(with(keep, RelabelAction.DROP))).apply(labels);

      assertThat(whenKept == null).as("%s on %s", keep, labels).isNotEqualTo(whenDropped == null);
      kept += whenKept == null ? 0 : 1;
    }
    report("opposites", CHAINS, kept);
  }

  @Test
  void hashmodIsBelowItsModulus() {
    for (int i = 0; i < CHAINS; i++) {
      RelabelRule rule = rule(RelabelAction.HASHMOD);
      Labels result = relabelling.compile(List.of(rule)).apply(labels());
      long value = Long.parseUnsignedLong(result.get(rule.targetLabel()));

      assertThat(Long.compareUnsigned(value, rule.modulus())).as("%s", rule).isNegative();
    }
    report("hashmod", CHAINS, CHAINS);
  }

  private static void assertSortedAndFull(Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      assertThat(labels.name(i)).isNotEmpty();
      assertThat(labels.value(i)).isNotEmpty();
      if (i > 0) {
        assertThat(Utf8Order.compare(labels.name(i - 1), labels.name(i))).isNegative();
      }
    }
  }

  private static void report(String what, int executions, int effective) {
    System.out.printf(
        "relabelling property \"%s\": %d executions, %d%% of them with an effect%n",
        what, executions, 100 * effective / executions);
    assertThat(effective).as("executions with an effect").isGreaterThan(executions * 3 / 10);
  }

  private RelabelAction action() {
    RelabelAction[] actions = RelabelAction.values();
    return actions[random.nextInt(actions.length)];
  }

  private RelabelRule rule(RelabelAction action) {
    List<String> sources = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      sources.add(name());
    }
    long modulus = random.nextBoolean() ? 1 + random.nextInt(100) : random.nextLong() | 1;
    return new RelabelRule(
        sources,
        random.nextInt(4) == 0 ? "" : ";",
        regex(),
        modulus,
        action == RelabelAction.REPLACE && random.nextInt(3) == 0 ? template() : name(),
        template(),
        action,
        random.nextBoolean() ? NameValidation.UTF8 : NameValidation.LEGACY);
  }

  private static RelabelRule with(RelabelRule rule, RelabelAction action) {
    return new RelabelRule(
        rule.sourceLabels(),
        rule.separator(),
        rule.regex(),
        rule.modulus(),
        rule.targetLabel(),
        rule.replacement(),
        action,
        rule.names());
  }

  private String regex() {
    return switch (random.nextInt(6)) {
      case 0 -> "(.*)";
      case 1 -> texts("|", "a", "b", "ab", "_", "é");
      case 2 -> texts("", "a", "b", "_") + pick("(.*)", "(.+)", ".*") + pick("", "b", "\\.");
      case 3 -> ".*" + pick("a", "b", "(;)", "[12]+") + ".*";
      case 4 -> "(?P<x>" + pick(".", "\\w+", "a?b") + ")" + pick("(.*)", ".*", "");
      default -> pick("(a|b)(.*)", "([^;]*);?.*", "[ab_]+(\\d*)", "(?i:A).*", "x)|(a");
    };
  }

  private String template() {
    return texts("", "a", "_", "$1", "${1}", "${2}", "$x", "$$", "${", "$0", "é");
  }

  private String texts(String separator, String... from) {
    return IntStream.range(0, 1 + random.nextInt(3))
        .mapToObj(i -> pick(from))
        .collect(Collectors.joining(separator));
  }

  private String pick(String... from) {
    return from[random.nextInt(from.length)];
  }

  private String name() {
    return pick("a", "b", "ab", "a_b", "__a", "b1", "é");
  }

  private Labels labels() {
    Labels.Builder labels = Labels.builder();
    for (int i = random.nextInt(7); i >= 0; i--) {
      labels.set(name(), value());
    }
    return labels.build();
  }

  private String value() {
    return texts("", "a", "b", "1", "2", ";", "é", "𐐀", "\n", "_", ".");
  }
}
