package io.narthex.config.internal.prometheus;

import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelAction;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Choices;
import io.narthex.config.internal.schema.Setting;
import io.narthex.config.internal.schema.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Decodes relabelling rules; each action has rules of its own about the other keys. */
final class RelabelDecoder {
  private static final Set<RelabelAction> NEED_TARGET =
      EnumSet.of(
          RelabelAction.REPLACE,
          RelabelAction.HASHMOD,
          RelabelAction.LOWERCASE,
          RelabelAction.UPPERCASE,
          RelabelAction.KEEPEQUAL,
          RelabelAction.DROPEQUAL);
  private static final Set<RelabelAction> EQUALITY =
      EnumSet.of(RelabelAction.KEEPEQUAL, RelabelAction.DROPEQUAL);
  private static final Set<RelabelAction> BY_NAME =
      EnumSet.of(RelabelAction.LABELDROP, RelabelAction.LABELKEEP);
  private static final Set<RelabelAction> CASES =
      EnumSet.of(RelabelAction.LOWERCASE, RelabelAction.UPPERCASE);
  private static final Pattern LEGACY_TEMPLATE =
      Pattern.compile("(?:[a-zA-Z_0-9]|\\$(?:\\{\\w+\\}|\\w+))++");

  private final Settings rule;
  private final Section section;
  private final NameValidation names;
  private final RelabelAction action;

  private RelabelDecoder(Settings rule, NameValidation names, RelabelAction action) {
    this.rule = rule;
    this.section = rule.section();
    this.names = names;
    this.action = action;
  }

  /** The rules in the list at a key; wrong ones are reported and left out. */
  static List<RelabelRule> decode(Settings settings, String key, NameValidation names) {
    List<RelabelRule> rules = new ArrayList<>();
    for (Settings rule : settings.children(key)) {
      action(rule)
          .ifPresent(
              action -> {
                rule.set("action", new Setting.Text(name(action)));
                rules.add(new RelabelDecoder(rule, names, action).decode());
              });
    }
    return rules;
  }

  private static Optional<RelabelAction> action(Settings rule) {
    String text = rule.text("action").toLowerCase(Locale.ROOT);
    Optional<RelabelAction> action =
        Arrays.stream(RelabelAction.values()).filter(a -> name(a).equals(text)).findFirst();
    if (action.isEmpty()) {
      Section section = rule.section();
      List<String> all = Arrays.stream(RelabelAction.values()).map(RelabelDecoder::name).toList();
      section.report(
          section.valuePosition("action"),
          section.isNull("action")
              ? "action in %s is empty; it must be %s".formatted(section.name(), Choices.of(all))
              : "action must be %s, got \"%s\"".formatted(Choices.of(all), rule.text("action")));
    }
    return action;
  }

  private static String name(RelabelAction action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  private RelabelRule decode() {
    checkSources();
    checkModulus();
    checkTarget();
    checkReplacement();
    if (EQUALITY.contains(action)) {
      refuse("source_labels and target_label", "regex", "modulus", "separator", "replacement");
    }
    if (BY_NAME.contains(action)) {
      refuse("regex", "source_labels", "target_label", "modulus", "separator", "replacement");
    }
    return new RelabelRule(
        rule.texts("source_labels"),
        rule.text("separator"),
        rule.get("regex") instanceof Setting.Given regex ? regex.text() : RelabelRule.DEFAULT_REGEX,
        rule.unsigned("modulus"),
        rule.text("target_label"),
        rule.text("replacement"),
        action,
        names);
  }

  private void checkSources() {
    if (rule.texts("source_labels").contains("")) {
      section.report(
          section.valuePosition("source_labels"),
          "a label name in source_labels of %s is empty".formatted(section.name()));
    }
  }

  private void checkModulus() {
    boolean given =
        section
            .value("modulus")
            .filter(v -> !(v instanceof ConfigNode.Scalar scalar && scalar.text().equals("0")))
            .isPresent();
    if (action == RelabelAction.HASHMOD && rule.number("modulus") == 0 && !given) {
      section.report(
          section.position("modulus"),
          "the action hashmod in %s needs a modulus above 0".formatted(section.name()));
    }
  }

  private void checkTarget() {
    String target = rule.text("target_label");
    if (NEED_TARGET.contains(action)) {
      if (target.isEmpty()) {
        section.report(
            section.position("target_label"),
            "the action %s in %s needs a target_label".formatted(name(action), section.name()));
      } else if (!isValidTarget(target)) {
        section.report(
            section.valuePosition("target_label"),
            "target_label \"%s\" in %s is not a valid label name"
                .formatted(target, section.name()));
      }
    }
  }

  private boolean isValidTarget(String target) {
    return action == RelabelAction.REPLACE && target.contains("$")
        ? isValidTemplate(target)
        : names.isLabelName(target);
  }

  private boolean isValidTemplate(String template) {
    return names == NameValidation.UTF8
        ? names.isLabelName(template)
        : LEGACY_TEMPLATE.matcher(template).matches() && !Character.isDigit(template.charAt(0));
  }

  private void checkReplacement() {
    String replacement = rule.text("replacement");
    if (CASES.contains(action) && !replacement.equals(RelabelRule.DEFAULT_REPLACEMENT)) {
      section.report(
          section.position("replacement"),
          "the action %s in %s takes no replacement".formatted(name(action), section.name()));
    }
    if (action == RelabelAction.LABELMAP && !isValidTemplate(replacement)) {
      section.report(
          section.valuePosition("replacement"),
          "replacement \"%s\" in %s does not make valid label names"
              .formatted(replacement, section.name()));
    }
  }

  private void refuse(String allowed, String... keys) {
    for (String key : keys) {
      if (isOtherThanDefault(key)) {
        section.report(
            section.position(key),
            "the action %s in %s takes only %s; remove %s"
                .formatted(name(action), section.name(), allowed, key));
      }
    }
  }

  private boolean isOtherThanDefault(String key) {
    Optional<ConfigNode> given = section.value(key);
    return switch (key) {
      case "separator" -> !rule.text(key).equals(RelabelRule.DEFAULT_SEPARATOR);
      case "replacement" -> !rule.text(key).equals(RelabelRule.DEFAULT_REPLACEMENT);
      case "source_labels" -> given.isPresent();
      default -> rule.has(key);
    };
  }
}
