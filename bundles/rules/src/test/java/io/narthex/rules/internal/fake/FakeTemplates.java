package io.narthex.rules.internal.fake;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;
import io.narthex.api.error.NarthexException;
import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateContext;
import io.narthex.api.template.TemplateDialect;
import io.narthex.api.template.TemplateEngine;
import io.narthex.api.template.TemplateErrors;
import io.narthex.api.template.TemplateObject;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows a few forms of templates: variables, {@code query}, {@code tryQuery}, which goes on if that
 * fails, {@code fail}, which fails, {@code away}, which cannot be done now, and {@code defect} and
 * {@code overflow}, which never should.
 */
public final class FakeTemplates implements TemplateEngine {
  private static final Pattern ACTION = Pattern.compile("\\{\\{\\s*(.*?)\\s*}}");

  private static final ErrorCode AWAY = new ErrorCode("test/away", ErrorKind.UNAVAILABLE);

  /** How many texts were compiled. */
  public int compiled;

  @Override
  public TemplateSet set(TemplateDialect dialect, List<TemplateSource> sources) {
    if (dialect != TemplateDialect.RULE) {
      throw new IllegalArgumentException("these are the templates of rules");
    }
    return new TemplateSet() {
      @Override
      public Template text(TemplateSource source) {
        return compile(source);
      }

      @Override
      public Template html(TemplateSource source) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private Template compile(TemplateSource source) {
    compiled++;
    String rest = ACTION.matcher(source.text()).replaceAll("");
    if (rest.contains("{{")) {
      throw new NarthexException(
          TemplateErrors.PARSE, "template: %s:1: unclosed action".formatted(source.name()));
    }
    if (source.text().contains("undefined")) {
      throw new NarthexException(
          TemplateErrors.PARSE,
          "template: %s:1: function \"undefined\" not defined".formatted(source.name()));
    }
    return new Template() {
      @Override
      public String expand(@Nullable Object data, TemplateContext context) {
        TemplateObject fields = (TemplateObject) data;
        return ACTION
            .matcher(source.text())
            .replaceAll(m -> Matcher.quoteReplacement(value(m.group(1), fields, context, source)));
      }
    };
  }

  private static String value(
      String action, TemplateObject data, TemplateContext context, TemplateSource source) {
    if (action.startsWith("$labels.")) {
      return inMap(data.get("Labels", List.of()), action.substring(8));
    }
    if (action.startsWith("$externalLabels.")) {
      return inMap(data.get("ExternalLabels", List.of()), action.substring(16));
    }
    if (action.startsWith("query ")) {
      return query(action.substring(6), context);
    }
    if (action.startsWith("tryQuery ")) {
      try {
        return query(action.substring(9), context);
      } catch (NarthexException e) {
        return "failed";
      }
    }
    return switch (action) {
      case "$value" -> "" + data.get("Value", List.of());
      case "$externalURL" -> (String) data.get("ExternalURL", List.of());
      case "now" -> context.now().toString();
      case "fail" ->
          throw new NarthexException(
              TemplateErrors.EXECUTE,
              ("error executing template %1$s: template: %1$s:1:3: executing \"%1$s\" at <fail>:"
                      + " it failed")
                  .formatted(source.name()));
      case "away" -> throw new NarthexException(AWAY, "the templates are away");
      case "defect" -> throw new IllegalStateException("a defect");
      case "overflow" -> throw new StackOverflowError();
      default -> throw new IllegalArgumentException(action);
    };
  }

  private static String query(String expression, TemplateContext context) {
    return "" + context.query(expression.replace("\"", "")).getFirst().value();
  }

  private static String inMap(Object map, String key) {
    Object value = ((Map<?, ?>) map).get(key);
    return value == null ? "" : (String) value;
  }
}
