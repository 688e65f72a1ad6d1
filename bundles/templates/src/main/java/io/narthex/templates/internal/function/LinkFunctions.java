package io.narthex.templates.internal.function;

import static io.narthex.templates.internal.function.Parameter.ANY;
import static io.narthex.templates.internal.function.Parameter.TEXT;

import io.narthex.templates.internal.value.AnyMap;
import io.narthex.templates.internal.value.Markup;
import io.narthex.templates.internal.value.UrlText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Links to the server, and templates that call others. */
final class LinkFunctions {
  /** Expands a template whose name is computed; only where the output is HTML. */
  static final Function TMPL =
      Function.of(
          "tmpl",
          (call, a) -> new Markup(call.expand(Function.text(a[0]), a[1]), Markup.Kind.HTML),
          TEXT,
          ANY);

  private LinkFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.text("graphLink", expression -> link(expression, 0)),
        Function.text("tableLink", expression -> link(expression, 1)),
        Function.of("externalURL", (call, a) -> call.context().externalUrl()),
        Function.of("pathPrefix", (call, a) -> path(call.context().externalUrl())),
        Function.variadic("args", (call, a) -> named(a), ANY));
  }

  private static String link(String expression, int tab) {
    return "/graph?g0.expr=%s&g0.tab=%d".formatted(UrlText.escape(expression), tab);
  }

  private static String path(String url) {
    int scheme = url.indexOf("://");
    int begin = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
    if (begin < 0) {
      return "";
    }
    int end = begin;
    while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
      end++;
    }
    return UrlText.unescapePath(url.substring(begin, end));
  }

  private static AnyMap named(@Nullable Object[] arguments) {
    AnyMap named = new AnyMap();
    for (int i = 0; i < arguments.length; i++) {
      named.put("arg" + i, arguments[i]);
    }
    return named;
  }
}
