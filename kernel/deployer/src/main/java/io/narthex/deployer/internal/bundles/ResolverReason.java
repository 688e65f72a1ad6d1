package io.narthex.deployer.internal.bundles;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in words what the resolver says in filters. */
final class ResolverReason {
  private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");
  private static final Pattern RANGE =
      Pattern.compile(
          "\\(osgi\\.wiring\\.package=([^)]+)\\)\\(version>=([^)]+)\\)(?:\\(!\\(version>=([^)]+)\\)\\))?");
  private static final Pattern JAVA =
      Pattern.compile("\\(osgi\\.ee=JavaSE\\)\\(version=([^)]+)\\)");
  private static final Pattern BUNDLE = Pattern.compile("\\(osgi\\.wiring\\.bundle=([^)]+)\\)");

  private ResolverReason() {}

  /** What is missing, or the resolver's own words if they are of another kind. */
  static String explain(String resolverMessage) {
    Set<String> missing = new LinkedHashSet<>();
    Matcher ranges = RANGE.matcher(resolverMessage);
    Set<String> ranged = new LinkedHashSet<>();
    while (ranges.find()) {
      ranged.add(ranges.group(1));
      String upper = Optional.ofNullable(ranges.group(3)).map(v -> ", below " + v).orElse("");
      missing.add(
          "package %s from version %s%s".formatted(ranges.group(1), ranges.group(2), upper));
    }
    collect(
        PACKAGE, resolverMessage, name -> ranged.contains(name) ? "" : "package " + name, missing);
    collect(JAVA, resolverMessage, version -> "Java " + version, missing);
    collect(BUNDLE, resolverMessage, name -> "bundle " + name, missing);
    missing.remove("");
    return missing.isEmpty()
        ? resolverMessage
        : "it needs %s, which no bundle offers to drop-ins"
            .formatted(String.join(" and ", missing));
  }

  private static void collect(
      Pattern pattern,
      String message,
      java.util.function.UnaryOperator<String> words,
      Set<String> missing) {
    Matcher matcher = pattern.matcher(message);
    while (matcher.find()) {
      missing.add(words.apply(matcher.group(1)));
    }
  }
}
