package io.narthex.alerting.internal.config;

import io.narthex.alerting.internal.matcher.AlertMatcher;
import io.narthex.alerting.internal.matcher.BadMatcherException;
import io.narthex.alerting.internal.matcher.MatcherParser;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.NameValidation;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Decodes matchers and their two deprecated forms. */
final class MatcherDecoder {
  private static final MatcherParser PARSER = new MatcherParser("config");

  private final Section section;
  private final List<AlertMatcher> matchers = new ArrayList<>();

  private MatcherDecoder(Section section) {
    this.section = section;
  }

  /**
   * The matchers of a section, in upstream's order.
   *
   * @param prefix what stands before {@code match}, {@code match_re} and {@code matchers} in the
   *     keys
   */
  static Matchers decode(Section section, String prefix) {
    MatcherDecoder decoder = new MatcherDecoder(section);
    decoder.equalities(prefix + "match");
    decoder.expressions(prefix + "match_re");
    decoder.texts(prefix + "matchers");
    return new Matchers(decoder.matchers).sorted();
  }

  private void equalities(String key) {
    for (ConfigNode.Entry entry : section.mapping(key)) {
      if (isName(entry, key)) {
        String value =
            entry.value().isNull()
                ? ""
                : section
                    .scalar(entry.value(), "%s in %s".formatted(entry.key(), key), "a string")
                    .map(ConfigNode.Scalar::text)
                    .orElse("");
        matchers.add(AlertMatcher.of(MatchType.EQUAL, entry.key(), value));
      }
    }
  }

  private void expressions(String key) {
    for (ConfigNode.Entry entry : section.mapping(key)) {
      if (isName(entry, key)) {
        section
            .scalar(entry.value(), "%s in %s".formatted(entry.key(), key), "a regular expression")
            // Upstream anchors these before they are a matcher, and shows that in the route's key.
            .ifPresent(
                scalar ->
                    add(
                        scalar.position(),
                        key,
                        () -> {
                          AlertMatcher.anchored(scalar.text());
                          return List.of(
                              AlertMatcher.of(
                                  MatchType.REGEX, entry.key(), "^(?:" + scalar.text() + ")$"));
                        }));
      }
    }
  }

  private void texts(String key) {
    section
        .value(key)
        .map(value -> section.strings(value, key))
        .orElse(List.of())
        .forEach(item -> add(item.position(), key, () -> PARSER.parseAll(item.text()).list()));
  }

  private void add(Position at, String key, Supplier<List<AlertMatcher>> parsed) {
    try {
      matchers.addAll(parsed.get());
    } catch (BadMatcherException e) {
      section.report(at, "%s in %s: %s".formatted(key, section.name(), e.getMessage()));
    }
  }

  private boolean isName(ConfigNode.Entry entry, String key) {
    boolean valid = NameValidation.LEGACY.isLabelName(entry.key());
    if (!valid) {
      section.report(
          entry.position(),
          "\"%s\" in %s is no label name; other names than identifiers need matchers"
              .formatted(entry.key(), key));
    }
    return valid;
  }
}
