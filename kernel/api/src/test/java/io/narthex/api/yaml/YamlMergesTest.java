package io.narthex.api.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The results are those of upstream's readers: yaml.v2 for configurations, yaml.v3 for rules. */
class YamlMergesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {a: own, <<: {a: merged, b: m}}               | {a: merged, b: m}  | {a: own, b: m}
          {<<: {a: merged, b: m}, a: own}               | {a: own, b: m}     | {a: own, b: m}
          {<<: [{a: first}, {a: second, b: second}]}    | {a: first, b: second} | {a: first, b: second}
          {a: own, <<: [{a: first}, {b: second}]}       | {a: first, b: second} | {a: own, b: second}
          {a: own, <<: {a: }}                           | {a: ~}             | {a: own}
          {a: [1, 2], <<: {a: [3]}}                     | {a: [3]}           | {a: [1, 2]}
          {a: {x: 1}, <<: {a: {y: 2}}}                  | {a: {x: 1, y: 2}}  | {a: {x: 1}}
          {a: {x: 1, z: {q: 1}}, <<: {a: {x: 2, z: {p: 2}}}} | {a: {x: 2, z: {p: 2, q: 1}}} | {a: {x: 1, z: {q: 1}}}
          {a: {x: 1}, <<: {a: 5}}                       | {a: 5}             | {a: {x: 1}}
          {<<: {<<: {a: 1, b: 1}, a: 2}, c: 3}          | {a: 2, b: 1, c: 3} | {a: 2, b: 1, c: 3}
          {<<: {a: 2, <<: {a: 1, b: 1}}, c: 3}          | {a: 1, b: 1, c: 3} | {a: 2, b: 1, c: 3}
          {http_headers: {x: 1}, <<: {http_headers: {y: 2}}} | {http_headers: {y: 2}} | {http_headers: {x: 1}}
          {"<<": 1}                                     | {<<: 1}            | {<<: 1}
          """)
  void aMergeGivesWhatItGivesUpstream(String text, String configuration, String rules) {
    assertThat(Trees.flow(read(text, YamlOptions.CONFIGURATION))).isEqualTo(configuration);
    assertThat(Trees.flow(read(text, YamlOptions.RULES))).isEqualTo(rules);
  }

  @Test
  void ofTwoMergesTheLaterWinsInAConfigurationAndRulesMayHaveOnlyOne() {
    String text = "{<<: {a: 1, b: 1}, <<: {a: 2}}";
    assertThat(Trees.flow(read(text, YamlOptions.CONFIGURATION))).isEqualTo("{a: 2, b: 1}");
    assertThat(problems(text, YamlOptions.RULES))
        .containsExactly("x:1:20: key \"<<\" stands twice in this mapping, first in line 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {a: 1, <<: {a: 2}}              | [a]
          {<<: {a: 2}, a: 1}              | [a]
          {<<: {a: 1}, <<: {a: 2}}        | [a]
          {<<: [{a: 1}, {a: 2}]}          | [a]
          {<<: {a: 1}, <<: {b: 2}, c: 3}  | []
          {x: {a: 1}, <<: {x: {b: 1}}}    | [x]
          """)
  void keysThatComeTwiceAreKnown(String text, String keys) {
    ConfigNode.Mapping mapping = (ConfigNode.Mapping) read(text, YamlOptions.CONFIGURATION);
    assertThat(mapping.repeated().stream().map(ConfigNode.Entry::key).toList()).hasToString(keys);
    ConfigNode.Mapping rules =
        (ConfigNode.Mapping) read(text.replaceFirst("<<: \\{a: 1}, <<", "<<"), YamlOptions.RULES);
    assertThat(rules.repeated()).isEmpty();
  }

  @Test
  void mappingsThatBecomeOneKnowTheirsToo() {
    ConfigNode.Mapping root =
        (ConfigNode.Mapping)
            read("{x: {a: 1, b: 1}, <<: {x: {a: 2, c: 2}}}", YamlOptions.CONFIGURATION);
    ConfigNode.Mapping x = (ConfigNode.Mapping) root.entries().getFirst().value();
    assertThat(x.repeated()).extracting(ConfigNode.Entry::key).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {<<: 5}                    | x:1:6: "<<" merges a mapping or a list of mappings, got "5"
          {<<: }                     | x:1:5: "<<" merges a mapping or a list of mappings, got nothing
          {<<: [{a: 1}, 5]}          | x:1:6: "<<" merges a mapping or a list of mappings, got a list
          {l: &l [{a: 1}], <<: *l}   | x:1:18: "<<" merges a mapping or a list of mappings, got an alias of a list
          {a: 1, <<: {b: 1}, a: 2}   | x:1:20: key "a" stands twice in this mapping, first in line 1
          """)
  void whatUpstreamRefusesIsRefused(String text, String problem) {
    assertThat(problems(text, YamlOptions.CONFIGURATION)).containsExactly(problem);
  }

  private static ConfigNode read(String text, YamlOptions options) {
    List<Problem> problems = new ArrayList<>();
    ConfigNode root = YamlReader.read(text, options, problems).orElseThrow();
    assertThat(problems).isEmpty();
    return root;
  }

  private static List<String> problems(String text, YamlOptions options) {
    List<Problem> problems = new ArrayList<>();
    YamlReader.read(text, options, problems);
    return problems.stream().map(problem -> problem.describe("x")).toList();
  }
}
