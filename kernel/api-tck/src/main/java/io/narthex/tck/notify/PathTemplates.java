package io.narthex.tck.notify;

import io.narthex.api.error.NarthexException;
import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateErrors;
import io.narthex.api.template.TemplateObject;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The little of templates that notifiers are tested with, without an engine: paths of members such
 * as {@code {{ .GroupLabels.job }}}, and {@code {{ template "name" . }}} for the definitions given.
 * In HTML, values are escaped. Everything else between double braces is a parse error.
 */
public final class PathTemplates implements TemplateSet {
  private static final Pattern ACTION = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
  private static final Pattern PATH = Pattern.compile("(\\.[A-Za-z][A-Za-z0-9_]*)+");
  private static final Pattern CALL = Pattern.compile("template \"([^\"]+)\" \\.");

  private final Map<String, String> definitions;

  /** A set with these definitions, by name. */
  public PathTemplates(Map<String, String> definitions) {
    this.definitions = Map.copyOf(definitions);
  }

  /** A set with the default definitions of mail. */
  public static PathTemplates withDefaults() {
    return new PathTemplates(
        Map.of(
            "email.default.subject", "[{{ .Status }}] {{ .GroupLabels }}",
            "email.default.html", "<p>{{ .CommonAnnotations }}</p>"));
  }

  @Override
  public Template text(TemplateSource source) {
    return compile(source, UnaryOperator.identity());
  }

  @Override
  public Template html(TemplateSource source) {
    return compile(source, PathTemplates::escape);
  }

  private Template compile(TemplateSource source, UnaryOperator<String> escape) {
    Matcher action = ACTION.matcher(source.text());
    List<String> literals = new ArrayList<>();
    List<String> actions = new ArrayList<>();
    int end = 0;
    while (action.find()) {
      literals.add(source.text().substring(end, action.start()));
      String body = action.group(1).strip();
      if (!PATH.matcher(body).matches() && !CALL.matcher(body).matches()) {
        throw parse(source, "unexpected \"" + body + "\" in command");
      }
      actions.add(body);
      end = action.end();
    }
    String rest = source.text().substring(end);
    if (rest.contains("{{")) {
      throw parse(source, "unclosed action");
    }
    return (data, context) -> {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < actions.size(); i++) {
        out.append(literals.get(i)).append(expand(source, actions.get(i), data, escape));
      }
      return out.append(rest).toString();
    };
  }

  private String expand(
      TemplateSource source, String action, @Nullable Object data, UnaryOperator<String> escape) {
    Matcher call = CALL.matcher(action);
    if (!call.matches()) {
      return escape.apply(String.valueOf(value(source, action, data)));
    }
    String definition = definitions.get(call.group(1));
    if (definition == null) {
      throw new NarthexException(
          TemplateErrors.EXECUTE,
          "template: %s: template \"%s\" not defined".formatted(source.name(), call.group(1)));
    }
    Matcher inner = ACTION.matcher(definition);
    return inner.replaceAll(
        found -> Matcher.quoteReplacement(expand(source, found.group(1).strip(), data, escape)));
  }

  private static @Nullable Object value(TemplateSource source, String path, @Nullable Object data) {
    Object value = data;
    for (String member : path.substring(1).split("\\.")) {
      if (!(value instanceof TemplateObject object) || !object.has(member)) {
        throw new NarthexException(
            TemplateErrors.EXECUTE,
            "template: %s: executing \"%s\": can't evaluate field %s"
                .formatted(source.name(), source.name(), member));
      }
      value = object.get(member, List.of());
    }
    return value;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static NarthexException parse(TemplateSource source, String what) {
    return new NarthexException(
        TemplateErrors.PARSE, "template: %s:1: %s".formatted(source.name(), what));
  }
}
