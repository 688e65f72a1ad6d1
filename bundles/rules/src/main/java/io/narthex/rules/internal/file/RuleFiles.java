package io.narthex.rules.internal.file;

import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleFile;
import io.narthex.api.query.ExpressionParser;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.api.template.TemplateDialect;
import io.narthex.api.template.TemplateEngine;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.yaml.YamlOptions;
import io.narthex.api.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the files of rules; all that is wrong with them is found in one go. */
public final class RuleFiles {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem p) -> p.position().line())
          .thenComparing(p -> p.position().column());

  private final ExpressionParser expressions;
  private final TemplateSet templates;

  /** Reads with a parser for expressions and an engine for templates. */
  public RuleFiles(ExpressionParser expressions, TemplateEngine templates) {
    this.expressions = expressions;
    this.templates = templates.set(TemplateDialect.RULE, List.of());
  }

  /** Reads all files of a configuration. */
  public RuleSet read(PrometheusConfig config) {
    List<GroupDefinition> groups = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (RuleFile file : config.rules().files()) {
      Findings findings = new Findings();
      groups.addAll(read(file, config, findings));
      problems.addAll(described(file, findings.problems));
      warnings.addAll(described(file, findings.warnings));
    }
    return new RuleSet(groups, problems, warnings);
  }

  private List<GroupDefinition> read(RuleFile file, PrometheusConfig config, Findings findings) {
    ConfigNode root =
        YamlReader.read(file.text(), YamlOptions.RULES, findings.problems)
            .orElse(ConfigNode.nothing());
    Section section = Section.root("the rule file", root, Path.of(""), findings.problems);
    GroupDecoder decoder =
        new GroupDecoder(
            file.path(),
            config.global().evaluationInterval(),
            new RuleDecoder(
                expressions, new TextDecoder(config.rules().names(), templates), findings),
            findings);
    List<GroupDefinition> groups = new ArrayList<>();
    Map<String, Integer> firstLines = new HashMap<>();
    for (Section group : section.sections("groups")) {
      decoder.decode(group, firstLines).ifPresent(groups::add);
    }
    section.refuseOthers();
    return groups;
  }

  private static List<String> described(RuleFile file, List<Problem> problems) {
    return problems.stream().distinct().sorted(BY_PLACE).map(p -> p.describe(file.path())).toList();
  }

  /** What was found in a file. */
  static final class Findings {
    final List<Problem> problems = new ArrayList<>();
    final List<Problem> warnings = new ArrayList<>();

    /** Adds a title to the problems from one on that do not name the place. */
    void name(int from, String place, String title) {
      for (int i = from; i < problems.size(); i++) {
        Problem problem = problems.get(i);
        if (!problem.message().contains(place)) {
          problems.set(
              i, new Problem(problem.position(), "%s (%s)".formatted(problem.message(), title)));
        }
      }
    }
  }
}
