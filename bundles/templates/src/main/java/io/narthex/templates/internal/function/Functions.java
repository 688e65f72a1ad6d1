package io.narthex.templates.internal.function;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that a dialect knows, by name. Immutable. */
public final class Functions {
  private final Map<String, Function> byName;

  private Functions(Map<String, Function> byName) {
    this.byName = Map.copyOf(byName);
  }

  @SafeVarargs
  private static Functions of(List<Function>... families) {
    Map<String, Function> byName = new HashMap<>();
    for (List<Function> family : families) {
      family.forEach(function -> byName.put(function.name(), function));
    }
    return new Functions(byName);
  }

  /** The functions of rule files. */
  public static Functions rule(RegexCache regexes) {
    return of(
        BuiltinFunctions.all(),
        ComparisonFunctions.all(),
        QueryFunctions.all(),
        NumberFunctions.rule(),
        TextFunctions.rule(),
        RegexFunctions.all(regexes),
        LinkFunctions.all());
  }

  /** The functions of rule files where the output is HTML. */
  public static Functions ruleHtml(RegexCache regexes) {
    return rule(regexes).with(BuiltinFunctions.html()).with(List.of(LinkFunctions.TMPL));
  }

  /** The functions of notifications. */
  public static Functions notification(RegexCache regexes) {
    return of(
        BuiltinFunctions.all(),
        ComparisonFunctions.all(),
        NumberFunctions.notification(),
        TextFunctions.notification(),
        RegexFunctions.all(regexes),
        TimeFunctions.all(),
        CollectionFunctions.all());
  }

  /** The functions of notifications where the output is HTML. */
  public static Functions notificationHtml(RegexCache regexes) {
    return notification(regexes).with(BuiltinFunctions.html());
  }

  private Functions with(List<Function> others) {
    return of(List.copyOf(byName.values()), others);
  }

  /** Whether there is a function of that name. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** The function of that name. */
  public @Nullable Function get(String name) {
    return byName.get(name);
  }
}
